"""A session: one question after the other, each on a case that was never seen before, and every answer in the log."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import numpy as np

from calcifications.errors import CourseError, pick, whole
from calcifications.learning.items import KINDS, CaseItem, Feedback, Item, fresh_item
from calcifications.learning.items.whole import WholeCase, steps_of, whole_case
from calcifications.learning.progress import Progress, answered
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
        The same seed asks the same questions, kinds in turn. Without one, the learner's log decides what comes next.
    forms : sequence of str
        Which forms may come up; all by default.
    progress : Progress, optional
        The learner's log; without one, nothing is kept, and kinds come in turn.
    cases : int
        How many whole cases make a round, 1 to `MOST_CASES`: all kinds are then asked of one case before the next one
        comes, and the length is theirs. 0 asks each question of a case of its own.

    Attributes
    ----------
    item : Item
        The question on screen.
    feedback : Feedback or None
        What was said to its answer; None until then.
    marks : list of bool
        Whether each answer so far was right.
    why : str
        Why the schedule asks this; it names the right word, so it is for after the answer. Empty if kinds take turns.
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
        self._chance = np.random.default_rng(
            secrets.randbelow(2**31) if seed is None else whole(seed, 0, 2**31, "seed")
        )
        self.marks: list[bool] = []
        self.feedback: Feedback | None = None
        self.why = ""
        self.item: Item
        self.put(*self.fresh(self.schedule(), 0))

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

    def fresh(self, schedule: Schedule | None, before: int) -> tuple[Item, str]:
        """Make a question, and say why it is asked.

        Parameters
        ----------
        schedule : Schedule or None
            As `schedule` returned it.
        before : int
            How many questions of this session come before it.
        """
        if self.cases:
            return self._step(schedule, before)
        if schedule is None:
            return fresh_item(self.kinds[before % len(self.kinds)], self._chance, self.forms), ""
        known = [each for each in categories(*self.kinds) if self._may_come(each.word)]
        asked = schedule.next(known, chance=self._chance)
        # of a rule or a category it is not known which forms it needs: where forms are chosen, they decide
        word = "" if self.forms and asked.category.word not in self.forms else asked.category.word
        made = fresh_item(asked.category.kind, self._chance, self.forms, word)
        made.offer(asked.beside)
        return made, asked.why if made.category == asked.category else ""

    def _step(self, schedule: Schedule | None, before: int) -> tuple[Item, str]:
        """Make the next question of the whole case on screen, or the first one of another."""
        place = before % len(self.kinds)
        whole = self.item.whole if place and isinstance(self.item, CaseItem) else None
        if whole is None:
            known = [each for each in categories(*self.kinds) if self._may_come(each.word)]
            asked = schedule.next(known, chance=self._chance) if schedule else None
            category = asked.category if asked else None
            case = whole_case(self._chance, self.forms, category)
            whole = WholeCase(case, self.kinds, category, asked.why if asked else "")
        question = whole.question(place, self._chance)
        return question, whole.why_of(question)

    def put(self, item: Item, why: str = "") -> None:
        """Put a question on screen."""
        self.item, self.why, self.feedback = item, why, None

    def next(self) -> Item:
        """Go on to a fresh question."""
        self.put(*self.fresh(self.schedule(), len(self.marks)))
        return self.item

    def _may_come(self, word: str) -> bool:
        return not self.forms or word in self.forms or word not in every_form()
