"""Find it: press the group on the picture; the distance in mm counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, number, shown
from calcifications.imaging import View, look
from calcifications.imaging.density import DENSITIES
from calcifications.imaging.radiograph import SHAPE
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import grown, one_of
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem
from calcifications.learning.items.look import Look
from calcifications.pattern.draws import Floats, draws
from calcifications.reading.outline import outline

NEAR_MM = 3.0
"""So near to one of them counts as found."""

_ASIDE = 0.3  # how far from the middle the group may lie, as a share of the picture
_WITHIN = 0.06  # and how far from the edge all of it stays
_PLAIN = 3.0  # and how far its contrast is above the noise: what a reader can find at all
_WIDEST_MM = 12.0
_FEWEST = 3
_WORDS = {f"in breast tissue of density {name}": name for name in DENSITIES}


class FindIt(CaseItem):
    """Asks where the group lies."""

    kind, title, way = "find", "find the group", "place"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return in what tissue it may be looked for."""
        return tuple(_WORDS)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a small group that lies anywhere on the picture."""
        tissue = _WORDS[word or one_of(chance, cls.words())]
        return replace(grown(chance, among, laid=("grouped",), wanted=_findable), tissue=tissue)

    @property
    def key(self) -> str:
        """Where it lies, in words."""
        across, down = self.middle
        side = "left" if across < 0.5 else "right"
        return f"in the {'upper' if down < 0.5 else 'lower'} {side} part of the picture"

    @property
    def category(self) -> Category:
        """In what tissue it was looked for."""
        return Category(self.kind, next(word for word, name in _WORDS.items() if name == self.case.tissue))

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The picture, its middle somewhere beside the group."""
        view = aside(self.case)
        return (Look(view.name, view.plain, self.case, view),)

    @cached_property
    def places(self) -> Floats:
        """Where those that are seen lie, as fractions of the picture across and down, shape (n, 2)."""
        return _places(self.case)[self.group.deciding("count")]

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the group, as fractions of the picture."""
        across, down = ((self.places.max(axis=0) + self.places.min(axis=0)) / 2).tolist()
        return across, down

    def ask(self) -> str:
        """Return the question."""
        return "Where are the calcifications?"

    def sheet(self) -> dict[str, Any]:
        """Return how near counts."""
        return {"way": self.way, "note": f"Up to {NEAR_MM:g} mm beside one of them counts."}

    def mark(self, answer: Any) -> Feedback:
        """Mark a place: how far across and down the picture, each 0 to 1."""
        if not isinstance(answer, list) or len(answer) != 2:
            raise CourseError(f"A place can't be {shown(answer)}; it is how far across and down, 0 to 1 each.")
        place = np.array([number(answer[0], 0, 1, "place across"), number(answer[1], 0, 1, "place down")])
        off = self._off_mm(place)
        right = off <= NEAR_MM
        return Feedback(
            right,
            self.key,
            f"{off:.0f} mm beside it" if off >= 1 else "on it",
            self.explain(),
            "" if right else f"The nearest of them lies {off:.0f} mm from there; up to {NEAR_MM:g} mm counts as found.",
            self.all_seen,
            self.reading.fired("form"),
            score=float(np.exp(-max(off - NEAR_MM, 0.0) / NEAR_MM)),
            off_mm=off,
            place=self.middle,
        )

    def _off_mm(self, place: Floats) -> float:
        """Return how far a place lies from the nearest particle, in mm."""
        view = self.looks[0].view
        assert isinstance(view, View)
        return float(np.linalg.norm((self.places - place) * np.array(SHAPE)[::-1], axis=1).min() * view.pixel_mm)

    def explain(self) -> str:
        """Return what is there to be seen."""
        seen = self.group.values
        return (
            f"{seen['count']:.0f} calcifications, typically {seen['size_mm']:.2f} mm long, lie over "
            f"{seen['extent_mm']:.0f} mm {self.key}. Their contrast is {seen['conspicuity']:.0f} times the noise."
        )


def aside(case: Case) -> View:
    """Return the case's first view, aimed beside the group by the seed's chance; the group stays on the picture."""
    view = look(case.views[0], case.pattern)
    far = (draws(case.seed, "aside", 1, 2)[0] - 0.5) * 2 * _ASIDE * np.array(SHAPE)[::-1] * view.pixel_mm
    return replace(view, centre=(view.centre[0] + float(far[0]), view.centre[1] + float(far[1])))


def _places(case: Case) -> Floats:
    """Return where all particles lie, as fractions of the picture across and down, shape (n, 2)."""
    view = aside(case)
    mm = outline(case.pattern.particles, view).centre * np.array([1, -1])
    places: Floats = 0.5 + mm / view.pixel_mm / np.array(SHAPE)[::-1]
    return places


def _findable(case: Case) -> bool:
    """Say whether a group is small, plain enough, and all of it on the picture."""
    seen = case.findings[0].groups[0].values
    if seen["conspicuity"] < _PLAIN or seen["extent_mm"] > _WIDEST_MM or seen["count"] < _FEWEST:
        return False
    places = _places(case)
    return bool(((places > _WITHIN) & (places < 1 - _WITHIN)).all())
