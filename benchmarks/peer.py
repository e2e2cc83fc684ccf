"""The same solids as one would draw them with scikit-image: discs along each rod, supersampled, blurred and gathered.

It knows nothing of closed forms, so it also tells how true our drawing is.
"""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from skimage.draw import disk
from skimage.filters import gaussian
from skimage.transform import downscale_local_mean

from benchmarks.kernel import SEED, SHAPE, VIEW, crowd
from benchmarks.table import median, print_limit, print_table
from calcifications.imaging import View, look, project
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.imaging.layer import draw
from calcifications.pattern import Particles, grow

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


COUNT = 60
RIVALS = (2, FINE)  # samples a pixel, each way: about as true as ours, and more so


def run() -> None:
    """Draw the same particles both ways and print how long each took and how far it is from one much finer."""
    pattern = grow(crowd(COUNT), SEED)
    view = look(VIEW, pattern)
    truth = supersampled(pattern.particles, view, SHAPE, 2 * FINE)
    peaks = project(view, pattern.particles.centre) * [1, -1] / view.pixel_mm + [SHAPE[1] / 2, SHAPE[0] / 2]

    def error(layer: Floats) -> float:
        """The worst pixel within 5 pixels of each particle, beside the peak there, in percent: the median of all."""
        worst = []
        for column, row in peaks.astype(int):
            window = slice(max(row - 5, 0), row + 6), slice(max(column - 5, 0), column + 6)
            worst.append(100 * np.abs(layer[window] - truth[window]).max() / truth[window].max())
        return median(worst)

    taken: dict[str, list[float]] = {"ours": []}
    out = np.zeros(SHAPE)
    for _ in range(20):
        begin = time.perf_counter()
        layer, (row, column, height, width) = draw(pattern.particles, view, SHAPE)
        taken["ours"].append(1000 * (time.perf_counter() - begin))
    out[row : row + height, column : column + width] = layer
    errors = {"ours": error(out)}
    for fine in RIVALS:
        begin = time.perf_counter()
        drawn = supersampled(pattern.particles, view, SHAPE, fine)
        label = f"scikit-image, {fine} x {fine} samples a pixel"
        taken[label] = [1000 * (time.perf_counter() - begin)]
        errors[label] = error(drawn)
    print_table(f"layer of {COUNT} particles, {SHAPE[0]} x {SHAPE[1]}", taken)
    for label, off in errors.items():
        print(
            f"{label}: {off:.1f} % of its peak off one of {2 * FINE} x {2 * FINE}, in the median particle's worst pixel"
        )
    print_limit("ours off by, %", errors["ours"], 2.0, at_most=True)
    fastest = min(median(times) for label, times in taken.items() if label != "ours")
    print_limit("times as fast as the faster of scikit-image's", fastest / median(taken["ours"]), 10.0, at_most=False)
