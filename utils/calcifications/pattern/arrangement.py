"""Where particles lie and which way they point: one function an arrangement, all with one signature.

Each takes (recipe, seed, count) and returns `Laid`: places in mm about the group's centre, the way each particle
points, and how its path bends. Particle i depends on (seed, i) alone.
"""

from __future__ import annotations

import numpy as np

from calcifications.pattern.anatomy import FORWARD, Breast, Duct
from calcifications.pattern.draws import Floats, draws, spaced
from calcifications.pattern.laid import Laid, about, ball
from calcifications.pattern.recipe import Recipe
from calcifications.pattern.surface import SKIN_PLACE_MM, fold, skin
from calcifications.pattern.tubes import ducts, thread, vessel

_HALF_OPENING = np.radians(13.0)  # a lobe's wedge opens by twice this: inside the 10 to 60 degrees of the convention
_BRANCHES = 7
_COLUMN_MM = 40.0  # most of the thickness of a compressed breast, 45 mm


def lobule(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles in a small ball: the sacs of one lobule."""
    return Laid(ball(recipe.extent_mm, seed, count), about(FORWARD, seed, count, 0.6))


def duct(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles along one duct."""
    along = (spaced(seed, "place", count, 1)[:, 0] - 0.5) * recipe.extent_mm
    path = Duct.grown(seed)
    jitter = draws(seed, "off the path", count, 3) - 0.5
    return Laid(path.at(along) + 0.5 * jitter, about(path.heading(along), seed, count, 0.12))


def lobe(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles on a duct and its branches: a wedge whose tip points to the nipple."""
    unit = spaced(seed, "place", count, 3)
    radial = recipe.extent_mm * np.sqrt(0.01 + 0.99 * unit[:, 0])  # as many a mm2 near the tip as far from it
    branch = (np.floor(unit[:, 1] * _BRANCHES) + 0.5) / _BRANCHES
    side = _HALF_OPENING * np.stack([2 * branch - 1, 1.2 * (unit[:, 2] - 0.5)], axis=1)
    side += 0.03 * np.sin(radial[:, None] / 2.5 + 7 * branch[:, None])  # branches wind a little
    heading = np.concatenate([np.ones((count, 1)), -np.tan(side)], axis=1)
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    place = np.concatenate([-radial[:, None], radial[:, None] * np.tan(side)], axis=1)
    return Laid(place + np.array([recipe.extent_mm / 2, 0, 0]), about(heading, seed, count, 0.12))


def area(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles over a large round area that follows no duct."""
    return Laid(ball(recipe.extent_mm, seed, count), about(FORWARD, seed, count, 0.9))


def breast(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles all over the breast, whatever the extent."""
    return Laid(Breast().fill(spaced(seed, "place", count, 3)), about(FORWARD, seed, count, 0.9))


def column(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles one behind the other, seen from above: together on that view alone."""
    place = ball(recipe.extent_mm, seed, count)
    place[:, 2] = (spaced(seed, "height", count, 1)[:, 0] - 0.5) * _COLUMN_MM
    return Laid(place, about(FORWARD, seed, count, 0.9))


def anchor(arrangement: str | None, breast: Breast) -> Floats:
    """Return the place in a breast, in mm, shape (3,), about which an arrangement is laid and at which one looks."""
    if arrangement == "skin":
        return breast.on_skin(*SKIN_PLACE_MM)
    if arrangement == "fold":
        return breast.armpit
    return np.zeros(3)


LAY = {each.__name__: each for each in (lobule, duct, lobe, area, breast, column, ducts, vessel, skin, thread, fold)}
"""One function an arrangement; the keys are those of `recipe.ARRANGEMENTS`."""
