"""How a learner is doing: numbers from the log alone, for whoever shows them.

An answer that was right counts as the key, even where another word was chosen: some questions accept several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from math import nan, sqrt
from statistics import NormalDist, median

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import pick, whole
from calcifications.learning.answer import Category
from calcifications.learning.said import Told
from calcifications.learning.schedule import Schedule
from calcifications.reading.agreement import HUMAN, kappa

PERIODS = {"day": 1, "week": 7}
"""Days in each period; a week begins on Monday."""
RADIOLOGISTS = {**HUMAN, "category": 0.37}
"""Kappa of radiologists among themselves, by kind of question (Berg et al., AJR 2000;174:1769-1777)."""
_95 = 1.96  # standard errors on either side


@dataclass(frozen=True)
class Score:
    """How some answers went.

    Attributes
    ----------
    answers, right : int
    low, high : float
        The 95 % interval of the share that was right, 0 to 1 (Wilson); all of that without an answer.
    seconds : float
        The median time of the right answers, s; nan without one.
    """

    answers: int
    right: int
    low: float
    high: float
    seconds: float

    @property
    def accuracy(self) -> float:
        """The share that was right, 0 to 1; nan without an answer."""
        return self.right / self.answers if self.answers else nan


@dataclass(frozen=True)
class Agreement:
    """How far a learner agrees with the key beyond chance.

    Attributes
    ----------
    kind : str
    answers : int
    kappa, low, high : float
        Cohen's kappa and its 95 % interval.
    radiologists : float or None
        Kappa of radiologists among themselves on the same question, where it was published.
    """

    kind: str
    answers: int
    kappa: float
    low: float
    high: float
    radiologists: float | None


def score(answers: Iterable[Told], good: Callable[[Told], bool] = lambda answer: answer.right) -> Score:
    """Return how some answers went: how many were right, or good in another way."""
    answers = list(answers)
    times = [answer.seconds for answer in answers if good(answer)]
    return Score(len(answers), len(times), *wilson(len(times), len(answers)), float(median(times)) if times else nan)


@cache
def wilson(good: int, many: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927); 0 to 1 where there was none.

    It is worked out here: to load a library for it takes longer than all else on the page of a long log.
    """
    if not many:
        return 0.0, 1.0
    share, square = good / many, NormalDist().inv_cdf(0.975) ** 2
    middle = (share + square / (2 * many)) / (1 + square / many)
    half = sqrt(square * (share * (1 - share) + square / (4 * many)) / many) / (1 + square / many)
    return (middle - half if good else 0.0), (middle + half if good < many else 1.0)


def by_category(answers: Iterable[Told]) -> dict[Category, Score]:
    """Return how the answers to each category went, in the order in which they first came."""
    return {category: score(some) for category, some in _grouped(answers).items()}


def over_time(
    answers: Iterable[Told], period: str = "day", zone: tzinfo = UTC
) -> dict[Category, list[tuple[date, Score]]]:
    """Return how each category went, day by day or week by week; periods without an answer are left out.

    Parameters
    ----------
    answers : iterable of Answer
    period : {"day", "week"}
    zone : tzinfo
        Where the learner's days begin.

    Returns
    -------
    dict
        For each category the first day of each period, and its score, in order.

    Raises
    ------
    CourseError
        If the period is neither.
    """
    pick(period, PERIODS, "period")  # also where there is no answer
    return {category: all_over_time(some, period, zone) for category, some in _grouped(answers).items()}


def all_over_time(answers: Iterable[Told], period: str = "day", zone: tzinfo = UTC) -> list[tuple[date, Score]]:
    """Return how some answers went, all together, as `over_time` does for each category."""
    weekly = pick(period, PERIODS, "period") == "week"
    days: dict[date, list[Told]] = defaultdict(list)
    for answer in answers:
        days[answer.when.astimezone(zone).date()].append(answer)
    periods: dict[date, list[Told]] = defaultdict(list)
    for day, some in days.items():
        periods[day - timedelta(days=day.weekday()) if weekly else day] += some
    return [(first, score(periods[first])) for first in sorted(periods)]


def confusion_matrix(
    answers: Iterable[Told], kind: str, words: Sequence[str] = ()
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return how often each word was answered where each word was right.

    Parameters
    ----------
    answers : iterable of Answer
    kind : str
        Of question.
    words : sequence of str
        The order of the words; others that were answered come after them, by the alphabet.

    Returns
    -------
    words : tuple of str
    matrix : ndarray of int, shape (words, words)
        Rows: the right word. Columns: the one that was answered.
    """
    table = Counter(_pairs(answers, kind))
    others = {word for both in table for word in both} - set(words)
    names = (*dict.fromkeys(words), *sorted(others))
    place = {word: number for number, word in enumerate(names)}
    matrix = np.zeros((len(names), len(names)), dtype=np.int64)
    for (key, said), times in table.items():
        matrix[place[key], place[said]] = times
    return names, matrix


def agreement(answers: Iterable[Told], kind: str) -> Agreement | None:
    """Return how far a learner agrees with the key in a kind of question; None without an answer."""
    pairs = _pairs(answers, kind)
    if not pairs:
        return None
    value, error = kappa(pairs)
    low, high = max(value - _95 * error, -1.0), min(value + _95 * error, 1.0)
    return Agreement(kind, len(pairs), value, low, high, RADIOLOGISTS.get(kind))


def due_days(schedule: Schedule, now: datetime, days: int = 7) -> list[tuple[Category, ...]]:
    """Return what is due today and on each of the days to come, if nothing is answered before.

    Parameters
    ----------
    schedule : Schedule
    now : datetime
        With its time zone.
    days : int
        How many days, with today, 1 to 366.

    Raises
    ------
    CourseError
        If the number of days is out of its bounds.
    """
    found: list[tuple[Category, ...]] = []
    for ahead in range(whole(days, 1, 366, "number of days")):
        before = {category for some in found for category in some}
        due = schedule.due(now + timedelta(days=ahead))
        found.append(tuple(category for category in due if category not in before))
    return found


def _grouped(answers: Iterable[Told]) -> dict[Category, list[Told]]:
    groups: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for answer in answers:
        groups[answer.kind, answer.key].append(answer)
    return {Category(*words): some for words, some in groups.items()}


def _pairs(answers: Iterable[Told], kind: str) -> list[tuple[str, str]]:
    """Return the right word and the one answered, of a kind of question."""
    return [(each.key, each.key if each.right else each.chosen) for each in answers if each.kind == kind]
