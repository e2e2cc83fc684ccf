"""Find it: press the group on the picture; the distance in mm counts."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, number, shown
from calcifications.imaging.density import DENSITIES
from calcifications.learning.answer import Category
from calcifications.learning.items.beside import two_groups, worked_up
from calcifications.learning.items.cases import grown, one_of
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.findable import NEAR_MM, aside, distance_mm, findable, inside, shown_places
from calcifications.learning.items.item import CaseItem
from calcifications.learning.items.look import Look
from calcifications.pattern.draws import Floats
from calcifications.reading import Reading

_ALL_OVER = 0.6  # of the picture's width and height: what takes up so much lies in no part of it
_TWO = "beside something harmless"
_WORDS = {f"in breast tissue of density {name}": name for name in DENSITIES}


class FindIt(CaseItem):
    """Asks where the group lies."""

    kind, title, way = "find", "find the group", "place"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return in what tissue it may be looked for, and that something harmless may lie beside it."""
        return (*_WORDS, _TWO)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a small group that lies anywhere on the picture."""
        word = word or one_of(chance, cls.words())
        if word == _TWO:
            return replace(two_groups(chance, among), tissue=one_of(chance, tuple(_WORDS.values())))
        return replace(grown(chance, among, laid=("grouped",), wanted=findable), tissue=_WORDS[word])

    @staticmethod
    def tissues() -> dict[str, str]:
        """Return the tissues in which it may be looked for, by the words for that."""
        return dict(_WORDS)

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
        """In what tissue it was looked for, or that something harmless lies beside it."""
        tissue = next(word for word, name in _WORDS.items() if name == self.case.tissue)
        return Category(self.kind, _TWO if self.harmless else tissue)

    @cached_property
    def harmless(self) -> Reading | None:
        """How the other group is read, where there is one."""
        return worked_up(self.case)[1] if len(self.case.groups) > 1 else None

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The picture, its middle somewhere beside the group."""
        view = aside(self.case)
        return (Look(view.name, view.plain, self.case, view),)

    @cached_property
    def places(self) -> Floats:
        """Where those that are seen lie, as fractions of the picture across and down, shape (n, 2)."""
        return shown_places(self.case, self.reading.group)

    @property
    def _on_picture(self) -> Floats:
        """Those of the places that are not beyond the picture's edges, unless all are."""
        on = inside(self.places, 0.0)
        return self.places[on] if on.any() else self.places

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of what the picture shows of the group, as fractions of the picture."""
        across, down = ((self._on_picture.max(axis=0) + self._on_picture.min(axis=0)) / 2).tolist()
        return across, down

    def ask(self) -> str:
        """Return the question."""
        if self.harmless:
            return "Where is the group that has to be worked up? Something harmless lies on the picture too."
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
            "" if right else self._why_not(place, off),
            self.all_seen,
            None if self.later else self.reading.fired("form"),
            score=float(np.exp(-max(off - NEAR_MM, 0.0) / NEAR_MM)),
            off_mm=off,
            place=self.middle,
        )

    def _off_mm(self, place: Floats) -> float:
        """Return how far a place lies from the nearest particle, in mm."""
        return float(distance_mm(self.case, place[None], self.places)[0])

    def _why_not(self, place: Floats, off: float) -> str:
        """Return why a place does not count: there is nothing, or only what is harmless."""
        other = self.harmless
        far = f"The nearest of them lies {off:.0f} mm from there; up to {NEAR_MM:g} mm counts as found."
        if other is None:
            return far
        harmless = float(distance_mm(self.case, place[None], shown_places(self.case, other.group))[0])
        return f"There it is {other.morphology}: its form proves it harmless. {far}" if harmless <= NEAR_MM else far

    def explain(self) -> str:
        """Return what is there to be seen."""
        seen = self.group.values
        plain = f"Their contrast is {seen['conspicuity']:.0f} times the noise."
        if self.later:  # their number, size and extent would tell what they are and how they lie
            return f"They lie {self.key}. {plain}"
        beside = (
            f" They are {self.reading.morphology}, which is worked up; the other is {self.harmless.morphology}, which "
            "its form proves harmless. Whoever has found one goes on looking."
            if self.harmless
            else ""
        )
        return (
            f"{seen['count']:.0f} calcifications, typically {seen['size_mm']:.2f} mm long, lie over "
            f"{seen['extent_mm']:.0f} mm {self.key}. {plain}{beside}"
        )
