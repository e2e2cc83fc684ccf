"""A pattern as it was at an earlier exam: fewer particles of each group, or more, at the places where they lie now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import ceil

import numpy as np

from calcifications.errors import CourseError
from calcifications.pattern.grow import Pattern, grow
from calcifications.pattern.recipe import MOST, Recipe


def earlier(pattern: Pattern, share: float) -> Pattern:
    """Return the same breast with other numbers of particles.

    Parameters
    ----------
    pattern : Pattern
        As it is now.
    share : float
        How many each group had for each that it has now: 0 none, less than 1 fewer, more than 1 more. Part of a
        particle is none; of more, as many are there as find room.
    """
    if share > 1:
        return grow([_more(recipe, share) for recipe in pattern.recipes], pattern.seed)
    group = pattern.particles.group
    first = np.searchsorted(group, np.arange(len(pattern.recipes)))
    most = np.array([int(share * recipe.count) for recipe in pattern.recipes])
    return replace(pattern, particles=pattern.particles.some(np.arange(len(group)) - first[group] < most[group]))


def _more(recipe: Recipe, share: float) -> Recipe:
    """Return the recipe with as many more particles as its extent has room for."""
    for count in range(min(ceil(share * recipe.count), MOST), recipe.count, -1):
        with suppress(CourseError):
            return replace(recipe, count=count)
    return recipe
