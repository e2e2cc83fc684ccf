"""All rulebooks on one pattern, side by side: what each makes of it, where two of them part, and why.

A difference is data (``differences.toml``): a sentence with conditions, shown only where they hold on the pattern at
hand. Where two rulebooks do different things and no such sentence tells why, the rules that decided are named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from calcifications.errors import CourseError, shown
from calcifications.lexicon.table import table
from calcifications.reading.context import Context
from calcifications.reading.findings import Findings
from calcifications.reading.rates import NONE
from calcifications.reading.read import read
from calcifications.reading.reading import Reading, Step
from calcifications.reading.rulebook import CERTAINTIES, Condition, Rulebook
from calcifications.reading.shelf import rulebooks as shipped

SIDES = ("one", "other")


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
class Comparison:
    """What several rulebooks make of one pattern.

    Attributes
    ----------
    readings : tuple of Reading
        One a rulebook, in the shelf's order.
    parts : tuple of Difference
        Where they part on this pattern, and why.
    """

    readings: tuple[Reading, ...]
    parts: tuple[Difference, ...]

    @property
    def told(self) -> tuple[Difference, ...]:
        """What a page tells: each sentence once, and the deciding rules only where the first rulebook is concerned."""
        first = self.readings[0].rulebook.id
        once: dict[str, Difference] = {}
        for part in self.parts:
            if part.id != _RULES:
                once.setdefault(part.id, part)
            elif first in part.between:
                once["-".join(part.between)] = part
        return tuple(once.values())

    def __str__(self) -> str:
        width = max(len(one.rulebook.title) for one in self.readings)
        books = [f"{one.rulebook.title:{width}}  {one!r}" for one in self.readings]
        return "\n".join([*books, *(f"- {part.what} {part.why}" for part in self.told)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        books = [
            (
                one.rulebook.title,
                one.form_phrase,
                one.distribution_phrase,
                one.verdict_phrase,
                one.after_work_up.management,
                _how_to_take_it(one.rulebook),
            )
            for one in self.readings
        ]
        titles = {one.rulebook.id: one.rulebook.title for one in self.readings}
        parts = [
            (" and ".join(titles[id] for id in part.between), part.what, part.why, ", ".join(part.source))
            for part in self.told
        ]
        columns = ("rulebook", "form", "where", "verdict", "what is done in the end", "how to take it")
        why = table("Where they part, and why", ("between", "what", "why", "sources"), parts)
        return table("Every rulebook on this pattern", columns, books) + "\n" + (why if parts else f"<p>{AGREE}</p>")


AGREE = "Here they do not part."
_RULES = "rules"


def compare(
    findings: Findings | Sequence[Findings],
    context: Context | None = None,
    rulebooks: Sequence[str | Rulebook] | None = None,
) -> Comparison:
    """Read one pattern by several rulebooks and say where and why they part.

    Parameters
    ----------
    findings : Findings or sequence of Findings
        What was measured on one view, or on several views of the same pattern.
    context : Context, optional
        What no picture shows; by default a screening picture with nothing known.
    rulebooks : sequence of str or Rulebook, optional
        Ids of `rulebooks()`, or paths of a person's own files; all that come with the course, if it is left out.

    Raises
    ------
    CourseError
        If a rulebook is unknown or has mistakes, or the findings can't be read.
    """
    books = shipped() if rulebooks is None else rulebooks
    if isinstance(books, str) or not isinstance(books, Sequence) or not books:
        raise CourseError(f"The rulebooks are a list of ids, not {shown(rulebooks)}.")
    return compared([read(findings, book, context) for book in books])


def compared(readings: Sequence[Reading]) -> Comparison:
    """Return the comparison of readings of one pattern that were made already."""
    parts = [part for pair in combinations(readings, 2) for part in _between(*pair)]
    return Comparison(tuple(readings), tuple(parts))


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


def _between(first: Reading, second: Reading) -> Iterator[Difference]:
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
        _RULES,
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


def _how_to_take_it(book: Rulebook) -> str:
    return book.banner or book.note
