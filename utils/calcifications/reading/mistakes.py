"""Every mistake in a file at once: each with its line, the part of the file it is in, and what would do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calcifications.errors import CourseError, shown
from calcifications.reading.toml_lines import Place, lines

_MOST = 1000  # rules, or conditions of one: the longest rulebook of the course has a tenth
_HUGE = 10**15  # no number of a file of ours; beyond some digits Python itself can't print one


def quoted(value: object) -> str:
    """Return a value as it is quoted back."""
    if isinstance(value, int) and abs(value) > _HUGE:
        return "a huge number"
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "a table"
    return shown(value)


class Mistakes:
    """Takes values out of a file's tables and gathers what is wrong with them on the way.

    Parameters
    ----------
    name : str
        The file's name.
    data : dict
        What the file holds.
    text : str
        The file itself, for the lines; without it no line is told.
    """

    def __init__(self, name: str, data: dict[str, Any], text: str = "") -> None:
        self.name, self.data = name, data
        self._lines = lines(text) if text else {}
        self._told: dict[tuple[int, str], None] = {}  # in order, each once

    def line(self, at: Place) -> int:
        """Return the line of an entry, or of the nearest table around it; 0 if no lines are known."""
        while at and at not in self._lines:
            at = at[:-1]
        return self._lines.get(at, 0)

    def part(self, at: Place) -> str:
        """Say in which part of the file an entry is."""
        if len(at) < 2 or at[0] not in ("rule", "outcome"):
            return f"its {at[0]}" if at and at[0] in ("words", "based_on") else "its head"
        rows, number = self.data.get(at[0]), at[1]
        row = rows[number] if isinstance(rows, list) and isinstance(number, int) else None
        name = row.get("id" if at[0] == "rule" else "name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not name:
            return "a rule without an id" if at[0] == "rule" else "an outcome without a name"
        return f"{at[0]} {shown(name)}"

    def wrong(self, at: Place, what: str) -> None:
        """Write down what is wrong with an entry, in a sentence."""
        line = self.line(at)
        self._told[line, f"{self.name}, {self.part(at)}{f' (line {line})' if line else ''}: {what}"] = None

    def raise_if_any(self) -> None:
        """Raise one CourseError that names all mistakes, one a line, in the file's order."""
        if self._told:
            raise CourseError("\n".join(told for _, told in sorted(self._told, key=lambda each: each[0])))

    def text(self, table: Mapping[str, Any], key: str, at: Place) -> str:
        """Take a text that must be there."""
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if value is None or value == "":
            self.wrong((*at, key), f"{key!r} is missing or empty; it is a text.")
        else:
            self.wrong((*at, key), f"{key!r} can't be {quoted(value)}; it is a text.")
        return ""

    def texts(self, table: Mapping[str, Any], key: str, at: Place) -> tuple[str, ...]:
        """Take a list of texts; none at all if there is no such entry."""
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self.wrong((*at, key), f"{key!r} can't be {quoted(value)}; it is a list of texts.")
        return ()

    def one_of(self, value: object, choices: Iterable[str], noun: str, at: Place) -> str:
        """Take a value that must be one of the choices."""
        options = list(choices)
        if isinstance(value, str) and value in options:
            return value
        self.wrong(at, f"There is no {noun} {quoted(value)}; choose one of: {', '.join(options)}.")
        return ""

    def known(self, table: Mapping[str, Any], keys: set[str], at: Place) -> None:
        """Name the entries that mean nothing."""
        for key in table:
            if key not in keys:
                self.wrong((*at, key), f"there is no entry {shown(key)}; choose one of: {', '.join(sorted(keys))}.")

    def number(
        self,
        table: Mapping[str, Any],
        key: str,
        at: Place,
        *,
        low: float = -math.inf,
        high: float = math.inf,
        unit: str = "",
        default: float | None = None,
    ) -> float:
        """Take a number within its bounds."""
        value = table.get(key, default)
        kind = f"a number, in {unit}" if unit else "a number"
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not -_HUGE < value < _HUGE:
            what = (
                f"{key!r} is missing; it is {kind}."
                if value is None
                else f"{key!r} can't be {quoted(value)}; it is {kind}."
            )
            self.wrong((*at, key), what)
            return 0.0
        if not low <= value <= high:
            ends = f"from {low:g} to {high:g}" if high < math.inf else f"{low:g} or more"
            self.wrong((*at, key), f"{key!r} can't be {value:g}; it is {ends}{' ' + unit if unit else ''}.")
        return float(value)

    def flag(self, table: Mapping[str, Any], key: str, at: Place) -> bool:
        """Take a true or false; false if there is no such entry."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.wrong((*at, key), f"{key!r} can't be {quoted(value)}; it is true or false.")
        return value is True

    def table(self, key: str) -> Mapping[str, Any]:
        """Take a table of the file; an empty one if there is none."""
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong((key,), f"{key!r} can't be {quoted(value)}; it is a table.")
        return {}

    def tables(self, table: Mapping[str, Any], key: str, at: Place) -> Iterator[tuple[Place, Mapping[str, Any]]]:
        """Take the rows of a list of tables, each with its place."""
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.wrong((*at, key), f"{key!r} is a list of tables.")
            return
        if len(rows) > _MOST:
            self.wrong((*at, key), f"{key!r} has {len(rows)} entries; a rulebook has at most {_MOST}.")
            return
        for number, row in enumerate(rows):
            yield (*at, key, number), row
