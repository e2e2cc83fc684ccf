"""One answer, as the log keeps it and as it is exported: what was asked, what was said, how long it took."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from calcifications.errors import CourseError, number, shown

SLOWEST_S = 86_400.0
"""A question that stays open for longer than a day counts as a day."""
NO_CASE = "no picture"
"""The case of a question that shows none."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2199  # what a clock may show; review dates stay far from the end of the calendar
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_LONGEST = {"kind": 60, "key": 300, "chosen": 300, "case": 4000, "course": 60, "rulebook": 200}


class Category(NamedTuple):
    """What is learned as one thing: a word, in one kind of question."""

    kind: str
    word: str


@dataclass(frozen=True)
class Answer:
    """One answer.

    Attributes
    ----------
    kind : str
        Kind of question: "form", "distribution", "rule", ...
    key, chosen : str
        The right word, and the one that was chosen.
    right : bool
        Where several words are accepted, `chosen` may differ from `key` and be right.
    seconds : float
        From the question's picture to the answer, s; 0 to a day.
    case : str
        The code of the case.
    course, rulebook : str
        The course's version and the rulebook's id, by which the answer was marked.
    when : datetime
        In UTC, to the microsecond.
    id : str
        A random UUID: an answer that comes back from an export is known by it.

    Raises
    ------
    CourseError
        If a value is not what it should be.
    """

    kind: str
    key: str
    chosen: str
    right: bool
    seconds: float
    case: str
    course: str
    rulebook: str
    when: datetime = field(default_factory=lambda: datetime.now(UTC))
    id: str = field(default_factory=lambda: str(uuid4()))

    def __post_init__(self) -> None:
        for name, longest in _LONGEST.items():
            text = getattr(self, name)
            # what can't be printed can't be stored in every format either
            if not isinstance(text, str) or not 0 < len(text) <= longest or not text.isprintable():
                raise CourseError(f"An answer's {name} can't be {shown(text)}; it is 1 to {longest} printable letters.")
        if not isinstance(self.right, bool):
            raise CourseError(f"An answer is right or wrong, True or False, not {shown(self.right)}.")
        object.__setattr__(self, "seconds", number(self.seconds, 0, SLOWEST_S, "time to an answer", "s"))
        if not isinstance(self.when, datetime) or self.when.tzinfo is None:
            raise CourseError(f"An answer's time is a date with its time zone, not {shown(self.when)}.")
        try:
            if self.when.tzinfo is not UTC:
                object.__setattr__(self, "when", self.when.astimezone(UTC))
            in_bounds = _FIRST_YEAR <= self.when.year <= _LAST_YEAR
        except OverflowError:  # the first or the last day of the calendar
            in_bounds = False
        if not in_bounds:
            raise CourseError(
                f"An answer can't be of {shown(str(self.when))}; years go from {_FIRST_YEAR} to {_LAST_YEAR}."
            )
        if not isinstance(self.id, str) or not _UUID.fullmatch(self.id):
            raise CourseError(f"An answer's id is a UUID in small letters with dashes, not {shown(self.id)}.")

    @property
    def category(self) -> Category:
        """What was asked."""
        return Category(self.kind, self.key)

    @property
    def moment(self) -> tuple[str, str]:
        """By which answers are put in order: time, as it is stored, then id."""
        return self.stamp, self.id

    @property
    def stamp(self) -> str:
        """The time as it is stored; such texts sort as the times do."""
        return self.when.isoformat(timespec="microseconds")

    def row(self) -> tuple[str | float | int, ...]:
        """Return the values in the order of `FIELDS`, as the log stores them."""
        return tuple(self.stamp if name == "when" else getattr(self, name) for name in FIELDS)

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Answer:
        """Read what `row` or `line` wrote.

        Raises
        ------
        CourseError
            If a field is missing or not what it should be; fields that this course doesn't know are left out.
        """
        values = {}
        for name in FIELDS:
            if name not in row:
                raise CourseError(f"The answer has no {name!r}; it needs: {', '.join(FIELDS)}.")
            values[name] = row[name]
        if type(values["right"]) is int and values["right"] in (0, 1):
            values["right"] = bool(values["right"])
        try:
            values["when"] = datetime.fromisoformat(values["when"])
        except (TypeError, ValueError):
            raise CourseError(
                f"An answer's time can't be {shown(values['when'])}; it is a time such as 2026-05-01T09:30+00:00."
            ) from None
        return cls(**values)

    def line(self) -> str:
        """Return the answer as one line of JSON."""
        return json.dumps(dict(zip(FIELDS, self.row(), strict=True)), ensure_ascii=False)


def clipped(words: str) -> str:
    """Return what was answered, on one line and as long as the log keeps it."""
    line = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(line.split())[: _LONGEST["chosen"]] or "nothing"


FIELDS = tuple(each.name for each in fields(Answer))
