"""What must be true of particles that meet: a pattern tells which, and how many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from calcifications.pattern import Particles, Recipe, grow
from tests.strategies import recipes, seeds


def balls(*places: float, radius: float = 0.5) -> Particles:
    """Balls along one line."""
    centre = np.array([[place, 0, 0] for place in places])
    rods = np.repeat(centre[:, None], 12, axis=1)
    n = len(places)
    return Particles(rods, rods, np.full((n, 12, 2), radius), centre, np.zeros(n), np.ones(n), np.zeros(n, int))


@pytest.mark.parametrize(
    ("places", "touch"),
    [((0,), [False]), ((0, 1.01), [False, False]), ((0, 0.99, 5), [True, True, False]), ((0, 0.9, 1.8), [True] * 3)],
)
def test_balls_touch_when_they_are_nearer_than_their_width(places: tuple[float, ...], touch: list[bool]) -> None:
    from calcifications.pattern.touch import touching

    assert touching(balls(*places)).tolist() == touch


@given(recipe=recipes(count=(2, 60)), seed=seeds)
def test_what_touches_has_a_neighbour_that_touches(recipe: Recipe, seed: int) -> None:
    touch = grow(recipe, seed).touching
    assert touch.shape == (recipe.count,)
    assert touch.sum() != 1


@given(seed=seeds)
def test_two_groups_can_run_into_each_other(seed: int) -> None:
    lump = Recipe(size_mm=4.0, count=1, size_spread=0.0, extent_mm=5.0)
    assert grow([lump, lump], seed).touching.sum() in (0, 2)


def test_particles_far_apart_do_not_touch() -> None:
    assert not grow(Recipe(size_mm=0.2, count=12, extent_mm=30, arrangement="area"), 4).touching.any()
