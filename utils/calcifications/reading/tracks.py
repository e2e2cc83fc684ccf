"""Tracks: whether marks lie in two rows that wind side by side, as the two walls of an artery do."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST, MOST = 20, 200  # marks: fewer can lie in two rows by chance, more are a cloud and are not tried
LENGTH_MM = 8.0  # what reaches less far is not tried
LONG = 2.0  # nor is what is less than so many times as long as wide
WIDTHS_MM = (2.0, 4.0)  # of the first smooth line: narrow finds a winding middle, wide one with few marks
SMOOTH_MM = 2.5  # then: an artery may wind once in 2 cm
# Of two walls, their distance over the scatter about them is at least APART + CHANCE / marks: of clouds of as many
# marks, thrown evenly over a strip, 1 in 100 reaches it.
APART, CHANCE = 4.4, 100.0
EVEN = 0.4  # spread of their distance, sd to mean: an artery tapers slowly, the branches of a lobe run apart
BREAK_MM = 5.0  # a wall that is broken for longer is not followed
_STEPS = 10


@dataclass(frozen=True)
class Tracks:
    """Two rows of marks that run side by side.

    Attributes
    ----------
    length_mm : float
        How long both can be followed together; 0 if there are no two rows.
    gap_mm : float
        Their distance; nan if there are no two rows.
    members : ndarray of int
        The marks on them.
    """

    length_mm: float = 0.0
    gap_mm: float = float("nan")
    members: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))


class _Fit:
    """Fits a parabola about each place along a group, nearer marks counting more.

    Parameters
    ----------
    along, aside : ndarray of shape (n,)
        Where the marks lie, in mm.
    width_mm : float
        How far a mark counts: the standard deviation of its weight.
    """

    def __init__(self, along: Floats, aside: Floats, width_mm: float) -> None:
        step = (along[None, :] - along[:, None]) / width_mm
        self._aside = aside
        self._weight = np.exp(-0.5 * step**2)
        terms = np.stack([np.ones_like(step), step, step**2], axis=1)  # (n, 3, n)
        self._weighed = terms * self._weight[:, None]
        # something also where a row has no mark near
        self._normal = self._weighed @ np.swapaxes(terms, 1, 2) + 1e-6 * np.eye(3)
        self._goal = self._weighed @ aside

    def line(self) -> Floats:
        """Fit one line: its middle, slope and bend (in units of the width) at each place, shape (n, 3)."""
        return np.asarray(np.linalg.solve(self._normal, self._goal[:, :, None])[:, :, 0], float)

    def pair(self, side: Floats) -> Floats:
        """Fit two that run side by side, with marks on sides of -1 and 1: also half their distance, shape (n, 4)."""
        normal, goal = np.empty((len(side), 4, 4)), np.empty((len(side), 4, 1))
        normal[:, :3, :3], goal[:, :3, 0] = self._normal, self._goal
        normal[:, :3, 3] = normal[:, 3, :3] = self._weighed @ side
        normal[:, 3, 3] = self._weight @ side**2 + 1e-6
        goal[:, 3, 0] = self._weight @ (side * self._aside)
        return np.asarray(np.linalg.solve(normal, goal)[:, :, 0], float)


def tracks(place: Floats) -> Tracks:
    """Find two rows that run side by side along one winding line.

    Each mark is put to the one or the other side of a smooth line along the group. Then two lines are fitted at a
    common distance, and each mark is put to the nearer, until it stays. Two walls remain if they lie evenly, and far
    apart for how much marks scatter about them.

    Parameters
    ----------
    place : ndarray of shape (n, 2)
        Middles on the view, in mm.
    """
    if not FEWEST <= len(place) <= MOST:
        return Tracks()
    centred = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    order = np.argsort(centred @ axes[:, 1])
    along, aside = (centred @ axes[:, ::-1])[order].T
    if np.ptp(along) < max(LENGTH_MM, LONG * np.ptp(aside)):
        return Tracks()
    best, found = APART + CHANCE / len(place), Tracks()
    near = _Fit(along, aside, SMOOTH_MM)
    for width in WIDTHS_MM:
        side = np.sign(aside - _Fit(along, aside, width).line()[:, 0])
        for _ in range(_STEPS):
            fitted = near.pair(side)
            before, side = side, np.sign(aside - fitted[:, 0])
            if (side == before).all():
                break
        middle, slope, half = fitted[:, 0], fitted[:, 1] / SMOOTH_MM, np.abs(fitted[:, 3])
        apart = 2 * half.mean() / max(float(np.std(np.abs(aside - middle) - half)), 1e-9)
        if apart > best and half.std() <= EVEN * half.mean():
            first, last = _followed(along, side)
            inside = (along >= first) & (along <= last)
            length = float(np.hypot(np.diff(along[inside]), np.diff(middle[inside])).sum())
            best, found = apart, Tracks(length, float(np.mean(2 * half / np.hypot(1, slope))), order[inside])
    return found


def _followed(along: Floats, side: Floats) -> tuple[float, float]:
    """Return the longest stretch on which neither side is broken for long: its first and last place."""
    runs = []
    for which in (1, -1):
        wall = along[side == which]
        cuts = np.flatnonzero(np.diff(wall) > BREAK_MM)
        runs.append([(part[0], part[-1]) for part in np.split(wall, cuts + 1) if len(part)])
    shared = [(max(a, c), min(b, d)) for a, b in runs[0] for c, d in runs[1]]
    return max(shared, key=lambda run: run[1] - run[0], default=(0.0, -1.0))
