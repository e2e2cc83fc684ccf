"""A deck: cases in an order, what is asked of each, what the speaker has to say, and in which order it is revealed.

It is kept as a TOML file that a person can write and mend (`deck_file`). A case is there as its code, which carries the
recipe: the same deck gives the same cases on every machine, and old codes keep working.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from calcifications.case import Case
from calcifications.errors import CourseError, shown
from calcifications.learning.exam import Question, case_of_code
from calcifications.learning.items import KINDS, CaseItem

VERSION = 1
"""The version of the file. A deck of a newer one is not read."""

MOST = 500
"""The most cases of a deck."""

QUESTIONS = tuple(name for name, kind in KINDS.items() if issubclass(kind, CaseItem))
"""The kinds of questions that can be asked of a case."""

REVEALS = ("outlines", "form", "distribution", "category", "why")
"""What can be revealed of a case, a step each: the particles outlined, three words, and the rules that led there."""


@dataclass(frozen=True)
class Slide:
    """One case of a deck.

    Attributes
    ----------
    code : str
        Of the case.
    title : str
        What is shown over it; it should tell nothing of the answer.
    questions : tuple of str
        Kinds of questions, of `QUESTIONS`; a case of which two answers could be defended has none.
    notes : str
        For the speaker alone.
    reveal : tuple of str
        Of `REVEALS`, in the order in which they are revealed.
    """

    code: str
    title: str = ""
    questions: tuple[str, ...] = ()
    notes: str = ""
    reveal: tuple[str, ...] = REVEALS

    @cached_property
    def case(self) -> Case:
        """The case itself."""
        return case_of_code(self.code)

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions, the same ones wherever they are asked."""
        return tuple(asked_of(kind, self.code) for kind in self.questions)


@dataclass(frozen=True)
class Deck:
    """Cases in an order.

    Attributes
    ----------
    title : str
    slides : tuple of Slide
    notes : str
        For the speaker, on the whole.
    rule : str
        By what rule it was made; empty if by hand.
    """

    title: str
    slides: tuple[Slide, ...]
    notes: str = ""
    rule: str = ""

    @classmethod
    def read(cls, path: str | Path) -> Deck:
        """Read a deck from its file.

        Raises
        ------
        CourseError
            If it can't be read, or has mistakes: all are named, one a line, each with its line in the file.
        """
        from calcifications.teaching.deck_file import read

        return read(path)

    @property
    def asked(self) -> tuple[Question, ...]:
        """All its questions, in order."""
        return tuple(question for slide in self.slides for question in slide.asked)

    @property
    def plan(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The kinds of its questions and the codes of their cases, one each a question: what an exam is planned from.

        Raises
        ------
        CourseError
            If no question is asked.
        """
        if not self.asked:
            raise CourseError(f"The deck {shown(self.title)} asks no question; give a case of it 'questions'.")
        return tuple(each.kind for each in self.asked), tuple(each.code for each in self.asked)

    def text(self) -> str:
        """Return the deck as the text of its file."""
        head = [f"version = {VERSION}", f"title = {_quoted(self.title)}"]
        head += [f"notes = {_quoted(self.notes)}"] if self.notes else []
        head += [f"rule = {_quoted(self.rule)}"] if self.rule else []
        return "\n".join([*head, *(slide_text(slide) for slide in self.slides)]) + "\n"

    def write(self, path: str | Path) -> None:
        """Write the deck to a file; there must be none of that name yet.

        Raises
        ------
        CourseError
            If there is one.
        """
        try:
            with Path(path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(self.text())
        except FileExistsError:
            raise CourseError(f"There is a file {shown(str(path))} already; choose another name.") from None

    def __str__(self) -> str:
        asked = sum(len(slide.questions) for slide in self.slides)
        return f"{counted(len(self.slides), 'case')}, {counted(asked, 'question')}"


def counted(many: int, what: str) -> str:
    """Return a number with its noun: "1 case", "2 cases"."""
    return f"{many} {what}{'' if many == 1 else 's'}"


def asked_of(kind: str, code: str) -> Question:
    """Return a question of a case as an exam asks it: its chance comes from the kind and the code alone."""
    digest = sha256(json.dumps([kind, code], separators=(",", ":")).encode()).hexdigest()
    return Question(kind, code, int(digest[:7], 16))


def _quoted(text: str) -> str:
    """Return a text as TOML has it: as in JSON, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def slide_text(slide: Slide) -> str:
    """Return a case as the text of its part of the file."""
    lines = ["", "[[case]]", f"code = {_quoted(slide.code)}"]
    lines += [f"title = {_quoted(slide.title)}"] if slide.title else []
    lines += [f"questions = {_list(slide.questions)}"] if slide.questions else []
    lines += [f"notes = {_quoted(slide.notes)}"] if slide.notes else []
    lines += [f"reveal = {_list(slide.reveal)}"] if slide.reveal != REVEALS else []
    return "\n".join(lines)
