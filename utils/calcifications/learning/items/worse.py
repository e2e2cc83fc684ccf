"""Which of two is more suspicious: only where every series agrees on the order."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, shown
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import TRIES, as_shown, grown, no_case, one_of
from calcifications.learning.items.choice import Choice
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import Option
from calcifications.learning.items.look import Look
from calcifications.reading import NONE
from calcifications.reading.rates import Rate, rates

SERIES = 3
"""In so many series at the least both words must have been counted."""

NAMES = ("A", "B")
PLACES = ("the upper picture", "the lower picture")


@cache
def series() -> dict[tuple[str, str], tuple[tuple[Rate, Rate], ...]]:
    """Return the pairs of forms whose order every series holds, the less suspicious first, with the rates behind it.

    A record that counts both words together tells nothing of their order.
    """
    alone: dict[str, dict[str, list[Rate]]] = {}
    for rate in rates():
        if len(rate.forms) == 1 and not rate.distributions and not rate.categories:
            alone.setdefault(rate.forms[0], {}).setdefault(rate.source, []).append(rate)
    found = {}
    for low, of_low in alone.items():
        for high, of_high in alone.items():
            both = [
                pair
                for source in sorted(of_low.keys() & of_high.keys())
                for pair in zip(of_low[source], of_high[source], strict=False)
            ]
            if low != high and len(both) >= SERIES and all(one.percent < other.percent for one, other in both):
                found[low, high] = tuple(both)
    return found


class WhichIsWorse(Choice):
    """Asks which of two cases is more suspicious."""

    kind, title, step, together = "worse", "say which of two is more suspicious", "form", True

    def __init__(self, case: Case, chance: np.random.Generator, word: str = "") -> None:
        reading = as_shown(case)
        pairs = [pair for pair in series() if reading.morphology in pair and word in ("", _said(pair))]
        if not pairs:
            raise CourseError(f"The series agree on no order of {shown(reading.morphology)} and another form.")
        self.pair: tuple[str, str] = one_of(chance, pairs)
        (other,) = (form for form in self.pair if form != reading.morphology)
        self.other = _alike(case, other, chance)
        super().__init__(case, chance)
        self.options = tuple(sorted(self.options, key=lambda option: option.word))  # as the pictures lie

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the pairs, the more suspicious first."""
        return tuple(_said(pair) for pair in series())

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a group of one of a pair's forms."""
        pairs = [pair for pair in series() if word in ("", _said(pair))]
        return grown(chance, (one_of(chance, one_of(chance, pairs)),), laid=("grouped",))

    @classmethod
    def made(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> WhichIsWorse:
        """Make an item on a fresh case, of a pair or of any."""
        named = [pair for pair in series() if set(pair) <= set(among)]
        word = word or _said(one_of(chance, named or list(series())))
        return cls(cls.fresh(chance, among, word), chance, word)

    @property
    def key(self) -> str:
        """The more suspicious picture."""
        return NAMES[self.reading.morphology != self.pair[1]]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The rules that name both forms."""
        both = (as_shown(case).fired("form") for case in (self.case, self.other))
        return tuple(fired.rule for fired in both if fired)

    @property
    def category(self) -> Category:
        """The pair."""
        return Category(self.kind, _said(self.pair))

    @property
    def code(self) -> str:
        """The codes of both cases."""
        return f"{self.case.code} {self.other.code}"

    @property
    def looks(self) -> tuple[Look, ...]:
        """Both pictures."""
        return tuple(
            Look(name, f"picture {name}", case, case.views[0])
            for name, case in zip(NAMES, (self.case, self.other), strict=True)
        )

    def ask(self) -> str:
        """Return the question."""
        return "Two women, both with a group: which of the two is more suspicious?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return both pictures."""
        return [Option(name, plain) for name, plain in zip(NAMES, PLACES, strict=True)]

    def mark(self, answer: Any) -> Feedback:
        """Mark an answer; all that is seen on both decides."""
        beside = self.other.findings[0].groups[0].deciding("count")
        cited = tuple(dict.fromkeys(rate.source for pair in series()[self.pair] for rate in pair))
        said = super().mark(answer)
        return replace(said, where=self.all_seen, where_beside=beside, source=cited, step=None, mend=None)

    def explain(self) -> str:
        """Return the words, and the rates behind their order."""
        low, high = self.pair
        told = "; ".join(f"{other.percent:g} against {one.percent:g} %" for one, other in series()[self.pair])
        return (
            f"{self.key} shows {high} calcifications, the other {low} ones, both in a group. In every series that "
            f"counted them apart, {high} ones were malignant more often: {told}."
        )

    def why_not(self, word: str) -> str:
        """Return why the other one is less suspicious."""
        case = (self.case, self.other)[NAMES.index(word)]
        reading = as_shown(case)
        fired = reading.fired("form")
        return f"{word} shows {reading.form_phrase}: {fired.because}" if fired else f"{word} shows no form word."

    def right_of(self, word: str, case: Case) -> bool:
        """No slider of one picture alone is moved here."""
        return False


def _said(pair: tuple[str, str]) -> str:
    low, high = pair
    return f"{high} over {low}"


def _alike(case: Case, form: str, chance: np.random.Generator) -> Case:
    """Grow a case of another form that lies as the first one does."""
    laid = as_shown(case).distribution
    for _ in range(TRIES):
        other = grown(chance, (form,), laid=(laid,), views=case.views)
        if as_shown(other).distribution == laid != NONE:
            return other
    raise no_case()
