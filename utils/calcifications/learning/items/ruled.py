"""Cases of which a rule of the category, or of the recall, decides, by more than a hair."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.learning.items.cases import BOOK, TRIES, as_shown, beside, case_of, no_case, one_of
from calcifications.learning.items.known import more_known
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.why import tried
from calcifications.pattern import arrangeable, forms
from calcifications.reading import Context, Reading, Rule, Step, rulebook

SEEN = {"category": ("diagnostic", WORK_UP), "setting": ("screening", SCREENING)}
"""The setting and the views in which a rule of a step is asked about."""

_MORE = 0.3  # how often one thing more is known than the rule needs


@dataclass(frozen=True)
class Shown:
    """What shows a rule: recipes, or forms and how they lie; what is known beside; the verdicts that come of it."""

    recipes: tuple[dict[str, Any], ...]
    presets: tuple[tuple[str, str], ...]
    known: tuple[dict[str, Any], ...]
    cells: tuple[str, ...]


@cache
def unasked() -> dict[str, str]:
    """Return why no question is marked by some rules, by their ids."""
    return _table("never.toml")


@cache
def askable(step: str) -> tuple[Rule, ...]:
    """Return the rules of a step by which questions are marked."""
    return tuple(rule for rule in rulebook(BOOK).of_step(step) if rule.id not in unasked())


def cells(rule: Rule) -> tuple[str, ...]:
    """Return the verdicts that a rule is asked for."""
    says = (rule.says,) if isinstance(rule.says, str) else tuple(dict.fromkeys(rule.says.values()))
    return _shown()[rule.id].cells or says if rule.id in _shown() else says


def decider(reading: Reading, step: str) -> Step | None:
    """Return the rule of a step that decides.

    A rule of the setting decides also where it leaves the category as it is: it spares what the ones after it recall.
    """
    if step != "setting":
        return reading.fired(step)
    final = {**reading.facts, "category": reading.after_work_up.category}
    return next((each for each in tried(replace(reading, facts=final), step) if each.fired), None)


def ruled(rule: Rule, chance: np.random.Generator, wanted: Callable[[Reading], bool]) -> Case:
    """Grow a clear case of which a rule decides.

    Parameters
    ----------
    rule : Rule
        Of the step "category" or "setting".
    chance : numpy.random.Generator
    wanted : callable
        Says of a reading whether it will do besides.

    Raises
    ------
    CourseError
        If no such case grew.
    """
    setting, views = SEEN[rule.step]

    def fits(reading: Reading) -> bool:
        decides = decider(reading, rule.step) if wanted(reading) else None
        return decides is not None and decides.rule == rule.id

    if rule.id not in _shown():  # a report's words alone tell where the rule decides
        return told_of(chance, setting, views, _forms(rule), lambda each: rule.id if fits(each) else "", [rule.id])
    shown = _shown()[rule.id]
    for _ in range(TRIES):
        context = Context(setting=setting, **one_of(chance, shown.known))
        if chance.random() < _MORE:
            context = more_known(chance, context)
        try:
            case = _pictured(rule, shown, chance, views, context)
        except CourseError:  # more particles than there is room for
            continue
        reading = as_shown(case)
        if not reading.borderline and fits(reading):
            return case
    raise no_case()


def _pictured(rule: Rule, shown: Shown, chance: np.random.Generator, views: tuple[str, ...], context: Context) -> Case:
    if shown.recipes:
        recipe, seed = beside(one_of(chance, shown.recipes), chance)
        return Case([recipe], context, seed=seed, views=views)
    form, laid = one_of(chance, shown.presets or [(form, laid) for form in _forms(rule) for laid in arrangeable(form)])
    return case_of(form, laid, int(chance.integers(2**31)), views, context)


def _forms(rule: Rule) -> list[str]:
    """Return the forms that a rule is for; none where it is for all."""
    words = next((c.threshold for c in rule.when if c.feature == "morphology" and c.op == "is"), ())
    return [form for form in forms() if isinstance(words, tuple) and form in words]


@cache
def _shown() -> dict[str, Shown]:
    """Return what shows a rule, by its id, where the words of a report alone don't."""
    table = _table("verdict.toml")
    return {
        rule: Shown(
            tuple(table["pattern"][row["pattern"]]["recipes"] if "pattern" in row else ()),
            tuple((form, laid) for form, laid in row.get("presets", ())),
            tuple(row.get("known", ({},))),
            tuple(row.get("cells", ())),
        )
        for rule, row in table["rule"].items()
    }


def _table(name: str) -> dict[str, Any]:
    with resources.files(__package__).joinpath(name).open("rb") as file:
        return tomllib.load(file)
