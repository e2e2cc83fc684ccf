"""What can be drawn over a picture: outlines, the circles that decide "grouped", the duct, the wedge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError
from calcifications.errors import shown as quoted
from calcifications.imaging import View, look, project
from calcifications.pattern import Duct, Pattern
from calcifications.reading.layout import to_nipple, wedge
from calcifications.reading.measure import measure
from calcifications.reading.outline import outline

Floats = NDArray[np.float64]

_OUT_OF_SIGHT_MM = -1000.0


@dataclass(frozen=True)
class Overlays:
    """Shapes over a picture, in mm about the middle of the field: to the right, and up.

    Attributes
    ----------
    outlines : ndarray of shape (n, 40, 2)
        The outline of every particle, in the pattern's order; those of the other breast lie far out of sight.
    circles : ndarray of shape (groups, 3)
        For each group, the middle of the most particles within 1 cm, and how far the farthest lies from it, in mm.
        Circles of 1 and 2 cm are drawn about it.
    duct : ndarray of shape (points, 2)
        The duct through the first group.
    wedge : ndarray of shape (3, 2)
        The smallest wedge towards the nipple that holds the first group: its tip, and its far corners.
    nipple : ndarray of shape (2,)
    breast : ndarray of shape (points, 2)
        Outline of the breast.
    pixel_mm : float
    shape : tuple of int
    """

    outlines: Floats
    circles: Floats
    duct: Floats
    wedge: Floats
    nipple: Floats
    breast: Floats
    pixel_mm: float
    shape: tuple[int, int]

    def to_pixels(self, points: Floats) -> Floats:
        """Turn points in mm, shape (..., 2), into columns and rows of the picture."""
        return np.array([self.shape[1] / 2, self.shape[0] / 2]) + points * np.array([1, -1]) / self.pixel_mm


def _duct(pattern: Pattern, number: int) -> Floats:
    """Return the duct that runs through a group's middle, shape (points, 3), from the wall to the nipple's depth."""
    recipe = pattern.recipes[number]
    middle = np.array([recipe.forward_mm, recipe.across_mm, recipe.up_mm])
    forward = np.arange(pattern.breast.wall_mm + 5, pattern.breast.nipple[0] + 1)
    return Duct.grown(pattern.seed).at(forward - middle[0]) + middle


def overlays(pattern: Pattern, view: str | View = "CC", *, shape: tuple[int, int] = (512, 512)) -> Overlays:
    """Return what can be drawn over a picture of a pattern.

    Parameters
    ----------
    pattern : Pattern
    view : str or View
        One of `views()`, or a View that was aimed.
    shape : tuple of int
        Rows and columns of the picture.

    Raises
    ------
    CourseError
        If there is no such view.
    """
    if not isinstance(pattern, Pattern):
        raise CourseError(f"What is drawn over is a grown pattern, not {quoted(pattern)}.")
    seen = look(view, pattern)
    shown = outline(pattern.particles, seen)
    circles = []
    for group in measure(pattern, seen):
        crowd = shown.centre[group.deciding("count_within_10mm")]
        if len(crowd):
            middle = (crowd.min(axis=0) + crowd.max(axis=0)) / 2
            circles.append([*middle, np.linalg.norm(crowd - middle, axis=1).max()])
    here = [number for number, recipe in enumerate(pattern.recipes) if recipe.breast == seen.side]
    place = shown.centre[pattern.particles.group == here[0]] if here else np.zeros((1, 2))
    nipple = project(seen, pattern.breast.nipple)
    outlines = shown.centre[:, None] + shown.polygon
    outlines[~pattern.of_breast(seen.side)] = _OUT_OF_SIGHT_MM
    return Overlays(
        outlines=outlines,
        circles=np.array(circles).reshape(-1, 3),
        duct=project(seen, _duct(pattern, here[0] if here else 0)),
        wedge=wedge(place, to_nipple(place, nipple))[2],
        nipple=nipple,
        breast=project(seen, pattern.breast.silhouette(seen.axes)),
        pixel_mm=seen.pixel_mm,
        shape=shape,
    )
