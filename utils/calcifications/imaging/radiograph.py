"""The picture: tissue with quantum noise, and a layer of calcifications on it.

Grey is log-linear: thousandths of the natural log of attenuation, in whole numbers as a detector gives them.
Attenuation adds up along the beam, so tissue and calcifications are two layers whose sum is the picture. A viewer can
therefore send the tissue once and a small layer at each step of a slider.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.imaging.tissue import DENSITIES
from calcifications.imaging.tissue import tissue as grow_tissue
from calcifications.imaging.view import View, look, project
from calcifications.pattern import Particles, Pattern

Grey = NDArray[np.float32]
Box = tuple[int, int, int, int]

SHAPE = (512, 512)
_AIR_MM = 5.0
_MARGIN_SIGMAS = 3.5
_BRIGHTEST = 16383 - 4095  # a detector of 14 bits is full there, on the brightest tissue


@dataclass(frozen=True)
class Radiograph:
    """A picture and the layers that it is the sum of.

    Attributes
    ----------
    background : ndarray of float32, shape (rows, columns)
        Tissue and noise, in thousandths of the log of attenuation.
    layer : ndarray of float32, shape (height, width)
        What the calcifications add, in the same unit; empty if none lies in the field.
    box : tuple of int
        Where the layer lies: first row, first column, height, width.
    view : View
    """

    background: Grey
    layer: Grey
    box: Box
    view: View

    @property
    def pixel_mm(self) -> float:
        """Pixel pitch in the plane of the breast, in mm."""
        return self.view.pixel_mm

    @cached_property
    def pixels(self) -> Grey:
        """The whole picture, float32, shape (rows, columns)."""
        out = self.background.copy()
        row, column, height, width = self.box
        out[row : row + height, column : column + width] += self.layer
        return out

    def __repr__(self) -> str:
        rows, columns = self.background.shape
        return f"Radiograph({self.view.name}, {rows} x {columns} pixels of {self.pixel_mm:.3f} mm)"


@lru_cache(maxsize=12)
def background(seed: int, density: str, noise_seed: int, view: View, shape: tuple[int, int]) -> Grey:
    """Return tissue with quantum noise, in whole grey units. Kept, because it is the same for every slider step."""
    rng = np.random.default_rng([noise_seed, seed])
    grey = grow_tissue(seed, density, shape, view.pixel_mm) + view.noise * rng.standard_normal(shape)
    out: Grey = np.rint(np.clip(grey, 0, 4095)).astype(np.float32)
    out.flags.writeable = False
    return out


@lru_cache(maxsize=64)
def _detector(side: int, fine: int, sigma: float) -> NDArray[np.float32]:
    """Return the matrix, shape (side, side * fine), that blurs fine samples and gathers them to pixels."""
    place = (np.arange(side * fine) + 0.5) / fine
    pixel = np.arange(side) + 0.5
    weight = np.exp(-((pixel[:, None] - place) ** 2) / (2 * (sigma**2 + 1 / 12)))  # 1/12: a pixel's own width
    return (weight / (np.sqrt(2 * np.pi * (sigma**2 + 1 / 12)) * fine)).astype(np.float32)


def _thickness(a: Grey, b: Grey, radius: Grey, x: Grey, y: Grey) -> Grey:
    """Return mm of material along the beam.

    `a`, `b` are rod ends of shape (n, rods, 2), `radius` of shape (n, rods, 2); `x`, `y` are the columns and rows of
    sampling points of shapes (n, side) each; the result has shape (n, side, side). Rods that overlap are one solid: the
    thickest counts.
    """
    out = np.zeros((len(a), y.shape[1], x.shape[1]), np.float32)
    step = b - a
    length2 = np.maximum((step**2).sum(axis=2), 1e-12)
    for rod in range(a.shape[1]):
        dx = x - a[:, rod, 0, None]
        dy = y - a[:, rod, 1, None]
        ux, uy = (step[:, rod] / length2[:, rod, None]).T
        along = np.clip(ux[:, None, None] * dx[:, None, :] + uy[:, None, None] * dy[:, :, None], 0, 1)
        r0, r1 = radius[:, rod, 0, None, None], radius[:, rod, 1, None, None]
        chord2 = (r0 + (r1 - r0) * along) ** 2
        chord2 -= (dx[:, None, :] - along * step[:, rod, 0, None, None]) ** 2
        chord2 -= (dy[:, :, None] - along * step[:, rod, 1, None, None]) ** 2
        np.maximum(out, chord2, out=out)
    return 2 * np.sqrt(out)


def _draw(particles: Particles, view: View, shape: tuple[int, int]) -> tuple[Grey, Box]:
    """Draw the calcifications' layer, cropped to where they are."""
    middle = np.array([shape[1] / 2, shape[0] / 2])
    flip = np.array([1.0, -1.0])  # rows count downwards

    def to_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return middle + flip * project(view, points) / view.pixel_mm

    start, end, centre = to_pixels(particles.start), to_pixels(particles.end), to_pixels(particles.centre)
    radius = particles.radius / view.pixel_mm
    reach = np.concatenate([start, end], axis=1) - centre[:, None]
    half = np.abs(reach).max(axis=(1, 2)) + radius.max(axis=(1, 2)) + _MARGIN_SIGMAS * view.blur_mm / view.pixel_mm + 1
    seen = np.all((centre + half[:, None] > 0) & (centre - half[:, None] < [shape[1], shape[0]]), axis=1)
    if not seen.any():
        return np.zeros((0, 0), np.float32), (0, 0, 0, 0)
    low = np.floor(centre - half[:, None]).astype(int)
    side = 2 ** np.ceil(np.log2(2 * half + 1)).astype(int)
    first = np.maximum(low[seen].min(axis=0), 0)
    last = np.minimum((low + side[:, None])[seen].max(axis=0), [shape[1], shape[0]])
    canvas = np.zeros((last[1] - first[1], last[0] - first[0]), np.float32)
    grey = np.float32(grey_per_mm() * view.pixel_mm) * particles.mineral.astype(np.float32)

    for size in np.unique(side[seen]):  # patches of one size are drawn together
        some = np.flatnonzero(seen & (side == size))
        fine = 2 if size <= 32 else 1
        grid = ((np.arange(size * fine) + 0.5) / fine).astype(np.float32)
        a, b, r = (v.astype(np.float32) for v in (start[some], end[some], radius[some]))
        x, y = (grid + low[some, axis, None].astype(np.float32) for axis in (0, 1))
        solid = _thickness(a, b, r, x, y)
        holes = np.flatnonzero(particles.hollow[some] > 0.01)
        if len(holes):  # the cut-out is the particle itself, smaller, about its own centre
            share = particles.hollow[some[holes]].astype(np.float32)[:, None]
            c = centre[some[holes]].astype(np.float32)
            shrunk = share[:, :, None]
            inner_a, inner_b = (c[:, None] + (v[holes] - c[:, None]) * shrunk for v in (a, b))
            hole = _thickness(inner_a, inner_b, r[holes] * shrunk, x[holes], y[holes])
            solid[holes] = np.maximum(solid[holes] - hole, 0)  # a branching one's copy may stick out of it
        blur = _detector(int(size), fine, view.blur_mm / view.pixel_mm)
        patches = blur @ (solid * grey[some, None, None]) @ blur.T
        for patch, (column, row) in zip(patches, low[some] - first, strict=True):
            top, left = max(row, 0), max(column, 0)
            target = canvas[top : row + size, left : column + size]
            target += patch[top - row :, left - column :][: target.shape[0], : target.shape[1]]
    return np.rint(np.minimum(canvas, _BRIGHTEST)), (int(first[1]), int(first[0]), *canvas.shape)


def _shape(pattern: Pattern, view: View) -> tuple[int, int]:
    """Return rows and columns of a close-up, or as many as hold the whole breast with a margin of air."""
    if not view.whole:
        return SHAPE
    reach = np.abs(project(view, pattern.breast.silhouette(view.axes))).max(axis=0)
    columns, rows = np.ceil(2 * (reach + _AIR_MM) / view.pixel_mm).astype(int)
    return int(rows), int(columns)


def radiograph(
    pattern: Pattern,
    view: str | View = "CC",
    *,
    tissue: str = "b",
    noise_seed: int = 0,
    shape: tuple[int, int] | None = None,
    side: str | None = None,
    pixel_mm: float | None = None,
    magnification: float | None = None,
    dose: float = 1.0,
    field: str = "close-up",
) -> Radiograph:
    """Take a picture of a pattern.

    Parameters
    ----------
    pattern : Pattern
    view : str
        One of `views()`.
    tissue : {"a", "b", "c", "d"}
        Density of the breast, from almost all fat to extremely dense.
    noise_seed : int
        Chance of the quantum noise alone.
    shape : tuple of int, optional
        Rows and columns, 32 to 2048 each; by default 512 each, or what holds the whole breast.
    side, pixel_mm, magnification, dose, field
        Which breast, and how it is looked at; see `look`.

    Returns
    -------
    Radiograph
        `pixels` is float32 in thousandths of the log of attenuation.

    Raises
    ------
    CourseError
        If there is no such view or density, or the shape is out of its bounds.
    """
    if not isinstance(pattern, Pattern):
        raise CourseError(f"A radiograph is taken of a grown pattern, not of {shown(pattern)}.")
    seen = look(view, pattern, side=side, pixel_mm=pixel_mm, magnification=magnification, dose=dose, field=field)
    shape = _shape(pattern, seen) if shape is None else shape
    if not isinstance(shape, tuple) or len(shape) != 2:
        raise CourseError(f"The shape can't be {shown(shape)}; it is rows and columns, 32 to 2048 each.")
    size = (whole(shape[0], 32, 2048, "number of rows"), whole(shape[1], 32, 2048, "number of columns"))
    pick(tissue, DENSITIES, "density")
    below = background(pattern.seed, tissue, whole(noise_seed, 0, 2**31, "noise seed"), seen, size)
    layer, box = _draw(pattern.particles.some(pattern.of_breast(seen.side)), seen, size)
    return Radiograph(below, layer, box, seen)
