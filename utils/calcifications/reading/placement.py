"""Where marks lie on a view: as a group, in two rows, and how near to each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.reading.layout import Floats, layout, nearest
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
    track : Tracks
        The two rows that they lie in, if they do.
    """

    layout: dict[str, float]
    crowd: NDArray[np.int64]
    nearest_mm: Floats
    track: Tracks

    @classmethod
    def of(cls, place: Floats, nipple: Floats, breast_mm2: float) -> Placement:
        """Measure marks at places of shape (n, 2) on a view; `layout` says what the other arguments are."""
        return cls(*layout(place, nipple, breast_mm2), nearest(place), tracks(place))
