"""The numbers of a class: its scores, what each question was like, and how far it agrees with the key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt
from statistics import median

import numpy as np
from numpy.typing import NDArray

from calcifications.learning.said import Said
from calcifications.learning.scores import RADIOLOGISTS, wilson
from calcifications.reading.agreement import kappa
from calcifications.teaching.results.handed import Answered, Handed

_95 = 1.96


@dataclass(frozen=True)
class Spread:
    """How the scores lie.

    Attributes
    ----------
    results, questions : int
    mean, sd, median, low, high : float
        Of right answers; the sd is that of a sample, nan with one result.
    alpha : float
        Cronbach's alpha: how far the questions go together, up to 1; nan where there is none.
    """

    results: int
    questions: int
    mean: float
    sd: float
    median: float
    low: int
    high: int
    alpha: float


@dataclass(frozen=True)
class ItemNumbers:
    """What one question was like.

    Attributes
    ----------
    asked : Answered
        What was asked, from any of the results.
    right, unanswered, results : int
    low, high : float
        The 95 % interval of the share that was right (Wilson).
    discrimination : float
        Pearson's correlation of being right here with the number right elsewhere; nan where one of them never varies.
    taken_for : tuple of (str, int)
        The wrong answer that was given most often, and how often; empty and 0 without one.
    seconds : float
        The median time to an answer; nan without one.
    """

    asked: Answered
    right: int
    unanswered: int
    results: int
    low: float
    high: float
    discrimination: float
    taken_for: tuple[str, int]
    seconds: float

    @property
    def share(self) -> float:
        """The share that was right: the question's difficulty, as it is called, though a high one is easy."""
        return self.right / self.results


@dataclass(frozen=True)
class ClassKappa:
    """How far a class agrees with the key beyond chance, in one kind of question.

    Attributes
    ----------
    kind : str
    answers : int
    kappa, low, high : float
        Over all answers. The 95 % interval is by the jackknife over students, whose answers go together; it takes the
        questions as they are. nan with a single student.
    radiologists : float
        Kappa of radiologists among themselves on the same question.
    """

    kind: str
    answers: int
    kappa: float
    low: float
    high: float
    radiologists: float


def marks(handed: Sequence[Handed]) -> NDArray[np.int64]:
    """Return which answers were right, shape (results, questions)."""
    return np.array([[question.right for question in each.questions] for each in handed], dtype=np.int64)


def spread(handed: Sequence[Handed]) -> Spread:
    """Return how the scores of one or more results lie."""
    table = marks(handed)
    scores = table.sum(axis=1)
    results, questions = table.shape
    sd, alpha = nan, nan
    if results > 1:
        sd = float(scores.std(ddof=1))
        if questions > 1 and sd > 0:
            alpha = questions / (questions - 1) * (1 - float(table.var(axis=0, ddof=1).sum()) / sd**2)
    return Spread(
        results, questions, float(scores.mean()), sd, float(np.median(scores)), int(scores.min()), int(scores.max()),
        alpha,
    )  # fmt: skip


def items(handed: Sequence[Handed]) -> list[ItemNumbers]:
    """Return what each question was like, in the exam's order."""
    table = marks(handed)
    return [_item([each.questions[place] for each in handed], table, place) for place in range(table.shape[1])]


def _item(answers: list[Answered], table: NDArray[np.int64], place: int) -> ItemNumbers:
    mine = table[:, place]
    rest = table.sum(axis=1) - mine
    varied = len(mine) > 1 and mine.any() and not mine.all() and np.ptp(rest) > 0
    wrong = Counter(each.said or each.answer for each in answers if each.answer and not each.right)
    times = [each.seconds for each in answers if each.answer and each.seconds is not None]
    return ItemNumbers(
        asked=answers[0],
        right=(right := int(mine.sum())),
        unanswered=sum(not each.answer for each in answers),
        results=len(answers),
        **dict(zip(("low", "high"), wilson(right, len(answers)), strict=True)),
        discrimination=float(np.corrcoef(mine, rest)[0, 1]) if varied else nan,
        taken_for=min(wrong.items(), key=lambda pair: (-pair[1], pair[0])) if wrong else ("", 0),
        seconds=float(median(times)) if times else nan,
    )


def said(each: Handed) -> list[Said]:
    """Return the answers of a result as the log has them: those of which key and answer are known as words."""
    return [
        Said(one.kind, one.word, one.word if one.right else one.said, one.right, one.seconds or 0.0, each.ended)
        for one in each.questions
        if one.word and one.answer and (one.right or one.said)
    ]


def agreements(handed: Sequence[Handed]) -> list[ClassKappa]:
    """Return how far a class agrees with the key, for each kind of question that radiologists were asked too."""
    pairs: dict[str, list[list[tuple[str, str]]]] = defaultdict(lambda: [[] for _ in handed])
    for place, each in enumerate(handed):
        for one in said(each):
            if one.kind in RADIOLOGISTS:
                pairs[one.kind][place].append((one.key, one.chosen))
    return [_kappa(kind, pairs[kind]) for kind in RADIOLOGISTS if kind in pairs]


def _kappa(kind: str, by_student: list[list[tuple[str, str]]]) -> ClassKappa:
    by_student = [some for some in by_student if some]
    every = [pair for some in by_student for pair in some]
    value = kappa(every)[0]
    low = high = nan
    if (many := len(by_student)) > 1:
        without = [kappa(pair for other in by_student if other is not some for pair in other)[0] for some in by_student]
        error = sqrt((many - 1) / many * sum((each - sum(without) / many) ** 2 for each in without))
        low, high = max(value - _95 * error, -1.0), min(value + _95 * error, 1.0)
    return ClassKappa(kind, len(every), value, low, high, RADIOLOGISTS[kind])
