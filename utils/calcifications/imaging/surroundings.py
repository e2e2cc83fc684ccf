"""The tissue around a group: a vague density, a round mass, or threads that are drawn to a point.

Each is drawn once in mm for a breast and a direction, at its plainest; a slider's step only scales it and moves it
along with its group. All are soft, or long, and none is as bright as a calcification.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging.layer import BRIGHTEST, Box
from calcifications.imaging.solid import Grey
from calcifications.imaging.view import View, project
from calcifications.pattern import Pattern

Floats = NDArray[np.floating]

# Grey units at the plainest, and mm; all are the course's convention. Glandular tissue 10 mm thick in place of fat adds
# about 190 units, behind a grid.
DENSITY_GREY, DENSITY_MM = 170.0, (5.5, 8.0)  # radius at which half of it is left: it is 10 to 20 mm wide
MASS_GREY, MASS_MM, MASS_EDGE_MM, MASS_RIM = 190.0, (5.0, 7.5), 0.25, 0.08
THREAD_GREY, THREAD_MM, THREAD_SIGMA_MM, THREADS = 90.0, (11.0, 19.0), (0.16, 0.26), 13
_POINT_MM = 2.5  # threads fade this near to the point they are drawn to: its middle is not dense
_LUMPS_MM = (5.0, 14.0)  # wavelengths of what makes a density irregular


def _lumps(rng: np.random.Generator, x: Floats, y: Floats) -> Floats:
    """Return smooth noise of unit variance on a grid, the same in mm at every pixel pitch."""
    turn, phase = 2 * np.pi * rng.random((2, 8))
    wave = 2 * np.pi / rng.uniform(*_LUMPS_MM, 8)
    down, across = (np.exp(1j * np.outer(at, wave * way)) for at, way in ((y, np.sin(turn)), (x, np.cos(turn))))
    noise: Floats = ((down * np.exp(1j * phase)) @ across.T).real / 2
    return noise


def _density(rng: np.random.Generator, x: Floats, y: Floats) -> Floats:
    """Denser in the middle, thinning out unevenly, without an edge."""
    radius, turn, stretch = rng.uniform(*DENSITY_MM), np.pi * rng.random(), rng.uniform(1.0, 1.35)
    along, across = np.cos(turn) * x + np.sin(turn) * y[:, None], np.cos(turn) * y[:, None] - np.sin(turn) * x
    away = np.hypot(along / stretch, across * stretch) / radius + 0.18 * _lumps(rng, x, y)
    return DENSITY_GREY * (1 + 0.12 * _lumps(rng, x, y)) / (1 + np.exp(4.5 * (away - 1)))


def _mass(rng: np.random.Generator, x: Floats, y: Floats) -> Floats:
    """Round, with a clear edge all the way round, and a faint rim."""
    radius = rng.uniform(*MASS_MM)
    away = np.hypot(x, y[:, None])
    inside = 0.5 - 0.5 * np.tanh((away - radius) / MASS_EDGE_MM)
    bulge = np.maximum(1 - (away / radius) ** 2, 0.02) ** 0.35
    rim = MASS_RIM * np.exp(-(((away - radius + 2 * MASS_EDGE_MM) / (2 * MASS_EDGE_MM)) ** 2))
    return MASS_GREY * (inside * bulge + rim)


def _distortion(rng: np.random.Generator, x: Floats, y: Floats) -> Floats:
    """Straight thin threads that run towards a point; nothing dense where they would meet."""
    turns = 2 * np.pi * (np.arange(THREADS) + rng.uniform(-0.45, 0.45, THREADS)) / THREADS
    lengths, sigmas, peaks = (rng.uniform(*bounds, THREADS) for bounds in (THREAD_MM, THREAD_SIGMA_MM, (0.45, 1.0)))
    out = np.zeros((len(y), len(x)))
    for turn, length, sigma, peak in zip(turns, lengths, sigmas, peaks, strict=True):
        along, across = np.cos(turn) * x + np.sin(turn) * y[:, None], np.cos(turn) * y[:, None] - np.sin(turn) * x
        shape = peak * np.clip((along - _POINT_MM) / 3, 0, 1) * np.clip((length - along) / (0.6 * length), 0, 1)
        np.maximum(out, shape * np.exp(-0.5 * (across / sigma) ** 2), out=out)
    return THREAD_GREY * out


_DRAWN: dict[str, tuple[Callable[[np.random.Generator, Floats, Floats], Floats], float]] = {
    "density": (_density, 2.6 * DENSITY_MM[1]),
    "mass": (_mass, MASS_MM[1] + 6 * MASS_EDGE_MM),
    "distortion": (_distortion, THREAD_MM[1]),
}  # how each is drawn, and how far it reaches in mm


@lru_cache(maxsize=8)
def _plainest(kind: str, seed: int, direction: str, pixel_mm: float) -> Grey:
    """Draw a kind of tissue at its plainest about the middle of a square."""
    drawn, reach_mm = _DRAWN[kind]
    half = int(np.ceil(reach_mm / pixel_mm))
    at = np.arange(-half, half + 1) * pixel_mm
    out: Grey = drawn(np.random.default_rng([seed, *direction.encode()]), at, -at).astype(np.float32)
    out.flags.writeable = False
    return out


def add_surroundings(layer: Grey, box: Box, pattern: Pattern, view: View, below: Grey) -> tuple[Grey, Box]:
    """Add what lies around a pattern's groups to the layer of its calcifications.

    Parameters
    ----------
    layer : ndarray of float32, shape (height, width)
    box : tuple of int
        Where it lies: first row, first column, height, width.
    pattern : Pattern
    view : View
    below : ndarray of float32, shape (rows, columns)
        The picture without them: where it is 0 there is only air.

    Returns
    -------
    layer, box
        As large as it takes; whole grey units.
    """
    canvas = None
    for number, recipe in enumerate(pattern.recipes):
        members = pattern.particles.group == number
        if recipe.around == "nothing" or recipe.around_strength == 0 or recipe.breast != view.side or not members.any():
            continue
        patch = _plainest(recipe.around, pattern.seed + number, view.direction, view.pixel_mm)
        x, y = project(view, pattern.particles.centre[members].mean(axis=0)) / view.pixel_mm
        half = len(patch) // 2
        corner = np.array([below.shape[0] / 2 - y, below.shape[1] / 2 + x]) - 0.5 - half
        first = np.floor(corner).astype(int)
        if canvas is None:
            canvas = np.zeros_like(below)
        _place(canvas, patch, first, (corner - first).astype(np.float32), np.float32(recipe.around_strength))
    if canvas is None:
        return layer, box
    canvas[below == 0] = 0
    row, column, height, width = box
    canvas[row : row + height, column : column + width] += layer
    rows, columns = (np.flatnonzero(canvas.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return np.zeros((0, 0), np.float32), (0, 0, 0, 0)
    top, left = int(rows[0]), int(columns[0])
    part = canvas[top : rows[-1] + 1, left : columns[-1] + 1]
    return np.minimum(part, BRIGHTEST), (top, left, *part.shape)


def _place(canvas: Grey, patch: Grey, first: NDArray[np.intp], part: Grey, strength: np.float32) -> None:
    """Add a patch, moved on by a part of a pixel, to the canvas as far as it lies in it."""
    low = np.maximum(-first, 0)
    high = np.minimum(np.array(canvas.shape) - first, np.array(patch.shape) + 1)
    if np.any(high <= low):
        return
    padded = np.pad(patch, 1)[low[0] : high[0] + 1, low[1] : high[1] + 1]
    down = padded[1:] + part[0] * (padded[:-1] - padded[1:])
    moved = down[:, 1:] + part[1] * (down[:, :-1] - down[:, 1:])
    target = canvas[first[0] + low[0] : first[0] + high[0], first[1] + low[1] : first[1] + high[1]]
    target += np.rint(strength * moved)
