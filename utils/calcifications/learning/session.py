"""A session: one question after the other, each on a case that was never seen before, and every answer in the log.

A round that was left in its midst, as by a page that was loaded again, goes on at the same question.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from calcifications.errors import CourseError, pick, whole
from calcifications.learning.asked import Asked
from calcifications.learning.items import KINDS, Feedback, Item
from calcifications.learning.items.whole import steps_of
from calcifications.learning.progress import Progress, answered
from calcifications.learning.round import Round, keep, kept, name_of
from calcifications.learning.schedule import Schedule, categories
from calcifications.learning.summary import schedule_of
from calcifications.pattern import forms as every_form

MOST_CASES = 25
"""The most whole cases of a round."""


class Session:
    """Questions and answers.

    Parameters
    ----------
    kinds : sequence of str
        Which kinds of questions, from `KINDS`; all by default.
    length : int
        How many questions make a round, 1 to 100.
    seed : int, optional
        The same seed asks the same questions from the first one on, kinds in turn. Without one, the learner's log
        decides what comes next, and a round that was left goes on.
    forms : sequence of str
        Which forms may come up; all by default.
    progress : Progress, optional
        The learner's log; without one, nothing is kept, and kinds come in turn.
    cases : int
        How many whole cases make a round, 1 to `MOST_CASES`: all kinds are then asked of one case before the next one
        comes, and the length is theirs. 0 asks each question of a case of its own.

    Attributes
    ----------
    asked : Asked
        The question on screen.
    feedback : Feedback or None
        What was said to its answer; None until then.
    marks : list of bool
        Whether each answer so far was right.
    problem : str
        One sentence on why the log can't be used; empty if it can.

    Raises
    ------
    CourseError
        If a kind or a form is unknown, or a number is out of its bounds.
    """

    def __init__(
        self,
        kinds: tuple[str, ...] = (),
        length: int = 6,
        seed: int | None = None,
        forms: Sequence[str] = (),
        progress: Progress | None = None,
        cases: int = 0,
    ) -> None:
        self.cases = whole(cases, 0, MOST_CASES, "number of whole cases")
        self.kinds = (
            steps_of(tuple(kinds))
            if self.cases
            else tuple(pick(kind, KINDS, "kind of question") for kind in (kinds or tuple(KINDS)))
        )
        self.forms = tuple(pick(form, every_form(), "form") for form in forms)
        self.length = self.cases * len(self.kinds) or whole(length, 1, 100, "number of questions")
        self.progress = progress
        self.problem = ""
        self._scheduled = seed is None and progress is not None
        self._root = secrets.randbelow(2**31) if seed is None else whole(seed, 0, 2**31, "seed")
        self._round = name_of(self.kinds, self.length, self.forms, self.cases) if self._scheduled else ""
        self.marks: list[bool] = []
        self.feedback: Feedback | None = None
        self.asked: Asked
        self._begin()

    def _begin(self) -> None:
        """Go on with the round that was left, or begin one."""
        left = None
        with suppress(CourseError):  # a log that can't be read is told of by `schedule`
            left = kept(self.progress, self._round, self.length) if self.progress and self._round else None
        if left:
            self.marks = list(left.marks)
        self.put(left.asked if left and left.asked else self.fresh(self.schedule(), len(self.marks)))

    @property
    def item(self) -> Item:
        """The question on screen."""
        return self.asked.item

    @property
    def why(self) -> str:
        """Why the schedule asks it; it names the right word, so it is for after the answer."""
        return self.asked.why

    @property
    def number(self) -> int:
        """The number of the question on screen, from 1."""
        return len(self.marks) + (0 if self.answered else 1)

    @property
    def answered(self) -> bool:
        """Whether the question on screen has its answer."""
        return self.feedback is not None

    @property
    def right(self) -> int:
        """How many of this round's answers were right."""
        done = len(self.marks) % self.length or min(len(self.marks), self.length)
        return sum(self.marks[len(self.marks) - done :])

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence each on what is wrong with the log; the questions go on."""
        log = self.progress
        said = (self.problem, *((*log.notes, log.trouble) if log else ()))
        return tuple(sentence for sentence in said if sentence)

    def answer(self, answer: Any, seconds: float = 0.0) -> Feedback:
        """Mark an answer to the question on screen; it is in the log when this returns.

        Parameters
        ----------
        answer : JSON value
            As the item's way of answering gives it.
        seconds : float
            From the picture to the answer, s.

        Raises
        ------
        CourseError
            If it can't be an answer to this question, or the question has its answer.
        """
        if self.answered:
            raise CourseError("This question has its answer; go on to the next one.")
        feedback = self.item.mark(answer)
        if self.progress:
            self.progress.add(answered(self.item, feedback, seconds))
        self.marks.append(feedback.right)
        self.feedback = feedback
        self.remember()
        return feedback

    def schedule(self) -> Schedule | None:
        """Return how the learner stands by the log; None where kinds come in turn."""
        if not self._scheduled or self.progress is None:
            return None
        try:
            found = schedule_of(self.progress)
        except CourseError as mistake:
            self.problem = str(mistake)
            return None
        self.problem = ""
        return found

    def fresh(self, schedule: Schedule | None, before: int) -> Asked:
        """Choose a question; it is made when its item is first asked for.

        Parameters
        ----------
        schedule : Schedule or None
            As `schedule` returned it.
        before : int
            How many questions of this session come before it.
        """
        steps = self.kinds if self.cases else ()
        if steps and before % len(steps):
            return replace(self.asked, before=before)  # the next step of the case on screen
        if schedule is None:
            kind = "" if steps else self.kinds[before % len(self.kinds)]
            return Asked(self._root, before, kind, forms=self.forms, steps=steps)
        known = [each for each in categories(*self.kinds) if self._may_come(each.word)]
        wanted = schedule.next(known, chance=np.random.default_rng([self._root, before, 1]))
        kind, word = wanted.category
        # of a rule or a category it is not known which forms it needs: where forms are chosen, they decide
        word = "" if self.forms and word not in self.forms else word
        return Asked(self._root, before, kind, word, wanted.beside, wanted.why, self.forms, steps)

    def put(self, asked: Asked) -> None:
        """Put a question on screen."""
        self.asked, self.feedback = asked, None

    def remember(self) -> None:
        """Keep how far the round has come, for whoever loads the page again."""
        if self.progress and self._round and self.marks:
            amid = len(self.marks) % self.length > 0
            so_far = Round(tuple(self.marks), None if self.answered else self.asked) if amid else None
            keep(self.progress, self._round, so_far)

    def next(self) -> Item:
        """Go on to a fresh question."""
        self.put(self.fresh(self.schedule(), len(self.marks)))
        self.remember()
        return self.item

    def _may_come(self, word: str) -> bool:
        return not self.forms or word in self.forms or word not in every_form()
