"""The layer of calcifications: particles drawn with true chords, blurred and gathered to the detector's pixels.

Each particle is sampled on a grid of its own, just as wide as it is and as fine as its width asks for, so that a grid
moves with its particle and nothing flickers. One matrix a side then blurs the samples and gathers them to pixels.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging.attenuation import grey_per_mm
from calcifications.imaging.solid import Grey, Solids
from calcifications.imaging.view import View, project
from calcifications.pattern import Particles

Box = tuple[int, int, int, int]

BRIGHTEST = 16383 - 4095  # a detector of 14 bits is full there, on the brightest tissue
_MARGIN_SIGMAS = 3.5
_PIXEL_VARIANCE = 1 / 12  # of a pixel's own width
_SAMPLES = 4  # across the particle's widest rod, so that peaks are right to 2 %; and one in so many pixels,
_COARSEST, _COARSEST_RAGGED = 0.8, 0.5  # for a single ball, and where rods end within the particle
_GRIDS = np.array([8, 11, 14, 18, 24, 32, 42, 56, 75, 100, 133, 177, 236, 315, 420])  # few, to draw many at once
_AT_ONCE = 1 << 15  # samples: what stays in a processor's cache


def draw(particles: Particles, view: View, shape: tuple[int, int]) -> tuple[Grey, Box]:
    """Draw the layer of calcifications, cropped to where they are.

    Parameters
    ----------
    particles : Particles
    view : View
    shape : tuple of int
        Rows and columns of the picture.

    Returns
    -------
    layer : ndarray of float32, shape (height, width)
        Whole grey units; empty if nothing lies in the field.
    box : tuple of int
        First row, first column, height, width.
    """
    sigma = float(np.hypot(view.blur_mm / view.pixel_mm, _PIXEL_VARIANCE**0.5))
    centre, start, end = _in_pixels(particles, view, shape)
    low = np.minimum(start[:2] - start[3], end[:2] - end[3]).min(axis=1)
    high = np.maximum(start[:2] + start[3], end[:2] + end[3]).max(axis=1)
    margin = _MARGIN_SIGMAS * sigma
    seen = np.all((centre + high + margin > 0) & (centre + low - margin < [[shape[1]], [shape[0]]]), axis=0)
    if not seen.any():
        return np.zeros((0, 0), np.float32), (0, 0, 0, 0)
    first = np.floor(centre + low - margin).astype(int)
    wide = np.ceil(high - low + 2 * margin).astype(int) + 1
    left, top = np.maximum(first[:, seen].min(axis=1), 0)
    right, bottom = np.minimum((first + wide)[:, seen].max(axis=1), [shape[1], shape[0]])

    pad = int(wide[:, seen].max()) + 3  # room for the parts of patches beyond the field
    canvas = np.zeros((bottom - top + 2 * pad, right - left + 2 * pad), np.float32)
    grey = np.float32(grey_per_mm() * view.pixel_mm) * particles.mineral.astype(np.float32)
    solids = Solids.of(start, end)
    parts = solids.parts
    coarsest = np.where(parts.sum(axis=0) > 1, _COARSEST_RAGGED, _COARSEST)
    widest = 2 * np.maximum(start[3], end[3]).max(axis=0)
    fine = np.minimum(widest / _SAMPLES, coarsest) * (1 - 0.5 * particles.hollow)
    grid = _GRIDS[np.minimum(np.searchsorted(_GRIDS, (high - low) / fine), len(_GRIDS) - 1)]
    for some in _batches(np.flatnonzero(seen), grid, parts):
        place, blur = [], []
        for axis, samples in enumerate(grid[:, some[0]]):
            step = (high - low)[axis, some] / samples
            begin = low[axis, some] + step / 2
            at = (begin + np.arange(samples)[:, None] * step).astype(np.float32)
            corner = (centre[axis, some] - first[axis, some]).astype(np.float32)
            place.append(at)
            blur.append(_detector(at + corner, int(wide[axis, some].max()), sigma, step.astype(np.float32)))
        solid = _hollowed(solids.some(some), place[0], place[1], particles.hollow[some].astype(np.float32))
        solid *= grey[some]
        patches = blur[1] @ np.ascontiguousarray(np.moveaxis(solid, 2, 0)) @ blur[0].transpose(0, 2, 1)
        rows, columns = first[1, some] - top + pad, first[0, some] - left + pad
        for patch, row, column in zip(patches, rows.tolist(), columns.tolist(), strict=True):
            canvas[row : row + patch.shape[0], column : column + patch.shape[1]] += patch
    canvas = canvas[pad : pad + bottom - top, pad : pad + right - left]
    return np.rint(np.minimum(canvas, BRIGHTEST, out=canvas)), (int(top), int(left), *canvas.shape)


def _in_pixels(particles: Particles, view: View, shape: tuple[int, int]) -> tuple[NDArray[np.float64], Grey, Grey]:
    """Return particles' middles in the picture, shape (2, n), and about them their rods' ends, shape (4, rods, n)."""
    flip = np.array([1.0, -1.0])[:, None]  # rows count downwards

    def flat(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.moveaxis(project(view, points), -1, 0) / view.pixel_mm

    def deep(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return points @ (view.beam / view.pixel_mm)

    middle, depth = flat(particles.centre), deep(particles.centre)
    ends = []
    for end, points in enumerate((particles.start, particles.end)):
        place = np.empty((4, *points.shape[1::-1]), np.float32)
        place[:2] = (flip[:, None] * (flat(points) - middle[..., None])).swapaxes(1, 2)
        place[2] = (deep(points) - depth[:, None]).T
        place[3] = particles.radius[..., end].T / view.pixel_mm
        ends.append(place)
    return flip * middle + np.array([[shape[1] / 2], [shape[0] / 2]]), ends[0], ends[1]


def _batches(seen: NDArray[np.intp], grid: NDArray[np.intp], parts: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Return particles to draw at once: with the same grid, and about as many parts each."""
    order = seen[np.lexsort((*parts[:, seen], *grid[:, seen]))]
    new = np.any(np.diff(grid[:, order], axis=1) != 0, axis=0)
    for alike in np.split(order, np.flatnonzero(new) + 1):
        many = max(_AT_ONCE // int(grid[:, alike[0]].prod()), 1)
        for at in range(0, len(alike), many):
            yield alike[at : at + many]


def _hollowed(solids: Solids, x: Grey, y: Grey, hollow: Grey) -> Grey:
    """Return chords less the cut-out: the particle itself, smaller, about its own middle."""
    solid = solids.thickness(x, y)
    holes = np.flatnonzero(hollow > 0.01)
    if len(holes):
        share = hollow[holes]
        hole = solids.some(holes).thickness(x[:, holes] / share, y[:, holes] / share) * share
        solid[..., holes] = np.maximum(solid[..., holes] - hole, 0)  # a branching one's copy may stick out of it
    return solid


def _detector(place: Grey, side: int, sigma: float, step: Grey) -> Grey:
    """Return matrices, shape (n, side, samples), that blur samples at `place`, shape (samples, n), and gather them."""
    away = np.arange(0.5, side, dtype=np.float32)[:, None] - place.T[:, None]
    away *= away
    away *= np.float32(-0.5 / sigma**2)
    np.exp(away, out=away)
    away *= (step / np.float32(np.sqrt(2 * np.pi) * sigma))[:, None, None]
    return away
