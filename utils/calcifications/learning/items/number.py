"""How many, how wide, how large: a number, with the ruler on the picture. How near counts is said beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, number, whole
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import CLOSE, grown, on_close_up, one_of
from calcifications.learning.items.feedback import Feedback, Indices
from calcifications.learning.items.item import CaseItem
from calcifications.reading import Group
from calcifications.reading.overlays import overlays


@dataclass(frozen=True)
class Measure:
    """What is asked for.

    Attributes
    ----------
    word : str
        What the schedule files it under.
    feature : str
        What is measured.
    ask, unit : str
    places : int
        Digits after the point.
    high : float
        The most that can be answered.
    near, share : float
        So near counts as right: as a number, or as a share of what is right, whichever is more.
    least, most : float
        What is asked lies between these: less can't be measured by hand, more not be counted.
    """

    word: str
    feature: str
    ask: str
    unit: str
    places: int
    high: float
    near: float
    share: float
    least: float
    most: float

    def tolerance(self, right: float) -> float:
        """Return how far an answer may be off."""
        return max(self.near, self.share * right)

    def taken(self, answer: Any) -> float:
        """Return an answer as a number; one that can't be is a CourseError."""
        if self.places:
            return number(answer, 0, self.high, "answer", self.unit)
        return whole(answer, 0, int(self.high), "answer")

    def said(self, value: float) -> str:
        """Return a number with its unit."""
        return f"{value:.{self.places}f} {self.unit}".strip()

    @property
    def allowed(self) -> str:
        """How near counts, in words."""
        return (
            f"Up to {f'{self.near:g} {self.unit}'.strip()} or {100 * self.share:.0f} % off counts, whichever is more."
        )


MEASURES = {
    each.word: each
    for each in (
        Measure("how many", "count", "How many calcifications are there?", "", 0, 120, 1, 0.15, 2, 25),
        Measure(
            "how wide",
            "extent_mm",
            "How far apart are the two that lie farthest from each other, from middle to middle?",
            "mm",
            1,
            60,
            1,
            0.15,
            3,
            28,
        ),
        Measure("how large", "largest_mm", "How long is the largest one?", "mm", 2, 20, 0.15, 0.2, 0.6, 9),
    )
}
"""What can be asked for. Tolerances and bounds are the course's convention."""


class HowMuch(CaseItem):
    """Asks for a number that can be counted or measured on the picture."""

    kind, title, way = "number", "say how many, how wide, how large", "number"

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        super().__init__(case, chance)
        fitting = [each for each in MEASURES.values() if _fits(each, self.group)] if on_close_up(case) else []
        if not fitting:
            seen = self.group.values
            over = f" over {seen['extent_mm']:.0f} mm" if seen["count"] > 1 else ""
            raise CourseError(
                f"Its pictures leave nothing to be counted or measured by hand: {seen['count']:.0f}{over}."
            )
        self.measure: Measure = one_of(chance, fitting)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return what can be asked for."""
        return tuple(MEASURES)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case on which it can be counted or measured."""
        wanted = MEASURES[word or one_of(chance, cls.words())]
        return grown(
            chance, among, laid=CLOSE,
            wanted=lambda case: on_close_up(case) and _fits(wanted, case.findings[0].groups[0]),
        )  # fmt: skip

    @property
    def right(self) -> float:
        """What was measured."""
        return self.group.values[self.measure.feature]

    @property
    def key(self) -> str:
        """What was measured, with its unit."""
        return self.measure.said(self.right)

    @property
    def category(self) -> Category:
        """What was asked for."""
        return Category(self.kind, self.measure.word)

    def ask(self) -> str:
        """Return the question."""
        return self.measure.ask

    def sheet(self) -> dict[str, Any]:
        """Return what a number must be like, and whether the ruler helps."""
        measure = self.measure
        return {
            "way": self.way,
            "label": measure.word.capitalize(),
            "note": measure.allowed,
            "unit": measure.unit,
            "low": 0,
            "high": measure.high,
            "step": 10**-measure.places if measure.places else 1,
            "ruler": bool(measure.unit),
        }

    def mark(self, answer: Any) -> Feedback:
        """Mark a number."""
        measure = self.measure
        value = measure.taken(answer)
        off = abs(value - self.right)
        right = off <= measure.tolerance(self.right)
        more = "more" if value > self.right else "less"
        return Feedback(
            right,
            self.key,
            measure.said(value),
            self.explain(),
            "" if right else f"{measure.said(value)} is {measure.said(off)} {more} than was measured.",
            self.group.deciding(measure.feature) if measure.feature != "largest_mm" else self._largest,
            score=float(right),
        )

    @property
    def _largest(self) -> Indices:
        """The particle that is the largest."""
        seen = self.all_seen
        outlines = overlays(self.case.pattern, self.case.views[0]).outlines[seen]
        across = np.linalg.norm(outlines - np.roll(outlines, outlines.shape[1] // 2, axis=1), axis=2).max(axis=1)
        return seen[[int(np.argmax(across))]]

    def explain(self) -> str:
        """Return what was measured, and how."""
        seen = self.group.values
        how = {
            "count": "What this view makes visible is counted, wherever it lies.",
            "extent_mm": "The extent is the largest distance between two of them.",
            "largest_mm": "The longest diameter counts, from edge to edge at half the contrast.",
        }[self.measure.feature]
        sizes = f"from {seen['smallest_mm']:.2f} to {seen['largest_mm']:.2f} mm long"
        return f"Measured: {self.key}. {how} There are {seen['count']:.0f}, {sizes}, over {seen['extent_mm']:.1f} mm."


def _fits(measure: Measure, group: Group) -> bool:
    return measure.least <= group.values[measure.feature] <= measure.most and group.values["count"] >= 1
