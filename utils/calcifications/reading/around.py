"""The tissue around a group: whether it is denser there than farther away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import View
from calcifications.imaging.surroundings import add_surroundings
from calcifications.pattern import Pattern

NEAR_MM, FAR_MM = (5.0, 15.0), (20.0, 30.0)  # rings about a group's middle: the course's convention
_PIXEL_MM = 0.5  # fine enough for what is centimetres wide


def contrast(grey: NDArray[np.floating], middle: tuple[float, float], pixel_mm: float) -> float:
    """Return how much brighter the near ring about a place is than the far one; nan if the picture has no far ring.

    Parameters
    ----------
    grey : ndarray of shape (rows, columns)
    middle : tuple of float
        Row and column of the group's middle.
    pixel_mm : float
    """
    rows, columns = (np.arange(size) + 0.5 - at for size, at in zip(grey.shape, middle, strict=True))
    away = np.hypot(rows[:, None], columns) * pixel_mm
    near, far = ((away >= low) & (away < high) for low, high in (NEAR_MM, FAR_MM))
    return float(grey[near].mean() - grey[far].mean()) if far.any() and near.any() else float("nan")


def around_contrast(pattern: Pattern, view: View, middle: NDArray[np.float64]) -> float:
    """Return how much denser it truly is around a group than farther away, in grey units, for its middle in mm."""
    if all(recipe.around == "nothing" for recipe in pattern.recipes):
        return 0.0
    side = 2 * int(np.ceil((FAR_MM[1] + np.abs(middle).max()) / _PIXEL_MM))
    coarse = replace(view, pixel_mm=_PIXEL_MM)
    breast = np.ones((side, side), np.float32)  # no air anywhere: what is asked is the tissue, not the field
    layer, (top, left, *_) = add_surroundings(np.zeros((0, 0), np.float32), (0, 0, 0, 0), pattern, coarse, breast)
    grey = np.zeros((side, side), np.float32)
    grey[top : top + layer.shape[0], left : left + layer.shape[1]] = layer
    return contrast(grey, (side / 2 - middle[1] / _PIXEL_MM, side / 2 + middle[0] / _PIXEL_MM), _PIXEL_MM)
