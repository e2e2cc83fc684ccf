"""Chance that stays put: particle i draws on (seed, i) only, so one more leaves the others as they are."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import whole

Floats = NDArray[np.float64]


@lru_cache(maxsize=64)
def _table(seed: int, purpose: str, rows: int, width: int) -> Floats:
    table = np.random.default_rng([seed, crc32(purpose.encode())]).random((rows, width))
    table.flags.writeable = False
    return table


def draws(seed: int, purpose: str, count: int, width: int) -> Floats:
    """Return uniform numbers, one row a particle.

    The table is filled row by row from one stream, so row i is the same however many rows follow.

    Parameters
    ----------
    seed : int
        The pattern's seed, 0 or more.
    purpose : str
        Names the stream; different purposes never share numbers.
    count, width : int
        Rows (particles) and numbers a row.

    Returns
    -------
    ndarray of shape (count, width), in [0, 1)
    """
    rows = max(128, count)  # one cached table serves every count on the slider
    return _table(whole(seed, 0, 2**53, "seed"), purpose, rows, width)[:count]


def bell(one: Floats, other: Floats) -> Floats:
    """Turn two uniform columns into a standard normal one (Box-Muller), cut at three standard deviations."""
    return np.clip(np.sqrt(-2 * np.log1p(-one)) * np.cos(2 * np.pi * other), -3, 3)


def spaced(seed: int, purpose: str, count: int, dimensions: int) -> Floats:
    """Return points that keep their distance from each other, one a row, in [0, 1) of each dimension.

    A Kronecker sequence (irrational steps from a seeded start) with some jitter: each point depends on its own number
    alone, yet neighbours rarely touch. Real particles lie 0.75 to 1.6 mm apart, not in Poisson clumps.
    """
    golden = 2.0  # the generalised golden ratio: the real root of x**(d + 1) = x + 1
    for _ in range(40):
        golden = (1 + golden) ** (1 / (dimensions + 1))
    steps = golden ** -np.arange(1, dimensions + 1)
    start = draws(seed, purpose + " start", 1, dimensions)
    jitter = draws(seed, purpose + " jitter", count, dimensions) - 0.5
    spacing = 64.0 ** (-1 / dimensions)  # about the spacing of 64 points: jitter a part of that
    return (start + np.arange(count)[:, None] * steps + 0.8 * spacing * jitter) % 1.0


def halves(number: NDArray[np.int64]) -> Floats:
    """Return 0, 1/2, 1/4, 3/4, 1/8 ... for numbers from 0 up, shape (n,): each halves a gap that the others left.

    A van der Corput sequence: where few lie end to end, more go between them.
    """
    out, part = np.zeros(len(number)), 0.5
    while number.any():
        out += part * (number % 2)
        number, part = number // 2, part / 2
    return out
