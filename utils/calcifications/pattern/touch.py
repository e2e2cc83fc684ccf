"""Which particles touch: where they are many in little room they merge, as in life, and a pattern says so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.pattern.draws import Floats
from calcifications.pattern.particles import Particles

_ALONG = np.array([0.0, 1 / 3, 2 / 3, 1.0])  # a rod is looked at as four balls: they overlap unless it is very thin
_AT_ONCE = 1000  # pairs: about 40 MB of distances


def touching(particles: Particles) -> NDArray[np.bool_]:
    """Return which particles touch or run into another, shape (n,)."""
    out = np.zeros(len(particles), bool)
    ends = np.concatenate([particles.start, particles.end], axis=1) - particles.centre[:, None]
    girth = np.concatenate([particles.radius[:, :, 0], particles.radius[:, :, 1]], axis=1)
    reach = (np.linalg.norm(ends, axis=2) + girth).max(axis=1)
    pairs = _neighbours(particles.centre, 2 * reach.max())
    apart = np.linalg.norm(particles.centre[pairs[:, 0]] - particles.centre[pairs[:, 1]], axis=1)
    near = apart < reach[pairs].sum(axis=1)
    pairs = pairs[near][np.argsort(apart[near], kind="stable")]  # the nearest first: most then need no second look
    while len(pairs):
        some, pairs = pairs[:_AT_ONCE], pairs[_AT_ONCE:]
        out[some[_meet(particles, some)]] = True
        pairs = pairs[~out[pairs].all(axis=1)]
    return out


def _neighbours(place: Floats, limit: float) -> NDArray[np.int64]:
    """Return pairs, shape (m, 2), among which are all that lie no farther apart than a limit."""
    order = np.argsort(place[:, 0], kind="stable")
    first = np.arange(len(place))
    many = np.searchsorted(place[order, 0], place[order, 0] + limit, side="right") - first - 1  # ahead, and near enough
    one = np.repeat(first, many)
    step = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + 1
    return np.stack([order[one], order[one + step]], axis=1)


def _meet(particles: Particles, pairs: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which pairs of particles, shape (m, 2), overlap, shape (m,)."""
    one, other = (_balls(particles, pairs[:, side]) for side in (0, 1))
    square = (one[0] ** 2).sum(axis=2)[:, :, None] + (other[0] ** 2).sum(axis=2)[:, None]
    square -= 2 * one[0] @ np.swapaxes(other[0], 1, 2)
    result: NDArray[np.bool_] = (square < (one[1][:, :, None] + other[1][:, None]) ** 2).any(axis=(1, 2))
    return result


def _balls(particles: Particles, which: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return particles as balls: middles of shape (m, 48, 3) and radii of shape (m, 48)."""
    start, end = particles.start[which], particles.end[which]
    radius = particles.radius[which]
    middle = start[:, :, None] + (end - start)[:, :, None] * _ALONG[:, None]
    girth = radius[:, :, :1] + (radius[:, :, 1:] - radius[:, :, :1]) * _ALONG
    return middle.reshape(len(which), -1, 3), girth.reshape(len(which), -1)
