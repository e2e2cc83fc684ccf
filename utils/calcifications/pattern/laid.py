"""What an arrangement returns, and the few ways of laying that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from calcifications.pattern.draws import Floats, bell, draws, spaced

_STEP_MM = 0.25  # of the differences that give a path's heading and bend: short beside the waves of ducts and arteries


class Laid(NamedTuple):
    """Where particles lie.

    Attributes
    ----------
    place : ndarray of shape (n, 3)
        In mm about the group's centre.
    heading : ndarray of shape (n, 3)
        Unit vectors: the way each particle points.
    bend : ndarray of shape (n, 3) or None
        How the path that a particle follows curves there: its curvature, in 1/mm, towards the inside of the turn.
    """

    place: Floats
    heading: Floats
    bend: Floats | None = None


def ball(extent_mm: float, seed: int, count: int) -> Floats:
    """Lay points evenly in a ball, shape (count, 3)."""
    unit = spaced(seed, "place", count, 3)
    cosine, angle, radius = 2 * unit[:, 0] - 1, 2 * np.pi * unit[:, 1], np.cbrt(unit[:, 2])
    sine = np.sqrt(1 - cosine**2)
    points = np.stack([sine * np.cos(angle), sine * np.sin(angle), cosine], axis=1) * radius[:, None]
    # the sequence has a grain of its own: each seed sees it from another side
    turn = np.linalg.qr(draws(seed, "turn", 3, 3) - 0.5)[0]
    # not points @ turn: a matrix product rounds by how many rows there are, and one more would move the others
    points = points[:, :1] * turn[0] + points[:, 1:2] * turn[1] + points[:, 2:] * turn[2]
    return points * extent_mm / 2


def about(heading: Floats, seed: int, count: int, scatter: float) -> Floats:
    """Scatter headings about the given ones by a normal angle of `scatter` radians on each side axis."""
    chance = draws(seed, "heading", count, 4)
    tilt = scatter * np.stack([bell(chance[:, 0], chance[:, 1]), bell(chance[:, 2], chance[:, 3])], axis=1)
    out = np.broadcast_to(heading, (count, 3)).copy()
    out[:, 1:] += tilt
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def follow(path: Callable[[Floats], Floats], along: Floats, step: float = _STEP_MM) -> Laid:
    """Lay particles on a path.

    Parameters
    ----------
    path : callable
        A smooth function from places along it, shape (n,), to points in mm, shape (n, 3).
    along : ndarray of shape (n,)
        The particles' places along it, in mm or whatever else the path is told by.
    step : float
        A short way in that measure.
    """
    before, here, after = path(along - step), path(along), path(along + step)
    speed = (after - before) / (2 * step)
    fast = np.linalg.norm(speed, axis=1, keepdims=True)
    heading = speed / fast
    bend = (after - 2 * here + before) / (step * fast) ** 2
    return Laid(here, heading, bend - heading * (bend * heading).sum(axis=1, keepdims=True))
