"""The numbers of one outline that was drawn in a picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TURN = 2 * np.pi * (np.arange(72) + 0.5) / 72
_WAYS = np.stack([np.cos(_TURN), np.sin(_TURN)])


def area(corners: Floats) -> float:
    """Return the area of an outline of shape (corners, 2)."""
    x, y = corners.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def numbers(corners: Floats) -> tuple[float, float, float, float, float, Floats]:
    """Return area, longest diameter, elongation, angle, dent and middle of an outline of shape (corners, 2)."""
    from scipy.spatial import ConvexHull

    follow = np.roll(corners, -1, axis=0)
    cross = corners[:, 0] * follow[:, 1] - corners[:, 1] * follow[:, 0]
    area = cross.sum() / 2
    middle = ((corners + follow) * cross[:, None]).sum(axis=0) / (6 * area)
    p, q = corners - middle, follow - middle
    cross = p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]
    xx, yy = ((p * p + p * q + q * q) * cross[:, None]).sum(axis=0) / (12 * area)
    xy = ((2 * p[:, 0] * p[:, 1] + p[:, 0] * q[:, 1] + q[:, 0] * p[:, 1] + 2 * q[:, 0] * q[:, 1]) * cross).sum()
    xy /= 24 * area
    spread = np.hypot(xx - yy, 2 * xy)
    reach = (p @ _WAYS).max(axis=0)
    longest = (reach + np.roll(reach, len(_TURN) // 2)).max()
    elongation = np.sqrt((xx + yy + spread) / max(xx + yy - spread, 1e-12))
    dent = max(1 - abs(area) / ConvexHull(corners).volume, 0.0)
    return abs(area), longest, elongation, np.arctan2(2 * xy, xx - yy) / 2, dent, middle
