"""The outlines that particles show on a view, and the numbers of each outline."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import View, project
from calcifications.pattern import Particles

Floats = NDArray[np.float64]

_SIDES = 40
_TURN = 2 * np.pi * (np.arange(_SIDES) + 0.5) / _SIDES
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)  # (sides, 2)
# A polygon with its corners on an ellipse, or with its sides along it, at even turns, differs in area by these factors
# from the ellipse, however long that is: affine maps keep them.
_INSIDE = np.sin(2 * np.pi / _SIDES) / (2 * np.pi / _SIDES)
_OUTSIDE = np.tan(np.pi / _SIDES) / (np.pi / _SIDES)
_AT_ONCE, _TOGETHER = 512, 64  # particles whose outlines, and whose rays, fit into a processor's near memory
_ALONG = np.linspace(0, 1, 6)  # a rod is looked at as six balls: enough to leave no dents between them


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


def _area(corners: Floats) -> Floats:
    """Return areas of polygons of shape (n, corners, 2)."""
    following = np.roll(corners, -1, axis=1)
    cross = corners[:, :, 0] * following[:, :, 1] - corners[:, :, 1] * following[:, :, 0]
    return np.maximum(cross.sum(axis=1) / 2, 1e-9)


def _balls(a: Floats, b: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """Return rods as balls: middles of shape (n, balls, 2) and radii of shape (n, balls, 1). A grain is one ball."""
    rod = np.abs(b - a).max(axis=(0, 2)) > 1e-9
    along = (a[:, rod, None] + (b - a)[:, rod, None] * _ALONG[:, None]).reshape(len(a), -1, 2)
    ends = radius[:, rod]
    girth = (ends[:, :, :1] + (ends[:, :, 1:] - ends[:, :, :1]) * _ALONG).reshape(len(a), -1)
    return (
        np.concatenate([along, a[:, ~rod]], axis=1),
        np.concatenate([girth, radius[:, ~rod, 0]], axis=1)[:, :, None],
    )


def _rays_and_tangents(balls: Floats, radius: Floats, ray: Floats, normal: Floats) -> tuple[Floats, Floats]:
    """Return how far balls reach along rays from the middle, and along normals, shape (n, sides) each.

    Rays and normals come in opposite pairs, the second half of them against the first: each pair is worked out once.
    """
    edge, support = np.empty(ray.shape[:2]), np.empty(ray.shape[:2])
    half = _SIDES // 2
    there, back = slice(None, half), slice(half, None)
    # single precision: a ten-thousandth of a pixel, at half the cost
    ball, girth = balls.astype(np.float32), radius.astype(np.float32)
    ways, sides = (np.swapaxes(v[:, there], 1, 2).astype(np.float32) for v in (ray, normal))
    room = girth**2 - ball[:, :, :1] ** 2 - ball[:, :, 1:] ** 2
    for first in range(0, len(balls), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        reach = ball[some] @ ways[some]  # (n, balls, sides / 2): how far each ball lies along each ray
        hit = reach * reach
        hit += room[some]
        reach *= hit > 0  # a ray that misses a ball is not reached by it
        root = np.sqrt(np.maximum(hit, 0, out=hit), out=hit)
        edge[some, there] = _most(root + reach)
        edge[some, back] = _most(root - reach)
        beside = ball[some] @ sides[some]
        support[some, there] = _most(girth[some] + beside)
        support[some, back] = _most(girth[some] - beside)
    return edge, support


def _depth(particles: Particles, view: View) -> Floats:
    """Return the longest way of the beam through each particle, were it solid, shape (n,).

    It is looked for in the middle and where the thickest ball lies, among the balls at the ends and middles of rods.
    """
    about, start, end = particles.centre[:, None], particles.start, particles.end
    places = []
    for axis in (*view.axes, view.beam):
        one, other = (((ends - about) @ axis).astype(np.float32) for ends in (start, end))
        places.append(np.concatenate([one, other, (one + other) / 2], axis=1))
    x, y, z = places
    one, other = np.moveaxis(particles.radius.astype(np.float32), 2, 0)
    girth = np.concatenate([one, other, (one + other) / 2], axis=1)
    thickest = girth.argmax(axis=1)[:, None]
    longest = np.zeros(len(particles), np.float32)
    for at_x, at_y in ((0, 0), (np.take_along_axis(x, thickest, 1), np.take_along_axis(y, thickest, 1))):
        half = girth**2 - (x - at_x) ** 2 - (y - at_y) ** 2
        met = half > 0
        half = np.sqrt(half, out=half, where=met)
        z_high, z_low = np.where(met, z + half, -np.inf), np.where(met, z - half, np.inf)
        longest = np.maximum(longest, z_high.max(axis=1) - z_low.min(axis=1))
    return longest.astype(float)


def _most(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the maximum over the middle axis, by halves: numpy's own takes ten times as long there."""
    while (count := values.shape[1]) > 1:
        half = count // 2
        upper = np.maximum(values[:, :half], values[:, half : 2 * half])
        if count % 2:
            np.maximum(upper[:, 0], values[:, -1], out=upper[:, 0])
        values = upper
    return values[:, 0]


def _stretch(a: Floats, b: Floats, radius: Floats) -> tuple[Floats, Floats]:
    """Return each particle's long direction, shape (n, 2), and its rough half axes, shape (n, 2), from its rods."""
    ends = np.concatenate([a, b], axis=1)
    x, y = np.moveaxis(ends - ends.mean(axis=1, keepdims=True), 2, 0)
    round_part = (radius**2).mean(axis=(1, 2)) / 4
    xx, yy, xy = (x * x).mean(axis=1) + round_part, (y * y).mean(axis=1) + round_part, (x * y).mean(axis=1)
    angle = np.arctan2(2 * xy, xx - yy) / 2
    spread = np.hypot(xx - yy, 2 * xy)
    axes = np.sqrt(np.maximum(np.stack([xx + yy + spread, xx + yy - spread], axis=1), 1e-12))
    return np.stack([np.cos(angle), np.sin(angle)], axis=1), axes


def outline(particles: Particles, view: View) -> Outlines:
    """Outline each particle on a view."""
    parts = [_outline(particles, slice(first, first + _AT_ONCE), view) for first in range(0, len(particles), _AT_ONCE)]
    if len(parts) == 1:
        return parts[0]
    return Outlines(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Outlines)}
    )


def _outline(every: Particles, some: slice, view: View) -> Outlines:
    """Outline some of the particles: as many as fit into a processor's memory together."""
    particles = Particles(**{each.name: getattr(every, each.name)[some] for each in fields(Particles)})
    centre = project(view, particles.centre)
    a = project(view, particles.start) - centre[:, None]
    b = project(view, particles.end) - centre[:, None]
    balls, radius = _balls(a, b, particles.radius)

    # rays and tangents follow an ellipse of the particle's own stretch, so that a long one is seen as sharply as a ball
    long, axes = _stretch(a, b, particles.radius)
    frame = np.stack([long, np.stack([-long[:, 1], long[:, 0]], axis=1)], axis=1)  # (n, 2, 2): rows are axes
    ray = (_CIRCLE * axes[:, None]) @ frame
    ray /= np.hypot(ray[:, :, 0], ray[:, :, 1])[:, :, None]
    normal = (_CIRCLE / axes[:, None]) @ frame
    normal /= np.hypot(normal[:, :, 0], normal[:, :, 1])[:, :, None]
    edge, support = _rays_and_tangents(balls, radius, ray, normal)
    polygon = edge[:, :, None] * ray
    area = _area(polygon) / _INSIDE

    beside, support_beside = np.roll(normal, -1, axis=1), np.roll(support, -1, axis=1)
    cross = normal[:, :, 0] * beside[:, :, 1] - normal[:, :, 1] * beside[:, :, 0]
    corner = np.stack(
        [
            support * beside[:, :, 1] - support_beside * normal[:, :, 1],
            support_beside * normal[:, :, 0] - support * beside[:, :, 0],
        ],
        axis=2,
    )
    hull = _area(corner / cross[:, :, None]) / _OUTSIDE
    longest = (support + np.roll(support, _SIDES // 2, axis=1)).max(axis=1)
    elongation, angle = _elongation(polygon)
    return Outlines(
        centre=centre,
        polygon=polygon,
        longest_mm=longest,
        elongation=elongation,
        angle=angle,
        irregularity=np.clip(1 - area / hull, 0, 1),
        width_mm=area / longest,
        area_mm2=area,
        depth_mm=_depth(particles, view),
    )


def _elongation(polygon: Floats) -> tuple[Floats, Floats]:
    """Return long to short axis of polygons of shape (n, corners, 2) by second moments, and the long one's angle."""
    following = np.roll(polygon, -1, axis=1)
    cross = polygon[:, :, 0] * following[:, :, 1] - polygon[:, :, 1] * following[:, :, 0]
    middle = ((polygon + following) * cross[:, :, None]).sum(axis=1) / (3 * np.maximum(cross.sum(axis=1), 1e-9))[
        :, None
    ]
    x, y = np.moveaxis(polygon - middle[:, None], 2, 0)
    p, q = np.moveaxis(following - middle[:, None], 2, 0)
    cross = x * q - y * p
    xx = ((x * x + x * p + p * p) * cross).sum(axis=1)
    yy = ((y * y + y * q + q * q) * cross).sum(axis=1)
    xy = ((2 * x * y + x * q + p * y + 2 * p * q) * cross).sum(axis=1) / 2
    spread = np.hypot(xx - yy, 2 * xy)
    ratio: Floats = np.sqrt((xx + yy + spread) / np.maximum(xx + yy - spread, 1e-12))
    return ratio, np.arctan2(2 * xy, xx - yy) / 2


def unbowed_dent(shape: Outlines) -> Floats:
    """Return 1 - area / convex area, less what a bow adds to the convex area of long particles.

    A smooth thread may bend: a bow is no ragged edge. A parabola is fitted to each outline along its long axis; between
    it and its chord lie two thirds of the box about them. Compact particles have no bow to speak of: from an elongation
    of 2 to one of 3, more and more of it is taken off.
    """
    out = shape.irregularity.copy()
    long = np.flatnonzero(shape.elongation > 2)
    if not len(long):
        return out
    angle, area = shape.angle[long, None], shape.area_mm2[long]
    x, y = np.moveaxis(shape.polygon[long], 2, 0)
    along, aside = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    # a rod's rounded ends lie beyond its bow
    half = np.maximum(np.abs(along).max(axis=1) - shape.width_mm[long] / 2, 1e-9)[:, None]
    terms = np.stack([np.ones_like(along), along / half, (along / half) ** 2], axis=2)
    normal = np.swapaxes(terms, 1, 2) @ terms + 1e-9 * np.eye(3)
    bow = np.abs(np.linalg.solve(normal, np.swapaxes(terms, 1, 2) @ aside[:, :, None])[:, 2, 0])
    under = np.clip(shape.elongation[long] - 2, 0, 1) * bow * half[:, 0] * 4 / 3
    hull = area / np.maximum(1 - shape.irregularity[long], 1e-9)
    out[long] = np.clip(1 - area / np.maximum(hull - under, area), 0, 1)
    return out
