"""Depth from a stereo pair: how far a calcification moves between two pictures says how high it lies."""

from __future__ import annotations

from math import cos, radians, sin, tan
from typing import overload

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging.view import SOURCE_MM, SWING_DEG

Floats = NDArray[np.float64]


@overload
def depth_mm(shift_mm: float, *, exact: bool = ..., source_mm: float = ..., swing_deg: float = ...) -> float: ...
@overload
def depth_mm(shift_mm: Floats, *, exact: bool = ..., source_mm: float = ..., swing_deg: float = ...) -> Floats: ...
def depth_mm(
    shift_mm: float | Floats, *, exact: bool = True, source_mm: float = SOURCE_MM, swing_deg: float = SWING_DEG
) -> float | Floats:
    """Return how high a point lies over the detector.

    Parameters
    ----------
    shift_mm : float or ndarray
        How far the point moves between the two pictures of the pair, along the tube's swing, in mm on the detector.
    exact : bool
        With the true geometry: the tube turns about a pivot in the plane of a detector that stands still. Otherwise
        the rays are taken as parallel, which is the rule of thumb: 1.87 times the shift.
    source_mm : float
        From the tube's focus to the pivot.
    swing_deg : float
        How far the tube swings to each side.

    Returns
    -------
    float or ndarray
        In mm.

    Notes
    -----
    A point at height h moves by d = 2 R sin(a) h / (R cos(a) - h); solved for h that is d R cos(a) / (2 R sin(a) + d).
    With parallel rays, h = d / (2 tan(a)): at R = 650 mm and 15 degrees 1.6 % too high at 10 mm and 8.7 % at 50 mm.
    Computed in the course's fact base, section 6; an error of 1 mm in one view costs 1.6 to 1.9 mm of depth.
    """
    angle = radians(swing_deg)
    if not exact:
        return shift_mm / (2 * tan(angle))
    return shift_mm * source_mm * cos(angle) / (2 * source_mm * sin(angle) + shift_mm)
