"""The sheet that a breast's tissue is drawn on: its grid, smooth chance on it, and which way the tissue runs.

The sheet is wider than a breast and its edges meet. Its columns run towards the nipple, its rows down the picture; its
middle is the course's origin, part way between the chest wall and the nipple.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]

PITCH_MM = 0.14  # the sigma of the finest structure
POINTS = 1024  # on a side: transforms fast
SHEET_MM = POINTS * PITCH_MM  # 143 mm: a breast with room to spare
NIPPLE_MM = 55.0  # towards the nipple from the middle, as `pattern.anatomy.Breast` has it
NIPPLE_RADIUS_MM = 4.0
CALM_MM = 12.0  # near the sheet's edges the tissue has no direction, so that they meet


def places(points: int = POINTS) -> NDArray[np.float64]:
    """Return where a side's points lie, mm from the middle, shape (points,)."""
    from_middle: NDArray[np.float64] = np.arange(points, dtype=float) - (points - 1) / 2
    return from_middle * (SHEET_MM / points)


def smooth(rng: np.random.Generator, length_mm: float, points: int = POINTS, stretch: float = 1.0) -> Field:
    """Noise of unit variance and about `length_mm` correlation length, `stretch` times longer towards the nipple.

    Gaussian bumps of random height stand on a coarse lattice; `points` on a side, shape (points, points).
    """
    sides = []
    for length in (length_mm, length_mm * stretch):
        nodes = max(4, round(2 * SHEET_MM / length))
        step = SHEET_MM / nodes
        apart = places(points)[:, None] - np.arange(nodes) * step
        apart -= SHEET_MM * np.round(apart / SHEET_MM)
        bumps = np.exp(-((apart / step) ** 2) / 2)
        sides.append((bumps / np.linalg.norm(bumps, axis=1, keepdims=True)).astype(np.float32))
    down, across = sides
    height = rng.standard_normal((down.shape[1], across.shape[1]), dtype=np.float32)
    noise: Field = down @ height @ across.T
    return noise


def flow(rng: np.random.Generator, wander: float, points: int) -> tuple[Field, Field, Field]:
    """Which way the tissue runs: towards the nipple, with detours.

    Parameters
    ----------
    rng : numpy Generator
    wander : float
        Typical detour, rad.
    points : int
        Points on a side of the field.

    Returns
    -------
    to_nipple : float32 array (points, points)
        The straight way, from the picture's right towards its bottom, rad.
    detour : float32 array (points, points)
        To be added to it, rad.
    strength : float32 array (points, points)
        1 over the breast, 0 at the sheet's edges and round the nipple.
    """
    y, x = places(points)[:, None], places(points)
    to_nipple = np.arctan2(-y, NIPPLE_MM - x).astype(np.float32)
    detour = np.float32(wander) * smooth(rng, rng.uniform(11, 26), points)
    edge = SHEET_MM / 2 - np.maximum(abs(y), abs(x))
    away = np.maximum(np.hypot(y, NIPPLE_MM - x) - NIPPLE_RADIUS_MM, 0)
    strength = np.clip(edge / CALM_MM, 0, 1) * np.tanh(away / CALM_MM)
    return to_nipple, detour, strength.astype(np.float32)


def enlarge(field: Field) -> Field:
    """Bring a coarse field whose side divides the sheet's onto the sheet's own grid, linearly."""
    points = len(field)
    at = (np.arange(POINTS) + 0.5) * points / POINTS - 0.5
    first = np.floor(at).astype(int)
    share = (at - first).astype(np.float32)
    rows = field[first % points] * (1 - share[:, None]) + field[(first + 1) % points] * share[:, None]
    both: Field = rows[:, first % points] * (1 - share) + rows[:, (first + 1) % points] * share
    return both


def sample(field: Field, shape: tuple[int, int], pixel_mm: float, centre_mm: tuple[float, float]) -> Field:
    """Take a picture of a sheet by cubic interpolation; `centre_mm` is its middle, to the nipple and up the picture."""
    sides = []
    for count, middle in zip(shape, (-centre_mm[1], centre_mm[0]), strict=True):
        at = ((np.arange(count) - (count - 1) / 2) * pixel_mm + middle) / PITCH_MM + (POINTS - 1) / 2
        points = np.arange(math.floor(at[0]) - 1, math.floor(at[-1]) + 3)
        sides.append((_cubic(at[:, None] - points), points % POINTS))
    (down, rows), (across, columns) = sides
    picture: Field = down @ field[np.ix_(rows, columns)] @ across.T
    return picture


def _cubic(apart: NDArray[np.floating]) -> Field:
    """Weight of a grid point so many points away (Catmull and Rom's kernel)."""
    t = abs(apart.astype(np.float32))
    near, far = (1.5 * t - 2.5) * t * t + 1, ((2.5 - 0.5 * t) * t - 4) * t + 2
    return np.where(t < 1, near, np.where(t < 2, far, np.float32(0)))
