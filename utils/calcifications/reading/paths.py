"""Paths: whether marks lie on one smooth curve, or on two that run side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SMOOTH_MM = 3.0  # bandwidth along a path: an artery winds more slowly, and walls are broken for less
FEWEST, MOST = 8, 200  # marks: fewer can lie on a curve or two by chance; more are a cloud, and are not tried
APART = 4.5  # of two walls: their distance over the scatter about them; marks spread evenly measure 3.5
BREAK_MM = 5.0  # a wall that is broken for longer is not followed


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

    length_mm: float
    gap_mm: float
    members: NDArray[np.int64]


_NONE = Tracks(0.0, float("nan"), np.zeros(0, np.int64))


def _smoothing(along: Floats, width_mm: float) -> Floats:
    """Return the matrix, shape (n, n), that fits a straight line about each place, nearer marks counting more."""
    step = along[None, :] - along[:, None]
    weight = np.exp(-0.5 * (step / width_mm) ** 2)
    s0, s1, s2 = weight.sum(1), (weight * step).sum(1), (weight * step**2).sum(1)
    flat = s0 * s2 - s1**2
    # where all marks lie in one place there is no slope to fit
    local = np.where((flat > 1e-9 * s0**2)[:, None], s2[:, None] - s1[:, None] * step, 1.0) * weight
    out: Floats = local / local.sum(1, keepdims=True)
    return out


def _along(place: Floats) -> tuple[Floats, Floats]:
    """Return places along and aside of the long axis, shape (n,) each."""
    centred = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return centred @ axes[:, 1], centred @ axes[:, 0]


def tracks(place: Floats) -> Tracks:
    """Find two rows that run side by side along one winding line.

    Each mark is put to the one or the other side of a smooth line along the group; the line is then drawn half way
    between the sides, and so on until it stays. Two walls remain if they lie far apart for how much they scatter.

    Parameters
    ----------
    place : ndarray of shape (n, 2)
        Middles on the view, in mm.
    """
    if not FEWEST <= len(place) <= MOST:
        return _NONE
    along, aside = _along(place)
    smooth = _smoothing(along, SMOOTH_MM)
    middle = smooth @ aside
    side = np.sign(aside - middle)
    half = np.abs(aside - middle)
    for _ in range(6):
        half = np.maximum(smooth @ np.abs(aside - middle), 1e-6)
        middle = smooth @ (aside - side * half)
        new = np.sign(aside - middle)
        if (new == side).all():
            break
        side = new
    scatter = float(np.sqrt(np.mean((np.abs(aside - middle) - half) ** 2)))
    order = np.argsort(along)
    slope = np.gradient(middle[order], np.maximum.accumulate(along[order]) + 1e-6 * np.arange(len(along)))
    gap = float(np.mean(2 * half[order] / np.hypot(1, slope)))
    if 2 * half.mean() < APART * scatter:
        return _NONE
    length, first, last = _followed(along, side)
    if not length:
        return _NONE
    inside = (along[order] >= first) & (along[order] <= last)
    arc = float(np.hypot(np.diff(along[order][inside]), np.diff(middle[order][inside])).sum())
    return Tracks(arc, gap, order[inside])


def _followed(along: Floats, side: Floats) -> tuple[float, float, float]:
    """Return the longest stretch on which both sides are never broken for long: length, first and last place."""
    runs = []
    for which in (1, -1):
        wall = np.sort(along[side == which])
        cuts = np.flatnonzero(np.diff(wall) > BREAK_MM)
        firsts, lasts = wall[np.r_[0, cuts + 1]] if len(wall) else wall, wall[np.r_[cuts, -1]] if len(wall) else wall
        runs.append(list(zip(firsts, lasts, strict=True)))
    shared = [(max(a, c), min(b, d)) for a, b in runs[0] for c, d in runs[1] if min(b, d) > max(a, c)]
    first, last = max(shared, key=lambda run: run[1] - run[0], default=(0.0, 0.0))
    return last - first, first, last


OFF_MM = 0.7  # what lies farther from the chain of the others is not on it
WOBBLE_MM = 0.35  # scatter about the smooth curve that a thread's own width allows
_BEND_MM = 2.0  # bandwidth along a thread: it bends more sharply than an artery


def path_mm(place: Floats) -> float:
    """Return the length of the one smooth curve on which all marks lie, in mm; 0 if they do not.

    The marks are strung together by their shortest links. If that makes one chain and no bush, the chain is smoothed
    and measured. It may be a hook or a loop.

    Parameters
    ----------
    place : ndarray of shape (n, 2)
        Middles on the view, in mm.
    """
    n = len(place)
    if not 5 <= n <= MOST:  # four hang together too easily
        return 0.0
    from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree  # kept out of what every import pays for

    apart = np.linalg.norm(place[:, None] - place, axis=2)
    tree = minimum_spanning_tree(apart + 1e-9 * (1 - np.eye(n)))
    end = int(np.argmax(dijkstra(tree, directed=False, indices=0)))
    reach, before = dijkstra(tree, directed=False, indices=end, return_predecessors=True)
    chain = [int(np.argmax(reach))]
    while chain[-1] != end:
        chain.append(int(before[chain[-1]]))
    if apart[:, chain].min(axis=1).max() > OFF_MM:
        return 0.0
    along, on = reach[chain], place[chain]
    smooth = _smoothing(along, _BEND_MM) @ on
    if np.sqrt(((smooth - on) ** 2).sum(axis=1).mean()) > WOBBLE_MM:
        return 0.0
    return float(np.linalg.norm(np.diff(smooth, axis=0), axis=1).sum())
