"""Texture measures of tissue beside those of 207 normal films: `python -m tests.imaging.texture [SEEDS [FIRST]]`.

The films (mini-MIAS) are for research use only, so only these numbers of 414 patches carry over. A patch is 25.6 mm
wide, with pixels of 0.2 mm. It is blurred by one pixel and scaled first, so brightness, contrast and pixel noise do not
count.
"""

from __future__ import annotations

import itertools
import sys

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.stats import kurtosis

from calcifications.imaging.tissue import DENSITIES, tissue

SIDE, PIXEL_MM = 128, 0.2
FILMS = {  # mean and sd over the patches
    "beta": (3.29, 0.55),  # fall of the power spectrum, 0.15 to 0.7 cycles/mm
    "anisotropy": (1.49, 0.60),  # log of greatest over least power by direction, 0.2 to 1 cycles/mm
    "kurtosis 0.3 mm": (1.59, 4.75),  # of details of this size
    "kurtosis 0.6 mm": (1.26, 3.02),
    "kurtosis 1.2 mm": (1.02, 2.26),
    "coherence 0.4 mm": (0.62, 0.04),  # how far brightness changes in one direction only, over this distance
    "coherence 0.8 mm": (0.49, 0.06),
}


def patch(seed: int) -> NDArray[np.float32]:
    """Tissue of a seed; densities take turns, in equal shares."""
    return tissue(seed, "abcd"[seed % len(DENSITIES)], (SIDE, SIDE), PIXEL_MM)


def measures(picture: NDArray[np.float32]) -> dict[str, float]:
    """Measure a patch of shape (128, 128), pixels of 0.2 mm."""
    grey = ndimage.gaussian_filter(picture.astype(float), 1)
    grey = (grey - grey.mean()) / grey.std()
    row, column = np.mgrid[:SIDE, :SIDE]
    plane = np.c_[column.ravel(), row.ravel(), np.ones(SIDE**2)]
    grey -= (plane @ np.linalg.lstsq(plane, grey.ravel(), rcond=None)[0]).reshape(SIDE, SIDE)

    power = abs(np.fft.fft2(grey * np.hanning(SIDE)[:, None] * np.hanning(SIDE))) ** 2
    fy, fx = np.meshgrid(*(np.fft.fftfreq(SIDE, PIXEL_MM),) * 2, indexing="ij")
    f, angle = np.hypot(fx, fy), np.arctan2(fy, fx) % np.pi
    edges = np.geomspace(0.15, 0.7, 8)
    fall = [power[(low <= f) & (f < high)].mean() for low, high in itertools.pairwise(edges)]
    found = {"beta": -np.polyfit(np.log(np.sqrt(edges[1:] * edges[:-1])), np.log(fall), 1)[0]}
    ring, turn = (f > 0.2) & (f < 1), (angle * 9 / np.pi).astype(int)
    by_angle = [(power * f**3)[ring & (turn == i)].mean() for i in range(9)]
    found["anisotropy"] = np.log(max(by_angle) / min(by_angle))

    for size in (0.3, 0.6, 1.2):
        fine, broad = (ndimage.gaussian_filter(grey, factor * size / PIXEL_MM) for factor in (1, 1.6))
        found[f"kurtosis {size} mm"] = kurtosis((fine - broad).ravel())
    across, down = ndimage.gaussian_filter(grey, 1, (0, 1)), ndimage.gaussian_filter(grey, 1, (1, 0))
    for size in (0.4, 0.8):
        xx, yy, xy = (ndimage.gaussian_filter(v, size / PIXEL_MM) for v in (across**2, down**2, across * down))
        found[f"coherence {size} mm"] = (np.hypot(xx - yy, 2 * xy) / (xx + yy + 1e-12)).mean()
    return found


def table(seeds: range) -> dict[str, NDArray[np.float64]]:
    """Measure a patch of each seed."""
    rows = [measures(patch(seed)) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in FILMS}


if __name__ == "__main__":
    count, first = (int(given) for given in (sys.argv[1:] + ["400", "0"][len(sys.argv) - 1 :]))
    print(f"{'measure':18}{'tissue':>8}{'sd':>7}{'films':>8}{'sd':>7}  apart, in sd of the films")
    for name, values in table(range(first, first + count)).items():
        mean, sd = FILMS[name]
        print(
            f"{name:18}{values.mean():8.2f}{values.std():7.2f}{mean:8.2f}{sd:7.2f}  {(values.mean() - mean) / sd:+.2f}"
        )
