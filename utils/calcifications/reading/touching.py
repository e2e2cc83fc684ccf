"""What touches in a picture: the dust that noise makes of a bright particle's halo, and casts that are but one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calcifications.reading.contour import area
from calcifications.reading.detect import Floats

DUST_PEAK, DUST_AREA = 0.15, 0.1  # of the particle beside it: what is so much dimmer and smaller is its halo,
HALO = 3.0  # if it is so near, in pixels
TOUCH = 0.75  # pixels between outlines: those of pieces of one particle are nearer
DRAWN_OUT = 2.5  # times its width, as casts are and balls that touch are not
FINE = 3  # pixels are parted so often where pieces are put together


def _gaps(outlines: Sequence[Floats], within: float) -> list[tuple[int, int]]:
    """Return the pairs of outlines that come so near to each other."""
    from scipy.spatial import KDTree

    if len(outlines) < 2:
        return []
    points = np.concatenate(outlines)
    of = np.repeat(np.arange(len(outlines)), [len(each) for each in outlines])
    near = of[KDTree(points).query_pairs(within, output_type="ndarray")]
    return sorted({(int(min(pair)), int(max(pair))) for pair in near if pair[0] != pair[1]})


def dustless(outlines: Sequence[Floats], peak: Floats) -> list[int]:
    """Return which outlines are particles: not the halo of a much brighter and larger one.

    Parameters
    ----------
    outlines : sequence of ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    peak : ndarray of shape (n,)
        How far each stands out.
    """
    areas = np.array([area(each) for each in outlines])
    dust: set[int] = set()
    for pair in _gaps(outlines, HALO):
        for small, large in (pair, pair[::-1]):
            if peak[small] <= DUST_PEAK * peak[large] and areas[small] <= DUST_AREA * areas[large]:
                dust.add(small)
    return [each for each in range(len(outlines)) if each not in dust]


def bodies(outlines: Sequence[Floats], widest: float) -> list[list[int]]:
    """Return which outlines hang together: those that touch, where all of them make one thing as slim as a cast.

    Parameters
    ----------
    outlines : sequence of ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    widest : float
        Width of the widest cast of a duct, in pixels.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    pairs = _gaps(outlines, TOUCH)
    one, other = np.array(pairs, int).reshape(-1, 2).T
    joined = coo_array((np.ones(len(one)), (one, other)), shape=(len(outlines),) * 2)
    count, of = connected_components(joined, directed=False)
    hanging = [np.flatnonzero(of == body).tolist() for body in range(count)]
    slim = [_slim([outlines[each] for each in body], widest) for body in hanging]
    return [part for body, one in zip(hanging, slim, strict=True) for part in ([body] if one else [[x] for x in body])]


def _slim(outlines: Sequence[Floats], widest: float) -> bool:
    """Say whether outlines together are drawn out, and no wider than a cast."""
    covered, long = sum(map(area, outlines)), float(np.hypot(*np.ptp(np.concatenate(outlines), axis=0)))
    return covered <= widest * long and long >= DRAWN_OUT * covered / long


def together(outlines: Sequence[Floats]) -> Floats:
    """Return the outline of pieces that touch, as one."""
    from scipy import ndimage
    from skimage.draw import polygon2mask
    from skimage.measure import find_contours

    corners = np.concatenate(outlines)
    corner = np.floor(corners.min(axis=0)) - 2
    shape = tuple(((np.ceil(np.ptp(corners, axis=0)) + 5) * FINE).astype(int)[::-1])
    solid = np.any([polygon2mask(shape, (each - corner)[:, ::-1] * FINE - 0.5) for each in outlines], axis=0)
    solid = ndimage.binary_fill_holes(ndimage.binary_closing(solid, iterations=FINE))
    contours = find_contours(solid.astype(float), 0.5)
    return np.asarray((max(contours, key=len)[:-1, ::-1] + 0.5) / FINE + corner, float)
