"""Cases of which a rule decides the word, from the presets or, where hardly any preset shows it, from a table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.learning.items.cases import TRIES, as_shown, beside, case_of, drawn_words, no_case, one_of
from calcifications.learning.items.ruled import askable as askable_of
from calcifications.pattern import forms
from calcifications.reading import Context, Doubt, Reading, Rule

STEPS = ("form", "distribution")
"""The steps of which it is asked which rule decides."""

VIEWS = (*[SCREENING[:1]] * 3, WORK_UP)
"""What a case may show: mostly one view."""

_BEYOND = (0.0, 1.0, 2.0)  # how far sliders may leave a preset's ranges, for rules that are met between the presets
_HURT = Context(history="surgery", history_place="here")


@cache
def askable() -> dict[str, Rule]:
    """Return the rules that can be asked about, by their titles."""
    return {rule.title: rule for step in STEPS for rule in askable_of(step)}


@cache
def shown() -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Return recipes that show a rule, some with a seed that they need, by the rule's id."""
    with resources.files(__package__).joinpath("rule.toml").open("rb") as file:
        return {row["rule"]: tuple(row["recipes"]) for row in tomllib.load(file)["pattern"]}


def hairs(reading: Reading, step: str) -> tuple[Doubt, ...]:
    """Return the doubts of a step that a measure near its threshold brings.

    Which rule decides is clear all the same where the rule itself leaves another word open.
    """
    return tuple(doubt for doubt in reading.borderline if doubt.step == step and doubt.feature)


def decided_by(rule: Rule, chance: np.random.Generator, among: tuple[str, ...] = ()) -> Case:
    """Grow a case of which a rule decides the word, by more than a hair.

    Parameters
    ----------
    rule : Rule
    chance : numpy.random.Generator
    among : tuple of str
        The forms that may come up, where the rule is for no form; all by default.

    Raises
    ------
    CourseError
        If no such case grew.
    """
    for _ in range(TRIES):
        try:
            case = _beside(rule, chance) if rule.id in shown() else _between(rule, chance, among)
        except CourseError:  # more particles than there is room for
            continue
        reading = as_shown(case)
        fired = reading.fired(rule.step)
        if fired and fired.rule == rule.id and not hairs(reading, rule.step):
            return case
    raise no_case()


def _between(rule: Rule, chance: np.random.Generator, among: tuple[str, ...]) -> Case:
    """Grow a case somewhere about the presets of a rule's word."""
    of_form = rule.step == "form"
    known = (str(rule.says),) if of_form else among or tuple(forms())
    form, word, seed = drawn_words(chance, known, () if of_form else (str(rule.says),))
    return case_of(form, word, seed, one_of(chance, VIEWS), _known(rule), one_of(chance, _BEYOND))


def _beside(rule: Rule, chance: np.random.Generator) -> Case:
    """Grow a case a little beside one of the table's recipes."""
    recipe, seed = beside(one_of(chance, shown()[rule.id]), chance)
    return Case([recipe], _known(rule), seed=seed, views=SCREENING[:1])


def _known(rule: Rule) -> Context:
    """Return what has to be known beside the picture for a rule to decide."""
    return _HURT if any(condition.feature == "history" for condition in rule.when) else Context()
