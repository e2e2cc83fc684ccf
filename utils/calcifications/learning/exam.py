"""An exam: a sealed set of questions and a time. The same exam asks everyone the same, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, number, pick, shown, whole
from calcifications.learning.items import KINDS, CaseItem, Item, fresh_item, item
from calcifications.pattern import forms as every_form
from calcifications.reading import rulebooks

MOST, LONGEST_MIN = 100, 300.0
"""The most questions of an exam, and the most minutes."""


@lru_cache(maxsize=8)
def case_of_code(code: str) -> Case:
    """Return the case of a code; the last ones are kept, for several questions are asked of each."""
    return Case.from_code(code)


@dataclass(frozen=True)
class Question:
    """One question of an exam: what rebuilds it.

    Attributes
    ----------
    kind : str
    code : str
        Of the case; empty where the question shows no picture.
    seed : int
        Chance of the options and their order.
    """

    kind: str
    code: str
    seed: int

    @cached_property
    def item(self) -> Item:
        """The question itself."""
        return item(self.kind, case_of_code(self.code) if self.code else None, np.random.default_rng(self.seed))

    def to_list(self) -> list[Any]:
        """Return what `Question(*values)` reads."""
        return [self.kind, self.code, self.seed]


@dataclass(frozen=True)
class Plan:
    """What an exam is to be, before its questions are made.

    Attributes
    ----------
    kinds : tuple of str
        Kinds of questions, in turn.
    minutes : float
    number : int
        How many questions.
    seed : int
    forms : tuple of str
        The forms that may come up; all if empty.
    codes : tuple of str
        The cases, where an instructor chose them; else they are grown from the seed.

    Raises
    ------
    CourseError
        If a part is unknown or out of its bounds.
    """

    kinds: tuple[str, ...]
    minutes: float
    number: int = 20
    seed: int = 0
    forms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in self.kinds:
            pick(kind, KINDS, "kind of question")
        for form in self.forms:
            pick(form, every_form(), "form")
        minutes = number(self.minutes, 0.1, LONGEST_MIN, "time of an exam", "minutes")
        object.__setattr__(self, "minutes", minutes)
        whole(self.number, 1, MOST, "number of questions")
        whole(self.seed, 0, 2**31, "seed")
        for code in self.codes:
            Case.from_code(code)

    @classmethod
    def of(
        cls,
        kinds: Sequence[str],
        questions: int,
        minutes: float,
        seed: int,
        forms: Sequence[str] = (),
        cases: Iterable[str] = (),
    ) -> Plan:
        """Return a plan from what an instructor writes; without kinds, every kind is asked."""
        if isinstance(cases, str) or not isinstance(cases, Iterable):
            raise CourseError(f"The cases of an exam are a list of case codes, not {shown(cases)}.")
        codes = tuple(code.strip() if isinstance(code, str) else code for code in cases)
        return cls(tuple(kinds) or tuple(KINDS), minutes, len(codes) or questions, seed, tuple(forms), codes)

    @cached_property
    def name(self) -> str:
        """Short letters by which the plan is known: those of another plan are others."""
        return _digest([self.kinds, self.minutes, self.number, self.seed, self.forms, self.codes])[:12]

    def exam(self) -> Exam:
        """Make the questions, always the same ones."""
        made = (self._chosen(place) if self.codes else self._grown(place) for place in range(self.number))
        return Exam(tuple(made), self.minutes)

    def _kind(self, place: int) -> str:
        return self.kinds[place % len(self.kinds)]

    def _grown(self, place: int) -> Question:
        chance = np.random.default_rng([self.seed, place])  # each question by itself: one more changes no other
        case = fresh_item(self._kind(place), chance, self.forms).case
        return Question(self._kind(place), case.code if case else "", int(chance.integers(2**31)))

    def _chosen(self, place: int) -> Question:
        kind, code = self._kind(place), self.codes[place]
        question = Question(kind, code, int(_digest([kind, code])[:7], 16))
        try:
            asked = question.item
        except CourseError as mistake:
            raise CourseError(f"“{KINDS[kind].title}” can't be asked of case {place + 1}: {mistake}") from None
        if isinstance(asked, CaseItem) and asked.doubts:
            raise CourseError(
                f"Case {place + 1} of the exam is borderline: two answers could be defended; choose another for it."
            )
        if asked.category.word not in asked.words():
            title = KINDS[kind].title
            raise CourseError(
                f"“{title}” can't be asked of case {place + 1}: what it shows, {asked.key}, is none of its answers."
            )
        return question


@dataclass(frozen=True)
class Exam:
    """A sealed set of questions.

    Attributes
    ----------
    questions : tuple of Question
    minutes : float
    """

    questions: tuple[Question, ...]
    minutes: float

    @cached_property
    def seal(self) -> str:
        """A digest of the questions and the time: two exams with the same seal are the same exam."""
        return _digest([self.minutes, *(question.to_list() for question in self.questions)])


@cache
def key_version() -> str:
    """Return by what the answers are marked: a digest of the rulebooks, so that a changed rule shows."""
    folder = files("calcifications.reading") / "rulebooks"
    texts = [(folder / f"{book}.toml").read_text(encoding="utf-8") for book in rulebooks()]
    return _digest(texts)[:12]


def _digest(values: Any) -> str:
    return sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()
