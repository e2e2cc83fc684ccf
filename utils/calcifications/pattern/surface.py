"""Arrangements in and on the skin: each has the signature told in `arrangement`."""

from __future__ import annotations

import numpy as np

from calcifications.pattern.anatomy import FORWARD, Breast
from calcifications.pattern.draws import Floats, draws, spaced
from calcifications.pattern.laid import Laid, about
from calcifications.pattern.recipe import Recipe

SKIN_PLACE_MM = (0.0, -15.0)  # forward and across: near the breastbone, where skin calcifications are common
_SKIN_MM = (0.7, 1.7)  # depth of the particles' middles, in a skin of 0.5 to 2 mm
_FOLDS = 3
_FOLD_APART_MM = 3.5  # how much deeper each next fold runs into the armpit
_FOLD_WIDE_MM = 0.9
_FOLD_SLANT = np.radians(25.0)
_FOLD_RADIUS_MM = 30.0  # folds curve round the arm


def skin(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles in a small disc within the skin. A group that is moved stays in the skin: `up_mm` follows."""
    breast = Breast()
    unit, deep = spaced(seed, "place", count, 2), draws(seed, "depth", count, 1)
    radius, angle = recipe.extent_mm / 2 * np.sqrt(unit[:, 0]), 2 * np.pi * unit[:, 1]
    home = breast.on_skin(*SKIN_PLACE_MM)
    move = np.array([recipe.forward_mm, recipe.across_mm, recipe.up_mm])
    here = breast.on_skin(home[0] + move[0], home[1] + move[1])
    out = breast.normal(here)
    one = np.cross(out, np.array([0.0, 1.0, 0.0]))
    one /= np.linalg.norm(one)
    aside = (radius * np.cos(angle))[:, None] * one + (radius * np.sin(angle))[:, None] * np.cross(out, one)
    place = _to_skin(breast, here + aside)
    under = _SKIN_MM[0] + (_SKIN_MM[1] - _SKIN_MM[0]) * deep
    return Laid(place - under * breast.normal(place) - home - move, about(FORWARD, seed, count, 0.9))


def fold(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay grains along the folds of the armpit's skin: what is left of powder or deodorant."""
    breast = Breast()
    home = breast.armpit
    out = breast.normal(home)
    ahead = FORWARD - out * out[0]
    ahead /= np.linalg.norm(ahead)
    beside = np.cross(out, ahead)
    slant = _FOLD_SLANT + 0.3 * (draws(seed, "slant", 1, 1)[0, 0] - 0.5)
    along_fold = np.cos(slant) * ahead + np.sin(slant) * beside
    across_fold = np.cross(out, along_fold)
    unit, chance = spaced(seed, "place", count, 1), draws(seed, "off the fold", count, 2) - 0.5
    along = (unit[:, 0] - 0.5) * recipe.extent_mm
    row = np.arange(count) % _FOLDS
    aside = along**2 / (2 * _FOLD_RADIUS_MM) + _FOLD_WIDE_MM * chance[:, 0]
    place = _to_skin(breast, home + along[:, None] * along_fold + aside[:, None] * across_fold)
    # neighbouring folds lean against each other, so they part a little towards one end
    under = _FOLD_APART_MM * row * (1 + 0.03 * along) + 0.5 + _FOLD_WIDE_MM * (chance[:, 1] + 0.5)
    place -= under[:, None] * breast.normal(place)
    heading = along_fold + (along / _FOLD_RADIUS_MM)[:, None] * across_fold
    return Laid(place - home, about(heading / np.linalg.norm(heading, axis=1, keepdims=True), seed, count, 0.1))


def _to_skin(breast: Breast, place: Floats) -> Floats:
    """Bring places near the skin, shape (n, 3), onto it."""
    for _ in range(3):  # each step squares what is left of the way: microns after three
        place = place + breast.under_skin(place)[:, None] * breast.normal(place)
    return place
