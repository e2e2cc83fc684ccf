"""What is said to an answer: right or wrong, where on the picture, why, and what would have made it right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcifications.learning.items.mended import Mended
from calcifications.reading import Step

Indices = NDArray[np.int64]


def measured(step: Step) -> str:
    """Say what a rule asked here, and what was measured: " Here: lines: 3 (asked: at least 2)."; empty if nothing."""
    seen = "; ".join("{}: {} (asked: {})".format(check.label, *check.shown) for check in step.checks)
    return f" Here: {seen}." if seen else ""


def nowhere() -> Indices:
    """Return no particle at all."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True)
class Feedback:
    """What is said to an answer.

    Attributes
    ----------
    right : bool
    key, chosen : str
        The right answer and the one that was given, in words: what the log keeps.
    why : str
        Why the right answer is right here, with the measured number.
    why_not : str
        Why the given one does not fit this picture; empty if it does.
    where, where_beside : ndarray of int
        The particles that decide: indices into the pattern of the first picture, and of the one beside it.
    step : Step or None
        The rule that decided, with its sources; None where it was no rule.
    source : tuple of str
        Ids of the sources, the rule's or those of a fact or a rate.
    score : float
        0 to 1: how good the answer is; 1 or 0 where it can only be right or wrong.
    off_mm : float or None
        How far from the right place it was, in mm, where a place was asked for.
    place : tuple of float or None
        The right place, as fractions of the picture across and down, where a place was asked for.
    accepted : mapping of str to tuple of str
        The words that are right in each slot, where several were asked for.
    said : str
        The given answer as the log keeps it beside `Item.category.word`, where that is not `chosen`.
    goal : str
        What `mended` shows, where that is not `chosen`.
    """

    right: bool
    key: str
    chosen: str
    why: str
    why_not: str
    where: Indices = field(default_factory=nowhere)
    step: Step | None = None
    where_beside: Indices = field(default_factory=nowhere)
    source: tuple[str, ...] = ()
    score: float = 0.0
    off_mm: float | None = None
    place: tuple[float, float] | None = None
    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    said: str = ""
    goal: str = ""
    mend: Callable[[], Mended | None] | None = field(default=None, repr=False, compare=False)

    @property
    def short(self) -> str:
        """Why the right answer is right, without what the rule that decided asked: a page shows that as bars."""
        return self.why.replace(measured(self.step), "") if self.step else self.why

    @property
    def logged(self) -> str:
        """The given answer as the log keeps it: a word of the kind of question, wherever that says it."""
        return self.said or self.chosen

    @property
    def mends(self) -> str:
        """What the picture would be with the one slider moved."""
        return self.goal or self.chosen

    @cached_property
    def mended(self) -> Mended | None:
        """The same case with the one slider moved that makes the given answer right; None if there is none.

        It is found by growing and reading again, and takes up to a second or two: ask once the feedback is on screen.
        """
        return self.mend() if self.mend and not self.right else None

    def told(self) -> dict[str, Any]:
        """Return what the page needs to mark the answer in the way it was given; JSON-able."""
        return {
            "right": self.right,
            "key": self.key,
            "chosen": self.chosen,
            "score": self.score,
            "off_mm": self.off_mm,
            "place": self.place,
            "accepted": {name: list(words) for name, words in self.accepted.items()},
        }
