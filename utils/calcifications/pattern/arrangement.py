"""Where particles lie and which way they point: one function an arrangement, all with one signature.

Each takes (recipe, seed, count) and returns places, shape (count, 3) in mm about the group's centre, and headings, unit
vectors of shape (count, 3): the way of the duct there. Particle i depends on (seed, i) alone.
"""

from __future__ import annotations

import numpy as np

from calcifications.pattern.anatomy import FORWARD, Breast, Duct
from calcifications.pattern.draws import Floats, bell, draws, spaced
from calcifications.pattern.recipe import Recipe

Laid = tuple[Floats, Floats]

_HALF_OPENING = np.radians(13.0)  # a lobe's wedge opens by twice this: inside the 10 to 60 degrees of the convention
_BRANCHES = 7


def _ball(recipe: Recipe, seed: int, count: int) -> Floats:
    """Lay points evenly in a ball of the recipe's extent, shape (count, 3)."""
    unit = spaced(seed, "place", count, 3)
    cosine, angle, radius = 2 * unit[:, 0] - 1, 2 * np.pi * unit[:, 1], np.cbrt(unit[:, 2])
    sine = np.sqrt(1 - cosine**2)
    ball = np.stack([sine * np.cos(angle), sine * np.sin(angle), cosine], axis=1) * radius[:, None]
    # the sequence has a grain of its own: each seed sees it from another side
    turn = np.linalg.qr(draws(seed, "turn", 3, 3) - 0.5)[0]
    # not ball @ turn: a matrix product rounds by how many rows there are, and one more particle would move the others
    ball = ball[:, :1] * turn[0] + ball[:, 1:2] * turn[1] + ball[:, 2:] * turn[2]
    return ball * recipe.extent_mm / 2


def _about(heading: Floats, seed: int, count: int, scatter: float) -> Floats:
    """Scatter headings about the given ones by a normal angle of `scatter` radians on each side axis."""
    chance = draws(seed, "heading", count, 4)
    tilt = scatter * np.stack([bell(chance[:, 0], chance[:, 1]), bell(chance[:, 2], chance[:, 3])], axis=1)
    out = np.broadcast_to(heading, (count, 3)).copy()
    out[:, 1:] += tilt
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def lobule(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles in a small ball: the sacs of one lobule."""
    return _ball(recipe, seed, count), _about(FORWARD, seed, count, 0.6)


def duct(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles along one duct."""
    along = (spaced(seed, "place", count, 1)[:, 0] - 0.5) * recipe.extent_mm
    path = Duct.grown(seed)
    jitter = draws(seed, "off the path", count, 3) - 0.5
    return path.at(along) + 0.5 * jitter, _about(path.heading(along), seed, count, 0.12)


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
    return place + np.array([recipe.extent_mm / 2, 0, 0]), _about(heading, seed, count, 0.12)


def area(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles over a large round area that follows no duct."""
    return _ball(recipe, seed, count), _about(FORWARD, seed, count, 0.9)


def breast(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles all over the breast, whatever the extent."""
    return Breast().fill(spaced(seed, "place", count, 3)), _about(FORWARD, seed, count, 0.9)


def anchor(arrangement: str | None, breast: Breast) -> Floats:
    """Return the place in a breast, in mm, shape (3,), about which an arrangement is laid and at which one looks."""
    if arrangement == "skin":
        return breast.on_skin(0.0, -15.0)  # near the breastbone, where skin calcifications are common
    if arrangement == "fold":
        return np.array([breast.wall_mm + 8.0, 0.85 * breast.half_width_mm, 0.5 * breast.half_height_mm])
    return np.zeros(3)


LAY = {
    "lobule": lobule, "duct": duct, "lobe": lobe, "area": area, "breast": breast,
    "column": lobule, "ducts": lobe, "vessel": duct, "skin": lobule, "thread": duct, "fold": lobule,
}  # fmt: skip
"""One function an arrangement; the keys are those of `recipe.ARRANGEMENTS`."""
