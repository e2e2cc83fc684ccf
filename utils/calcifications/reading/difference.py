"""Where two rulebooks part on a pattern, and why.

A difference is data (``differences.toml``): a sentence with conditions, told only where they hold on the pattern.
Where two rulebooks do different things and no such sentence tells why, the rules that decided are named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from calcifications.reading.rates import NONE
from calcifications.reading.reading import Reading, Step
from calcifications.reading.rulebook import CERTAINTIES, Condition, Rulebook

SIDES = ("one", "other")
RULES = "rules"


@dataclass(frozen=True)
class Difference:
    """One point at which two rulebooks part on a pattern.

    Attributes
    ----------
    id : str
        Of the record in ``differences.toml``; "rules" where the rules that decided are named.
    between : tuple of str
        The ids of the two rulebooks.
    what, why : str
        One sentence each.
    source : tuple of str
        Ids of the lexicon's sources.
    certainty : str
    """

    id: str
    between: tuple[str, str]
    what: str
    why: str
    source: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class _Record:
    """One record of ``differences.toml``; a condition comes with whose reading it asks."""

    id: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    what: str
    why: str
    levels: bool
    source: tuple[str, ...]
    certainty: str
    when: tuple[tuple[str, Condition], ...]


@cache
def _records() -> tuple[_Record, ...]:
    with resources.files(__package__).joinpath("differences.toml").open("rb") as file:
        rows = tomllib.load(file)["difference"]
    return tuple(_record(row) for row in rows)


def _record(row: Mapping[str, Any]) -> _Record:
    when = tuple((each.get("of", "one"), _condition(each)) for each in row["when"])
    lists = {name: tuple(row[name]) for name in ("one", "other", "source")}
    return _Record(**{**row, **lists, "when": when})


def _condition(row: Mapping[str, Any]) -> Condition:
    if "op" in row:
        return Condition(row["feature"], row["op"], float(row["value"]))
    return Condition(row["feature"], "is" if "is" in row else "is not", tuple(row.get("is", row.get("is_not"))))


def _facts(reading: Reading) -> dict[str, Any]:
    """Return what a condition may ask of a reading: of what was seen, of the words, of what is done."""
    after = reading.after_work_up
    return {
        **after.facts,
        "morphology": after.morphology,
        "distribution": after.distribution,
        "category": after.category,
        "level": after.level,
        "category_now": reading.category,
        "level_now": reading.level,
        "rule": {step.rule for step in after.steps if step.fired},
    }


def _holds(condition: Condition, facts: Mapping[str, Any]) -> bool:
    value = facts.get(condition.feature)
    if isinstance(value, set) and isinstance(condition.threshold, tuple):
        return any(each in value for each in condition.threshold) == (condition.op == "is")
    return condition.margin(value) >= 0


def between(first: Reading, second: Reading) -> Iterator[Difference]:
    """Yield where two readings part: the sentences that hold, or the rules if they act differently without one."""
    explained = False
    for record in _records():
        for one, other in ((first, second), (second, first)):
            if one.rulebook.id not in record.one or other.rulebook.id not in record.other:
                continue
            facts = dict(zip(SIDES, (_facts(one), _facts(other)), strict=True))
            if all(_holds(condition, facts[side]) for side, condition in record.when):
                said = _said(one, other)
                yield Difference(
                    record.id,
                    (first.rulebook.id, second.rulebook.id),
                    _sentence(record.what.format_map(said)),
                    _sentence(record.why.format_map(said)),
                    record.source,
                    record.certainty,
                )
                explained = explained or record.levels
    if not explained and _act_differently(first, second):
        yield _by_rules(first, second)


def _act_differently(first: Reading, second: Reading) -> bool:
    return first.level != second.level or first.after_work_up.level != second.after_work_up.level


def _said(one: Reading, other: Reading) -> dict[str, str]:
    said: dict[str, str] = {}
    for side, reading in zip(SIDES, (one, other), strict=True):
        after = reading.after_work_up
        said |= {
            side: _called(reading.rulebook),
            f"{side}_form": after.form_phrase,
            f"{side}_category": after.category,
            f"{side}_says": reading.management,
        }
    return said


def _called(book: Rulebook) -> str:
    """Return what a rulebook is called within a sentence: a leaflet's title is more of a heading."""
    return f"the {book.title.split(',')[0].lower()}" if book.advisory else book.title


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _by_rules(first: Reading, second: Reading) -> Difference:
    """Return a difference that names the rules which decided."""
    steps = [step for step in (_deciding(first), _deciding(second)) if step]
    return Difference(
        RULES,
        (first.rulebook.id, second.rulebook.id),
        f"{_verdict(first)}; {_verdict(second)}.",
        _sentence(f"{_reason(first)}, and {_reason(second)}."),
        tuple(dict.fromkeys(id for step in steps for id in step.source)),
        max((step.certainty for step in steps), key=CERTAINTIES.index, default=CERTAINTIES[-1]),
    )


def _deciding(reading: Reading) -> Step | None:
    """Return the rule that gave the category, the one of the setting before that of the words."""
    return reading.fired("setting") or next(
        (step for step in reading.steps if step.step == "category" and step.says == reading.category and step.fired),
        None,
    )


def _verdict(reading: Reading) -> str:
    if reading.category == NONE:
        return f"{reading.rulebook.title}: {reading.rulebook.silence}"
    return f"{reading.rulebook.title}: {reading.verdict_phrase}, {reading.after_work_up.management}"


def _reason(reading: Reading) -> str:
    called, step = _called(reading.rulebook), _deciding(reading)
    if step is None:
        return f"in {called} no rule fits ({reading.form_phrase}, {reading.distribution_phrase})"
    return f"in {called} the rule “{step.title.rstrip('.')}” decides"
