"""What can be drawn over a picture: outlines, the circles that decide "grouped", extent, ducts, wedge, artery."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError
from calcifications.errors import shown as quoted
from calcifications.imaging import View, look, project
from calcifications.pattern import Duct, DuctTree, Pattern, Vessel
from calcifications.reading.layout import MANY, distances, to_nipple, wedge
from calcifications.reading.measure import measure
from calcifications.reading.outline import outline

Floats = NDArray[np.float64]

KINDS = ("outline", "circles", "extent", "duct", "wedge", "vessel")
"""What can be drawn, in the order in which a page offers it."""

IN_DUCTS = ("lobule", "duct", "lobe", "ducts")
"""Arrangements that lie in ducts, or in a lobule at the end of one; no duct is drawn through another."""

_OUT_OF_SIGHT_MM = -1000.0
_TURN = np.radians(np.arange(180.0))
_BEYOND_MM = 6.0  # the artery goes on where its plates end
_STEP_MM = 1.0


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
    extents : ndarray of shape (groups, 2, 2)
        For each group of which two are seen, the two that lie farthest apart: the measured extent.
    ducts : tuple of ndarray of shape (points, 2)
        The ducts that the first group lies in; none if it lies in no duct.
    wedge : ndarray of shape (3, 2)
        The smallest wedge towards the nipple that holds what is seen of the first group: its tip, and its far corners.
        Without rows if fewer than three are seen.
    vessels : tuple of ndarray of shape (points, 2)
        Both walls of each calcified artery.
    nipple : ndarray of shape (2,)
    breast : ndarray of shape (points, 2)
        Outline of the breast.
    pixel_mm : float
    shape : tuple of int
    """

    outlines: Floats
    circles: Floats
    extents: Floats
    ducts: tuple[Floats, ...]
    wedge: Floats
    vessels: tuple[Floats, ...]
    nipple: Floats
    breast: Floats
    pixel_mm: float
    shape: tuple[int, int]

    def to_pixels(self, points: Floats) -> Floats:
        """Turn points in mm, shape (..., 2), into columns and rows of the picture."""
        return np.array([self.shape[1] / 2, self.shape[0] / 2]) + points * np.array([1, -1]) / self.pixel_mm


def _here(pattern: Pattern, side: str) -> list[int]:
    """Return the groups of a breast."""
    return [number for number, recipe in enumerate(pattern.recipes) if recipe.breast == side]


def _first_in_ducts(pattern: Pattern, here: list[int]) -> bool:
    return bool(here) and pattern.recipes[here[0]].arrangement in IN_DUCTS


def drawable(pattern: Pattern, side: str) -> list[str]:
    """Return the kinds of overlays that a pattern has in a breast: not every one lies in a duct or on an artery."""
    here = _here(pattern, side)
    has = {
        "duct": _first_in_ducts(pattern, here),
        "vessel": any(pattern.recipes[number].arrangement == "vessel" for number in here),
    }
    return [kind for kind in KINDS if has.get(kind, True)]


def _ducts(pattern: Pattern, number: int) -> list[Floats]:
    """Return the ducts that a group lies in, shape (points, 3) each, to the nipple's depth."""
    middle, seed = pattern.home(number), pattern.chance(number)
    wall, nipple = pattern.breast.wall_mm + 5, float(pattern.breast.nipple[0])
    forward = np.arange(wall, nipple + _STEP_MM, _STEP_MM) - middle[0]
    if pattern.recipes[number].arrangement != "ducts":
        return [Duct.grown(seed).at(forward) + middle]
    tree = DuctTree.grown(seed)
    paths = []
    for duct in range(len(tree.fork_mm)):
        back = np.arange(0.0, pattern.recipes[number].extent_mm / 2, _STEP_MM)
        paths += [tree.at(np.full(len(forward), duct), forward), tree.branch_at(np.full(len(back), duct), back)]
    return [path + middle for path in paths]


def _walls(pattern: Pattern, number: int) -> list[Floats]:
    """Return both walls of the artery that a group lies on, shape (points, 3) each, a little beyond its plates."""
    artery, reach = Vessel.grown(pattern.chance(number)), pattern.recipes[number].extent_mm / 2 + _BEYOND_MM
    along = np.arange(-reach, reach + _STEP_MM, _STEP_MM)
    middle, level = pattern.home(number), np.zeros_like(along)
    return [artery.wall(along, np.full_like(along, side), level) + middle for side in (-1.0, 1.0)]


def _farthest(place: Floats) -> Floats:
    """Return the two of n points of shape (n, 2) that lie farthest apart, shape (2, 2)."""
    if len(place) > MANY:  # they are among those that lie farthest some way
        reach = place @ np.stack([np.cos(_TURN), np.sin(_TURN)])
        place = place[np.unique(np.concatenate([reach.argmax(axis=0), reach.argmin(axis=0)]))]
    apart = distances(place)
    return place[list(np.unravel_index(apart.argmax(), apart.shape))]


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
    here = _here(pattern, seen.side)
    nipple = project(seen, pattern.breast.nipple)
    circles, extents, wedges = [], [], []
    for group in measure(pattern, seen):
        crowd = shown.centre[group.deciding("count_within_10mm")]
        if len(crowd):
            middle = (crowd.min(axis=0) + crowd.max(axis=0)) / 2
            circles.append([*middle, np.linalg.norm(crowd - middle, axis=1).max()])
        place = shown.centre[group.deciding("count")]
        if len(place) > 1:
            extents.append(_farthest(place))
        wedges.append(wedge(place, to_nipple(place, nipple))[2] if len(place) > 2 else np.zeros((0, 2)))
    outlines = shown.centre[:, None] + shown.polygon
    outlines[~pattern.of_breast(seen.side)] = _OUT_OF_SIGHT_MM
    ducts = _ducts(pattern, here[0]) if _first_in_ducts(pattern, here) else []
    walls = [wall for each in here if pattern.recipes[each].arrangement == "vessel" for wall in _walls(pattern, each)]
    return Overlays(
        outlines=outlines,
        circles=np.array(circles).reshape(-1, 3),
        extents=np.array(extents).reshape(-1, 2, 2),
        ducts=tuple(project(seen, path) for path in ducts),
        wedge=wedges[0] if wedges else np.zeros((0, 2)),
        vessels=tuple(project(seen, wall) for wall in walls),
        nipple=nipple,
        breast=project(seen, pattern.breast.silhouette(seen.axes)),
        pixel_mm=seen.pixel_mm,
        shape=shape,
    )
