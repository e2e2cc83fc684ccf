"""How likely: a range in per cent, beside the range of all published series. Nobody's own risk is asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, number, shown
from calcifications.learning.items.cases import grown, one_of, within
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem
from calcifications.lexicon import source
from calcifications.pattern import forms
from calcifications.reading.rates import Rate, rates

SERIES = 3
"""A range is asked for only where so many figures are published."""

GOOD = 0.5
"""From here on an answer counts: what both ranges cover, of what either covers."""


@cache
def published(form: str) -> tuple[Rate, ...]:
    """Return what was found published of a form alone, whatever its distribution, the lowest rate first."""
    found = (r for r in rates() if r.forms == (form,) and not r.distributions and r.certainty == "found")
    return tuple(sorted(found, key=lambda rate: rate.percent))


class HowLikely(CaseItem):
    """Asks for the range of published rates of malignancy of a form."""

    kind, title, way = "likely", "say how likely cancer is", "interval"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the forms of which enough is published for a range."""
        return tuple(form for form in forms() if len(published(form)) >= SERIES)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of a form of which enough is published."""
        return grown(chance, (word or one_of(chance, within(cls.words(), among)),))

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        super().__init__(case, chance)
        if self.key not in self.words():
            raise CourseError(f"Too little is published of {shown(self.key)} to ask for a range.")

    @property
    def key(self) -> str:
        """The form, by which the range is known."""
        return self.reading.morphology

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest published rate, in per cent."""
        figures = published(self.key)
        return figures[0].percent, figures[-1].percent

    def ask(self) -> str:
        """Return the question."""
        return (
            f"These are {self.key} calcifications. Of lesions described by this word, how many per cent proved "
            "malignant in published series? Give the range from the lowest series to the highest."
        )

    def sheet(self) -> dict[str, Any]:
        """Return the scale."""
        return {"way": self.way, "low": 0, "high": 100, "step": 1, "unit": "%", "label": "malignant"}

    def mark(self, answer: Any) -> Feedback:
        """Mark a range: its two ends, in per cent."""
        if not isinstance(answer, list) or len(answer) != 2:
            raise CourseError(f"A range can't be {shown(answer)}; it is two numbers, the lower one first.")
        low, high = (number(end, 0, 100, "end of a range", "%") for end in answer)
        if low > high:
            raise CourseError(f"A range can't go from {low:g} to {high:g} %; the lower end comes first.")
        score = _shared((low, high), self.span)
        return Feedback(
            score >= GOOD,
            f"{self.span[0]:g} to {self.span[1]:g} %",
            f"{low:g} to {high:g} %",
            self.explain(),
            "" if score >= GOOD else self._why_not(low, high),
            source=tuple(dict.fromkeys(rate.source for rate in published(self.key))),
            score=score,
            accepted={"range": (f"{self.span[0]:g}", f"{self.span[1]:g}")},
        )

    def _why_not(self, low: float, high: float) -> str:
        figures = published(self.key)
        held = sum(low <= rate.percent <= high for rate in figures)
        said = f"Your range holds {held} of the {len(figures)} published figures"
        if held == len(figures):
            return f"{said}, but is so wide that it says little."
        beside = not self.span[0] <= (low + high) / 2 <= self.span[1]
        return f"{said}: it lies beside them." if beside else f"{said}: it is too narrow."

    def explain(self) -> str:
        """Return the range, and who found what."""
        figures = published(self.key)
        told = "; ".join(f"{rate.percent:g} % ({source(rate.source).citation})" for rate in (figures[0], figures[-1]))
        low, high = self.span
        return (
            f"{len(figures)} published figures go from {low:g} to {high:g} %. The lowest and the highest: {told}. They "
            "are of lesions that were mostly sampled, so they differ with who was sampled, and are nobody's own risk."
        )


def _shared(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return what two ranges share, of what either covers; 0 to 1."""
    both = max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
    either = (one[1] - one[0]) + (other[1] - other[0]) - both
    return both / either if either else float(one == other)
