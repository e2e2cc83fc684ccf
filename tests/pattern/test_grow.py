"""What must be true of growing: sliders are continuous, and nothing jumps under the learner's hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.pattern import ARRANGEMENTS, BREASTS, SLIDERS, Particles, Recipe, Slider, grow
from tests.strategies import positions, recipes, seeds

MOVING = [slider for slider in SLIDERS if slider.name != "count"]
OF_PARTICLES = [slider for slider in MOVING if slider.name != "around_strength"]
EVERYTHING = list(Particles.__annotations__)
by_name = {"argvalues": MOVING, "ids": [slider.name for slider in MOVING]}
STEEPEST = {
    "size_mm": 6.0,  # the slider makes a factor of 160, which is e to the 5
    "irregularity": 2.0,
    "elongation": 10.0,  # steepest where a ball begins to stretch
    "unlikeness": 3.0,
    "branching": 1.5,
    "lucent_centre": 0.0,
    "size_spread": 3.0,
    "density": 0.0,
    "extent_mm": 4.0,  # a longer duct or artery turns the particles with it
    "settled": 2.0,
    "knots": 2.0,
    "around_strength": 0.0,
}
"""Lipschitz constants: the most that any rod's end or radius may move, in lengths of the longest particle, over the
whole of a slider. A move by a share of the slider moves nothing by more than that share of it."""
FARTHEST_MM = {"extent_mm": 38.0}
"""The same of the particles' middles, in mm."""


CROWDED = ("lobule", "area", "column")
STRAIGHT = [name for name in ARRANGEMENTS if name not in ("ducts", "vessel", "thread")]
"""Where no particle follows the bend of its path."""
INSIDE = [name for name in ARRANGEMENTS if name not in ("skin", "fold")]


def roomy(**fixed: Any) -> st.SearchStrategy[Recipe]:
    """Recipes of a few particles that can grow to any size and still find room."""
    return recipes(**{"count": (1, 12)} | fixed).map(lambda recipe: put(recipe, "extent_mm", recipe.extent_mm))


def put(recipe: Recipe, name: str, value: float) -> Recipe:
    """The recipe with one slider put somewhere; twelve of the largest need 15 mm where they lie in a ball."""
    if name == "extent_mm" and recipe.arrangement in CROWDED:
        value = max(value, 15.0)
    return replace(recipe, **{name: value})


def shaped(particles: Particles) -> np.ndarray:
    """The particles' rods about their middles: ends and radii in one array."""
    centre = particles.centre[:, None]
    return np.concatenate([particles.start - centre, particles.end - centre, particles.radius], axis=2)


def longest(particles: Particles) -> float:
    return float(2 * (np.linalg.norm(shaped(particles)[:, :, :3], axis=2) + particles.radius.max(axis=2)).max())


def moved(recipe: Recipe, slider: Slider, share: float) -> Recipe:
    """The recipe with one slider moved up by a share of its way, or down where there is no more way up."""
    now = getattr(recipe, slider.name)
    if slider.log:
        whole_way = math.log(slider.high / slider.low)
        steps = [now * math.exp(share * whole_way), now * math.exp(-share * whole_way)]
    else:
        steps = [now + share * (slider.high - slider.low), now - share * (slider.high - slider.low)]
    return replace(recipe, **{slider.name: steps[0] if steps[0] <= slider.high else steps[1]})


@given(recipe=recipes(count=(1, 119), size_mm=(0.05, 6)), seed=seeds, data=st.data())
def test_one_more_particle_leaves_the_others_as_they_were(recipe: Recipe, seed: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(recipe.count + 1, 120))
    roomy = replace(recipe, count=count, extent_mm=40.0)
    recipe = replace(recipe, extent_mm=max(recipe.extent_mm, roomy.room_mm))
    more = replace(recipe, count=count)
    few, many = grow(recipe, seed).particles, grow(more, seed).particles
    for name in EVERYTHING:
        assert np.array_equal(getattr(many, name)[: recipe.count], getattr(few, name))


@pytest.mark.parametrize("slider", **by_name)
@given(recipe=roomy(), seed=seeds, share=st.floats(1e-6, 0.01))
def test_a_small_move_of_a_slider_moves_every_particle_a_little(
    slider: Slider, recipe: Recipe, seed: int, share: float
) -> None:
    before, after = grow(recipe, seed).particles, grow(moved(recipe, slider, share), seed).particles
    rounding = 1e-9
    assert np.abs(shaped(after) - shaped(before)).max() <= STEEPEST[slider.name] * share * longest(before) + rounding
    assert np.abs(after.hollow - before.hollow).max() <= share + rounding
    assert np.abs(after.mineral - before.mineral).max() <= share + rounding
    farthest = FARTHEST_MM.get(slider.name, 0.0) * share
    assert np.abs(after.centre - before.centre).max() <= farthest + rounding


@pytest.mark.parametrize("slider", **by_name)
@given(recipe=roomy(), seed=seeds)
def test_a_slider_leaves_its_end_without_a_jump(slider: Slider, recipe: Recipe, seed: int) -> None:
    at_end = put(recipe, slider.name, slider.low)
    before, after = grow(at_end, seed).particles, grow(moved(at_end, slider, 1e-7), seed).particles
    assert np.abs(shaped(after) - shaped(before)).max() <= 1e-6 * longest(before)


@pytest.mark.parametrize("slider", OF_PARTICLES, ids=lambda slider: slider.name)
@given(
    recipe=roomy(count=(3, 12), irregularity=(0.2, 1), elongation=(2, 8), unlikeness=(0.2, 0.8), settled=(0, 0.9)),
    seed=seeds,
)
def test_every_slider_of_the_particles_does_something(slider: Slider, recipe: Recipe, seed: int) -> None:
    if slider.name == "extent_mm" and recipe.arrangement == "breast":
        recipe = put(replace(recipe, arrangement="area"), "extent_mm", recipe.extent_mm)  # the breast has its own size
    ends = [grow(put(recipe, slider.name, end), seed).particles for end in (slider.low, slider.high)]
    assert any(not np.allclose(getattr(ends[0], name), getattr(ends[1], name)) for name in EVERYTHING)


@given(recipe=roomy(arrangement=st.sampled_from(STRAIGHT)), seed=seeds, size=positions(SLIDERS[0]))
def test_size_scales_the_same_particles_where_they_lie(recipe: Recipe, seed: int, size: float) -> None:
    one, other = grow(recipe, seed).particles, grow(replace(recipe, size_mm=size), seed).particles
    assert np.array_equal(other.centre, one.centre)
    assert np.allclose(shaped(other) / size, shaped(one) / recipe.size_mm, rtol=0, atol=1e-9)


@given(
    recipe=recipes(arrangement=st.sampled_from(INSIDE)),
    seed=seeds,
    forward=st.floats(-40, 25),
    across=st.floats(-25, 25),
    up=st.floats(-25, 25),
)
def test_a_group_that_is_moved_is_the_same_group(
    recipe: Recipe, seed: int, forward: float, across: float, up: float
) -> None:
    here = grow(recipe, seed).particles
    there = grow(replace(recipe, forward_mm=forward, across_mm=across, up_mm=up), seed).particles
    assert np.allclose(there.centre - here.centre, [forward, across, up])
    assert np.allclose(shaped(there), shaped(here), rtol=0, atol=1e-9)


@given(one=recipes(), other=recipes(), seed=seeds)
def test_a_second_group_leaves_the_first_as_it_was(one: Recipe, other: Recipe, seed: int) -> None:
    alone, both = grow(one, seed).particles, grow([one, other], seed).particles
    assert list(np.bincount(both.group)) == [one.count, other.count]
    for name in EVERYTHING:
        assert np.array_equal(getattr(both, name)[: one.count], getattr(alone, name))


@given(recipe=recipes(count=(5, 120)), seed=seeds)
def test_two_groups_of_one_recipe_and_two_seeds_are_not_copies(recipe: Recipe, seed: int) -> None:
    twins = grow([recipe, recipe], seed).particles
    assert not np.allclose(twins.centre[: recipe.count], twins.centre[recipe.count :])
    assert not np.allclose(grow(recipe, seed + 1).particles.centre, grow(recipe, seed).particles.centre)


def test_a_pattern_says_what_it_is() -> None:
    assert repr(grow(Recipe(), 7)) == "Pattern(9 calcifications in 1 group, seed 7)"
    assert repr(grow([Recipe(), Recipe(count=4, up_mm=20)])) == "Pattern(13 calcifications in 2 groups, seed 0)"
    assert repr(grow(Recipe(count=1))) == "Pattern(1 calcification in 1 group, seed 0)"


@given(
    recipe=recipes(count=(100, 120), size_mm=(0.5, 1), settled=0.0, arrangement="lobule", extent_mm=(2, 8)), seed=seeds
)
def test_what_merges_is_told_and_nothing_is_lost(recipe: Recipe, seed: int) -> None:
    pattern = grow(recipe, seed)
    assert len(pattern.particles) == recipe.count
    assert f"{recipe.count} calcifications in 1 group, {pattern.touching.sum()} of them touching" in repr(pattern)


@pytest.mark.parametrize("side", BREASTS)
def test_each_breast_has_its_own_groups(side: str) -> None:
    both = grow([Recipe(breast="left", count=3), Recipe(breast="right", count=4)], 5)
    assert both.of_breast(side).sum() == {"left": 3, "right": 4}[side]


@pytest.mark.parametrize("moves", [{"forward_mm": 60}, {"across_mm": -60, "up_mm": 20}, {"up_mm": 55}])
def test_a_group_outside_the_breast_gets_one_sentence(moves: dict[str, float]) -> None:
    with pytest.raises(CourseError) as told:
        grow(Recipe(**moves))  # type: ignore[arg-type]
    assert all(f"{value} mm {name.removesuffix('_mm')}" in str(told.value) for name, value in moves.items())
    assert "lies outside the breast, which reaches from -45 to 55 mm forward" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("recipe", "seed", "sentence"),
    [
        ([], 0, "A pattern grows from a Recipe, or from a list of them, not from []."),
        ("round", 0, "A pattern grows from a Recipe, or from a list of them, not from 'round'."),
        ([Recipe(), None], 0, "A pattern grows from a Recipe, or from a list of them, not from [Recipe("),
        (Recipe(), -1, "The seed can't be -1; it is a whole number from 0 to 2147483648."),
        (Recipe(), 1.5, "The seed can't be 1.5; it is a whole number from 0 to 2147483648."),
    ],
)
def test_what_cannot_grow_gets_one_sentence(recipe: object, seed: object, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        grow(recipe, seed)  # type: ignore[arg-type]
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)
