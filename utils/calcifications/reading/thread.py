"""Threads: pieces of calcium that have grown together end to end, or lie across each other, told piece by piece.

What is longer than any single particle, a stitch, an artery's wall, rods in a row, is read as the pieces that it may be
made of: words of its length and course come from those.
"""

from __future__ import annotations

import numpy as np

from calcifications.reading.contour import area
from calcifications.reading.detect import Floats, Mask

LONG, LONG_BENT = 12.0, 7.0  # widths: what is longer is a thread of many pieces, and shorter if it is bent:
BENT = 0.93  # if its ends are nearer to each other than this share of its length,
FORKED = 1.25  # or if it forks, all its ways this share of the longest, and is wider than a cast
PIECE, PIECE_OF_ROD = 4.0, 6.5  # widths
FINE, FINE_PIXELS = 3, 250  # so often a pixel is parted, for outlines no larger than this


def pieces(outline: Floats, cast_pixels: float) -> list[Floats]:
    """Return the outlines of the pieces of a thread, end to end; of what is no thread, its own.

    Parameters
    ----------
    outline : ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    cast_pixels : float
        How wide the widest cast of a duct is. Only what is wider may fork and be several: casts do branch.
    """
    from scipy import ndimage
    from skimage.draw import polygon2mask
    from skimage.measure import find_contours, label
    from skimage.morphology import skeletonize

    reach = np.ptp(outline, axis=0)
    if np.hypot(*reach) ** 2 < LONG_BENT / 2 * area(outline):  # far from it
        return [outline]
    fine = FINE if reach.max() < FINE_PIXELS else 1
    corner = np.floor(outline.min(axis=0)) - 1
    shape = tuple(((np.ceil(reach) + 4) * fine).astype(int)[::-1])
    solid = polygon2mask(shape, (outline - corner)[:, ::-1] * fine - 0.5)
    spine = skeletonize(solid)
    if not spine.any():
        return [outline]
    width = 2 * float(np.median(ndimage.distance_transform_edt(solid)[spine]))
    along, ends = _along(spine)
    forked = spine.sum() > FORKED * along.max()
    bent = np.hypot(*np.subtract(*ends)) < BENT * along.max()
    rod = width > fine * cast_pixels
    if along.max() < (LONG_BENT if (rod if forked else bent) else LONG) * width:
        return [outline]
    many = max(round(float(along.max()) / ((PIECE_OF_ROD if rod else PIECE) * width)), 2)
    parts = label(
        np.where(spine, 1 + np.minimum((along / along.max() * many).astype(int), many - 1), 0), connectivity=2
    )
    parts *= (np.bincount(parts.ravel()) > width)[parts]  # a spur of the spine is no piece
    near = ndimage.distance_transform_edt(parts == 0, return_distances=False, return_indices=True)
    parts = np.where(solid, parts[tuple(near)], 0)
    out = []
    for part in np.unique(parts[parts > 0]):
        contours = find_contours(np.pad(parts == part, 1).astype(float), 0.5)
        out.append((max(contours, key=len)[:-1, ::-1] - 0.5) / fine + corner)
    return out


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
