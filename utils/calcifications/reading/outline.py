"""The outlines that particles show on a view, and the numbers of each outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import View, project
from calcifications.pattern import Particles
from calcifications.reading.rods import Rods, Single

Floats = NDArray[np.float64]

_SIDES = 40
_HALF = _SIDES // 2  # rays and tangents come in opposite pairs: each pair is worked out once
_TURN = 2 * np.pi * (np.arange(_HALF) + 0.5) / _SIDES
# A polygon with its corners on an ellipse, or with its sides along it, at even turns, differs in area by these factors
# from the ellipse, however long that is: affine maps keep them.
_INSIDE = np.sin(2 * np.pi / _SIDES) / (2 * np.pi / _SIDES)
_OUTSIDE = np.tan(np.pi / _SIDES) / (np.pi / _SIDES)
_AT_ONCE = 768  # particles whose outlines fit into a processor's near memory
_LEAST_MM2 = 1e-9


@dataclass(frozen=True)
class Outlines:
    """Outlines of particles on a view, as seen from each particle's middle.

    Attributes
    ----------
    centre : ndarray of shape (n, 2)
        Middles on the view, to the nipple and up, in mm.
    polygon : ndarray of shape (n, 40, 2)
        Corners about the middle, in mm.
    longest_mm, elongation, angle, irregularity, width_mm, area_mm2, depth_mm : ndarray of shape (n,)
        Longest diameter; long to short axis by second moments, and the long axis's angle to the picture's horizontal,
        in radians; 1 - area / convex area; area / longest diameter; area; the way of the beam through it, were it
        solid, where that is longest.
    """

    centre: Floats
    polygon: Floats
    longest_mm: Floats
    elongation: Floats
    angle: Floats
    irregularity: Floats
    width_mm: Floats
    area_mm2: Floats
    depth_mm: Floats

    @cached_property
    def breadth_mm(self) -> Floats:
        """How far each reaches across its long axis, shape (n,)."""
        x, y = np.moveaxis(self.polygon, 2, 0)
        aside: Floats = y * np.cos(self.angle)[:, None] - x * np.sin(self.angle)[:, None]
        return np.ptp(aside, axis=1)

    @cached_property
    def dent(self) -> Floats:
        """Return 1 - area / convex area, less what a bow adds to the convex area of long particles.

        A smooth thread may bend: a bow is no ragged edge. A parabola is fitted to each outline along its long axis;
        between it and its chord lie two thirds of the box about them. Compact particles have no bow to speak of: from
        an elongation of 2 to one of 3, more and more of it is taken off.
        """
        out = self.irregularity.copy()
        long = np.flatnonzero(self.elongation > 2)
        if not len(long):
            return out
        angle, area = self.angle[long, None], self.area_mm2[long]
        x, y = np.moveaxis(self.polygon[long], 2, 0)
        along, aside = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
        # a rod's rounded ends lie beyond its bow
        half = np.maximum(np.abs(along).max(axis=1) - self.width_mm[long] / 2, 1e-9)[:, None]
        terms = np.stack([np.ones_like(along), along / half, (along / half) ** 2], axis=2)
        normal = np.swapaxes(terms, 1, 2) @ terms + 1e-9 * np.eye(3)
        bow = np.abs(np.linalg.solve(normal, np.swapaxes(terms, 1, 2) @ aside[:, :, None])[:, 2, 0])
        under = np.clip(self.elongation[long] - 2, 0, 1) * bow * half[:, 0] * 4 / 3
        hull = area / np.maximum(1 - self.irregularity[long], 1e-9)
        out[long] = np.clip(1 - area / np.maximum(hull - under, area), 0, 1)
        return out


def _edges(middle: Single, radius: Single, ray: Single) -> Floats:
    """Return how far balls reach along rays of shape (2, sides / 2, n) and against them, shape (sides, n)."""
    room = radius**2 - middle[0] ** 2 - middle[1] ** 2
    there, back = (np.zeros(ray.shape[1:], np.float32) for _ in range(2))
    with np.errstate(invalid="ignore"):  # where a ray misses a ball its root is not a number, and is passed over
        for some in _blocks(len(radius), ray):
            reach = middle[0, some, None] * ray[0]
            reach += middle[1, some, None] * ray[1]
            root = reach * reach
            root += room[some, None]
            np.sqrt(root, out=root)
            np.fmax(there, np.fmax.reduce(root + reach, axis=0), out=there)
            root -= reach
            np.fmax(back, np.fmax.reduce(root, axis=0), out=back)
    return np.concatenate([there, back]).astype(float)


def _supports(middle: Single, radius: Single, normal: Single) -> Floats:
    """Return how far balls reach along normals of shape (2, sides / 2, n) and against them, shape (sides, n)."""
    there, back = (np.full(normal.shape[1:], -np.inf, np.float32) for _ in range(2))
    for some in _blocks(len(radius), normal):
        beside = middle[0, some, None] * normal[0]
        beside += middle[1, some, None] * normal[1]
        girth = radius[some, None]
        np.maximum(there, np.maximum.reduce(girth + beside, axis=0), out=there)
        np.subtract(girth, beside, out=beside)
        np.maximum(back, np.maximum.reduce(beside, axis=0), out=back)
    return np.concatenate([there, back]).astype(float)


def _blocks(balls: int, ways: Single) -> Iterator[slice]:
    """Return as many balls at a time as fit, with all their ways, into a processor's nearest memory."""
    step = max(_AT_ONCE * _HALF // ways[0].size, 1)
    return (slice(first, first + step) for first in range(0, balls, step))


def _turned(along: Floats, aside: Floats, long: Floats) -> Floats:
    """Return unit vectors, shape (2, sides / 2, n), from their parts along particles' long directions and across."""
    size = np.sqrt(along * along + aside * aside)
    along, aside = along / size, aside / size
    return np.stack([along * long[0] - aside * long[1], along * long[1] + aside * long[0]])


def _next(values: Floats) -> Floats:
    """Return the next of values of shape (..., sides / 2, n) that come in opposite pairs."""
    return np.concatenate([values[..., 1:, :], -values[..., :1, :]], axis=-2)


def _hull_area(support: Floats, normal: Floats) -> Floats:
    """Return the areas of the polygons whose sides lie so far along normals: supports of shape (sides, n)."""
    beside = _next(normal)
    sine = np.tile(normal[0] * beside[1] - normal[1] * beside[0], (2, 1))
    cosine = np.tile(normal[0] * beside[0] + normal[1] * beside[1], (2, 1))
    further = np.roll(support, -1, axis=0)
    square = support * support
    twice: Floats = ((2 * support * further - (square + np.roll(square, -1, axis=0)) * cosine) / sine).sum(axis=0)
    return twice / 2


def outline(particles: Particles, view: View) -> Outlines:
    """Outline each particle on a view."""
    if not len(particles):
        sides = {"centre": (2,), "polygon": (_SIDES, 2)}
        return Outlines(**{each.name: np.zeros((0, *sides.get(each.name, ()))) for each in fields(Outlines)})
    parts = [_outline(particles, slice(first, first + _AT_ONCE), view) for first in range(0, len(particles), _AT_ONCE)]
    if len(parts) == 1:
        return parts[0]
    # the particles' axis stays the last in memory
    return Outlines(
        **{
            each.name: np.concatenate([getattr(part, each.name).T for part in parts], axis=-1).T
            for each in fields(Outlines)
        }
    )


def _outline(every: Particles, some: slice, view: View) -> Outlines:
    """Outline some of the particles: as many as fit into a processor's memory together."""
    particles = Particles(**{each.name: getattr(every, each.name)[some] for each in fields(Particles)})
    rods = Rods.of(particles, view)
    depth = rods.depth().astype(float)
    if view.swing_deg:
        rods = rods.swung(particles, view)
    middle, radius, ends = rods.balls()
    # rays and tangents follow an ellipse of the particle's own stretch, so that a long one is seen as sharply as a ball
    long, axes = rods.stretch()
    cosine, sine = np.cos(_TURN)[:, None], np.sin(_TURN)[:, None]
    ray = _turned(cosine * axes[0], sine * axes[1], long)
    normal = _turned(cosine / axes[0], sine / axes[1], long)
    edge = _edges(middle, radius, ray.astype(np.float32))
    # between its ends no rod stands out
    support = _supports(middle[:, :ends], radius[:ends], normal.astype(np.float32))

    polygon = np.concatenate([ray, -ray], axis=1) * edge
    following = np.roll(polygon, -1, axis=1)
    cross = polygon[0] * following[1] - polygon[1] * following[0]
    area = np.maximum(cross.sum(axis=0) / 2, _LEAST_MM2) / _INSIDE
    hull = np.maximum(_hull_area(support, normal), _LEAST_MM2) / _OUTSIDE
    longest = (support[:_HALF] + support[_HALF:]).max(axis=0)
    elongation, angle = _elongation(polygon, following, cross)
    return Outlines(
        centre=project(view, particles.centre),
        polygon=polygon.T,
        longest_mm=longest,
        elongation=elongation,
        angle=angle,
        irregularity=np.clip(1 - area / hull, 0, 1),
        width_mm=area / longest,
        area_mm2=area,
        depth_mm=depth,
    )


def _elongation(polygon: Floats, following: Floats, cross: Floats) -> tuple[Floats, Floats]:
    """Return long to short axis of polygons by second moments, and the long one's angle, shape (n,) each.

    Corners and those that follow come in shape (2, corners, n), twice the areas to the origin in shape (corners, n).
    """
    whole = cross.sum(axis=0)
    x, y = ((polygon + following) * cross).sum(axis=1) / (3 * np.maximum(whole, _LEAST_MM2))
    square = polygon * polygon
    square += polygon * following + following * following
    xx, yy = (square * cross).sum(axis=1) - 6 * whole * np.stack([x * x, y * y])
    both = (polygon + following) * (polygon + following)[::-1]
    mixed = (polygon[0] * polygon[1] + following[0] * following[1] + both[0]) * cross
    xy = mixed.sum(axis=0) / 2 - 6 * whole * x * y
    spread = np.hypot(xx - yy, 2 * xy)
    ratio: Floats = np.sqrt((xx + yy + spread) / np.maximum(xx + yy - spread, 1e-12))
    return ratio, np.arctan2(2 * xy, xx - yy) / 2
