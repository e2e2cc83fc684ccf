"""Threads: pieces of calcium that have grown together end to end, or lie across each other, told piece by piece.

What is longer than any single particle, a stitch, an artery's wall, rods in a row, is read as the pieces that it may be
made of: words of its length and course come from those.
"""

from __future__ import annotations

import numpy as np

from calcifications.reading.contour import area, numbers
from calcifications.reading.detect import Floats, Mask

LONG, LONG_BENT = 12.0, 7.0  # widths: what is longer is a thread of many pieces, and shorter if it is bent:
BENT = 0.93  # if its ends are nearer to each other than this share of its length,
FORKED = 1.25  # or if it forks, all its ways this share of the longest, and is wider than a cast
PIECE, PIECE_OF_ROD = 4.0, 6.5  # widths
KNOT, KNOT_REACH = 1.6, 1.25  # a knot's largest disc over the thread's, and its reach over its largest disc
DASH, LEAST_DASH = 2.5, 0.15  # half widths that a thread beside it is long, and its share of the knot's area
DENTED, SMOOTH = 0.08, 0.05  # dent of a joint, at least, and of its pieces, at most,
DENT_LEFT = 0.45  # and together no more than this share of the joint's
DRAWN_OUT = 1.6  # elongation of both,
ANGLE, WAIST = 0.6, 0.8  # and the angle between them, in radians, or the cut over the slimmer one's width
MANY = 5  # outlines from which one may be cut at a joint or a knot
JOINT, LEAST_PART = 1.6, 0.2  # length of the cut over the outline's width, and each piece's share of the area
FINE, FINE_PIXELS = 3, 250  # so often a pixel is parted, for outlines no larger than this


def pieces(outline: Floats, cast_pixels: float, among: int) -> list[Floats]:
    """Return the outlines of the pieces of a thread, end to end, and of knots on it; of what is no thread, its own.

    Parameters
    ----------
    outline : ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    cast_pixels : float
        How wide the widest cast of a duct is. Only what is wider may fork and be several: casts do branch.
    among : int
        How many outlines there are. Among few, one that is bent or has a lump is one bent or lumpy cast; a long one is
        cut all the same.
    """
    from scipy import ndimage
    from skimage.measure import label
    from skimage.morphology import skeletonize

    reach = np.ptp(outline, axis=0)
    if np.hypot(*reach) ** 2 < LONG_BENT / 2 * area(outline):  # far from it
        return [outline]
    if among >= MANY and area(outline) <= cast_pixels * reach.max():  # wider ones are lumps and rods
        knot, *rest = _off_knot(outline)
        if rest:
            return [knot, *(piece for dash in rest for piece in pieces(dash, cast_pixels, among))]
        joint = _off_joint(outline)
        if len(joint) > 1:
            return joint
    solid, fine, corner = _filled(outline)
    spine = skeletonize(solid)
    if not spine.any():
        return [outline]
    width = 2 * float(np.median(ndimage.distance_transform_edt(solid)[spine]))
    along, ends = _along(spine)
    forked = spine.sum() > FORKED * along.max()
    bent = np.hypot(*np.subtract(*ends)) < BENT * along.max()
    rod = width > fine * cast_pixels
    several = rod if forked else bent and among >= MANY
    if along.max() < (LONG_BENT if several else LONG) * width:
        return [outline]
    many = max(round(float(along.max()) / ((PIECE_OF_ROD if rod else PIECE) * width)), 2)
    parts = label(
        np.where(spine, 1 + np.minimum((along / along.max() * many).astype(int), many - 1), 0), connectivity=2
    )
    parts *= (np.bincount(parts.ravel()) > width)[parts]  # a spur of the spine is no piece
    near = ndimage.distance_transform_edt(parts == 0, return_distances=False, return_indices=True)
    parts = np.where(solid, parts[tuple(near)], 0)
    return [_traced(parts == part, fine, corner) for part in np.unique(parts[parts > 0])]


def _filled(outline: Floats) -> tuple[Mask, int, Floats]:
    """Return what an outline holds, how often a pixel is parted in that, and where its corner lies, in pixels."""
    from skimage.draw import polygon2mask

    reach = np.ptp(outline, axis=0)
    fine = FINE if reach.max() < FINE_PIXELS else 1
    corner = np.floor(outline.min(axis=0)) - 1
    shape = tuple(((np.ceil(reach) + 4) * fine).astype(int)[::-1])
    return polygon2mask(shape, (outline - corner)[:, ::-1] * fine - 0.5), fine, corner


def _traced(part: Mask, fine: int, corner: Floats) -> Floats:
    """Return the outline of a part of what an outline holds."""
    from skimage.measure import find_contours

    contours = find_contours(np.pad(part, 1).astype(float), 0.5)
    return np.asarray((max(contours, key=len)[:-1, ::-1] - 0.5) / fine + corner, float)


def _off_joint(outline: Floats) -> list[Floats]:
    """Return the outlines of two smooth pieces that meet at an angle or a waist, or the outline alone if they do not.

    It is cut from its deepest notch straight across, where that leaves two smooth pieces.
    """
    from scipy.spatial import ConvexHull

    n = len(outline)
    hull = ConvexHull(outline)
    before = 1 - area(outline) / hull.volume
    if before < DENTED or n < 12:
        return [outline]
    inward = -(outline @ hull.equations[:, :2].T + hull.equations[:, 2]).max(axis=1)  # how far inside the hull
    notch = int(inward.argmax())
    across = np.linalg.norm(outline - outline[notch], axis=1)
    best, parts = DENT_LEFT * before, [outline]
    widest = JOINT * 2 * area(outline) / np.ptp(outline, axis=0).max()
    for other in np.flatnonzero(across <= widest):
        first, last = sorted((notch, int(other)))
        one, two = outline[first : last + 1], np.concatenate([outline[last:], outline[: first + 1]])
        if min(len(one), len(two)) < 6:
            continue
        areas = np.array([area(one), area(two)])
        if areas.min() < LEAST_PART * areas.sum():
            continue
        dents = np.array([1 - size / ConvexHull(part).volume for part, size in zip((one, two), areas, strict=True)])
        left = float((dents * areas).sum() / areas.sum())
        if left < best and dents.max() < SMOOTH and _meet(one, two, float(across[other])):
            best, parts = left, [one, two]
    return parts


def _meet(one: Floats, two: Floats, cut: float) -> bool:
    """Say whether two pieces are drawn out and meet at an angle or a waist: one that is bent has neither."""
    (size, length, long, angle, *_), (other_size, other_length, other_long, other_angle, *_) = map(numbers, (one, two))
    turn = abs(angle - other_angle) % np.pi
    slim = min(size / length, other_size / other_length)
    return min(long, other_long) >= DRAWN_OUT and (min(turn, np.pi - turn) >= ANGLE or cut <= WAIST * slim)


def _off_knot(outline: Floats) -> list[Floats]:
    """Return the outlines of a knot and of the thread on its sides, or the outline alone if there is none on it.

    A knot is a round blob on a thread that is much slimmer, whatever sticks out of it short of that.
    """
    from scipy import ndimage
    from skimage.measure import label

    solid, fine, corner = _filled(outline)
    deep = ndimage.distance_transform_edt(solid)
    at = np.unravel_index(int(deep.argmax()), deep.shape)
    rows, columns = np.indices(solid.shape)
    far = np.hypot(rows - at[0], columns - at[1])
    knot = solid & (far <= KNOT_REACH * deep.max())
    sides, count = label(solid & ~knot, return_num=True, connectivity=1)
    dashes = []
    for side in range(1, count + 1):
        dash = sides == side
        half = float(deep[dash].max()) if dash.any() else 0.0
        if dash.sum() < LEAST_DASH * knot.sum():
            knot |= dash  # the knot's own bulge
            continue
        if deep.max() < KNOT * half or np.ptp(np.argwhere(dash), axis=0).max() < DASH * half:
            return [outline]
        dashes.append(dash)
    if not dashes or len(dashes) > 2:
        return [outline]
    return [_traced(part, fine, corner) for part in (knot, *dashes)]


def _along(spine: Mask) -> tuple[Floats, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return how far each place of a spine is from its one end, along it, in pixels, and both its ends."""
    from skimage.graph import MCP_Geometric

    roads = np.where(spine, 1.0, -1.0)
    end = tuple(np.argwhere(spine)[0].tolist())
    for _ in range(2):  # the farthest place from anywhere is an end
        start = end
        along = MCP_Geometric(roads).find_costs([start])[0]
        along = np.where(spine & np.isfinite(along), along, 0.0)
        end = tuple(int(side) for side in np.unravel_index(int(along.argmax()), along.shape))
    return along, (start, end)
