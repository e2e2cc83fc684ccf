"""How a learner stands with one category: the last answers, and when the memory of it is due again.

The scheduler of spaced review is fed one answer a category and day, the first: that one shows what was kept over night;
the others of the day are practice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple

from fsrs import Card, Rating, Scheduler

from calcifications.learning.answer import NO_CASE, Answer, Category

WINDOW = 8
"""How many of a category's last answers tell how it stands."""
IN_A_ROW = 4
"""How many fresh cases in a row make a category mastered, all of them right. The course's convention."""
FLUENT_S = 15.0
"""What those take at most, typically, in s. The course's convention."""
REST = timedelta(hours=12)
"""What parts two days of learning; the shortest interval of review is a day."""
_FADES = 0.8  # what an answer counts, beside the one after it
_REVIEW = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False)


class Recent(NamedTuple):
    """What is kept of one of the last answers."""

    right: bool
    seconds: float
    chosen: str
    case: str


@dataclass
class Standing:
    """How a learner stands with one category.

    Attributes
    ----------
    category : Category
    fluent_s : float
        What a fluent answer takes at most, s.
    answers : int
        How many there were.
    last : int
        The number of the last of them in the whole log, from 1; 0 if there was none.
    recent : deque of Recent
        The last ones, each on another case.
    card : Card or None
        What the scheduler of spaced review knows.
    """

    category: Category
    fluent_s: float = FLUENT_S
    answers: int = 0
    last: int = 0
    recent: deque[Recent] = field(default_factory=lambda: deque(maxlen=WINDOW))
    card: Card | None = None

    def take(self, answer: Answer, number: int) -> None:
        """Take in the next answer to this category, the log's answer of a number."""
        self.answers += 1
        self.last = number
        known = answer.case != NO_CASE and any(answer.case == each.case for each in self.recent)
        if not answer.right or not known:  # knowing a case is no skill
            self.recent.append(Recent(answer.right, answer.seconds, answer.chosen, answer.case))
        card = self.card or Card(card_id=0, due=answer.when)
        if card.last_review is None or answer.when - card.last_review >= REST:
            slow = answer.seconds > self.fluent_s
            rating = (Rating.Hard if slow else Rating.Good) if answer.right else Rating.Again
            self.card, _ = _REVIEW.review_card(card, rating, answer.when)

    @property
    def row(self) -> int:
        """How many of the last answers were right, one after the other, up to `IN_A_ROW`."""
        wrong = (back for back, each in enumerate(reversed(self.recent)) if not each.right)
        return min(next(wrong, len(self.recent)), IN_A_ROW)

    @property
    def seconds(self) -> float:
        """The typical time of the last right answers, s; 0 without one."""
        times = [each.seconds for each in list(self.recent)[-IN_A_ROW:] if each.right]
        return float(median(times)) if times else 0.0

    @property
    def mastered(self) -> bool:
        """Whether the last answers, on fresh cases, were all right and fluent."""
        return self.row == IN_A_ROW and self.seconds <= self.fluent_s

    @property
    def wrong(self) -> int:
        """How many of the last answers were wrong."""
        return sum(not each.right for each in self.recent)

    @property
    def doubt(self) -> float:
        """How likely the next answer is wrong, from the last ones, of which the later count more; 0 to 1."""
        weights = [_FADES**back for back in reversed(range(len(self.recent)))]
        wrong = sum(weight for weight, each in zip(weights, self.recent, strict=True) if not each.right)
        return (wrong + 0.5) / (sum(weights) + 1)  # as if one answer more had been half right

    @property
    def due(self) -> datetime | None:
        """When it is to be asked again; None if it never was."""
        return self.card.due if self.card else None

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be asked again on the day of `now`."""
        return self.due is not None and self.due - REST <= now

    def to_list(self) -> list[Any]:
        """Return what `from_list` reads."""
        card = self.card.to_dict() if self.card else None
        return [*self.category, self.answers, self.last, [list(each) for each in self.recent], card]

    @classmethod
    def from_list(cls, values: Iterable[Any], fluent_s: float) -> Standing:
        """Read what `to_list` gave."""
        kind, word, answers, last, recent, card = values
        kept = deque((Recent(*each) for each in recent), maxlen=WINDOW)
        category = Category(kind, word)
        return cls(category, fluent_s, answers, last, kept, Card.from_dict(card) if card else None)
