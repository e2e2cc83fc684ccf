"""The same solids as one would draw them with scikit-image: discs along each rod, supersampled, blurred and gathered.

It knows nothing of closed forms, so it also tells how true our drawing is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from skimage.draw import disk
from skimage.filters import gaussian
from skimage.transform import downscale_local_mean

from calcifications.imaging import View, project
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.pattern import Particles

Floats = NDArray[np.float64]

FINE = 8  # samples a pixel, each way
MARGIN_SIGMAS = 4.0


def supersampled(particles: Particles, view: View, shape: tuple[int, int], fine: int = FINE) -> Floats:
    """Return the layer of calcifications in grey units, not rounded."""
    blur = view.blur_mm / view.pixel_mm
    margin = int(np.ceil(MARGIN_SIGMAS * blur)) + 1
    place = project(view, particles.centre) * [1, -1] / view.pixel_mm + [shape[1] / 2, shape[0] / 2]
    corner = np.floor(place).astype(int)
    # each rod's balls about the corner, in fine samples: across, down, towards the tube, radius
    balls = [
        np.concatenate(
            [
                (project(view, points) - project(view, particles.centre)[:, None]) * [1, -1]
                + (place - corner)[:, None] * view.pixel_mm,
                ((points - particles.centre[:, None]) @ view.beam)[..., None],
                particles.radius[..., end, None],
            ],
            axis=2,
        )
        * (fine / view.pixel_mm)
        for end, points in enumerate((particles.start, particles.end))
    ]
    reach = np.max([np.abs(end[..., :2]).max(axis=2) + end[..., 3] for end in balls], axis=(0, 2)) / fine
    half = np.ceil(reach).astype(int) + margin
    pad = 2 * int(half.max())
    out = np.zeros((shape[0] + 2 * pad, shape[1] + 2 * pad))
    for number, (column, row) in enumerate(corner):
        side = int(half[number])
        if not (-side < row < shape[0] + side and -side < column < shape[1] + side):
            continue
        start, end = (ball[number] + [side * fine, side * fine, 0, 0] for ball in balls)
        solid = _chords(start, end, 2 * side * fine)
        share = particles.hollow[number]
        if share > 0.01:
            middle = np.append((place[number] - corner[number] + side) * fine, [0, 0])
            solid -= _chords(*(middle + (ball - middle) * share for ball in (start, end)), 2 * side * fine)
        grey = np.maximum(solid, 0) * grey_per_mm(particles.mineral[number]) * view.pixel_mm / fine
        pixels = downscale_local_mean(
            gaussian(grey, blur * fine, mode="constant", truncate=MARGIN_SIGMAS), (fine, fine)
        )
        out[row - side + pad : row + side + pad, column - side + pad : column + side + pad] += pixels
    return out[pad:-pad, pad:-pad]


def _chords(start: Floats, end: Floats, side: int) -> Floats:
    """Return how far the beam runs from the lowest ball to the highest, on a square of samples."""
    top, bottom = np.full((side, side), -np.inf), np.full((side, side), np.inf)
    for first, last in zip(start, end, strict=True):
        many = int(np.ceil(np.abs(last - first).max())) + 1  # no more than a sample apart
        for x, y, z, radius in np.linspace(first, last, many):
            where = disk((y - 0.5, x - 0.5), radius, shape=top.shape)
            half = np.sqrt(np.maximum(radius**2 - (where[0] + 0.5 - y) ** 2 - (where[1] + 0.5 - x) ** 2, 0))
            top[where] = np.maximum(top[where], z + half)
            bottom[where] = np.minimum(bottom[where], z - half)
    return np.maximum(top - bottom, 0)
