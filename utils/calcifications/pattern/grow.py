"""Growing: from recipes and a seed to a pattern in three dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown, whole
from calcifications.pattern.anatomy import Breast
from calcifications.pattern.arrangement import LAY, anchor
from calcifications.pattern.draws import Floats
from calcifications.pattern.particles import Particles, hollow, shapes
from calcifications.pattern.recipe import Recipe
from calcifications.pattern.touch import touching


@dataclass(frozen=True)
class Pattern:
    """The calcifications that grew: the truth of the picture.

    Attributes
    ----------
    particles : Particles
        All groups' particles, in mm.
    recipes : tuple of Recipe
        What they grew from, a recipe a group.
    seed : int
    breast : Breast
        The breast that they lie in.
    """

    particles: Particles
    recipes: tuple[Recipe, ...]
    seed: int
    breast: Breast

    def anchor(self, side: str = "left") -> Floats:
        """Return where a close-up of a breast looks, shape (3,): the anatomy of the first group in it, in mm."""
        laid = next((recipe.arrangement for recipe in self.recipes if recipe.breast == side), None)
        return anchor(laid, self.breast)

    def of_breast(self, side: str) -> NDArray[np.bool_]:
        """Return which particles lie in the left or the right breast, shape (n,)."""
        return np.array([recipe.breast == side for recipe in self.recipes])[self.particles.group]

    def home(self, number: int) -> Floats:
        """Return where the middle of a group's anatomy lies, in mm, shape (3,)."""
        return _home(self.recipes[number], self.breast)

    def chance(self, number: int) -> int:
        """Return the seed of a group's own chance: the first keeps its own when another joins it."""
        return group_seed(self.seed, number)

    @cached_property
    def touching(self) -> NDArray[np.bool_]:
        """Which particles touch or run into another, shape (n,): all are there, but they may look like fewer."""
        return touching(self.particles)

    def __repr__(self) -> str:
        placed, groups = (
            f"{number} {noun}{'' if number == 1 else 's'}"
            for number, noun in ((len(self.particles), "calcification"), (len(self.recipes), "group"))
        )
        merged = f", {self.touching.sum()} of them touching another" if self.touching.any() else ""
        return f"Pattern({placed} in {groups}{merged}, seed {self.seed})"


def group_seed(seed: int, number: int) -> int:
    """Return the seed that a group grows from in a pattern of this seed."""
    return seed + 7919 * number


def _home(recipe: Recipe, breast: Breast) -> Floats:
    """Return where a group's middle lies, in mm, shape (3,); outside the breast it is a CourseError."""
    move = np.array([recipe.forward_mm, recipe.across_mm, recipe.up_mm])
    middle = anchor(recipe.arrangement, breast) + move
    # what lies in the skin follows it up and down
    if not breast.holds(middle * [1, 1, 0] if recipe.arrangement == "skin" else middle):
        away = f"{recipe.forward_mm:g} mm forward, {recipe.across_mm:g} mm across and {recipe.up_mm:g} mm up"
        low, high = breast.wall_mm, breast.nipple[0]
        raise CourseError(
            f"A group moved by {away} lies outside the breast, which reaches from {low:g} to {high:g} mm forward, "
            f"{breast.half_width_mm:g} mm to either side, and {breast.half_height_mm:g} mm up and down."
        )
    return middle


def _group(recipe: Recipe, seed: int, number: int, breast: Breast) -> Particles:
    laid = LAY[recipe.arrangement](recipe, seed, recipe.count)
    centre = laid.place + _home(recipe, breast)
    start, end, radius = shapes(recipe, seed, laid.heading, laid.bend)
    return Particles(
        start=start + centre[:, None],
        end=end + centre[:, None],
        radius=radius,
        centre=centre,
        hollow=hollow(recipe, recipe.count),
        mineral=np.full(recipe.count, recipe.density),
        group=np.full(recipe.count, number),
    )


def grow(recipe: Recipe | Sequence[Recipe], seed: int = 0) -> Pattern:
    """Grow the calcifications of one recipe, or of several groups in one breast.

    Parameters
    ----------
    recipe : Recipe or sequence of Recipe
    seed : int
        Chance. The same recipe and seed give the same pattern everywhere; particle i depends on (seed, i) alone.

    Returns
    -------
    Pattern

    Raises
    ------
    CourseError
        If there is no recipe, the seed is not a whole number of 0 or more, or a group lies outside the breast.
    """
    recipes = (recipe,) if isinstance(recipe, Recipe) else tuple(recipe) if isinstance(recipe, Sequence) else ()
    if not recipes or not all(isinstance(one, Recipe) for one in recipes):
        raise CourseError(f"A pattern grows from a Recipe, or from a list of them, not from {shown(recipe)}.")
    seed = whole(seed, 0, 2**31, "seed")
    breast = Breast()
    groups = [_group(one, group_seed(seed, number), number, breast) for number, one in enumerate(recipes)]
    joined = {name: np.concatenate([getattr(group, name) for group in groups]) for name in Particles.__annotations__}
    return Pattern(Particles(**joined), recipes, seed, breast)
