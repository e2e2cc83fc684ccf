"""A person's TOML file: its values, and where each entry stands, which Python's own reader does not tell."""

from __future__ import annotations

import re
import tomllib
from typing import Any, TypeAlias

from calcifications.errors import CourseError

Place: TypeAlias = tuple[str | int, ...]
"""The way to an entry: names of tables and keys, and numbers in lists."""

_DEEP = re.compile(r"""(?<![^\s.=])(?:(?:"[^"\n]*+"|'[^'\n]*+'|[^\s.="']++)[ \t]*+\.[ \t]*+){30}""")
_SPACE = re.compile(r"[ \t]+")
_GAP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE = re.compile(r"[^,\]}\n#]+")


def load(name: str, text: str, noun: str) -> dict[str, Any]:
    """Read the values of a person's TOML file.

    Parameters
    ----------
    name : str
        The file's name, for what is told of it.
    text : str
    noun : str
        What it should hold: "a deck".

    Raises
    ------
    CourseError
        If it is empty, no TOML, or deeper than any file that a person writes.
    """
    if not text.strip():
        raise CourseError(f"{name} is empty; it should hold {noun}.")
    if _DEEP.search(text):  # Python's reader takes memory by the square of a key's parts
        raise CourseError(f"{name} is not {noun}: a name in it has more than thirty parts.")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise CourseError(f"{name} is not {noun}: its lists and tables are too deep.") from error
    except ValueError as error:  # TOMLDecodeError is one, and so is a number of too many digits
        raise CourseError(f"{name} is not a TOML file: {' '.join(str(error).split())}.") from error


class _Walk:
    """Walks once through a text that is known to be valid TOML."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Place, int] = {(): 1}
        self.lists: dict[Place, int] = {}
        self._counted, self._line = 0, 1

    def line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def key(self) -> Place:
        """Read a key such as `a."b c".d`."""
        parts: list[str] = []
        while True:
            self.skip(_SPACE)
            quoted = self.skip(_STRING)
            parts.append(quoted[1:-1] if quoted else self.skip(_KEY))
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return tuple(parts)
            self.at += 1

    def value(self, place: Place) -> None:
        """Pass over a value, and note where its entries stand."""
        self.skip(_SPACE)
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self.at += 1
            number = 0
            while not self.closes("]"):
                self.found[*place, number] = self.line()
                self.value((*place, number))
                number += 1
        elif opening == "{":
            self.at += 1
            while not self.closes("}"):
                self.entry(place)
        elif not self.skip(_STRING):
            self.skip(_BARE)

    def closes(self, bracket: str) -> bool:
        self.skip(_GAP)
        if self.text[self.at : self.at + 1] in (bracket, ""):
            self.at += 1
            return True
        return False

    def entry(self, table: Place) -> None:
        """Pass over `key = value`."""
        line, start = self.line(), self.at
        place = (*table, *self.key())
        self.found[place] = line
        self.at += 1  # the equals sign
        self.value(place)
        self.at = max(self.at, start + 1)

    def header(self) -> Place:
        """Read `[table]` or `[[list of tables]]`."""
        line = self.line()
        listed = self.text.startswith("[[", self.at)
        self.at += 1 + listed
        place: Place = ()
        names = self.key()
        for depth, name in enumerate(names):
            place = (*place, name)
            if listed and depth == len(names) - 1:
                self.lists[place] = self.lists.get(place, -1) + 1
            if place in self.lists:
                place = (*place, self.lists[place])
        self.found.setdefault(place, line)
        self.at += 1 + listed
        return place


def lines(text: str) -> dict[Place, int]:
    """Return the line on which each entry of a TOML text begins.

    Parameters
    ----------
    text : str
        What `tomllib` has read without a mistake; what it has not may give wrong lines, never an error.

    Returns
    -------
    dict
        From the way to an entry, such as ``("rule", 3, "when", 0, "value")``, to its line, counted from 1.
    """
    walk = _Walk(text.removeprefix("\ufeff"))
    table: Place = ()
    while True:
        walk.skip(_GAP)
        if walk.at >= len(walk.text):
            return walk.found
        if walk.text[walk.at] == "[":
            table = walk.header()
        else:
            walk.entry(table)
