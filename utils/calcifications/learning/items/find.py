"""Find it: press the group on the picture; the distance in mm counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
_TRIED = 12  # how many places across and down are tried, and at more than this share of them there is nothing near
_BESIDE = 0.5
_ALL_OVER = 0.6  # of the picture's width and height: what takes up so much lies in no part of it
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
        tissue = cls.tissue_of(word or one_of(chance, cls.words()))
        return replace(grown(chance, among, laid=("grouped",), wanted=_findable), tissue=tissue)

    @staticmethod
    def tissue_of(word: str) -> str:
        """Return the tissue that a word names."""
        return _WORDS[word]

    @property
    def key(self) -> str:
        """Where it lies, in words."""
        across, down = self.middle
        if (np.ptp(self._on_picture, axis=0) > _ALL_OVER).all():
            return "over most of the picture"
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
    def _on_picture(self) -> Floats:
        """Those of the places that are not beyond the picture's edges, unless all are."""
        inside = _inside(self.places, 0.0)
        return self.places[inside] if inside.any() else self.places

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of what the picture shows of the group, as fractions of the picture."""
        across, down = ((self._on_picture.max(axis=0) + self._on_picture.min(axis=0)) / 2).tolist()
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
            None if self.later else self.reading.fired("form"),
            score=float(np.exp(-max(off - NEAR_MM, 0.0) / NEAR_MM)),
            off_mm=off,
            place=self.middle,
        )

    def _off_mm(self, place: Floats) -> float:
        """Return how far a place lies from the nearest particle, in mm."""
        view = self.looks[0].view
        assert isinstance(view, View)
        return float(np.linalg.norm((self.places - place) * _wide_mm(view), axis=1).min())

    def explain(self) -> str:
        """Return what is there to be seen."""
        seen = self.group.values
        if self.later:  # their number, size and extent would tell what they are and how they lie
            return f"They lie {self.key}. Their contrast is {seen['conspicuity']:.0f} times the noise."
        return (
            f"{seen['count']:.0f} calcifications, typically {seen['size_mm']:.2f} mm long, lie over "
            f"{seen['extent_mm']:.0f} mm {self.key}. Their contrast is {seen['conspicuity']:.0f} times the noise."
        )


def aside(case: Case) -> View:
    """Return the case's first view, aimed beside the group by the seed's chance; the group stays on the picture."""
    view = look(case.views[0], case.pattern)
    far = (draws(case.seed, "aside", 1, 2)[0] - 0.5) * 2 * _ASIDE * _wide_mm(view)
    return replace(view, centre=(view.centre[0] + float(far[0]), view.centre[1] + float(far[1])))


def _places(case: Case) -> Floats:
    """Return where all particles lie, as fractions of the picture across and down, shape (n, 2)."""
    view = aside(case)
    mm = outline(case.pattern.particles, view).centre * np.array([1, -1])
    places: Floats = 0.5 + mm / _wide_mm(view)
    return places


def _wide_mm(view: View) -> Floats:
    """Return how wide and how high a picture is, in mm."""
    wide: Floats = np.array(SHAPE)[::-1] * view.pixel_mm
    return wide


def _findable(case: Case) -> bool:
    """Say whether a group is small, plain enough, and all of it on the picture."""
    seen = case.findings[0].groups[0].values
    if seen["conspicuity"] < _PLAIN or seen["extent_mm"] > _WIDEST_MM or seen["count"] < _FEWEST:
        return False
    return bool(_inside(_places(case), _WITHIN).all())


def to_be_found(case: Case) -> bool:
    """Say whether of a case, however it lies, enough is plain and on the picture to be found."""
    group = case.findings[0].groups[0]
    places = _places(case)[group.deciding("count")]
    on = _inside(places, _WITHIN)
    if group.values["conspicuity"] < _PLAIN or not on.sum() >= min(_FEWEST, len(on)) > 0:
        return False
    tried = (np.indices((_TRIED, _TRIED)).reshape(2, -1).T + 0.5) / _TRIED
    far = np.linalg.norm((tried[:, None] - places[None]) * _wide_mm(aside(case)), axis=2).min(axis=1)
    return bool((far > NEAR_MM).mean() > _BESIDE)


def _inside(places: Floats, edge: float) -> NDArray[np.bool_]:
    """Say of each place whether it is on the picture, and so far from its edges."""
    return np.all((places >= edge) & (places <= 1 - edge), axis=1)
