"""What a beam makes of a pattern, whatever detector meets it: a view and its magnified one share all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import View, project
from calcifications.pattern import Particles, Pattern
from calcifications.reading.around import around_contrast
from calcifications.reading.marks import Flags, Floats
from calcifications.reading.outline import Outlines, outline
from calcifications.reading.placement import Placement

ARMPIT_MM, FOLD_MM = 18.0, 10.0  # how far the folds of the armpit reach along the skin, and into the breast's shadow


@dataclass(frozen=True)
class Projection:
    """One group of a pattern along one beam.

    Attributes
    ----------
    pattern : Pattern
    view : View
        Any with this beam.
    index : ndarray of int, shape (n,)
        Which particles are the group's.
    particles : Particles
        These.
    """

    pattern: Pattern
    view: View
    index: NDArray[np.int64]
    particles: Particles
    _placed: dict[bytes, Placement] = field(default_factory=dict, repr=False)
    _known: dict[bytes, dict[str, float]] = field(default_factory=dict, repr=False)

    @cached_property
    def shape(self) -> Outlines:
        """The particles' outlines."""
        return outline(self.particles, self.view)

    @cached_property
    def edge(self) -> Floats:
        """The breast's edge on the view, shape (points, 2), in mm."""
        return project(self.view, self.pattern.breast.silhouette(self.view.axes))

    @cached_property
    def breast_mm2(self) -> float:
        """The breast's area on the view."""
        x, y = self.edge.T
        return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)

    @cached_property
    def nipple(self) -> Floats:
        """The nipple's place on the view, shape (2,), in mm."""
        return project(self.view, self.pattern.breast.nipple)

    def placement(self, seen: Flags) -> Placement:
        """Return where those particles lie that are seen, of shape (n,): at least one."""
        key = seen.tobytes()
        if key not in self._placed:
            self._placed[key] = Placement.of(self.shape.centre[seen], self.nipple, self.breast_mm2)
        return self._placed[key]

    def known(self, seen: Flags) -> dict[str, float]:
        """Return what the anatomy says of those that are seen, shape (n,): at least one."""
        key = seen.tobytes()
        if key not in self._known:
            place = self.particles.centre[seen]
            folds = np.linalg.norm(place - self.pattern.breast.armpit, axis=1) <= ARMPIT_MM
            middle = self.shape.centre[seen].mean(axis=0)
            self._known[key] = {
                "fold_share": float((folds & (self.pattern.breast.under_skin(place) <= FOLD_MM)).mean()),
                "around_contrast": around_contrast(self.pattern, self.view, middle),
            }
        return self._known[key]

    def skin_mm(self, seen: Flags) -> float:
        """Return how deep those that are seen typically lie under the skin line, in mm."""
        start, step = self.edge, np.roll(self.edge, -1, axis=0) - self.edge
        off = self.shape.centre[seen][:, None] - start
        along = np.clip((off * step).sum(axis=2) / np.maximum((step**2).sum(axis=1), 1e-12), 0, 1)
        return float(np.median(np.linalg.norm(off - along[:, :, None] * step, axis=2).min(axis=1)))


class Projections:
    """A pattern's groups along the beams of the views that it is looked at from: each is worked out once."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        self._found: dict[tuple[object, ...], Projection] = {}

    def of(self, number: int, view: View) -> Projection:
        """Return a group along a view's beam."""
        # what is magnified is gathered by another detector: the beam is the same
        key = number, view.direction, view.right, view.up, view.centre, view.swing_deg, view.half_mm
        if key not in self._found:
            mine = self.pattern.particles.group == number
            index = np.flatnonzero(mine)
            self._found[key] = Projection(self.pattern, view, index, self.pattern.particles.some(mine))
        return self._found[key]
