"""How a group's particles lie: how many together, how far, along what."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LAID = (
    "count_within_10mm", "count_within_5mm", "extent_mm", "length_mm", "width_mm", "line_ratio", "radial_mm",
    "radial_ratio", "wedge_deg", "wedge_fill", "breast_share",
)  # fmt: skip
"""The features that `layout` measures: those that decide of a distribution."""

ONE_CM = 10.0
HALF_CM = 5.0
_SEEDS = 24  # the search for the tightest particles starts from this many; more never changed a count of interest
MANY = 300  # above it, what compares each with each gives way to what grows no faster than the number of particles
_CELL_MM = 0.5


def distances(place: Floats) -> Floats:
    """Return distances between points of shape (n, 2), shape (n, n)."""
    square = (place**2).sum(axis=1)
    out = np.sqrt(np.maximum(square[:, None] + square - 2 * place @ place.T, 0))
    np.fill_diagonal(out, 0)
    return out


def nearest(place: Floats) -> Floats:
    """Return how far each point's nearest neighbour lies, shape (n,); infinite for an only one."""
    if len(place) > MANY:
        from scipy.spatial import cKDTree  # kept out of what every import pays for

        found: Floats = cKDTree(place).query(place, k=2)[0][:, 1]
        return found
    apart = distances(place)
    np.fill_diagonal(apart, np.inf)
    return apart.min(axis=1)


def together(place: Floats, limit: float = ONE_CM) -> NDArray[np.int64]:
    """Return the most points of which no two lie further apart than `limit`; a few fewer where they are hundreds."""
    return _in_a_circle(place, limit) if len(place) > MANY else _kept(distances(place), limit)[0]


def _kept(apart: Floats, *limits: float) -> list[NDArray[np.int64]]:
    """For each limit, start from each point's neighbourhood and drop, one at a time, the point too far from most."""
    near = apart <= np.array(limits)[:, None, None]
    seeds = np.argsort(-near.sum(axis=2), axis=1, kind="stable")[:, :_SEEDS]
    of = np.repeat(np.arange(len(limits)), seeds.shape[1])
    keep = near[of, seeds.ravel()]
    far = (~near).astype(np.float32)
    every = np.arange(len(keep))
    # how many of those that are kept each point is too far from
    clash = (keep.reshape(*seeds.shape, -1).astype(np.float32) @ far).reshape(keep.shape)
    clash[~keep] = -np.inf
    while True:
        worst = clash.argmax(axis=1)
        rows = every[clash[every, worst] > 0]
        if not len(rows):
            break
        keep[rows, worst[rows]] = False
        clash[rows] -= far[of[rows], worst[rows]]
        clash[rows, worst[rows]] = -np.inf
    return [np.flatnonzero(some[some.sum(axis=1).argmax()]) for some in np.split(keep, len(limits))]


def _in_a_circle(place: Floats, limit: float) -> NDArray[np.int64]:
    """Return the points in the fullest circle of diameter `limit`, tried at steps of a cell."""
    from scipy.signal import fftconvolve

    low = place.min(axis=0)
    cell = ((place - low) / _CELL_MM).astype(np.int64)
    counts = np.zeros(cell.max(axis=0) + 1)
    np.add.at(counts, tuple(cell.T), 1)
    reach = int(limit / 2 / _CELL_MM)
    step = np.arange(-reach, reach + 1)
    disc = (np.hypot(step[:, None], step) <= reach).astype(float)
    best = np.unravel_index(fftconvolve(counts, disc, mode="same").argmax(), counts.shape)
    middle = low + (np.array(best) + 0.5) * _CELL_MM
    return np.flatnonzero(np.linalg.norm(place - middle, axis=1) <= limit / 2)


_TURN = np.linspace(0, np.pi, 36, endpoint=False)
_RAYS = np.stack([np.cos(_TURN), np.sin(_TURN)])


def _outermost(place: Floats) -> Floats:
    """Return the points that lie farthest some way, each 5 degrees: all that decides of extent and outline."""
    if len(place) <= 2 * len(_TURN):
        return place
    reach = place @ _RAYS
    return place[np.unique(np.concatenate([reach.argmax(axis=0), reach.argmin(axis=0)]))]


def _hull(place: Floats) -> Floats:
    """Return the corners of the convex hull of points of shape (n, 2), in order (Andrew 1979).

    For so few points, scipy's takes ten times as long, and each slider's step asks for three.
    """
    points = sorted(set(map(tuple, place.tolist())))
    corners: list[tuple[float, float]] = []
    for way in (points, points[::-1]):  # the lower side, then the upper
        side: list[tuple[float, float]] = []
        for x, y in way:
            while len(side) > 1 and (side[-1][0] - side[-2][0]) * (y - side[-2][1]) <= (side[-1][1] - side[-2][1]) * (
                x - side[-2][0]
            ):
                side.pop()
            side.append((x, y))
        corners += side[:-1]
    return np.array(corners or points)


_THIN = 1e-3  # of the square of its length: what covers less is a line


def _frame(corners: Floats) -> tuple[Floats, Floats, float]:
    """Return middle, axes (as columns, the longer one last) and area of what a hull covers.

    They are the hull's and not the particles', so that one particle more in their midst moves nothing.
    """
    apart = distances(corners)
    one, other = corners[list(np.unravel_index(apart.argmax(), apart.shape))]
    middle, longest = (one + other) / 2, float(apart.max())
    p = corners - middle
    q = np.roll(p, -1, axis=0)
    cross = p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]
    area = float(cross.sum()) / 2
    if area <= _THIN * longest**2:
        way = (other - one) / longest if longest else np.array([1.0, 0.0])
        return middle, np.array([[-way[1], way[0]], [way[0], way[1]]]), max(area, 0.0)
    off = (cross[:, None] * (p + q)).sum(axis=0) / (6 * area)
    spread = (cross[:, None, None] * (p[:, :, None] * p[:, None] + q[:, :, None] * q[:, None]
              + (p + q)[:, :, None] * (p + q)[:, None])).sum(axis=0) / (24 * area)  # fmt: skip
    return middle + off, np.linalg.eigh(spread - np.outer(off, off))[1], area


_HALF_DEG = np.radians(np.arange(2.0, 46.0, 1.0))
_TILT_DEG = np.radians([-20.0, -10.0, 0.0, 10.0, 20.0])  # a wedge may miss the nipple by so much


def wedge(edge: Floats, toward: Floats) -> tuple[float, float, Floats]:
    """Fit the smallest wedge whose tip points to the nipple and which holds all points.

    Parameters
    ----------
    edge : ndarray of shape (n, 2)
        The points, or only the outermost.
    toward : ndarray of shape (2,)
        The way to the nipple, a unit vector.

    Returns
    -------
    opening_deg : float
    area_mm2 : float
    corners : ndarray of shape (3, 2)
        Tip, and the two far corners.
    """
    way = np.stack([np.cos(_TILT_DEG), np.sin(_TILT_DEG)], axis=1) @ np.stack([toward, [-toward[1], toward[0]]])
    radial, aside = edge @ way.T, edge @ np.stack([-way[:, 1], way[:, 0]])  # (n, tilts)
    sine, cosine = np.sin(_HALF_DEG), np.cos(_HALF_DEG)
    above = (aside[:, :, None] * cosine + radial[:, :, None] * sine).max(axis=0)  # (tilts, openings)
    below = (radial[:, :, None] * sine - aside[:, :, None] * cosine).max(axis=0)
    tip = (above + below) / (2 * sine)
    deep = tip - radial.min(axis=0)[:, None]
    area = deep**2 * np.tan(_HALF_DEG)
    tilt, opening = np.unravel_index(area.argmin(), area.shape)
    half = _HALF_DEG[opening]
    off = (above - below)[tilt, opening] / (2 * cosine[opening])
    ahead, left = way[tilt], np.array([-way[tilt, 1], way[tilt, 0]])
    far = np.array([0.0, -1.0, 1.0])[:, None] * np.tan(half) * left - np.array([0.0, 1.0, 1.0])[:, None] * ahead
    corners = tip[tilt, opening] * ahead + off * left + far * deep[tilt, opening]
    return float(np.degrees(2 * half)), float(area.min()), corners


def layout(place: Floats, nipple: Floats, breast_mm2: float) -> tuple[dict[str, float], NDArray[np.int64]]:
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
    """
    few = len(place) <= MANY
    apart = distances(place) if few else np.zeros((0, 0))
    limits = (ONE_CM, HALF_CM)
    crowd, close = _kept(apart, *limits) if few else (_in_a_circle(place, limit) for limit in limits)
    edge = _outermost(place)
    corners = _hull(edge)
    middle, axes, hull_mm2 = _frame(corners)
    width, length = np.ptp(corners @ axes, axis=0)
    toward = _unit(nipple - middle)
    reach, across = np.ptp(corners @ toward), np.ptp(corners @ np.array([-toward[1], toward[0]]))
    opening, wedge_mm2, _ = wedge(corners, toward)
    return (
        {
            "count_within_10mm": float(len(crowd)),
            "count_within_5mm": float(len(close)),
            "extent_mm": float((apart if few and edge is place else distances(edge)).max()),
            "length_mm": float(length),
            "width_mm": float(width),
            # a tenth of a mm each way keeps one or two particles from being an endless line
            "line_ratio": float((length + 0.1) / (width + 0.1)),
            "radial_mm": float(reach),
            "radial_ratio": float((reach + 0.1) / (across + 0.1)),
            "wedge_deg": opening if len(place) > 2 else float("nan"),
            # an ellipse, however long, fills at most 60 % of any triangle about it (pi / sqrt(27), and affine maps keep
            # shares); a wedge is filled nearly all
            "wedge_fill": hull_mm2 / max(wedge_mm2, 1e-9),
            "breast_share": hull_mm2 / breast_mm2,
        },
        crowd,
    )


def to_nipple(place: Floats, nipple: Floats) -> Floats:
    """Return the way to the nipple from the middle of what points of shape (n, 2) cover, a unit vector."""
    return _unit(nipple - _frame(_hull(_outermost(place)))[0])


def _unit(way: Floats) -> Floats:
    out: Floats = way / max(float(np.linalg.norm(way)), 1e-9)
    return out
