"""The picture: tissue with quantum noise, and a layer of calcifications on it.

Grey is log-linear: thousandths of the natural log of attenuation, in whole numbers as a detector gives them.
Attenuation adds up along the beam, so tissue and calcifications are two layers whose sum is the picture. A viewer can
therefore send the tissue once and a small layer at each step of a slider.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging.background import background, block
from calcifications.imaging.density import DENSITIES
from calcifications.imaging.layer import Box, draw
from calcifications.imaging.solid import Grey
from calcifications.imaging.surroundings import add_surroundings
from calcifications.imaging.view import View, look, project
from calcifications.pattern import Pattern
from calcifications.pattern.phantom import Phantom

SHAPE = (512, 512)
_AIR_MM = 9.0  # beyond the skin line; the nipple stands out of it


@dataclass(frozen=True)
class Radiograph:
    """A picture and the layers that it is the sum of.

    Attributes
    ----------
    background : ndarray of float32, shape (rows, columns)
        Tissue and noise, in thousandths of the log of attenuation.
    layer : ndarray of float32, shape (height, width)
        What the calcifications and the tissue around their groups add, in the same unit; empty if nothing of it lies
        in the field.
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
        Density of the breast, from almost all fat to extremely dense; a phantom is even.
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
    noise_seed = whole(noise_seed, 0, 2**31, "noise seed")
    if isinstance(pattern, Phantom):
        below = block(pattern.thickness_mm, noise_seed, seen, size)
    else:
        below = background(pattern.seed, tissue, noise_seed, seen, size, pattern.breast)
    drawn = draw(pattern.particles.some(pattern.of_breast(seen.side)), seen, size)
    return Radiograph(below, *add_surroundings(*drawn, pattern, seen, below), seen)
