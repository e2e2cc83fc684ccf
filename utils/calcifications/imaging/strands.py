"""Strands: the thin curved threads of a mammogram (Cooper's ligaments, ducts, vessels), fanning from the nipple."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Floats = npt.NDArray[np.floating]

NIPPLE_MM = 70.0  # to the right of the sheet's middle: a patch from the middle of a usual breast
STEP_MM = 0.125
LENGTHS_MM = (6.0, 40.0)  # log-uniform
TURN = 0.06  # random walk of the heading, rad per sqrt(mm)
SIGMAS_MM = (0.14, 0.28, 0.5)  # of their Gaussian profile, in equal shares
SLENDER = 40  # a strand is at least so many sigmas long, and
BRIGHTEST = 2.5  # at most so many times as bright as the mean, or it could be taken for a rod of calcium
TWIGS = 0.4  # share of the strands that leave another one


def strands(
    rng: np.random.Generator, per_1000mm2: float, mean_peak: float, sheet_mm: float, pitch_mm: float
) -> npt.NDArray[np.float32]:
    """Draw the strands of a square sheet whose edges meet.

    Parameters
    ----------
    rng : numpy Generator
    per_1000mm2 : float
        Strands per 1000 mm2.
    mean_peak : float
        Their mean brightness over the ground, film grey levels; single ones are spread exponentially.
    sheet_mm, pitch_mm : float
        Side of the sheet and of its pixels, mm.

    Returns
    -------
    float32 array, square
        Film grey levels above the ground.
    """
    n = round(sheet_mm / pitch_mm)
    count = rng.poisson(per_1000mm2 * sheet_mm**2 / 1000)
    twigs = round(count * TWIGS)
    stems = count - twigs
    steps = math.ceil(LENGTHS_MM[1] / STEP_MM)
    sigma = rng.choice(SIGMAS_MM, count)
    length = np.exp(rng.uniform(math.log(LENGTHS_MM[0]), math.log(LENGTHS_MM[1]), count))
    length = np.maximum(length, SLENDER * sigma)

    middle = rng.uniform(-sheet_mm / 2, sheet_mm / 2, (2, stems))
    spread = rng.uniform(0.2, 0.8)
    to_nipple = np.arctan2(-middle[0], NIPPLE_MM - middle[1]) + rng.normal(0, spread, stems)
    start = middle - np.array([np.sin(to_nipple), np.cos(to_nipple)]) * length[:stems] / 2
    y, x = _paths(rng, start, to_nipple, steps)
    if stems:
        stem = rng.integers(0, stems, twigs)
        fork = (rng.uniform(0.2, 0.8, twigs) * length[stem] / STEP_MM).astype(int), stem
        aside = np.pi + rng.choice([-1, 1], twigs) * rng.uniform(0.3, 0.9, twigs)  # twigs spread away from the nipple
        twig_y, twig_x = _paths(rng, np.array([y[fork], x[fork]]), to_nipple[stem] + aside, steps)
        y, x = np.hstack([y, twig_y]), np.hstack([x, twig_x])

    part = np.arange(steps)[:, None] * STEP_MM / length
    taper = np.sin(np.pi * np.minimum(part, 1))
    weight = taper * mean_peak * np.minimum(rng.exponential(1, count), BRIGHTEST)

    layer = np.zeros((n, n), np.float32)
    for width in SIGMAS_MM:
        chosen = (part < 1) & (sigma == width)
        line = _splat(y[chosen] / pitch_mm + n / 2, x[chosen] / pitch_mm + n / 2, weight[chosen], n)
        height = math.sqrt(2 * math.pi) * width * STEP_MM / pitch_mm**2  # a blurred line keeps the peak it was given
        layer += ndimage.gaussian_filter(line * np.float32(height), width / pitch_mm, truncate=3, mode="wrap")
    return layer


def _paths(rng: np.random.Generator, start: Floats, heading: Floats, steps: int) -> tuple[Floats, Floats]:
    """Random walks in (y, x), one a column, that keep roughly to their heading."""
    turn = rng.standard_normal((steps, heading.size), dtype=np.float32) * np.float32(TURN * math.sqrt(STEP_MM))
    way = heading.astype(np.float32) + np.cumsum(turn, axis=0)
    return start[0] + np.cumsum(np.sin(way), axis=0) * STEP_MM, start[1] + np.cumsum(np.cos(way), axis=0) * STEP_MM


def _splat(row: Floats, column: Floats, weight: Floats, n: int) -> npt.NDArray[np.float32]:
    """Share each point among the four pixels around it, on a sheet whose edges meet."""
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    down, across = row - top, column - left
    total = np.zeros(n * n)
    for i, share_y in ((top, 1 - down), (top + 1, down)):
        for j, share_x in ((left, 1 - across), (left + 1, across)):
            total += np.bincount(i % n * n + j % n, weight * share_y * share_x, n * n)
    return total.reshape(n, n).astype(np.float32)
