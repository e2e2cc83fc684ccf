"""Reading a deck's file: every mistake in it is named at once, with the file, the case and the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError, shown
from calcifications.learning.exam import case_of_code
from calcifications.learning.items import KINDS, CaseItem
from calcifications.learning.items.cases import on_close_up
from calcifications.learning.items.number import HowMuch
from calcifications.reading.mistakes import Mistakes, quoted
from calcifications.reading.toml_lines import Place, load
from calcifications.teaching.deck import MOST, QUESTIONS, REVEALS, VERSION, Deck, Slide, asked_of

_HEAD = {"version", "title", "notes", "rule", "case"}
_CASE = {"code", "title", "questions", "notes", "reveal"}
_LARGEST = 4_000_000  # bytes: `MOST` cases with the longest codes and notes
_LONGEST = {"title": 200, "notes": 4000, "rule": 500}
_UNSEEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
"""What no page shows and XML can't hold, and marks that turn the direction of what follows."""


class _Reader(Mistakes):
    """Reads a deck's tables."""

    def part(self, at: Place) -> str:
        """Say in which part of the file an entry is."""
        if len(at) < 2 or at[0] != "case" or not isinstance(at[1], int):
            return "its head"
        row = self.data["case"][at[1]]
        title = row.get("title") if isinstance(row, dict) else None
        return f"case {at[1] + 1}" + (f" {shown(title)}" if isinstance(title, str) and title else "")

    def said(self, table: Mapping[str, Any], key: str, at: Place, default: str | None = "") -> str:
        """Take a text of a person; without a default it must be there."""
        if key not in table and default is not None:
            return default
        text = self.text(table, key, at) if table.get(key) != "" or default is None else ""
        if len(text) > _LONGEST[key]:
            self.wrong((*at, key), f"{key!r} has {len(text)} letters; it can have {_LONGEST[key]} at most.")
        if odd := _UNSEEN.search(text):
            self.wrong((*at, key), f"{key!r} holds the sign {odd[0]!a}, which no page can show; leave it out.")
        return text

    def words(self, table: Mapping[str, Any], key: str, at: Place, choices: tuple[str, ...], noun: str) -> list[str]:
        """Take a list of words, each of the choices and each once."""
        found = self.texts(table, key, at)
        for number, word in enumerate(found):
            self.one_of(word, choices, noun, (*at, key, number))
            if word in found[:number]:
                self.wrong((*at, key, number), f"{quoted(word)} stands twice in {key!r}; each stands once.")
        return [word for word in found if word in choices]

    def slide(self, row: Mapping[str, Any], at: Place) -> Slide:
        """Read one case."""
        self.known(row, _CASE, at)
        code, case = self.text(row, "code", at).strip(), None
        try:
            case = case_of_code(code) if code else None
        except CourseError as mistake:
            self.wrong((*at, "code"), str(mistake).splitlines()[0])
        kinds = self.words(row, "questions", at, QUESTIONS, "kind of question")
        for number, kind in enumerate(kinds if case else []):
            if why := unasked(kind, code):
                self.wrong((*at, "questions", number), why)
        reveal = tuple(self.words(row, "reveal", at, REVEALS, "step to reveal")) if "reveal" in row else REVEALS
        return Slide(code, self.said(row, "title", at), tuple(kinds), self.said(row, "notes", at), reveal)

    def deck(self) -> Deck:
        """Read the whole; raise CourseError if there are mistakes."""
        data = self.data
        version = data.get("version")
        if version != VERSION or not isinstance(version, int) or isinstance(version, bool):
            what = "is missing" if version is None else f"can't be {quoted(version)}"
            self.wrong(("version",), f"'version' {what}; this course reads version {VERSION}.")
            self.raise_if_any()  # another version has other entries
        self.known(data, _HEAD, ())
        rows = data.get("case")
        if not isinstance(rows, list) or not rows:
            self.wrong(("case",), "there is no [[case]].")
        elif len(rows) > MOST:
            self.wrong(("case",), f"there are {len(rows)} cases; a deck has {MOST} at most.")
        fits = isinstance(rows, list) and len(rows) <= MOST
        slides = tuple(self.slide(row, at) for at, row in self.tables(data, "case", ())) if fits else ()
        title, notes, rule = (self.said(data, *each) for each in (("title", (), None), ("notes", ()), ("rule", ())))
        self.raise_if_any()
        return Deck(title, slides, notes, rule)


def unasked(kind: str, code: str) -> str:
    """Return why a question can't be asked of a case; empty if it can."""
    title = KINDS[kind].title
    try:
        item = asked_of(kind, code).item
    except CourseError as mistake:
        return f"“{title}” can't be asked of this case: {str(mistake).splitlines()[0]}"
    if isinstance(item, CaseItem) and item.doubts:
        return f"“{title}” can't be asked of this case: it is borderline, and two answers could be defended."
    if isinstance(item, HowMuch) and not (
        on_close_up(item.case) and item.measure.least <= item.right <= item.measure.most
    ):
        return f"“{title}” can't be asked of this case: its pictures leave nothing to be counted or measured by hand."
    if item.category.word not in item.words():
        return f"“{title}” can't be asked of this case: what it shows, {item.key}, is none of its answers."
    return ""


def parse(name: str, text: str) -> Deck:
    """Read a deck from its text.

    Parameters
    ----------
    name : str
        The file's name, for what is told of it.
    text : str

    Raises
    ------
    CourseError
        Every mistake at once, one a line, each with the file, the case and the line.
    """
    return _Reader(name, load(name, text, "a deck"), text).deck()


def read(path: str | Path) -> Deck:
    """Read a deck from its file; as `Deck.read`."""
    try:
        with Path(path).expanduser().open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, a home that is nobody's
        raise CourseError(f"The deck {shown(str(path))} can't be read; give the path of a TOML file.") from None
    name = Path(path).name
    if len(raw) > _LARGEST:
        raise CourseError(f"{name} is larger than a deck can be: at most {_LARGEST // 1_000_000} MB.")
    try:
        return parse(name, raw.decode("utf-8-sig").replace("\r\n", "\n"))  # some editors begin a file with a mark
    except UnicodeDecodeError:
        raise CourseError(f"{name} is not a text file in UTF-8.") from None
