"""How a learner decides: recall and biopsy beside the rule, and ranges of risk beside the published figures.

This is agreement with a rule, never sensitivity or specificity: the cases are synthetic, and nobody behind them has a
diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from calcifications.learning.items.cases import BOOK
from calcifications.learning.items.likely import HowLikely, published
from calcifications.learning.items.recall import RECALL, RecallOrNot
from calcifications.learning.items.verdict import CategoryAndManagement
from calcifications.learning.said import Told
from calcifications.learning.scores import Score, score
from calcifications.reading import rulebook

_BUT = ", but "  # "4B, but a new picture in 6 months": a category, and another management than its own
_RANGE = re.compile(r"([\d.]+) to ([\d.]+) %")


@dataclass(frozen=True)
class Decision:
    """How often a learner decides as the rule does.

    Attributes
    ----------
    what : str
        What is decided: "recall" or "biopsy".
    yes, no : Score
        Where the rule says so, and where it does not; `right` is as the rule says.
    """

    what: str
    yes: Score
    no: Score


@dataclass(frozen=True)
class Range:
    """A range of risk that a learner gave, beside what is published.

    Attributes
    ----------
    word : str
    low, high : float
        The learner's, in per cent.
    published : tuple of float
        All figures, in per cent, the lowest first.
    """

    word: str
    low: float
    high: float
    published: tuple[float, ...]

    @property
    def held(self) -> int:
        """How many of the published figures lie in the range."""
        return sum(self.low <= figure <= self.high for figure in self.published)


def decisions(answers: Iterable[Told]) -> list[Decision]:
    """Return how often recall and biopsy were decided as the rule does; those that were never asked are left out."""
    answers = list(answers)
    asked = (("recall", RecallOrNot.kind, _recalled), ("biopsy", CategoryAndManagement.kind, _sampled))
    found = (_decision(what, [each for each in answers if each.kind == kind], says) for what, kind, says in asked)
    return [each for each in found if each.yes.answers or each.no.answers]


def _decision(what: str, answers: list[Told], says: Callable[[str], bool]) -> Decision:
    """Compare what was decided: a wrong category may lead to the right deed."""

    def as_rule(each: Told) -> bool:
        return each.right or says(each.chosen) == says(each.key)

    halves = ([each for each in answers if says(each.key) is wanted] for wanted in (True, False))
    return Decision(what, *(score(half, as_rule) for half in halves))


def _recalled(word: str) -> bool:
    return word == RECALL


@cache
def _sampled(word: str) -> bool:
    """Whether a category, or a category and a management, leads to a tissue sample."""
    category, _, management = word.partition(_BUT)
    outcomes = rulebook(BOOK).outcomes
    if not management and category in outcomes:
        management = outcomes[category].management
    return management == outcomes["4A"].management


def ranges(answers: Iterable[Told]) -> list[Range]:
    """Return the ranges of risk that were given, in their order, each beside all that is published of its word."""
    found = []
    for each in answers:
        said = _RANGE.fullmatch(each.chosen)
        if each.kind == HowLikely.kind and said and (figures := _figures(each.key)):
            found.append(Range(each.key, float(said[1]), float(said[2]), figures))
    return found


@cache
def _figures(word: str) -> tuple[float, ...]:
    return tuple(rate.percent for rate in published(word))
