"""How a group's particles lie: how many together, how far, along what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ONE_CM = 10.0
_SEEDS = 24  # the search for the tightest particles starts from this many; more never changed a count of interest


def distances(place: Floats) -> Floats:
    """Return distances between points of shape (n, 2), shape (n, n)."""
    square = (place**2).sum(axis=1)
    out = np.sqrt(np.maximum(square[:, None] + square - 2 * place @ place.T, 0))
    np.fill_diagonal(out, 0)
    return out


def together(apart: Floats, limit: float = ONE_CM) -> NDArray[np.int64]:
    """Return the most particles of which no two lie further apart than `limit`.

    Starts from each particle's neighbourhood and drops, one at a time, the particle that is too far from most others.
    """
    near = apart <= limit
    if near.all():
        return np.arange(len(apart))
    crowd = near.sum(axis=1)
    keep = near[np.argsort(-crowd, kind="stable")[:_SEEDS]].copy()
    far = (~near).astype(np.float32)
    while True:
        clash = (keep.astype(np.float32) @ far) * keep
        worst = clash.argmax(axis=1)
        rows = np.flatnonzero(clash[np.arange(len(keep)), worst] > 0)
        if not len(rows):
            return np.flatnonzero(keep[keep.sum(axis=1).argmax()])
        keep[rows, worst[rows]] = False


def _hull_area(place: Floats) -> float:
    """Return the area of the convex hull of points of shape (n, 2), from how far they reach each way."""
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    ray = np.stack([np.cos(angle), np.sin(angle)])
    support = (place @ ray).max(axis=0)
    turn = (np.roll(support, -1) - np.roll(support, 1)) / (2 * angle[1])
    return float(max((support**2 - turn**2).mean() * np.pi, 0))


def layout(place: Floats, nipple: Floats, breast_mm2: float) -> tuple[dict[str, float], NDArray[np.int64], Floats]:
    """Measure how particles lie on a view.

    Parameters
    ----------
    place : ndarray of shape (n, 2)
        Their middles in mm; n is at least 1.
    nipple : ndarray of shape (2,)
        The nipple on the same view, in mm.
    breast_mm2 : float
        Area of the breast on the view.

    Returns
    -------
    values : dict of str to float
    crowd : ndarray of int
        The most particles within 1 cm of each other.
    apart : ndarray of shape (n, n)
        Distances in mm.
    """
    apart = distances(place)
    crowd = together(apart)
    centred = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    width, length = np.ptp(centred @ axes, axis=0)
    toward = nipple - place.mean(axis=0)
    toward = toward / max(float(np.linalg.norm(toward)), 1e-9)
    radial = centred @ toward
    aside = centred @ np.array([-toward[1], toward[0]])
    reach, across = np.ptp(radial), np.ptp(aside)
    # the wedge opens by how much wider its far half is than its near half, over the way between their middles
    far = radial < np.median(radial)
    wedge = 0.0
    if far.sum() >= 3:
        widths = [np.std(aside[half]) * np.sqrt(12) for half in (far, ~far)]
        between = radial[~far].mean() - radial[far].mean()
        wedge = float(np.degrees(2 * np.arctan2((widths[0] - widths[1]) / 2, max(between, 1e-9))))
    return (
        {
            "count_within_10mm": float(len(crowd)),
            "extent_mm": float(apart.max()),
            "length_mm": float(length),
            "width_mm": float(width),
            # a tenth of a mm each way keeps one or two particles from being an endless line
            "line_ratio": float((length + 0.1) / (width + 0.1)),
            "radial_mm": float(reach),
            "radial_ratio": float((reach + 0.1) / (across + 0.1)),
            "wedge_deg": wedge,
            "breast_share": _hull_area(centred) / breast_mm2,
        },
        crowd,
        apart,
    )
