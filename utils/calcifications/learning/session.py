"""A session: one question after the other, kinds in turn, each on a case that was never seen before."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import numpy as np

from calcifications.errors import CourseError, pick, whole
from calcifications.learning.fresh import fresh_case
from calcifications.learning.item import KINDS, Feedback, Item, item
from calcifications.pattern import forms as every_form


class Session:
    """Questions and answers.

    Parameters
    ----------
    kinds : sequence of str
        Which kinds of questions, from `KINDS`; all by default.
    length : int
        How many questions make a round, 1 to 100.
    seed : int, optional
        The same seed asks the same questions; without one, each session is new.
    forms : sequence of str
        Which forms may come up; all by default.

    Raises
    ------
    CourseError
        If a kind or a form is unknown, or a number is out of its bounds.
    """

    def __init__(
        self, kinds: tuple[str, ...] = (), length: int = 6, seed: int | None = None, forms: Sequence[str] = ()
    ) -> None:
        self.kinds = tuple(pick(kind, KINDS, "kind of question") for kind in (kinds or tuple(KINDS)))
        self.forms = tuple(pick(form, every_form(), "form") for form in forms)
        self.length = whole(length, 1, 100, "number of questions")
        self.seed = secrets.randbelow(2**31) if seed is None else whole(seed, 0, 2**31, "seed")
        self._chance = np.random.default_rng(self.seed)
        self.marks: list[Feedback] = []
        self.item: Item = self._fresh()

    def _fresh(self) -> Item:
        kind = self.kinds[len(self.marks) % len(self.kinds)]
        return item(kind, fresh_case(self._chance, kind, self.forms), self._chance)

    @property
    def number(self) -> int:
        """The number of the question on screen, from 1."""
        return len(self.marks) + (0 if self.answered else 1)

    @property
    def answered(self) -> bool:
        """Whether the question on screen has its answer."""
        return bool(self.marks) and self._answered is self.item

    _answered: Item | None = None

    def answer(self, word: str) -> Feedback:
        """Mark an answer to the question on screen; a second answer to it is a CourseError."""
        if self.answered:
            raise CourseError("This question has its answer; go on to the next one.")
        feedback = self.item.mark(word)
        self.marks.append(feedback)
        self._answered = self.item
        return feedback

    def next(self) -> Item:
        """Go on to a fresh question."""
        self.item = self._fresh()
        return self.item

    @property
    def right(self) -> int:
        """How many of this round's answers were right."""
        done = len(self.marks) % self.length or (self.length if self.marks else 0)
        return sum(mark.right for mark in self.marks[-done:]) if done else 0
