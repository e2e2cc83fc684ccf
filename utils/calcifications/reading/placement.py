"""Where marks lie on a view: as a group, in two rows, and how near to each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from calcifications.reading.layout import Floats, layout, nearest
from calcifications.reading.marks import Flags
from calcifications.reading.tracks import Tracks, tracks


@dataclass(frozen=True)
class Placement:
    """Where marks lie, whatever can be made out of each: a view and its magnified one share it.

    Attributes
    ----------
    layout : dict of str to float
        The features of `LAID`.
    crowd : ndarray of int
        The most marks within 1 cm of each other.
    nearest_mm : ndarray of shape (n,)
        How far each mark's nearest neighbour lies.
    place : ndarray of shape (n, 2)
        Their middles, in mm.
    """

    layout: dict[str, float]
    crowd: NDArray[np.int64]
    nearest_mm: Floats
    place: Floats
    _rows: dict[bytes, Tracks] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, place: Floats, nipple: Floats, breast_mm2: float) -> Placement:
        """Measure marks at places of shape (n, 2) on a view; `layout` says what the other arguments are."""
        return cls(*layout(place, nipple, breast_mm2), nearest(place), place)

    def rows(self, which: Flags) -> Tracks:
        """Return the two rows that some of the marks lie in, of shape (n,), if they do."""
        key = which.tobytes()
        if key not in self._rows:
            found = tracks(self.place[which])
            self._rows[key] = replace(found, members=np.flatnonzero(which)[found.members])
        return self._rows[key]
