"""What must be true of where particles lie: anatomy, of the extent that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from calcifications.pattern import ARRANGEMENTS, Breast, Duct, Recipe, grow
from calcifications.pattern.arrangement import LAY
from tests.strategies import recipes, seeds


def test_there_is_one_way_to_lay_each_arrangement() -> None:
    assert list(LAY) == list(ARRANGEMENTS)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@given(recipe=recipes(), seed=seeds)
def test_every_particle_points_somewhere(arrangement: str, recipe: Recipe, seed: int) -> None:
    place, heading = LAY[arrangement](recipe, seed, recipe.count)
    assert place.shape == heading.shape == (recipe.count, 3)
    assert np.linalg.norm(heading, axis=1) == pytest.approx(1)


@pytest.mark.parametrize("arrangement", ["lobule", "area"])
@given(recipe=recipes(), seed=seeds)
def test_a_spot_and_an_area_are_as_wide_as_asked(arrangement: str, recipe: Recipe, seed: int) -> None:
    place, _ = LAY[arrangement](recipe, seed, recipe.count)
    assert np.linalg.norm(place, axis=1).max() <= recipe.extent_mm / 2 + 1e-9


@given(recipe=recipes(arrangement="duct"), seed=seeds)
def test_a_duct_s_particles_lie_in_it_and_point_along_it(recipe: Recipe, seed: int) -> None:
    particles = grow(recipe, seed).particles
    path = Duct.grown(seed).at(np.linspace(-25, 25, 2001))
    off = np.linalg.norm(particles.centre[:, None] - path, axis=2).min(axis=1)
    assert off.max() <= 0.5  # mm: a duct is about 1 mm wide
    assert np.ptp(particles.centre[:, 0]) <= recipe.extent_mm + 0.5
    _, heading = LAY["duct"](recipe, seed, recipe.count)
    assert np.median(np.degrees(np.arccos(heading[:, 0].clip(-1, 1)))) < 30


def test_a_lobe_s_wedge_is_narrow_towards_the_nipple_and_wide_behind() -> None:
    for seed in range(20):
        centre = grow(Recipe(arrangement="lobe", count=120, extent_mm=30.0), seed).particles.centre
        far, near = centre[centre[:, 0] < -5], centre[centre[:, 0] > 5]
        assert np.ptp(far[:, 1]) > 2 * np.ptp(near[:, 1])
        assert np.ptp(centre[:, 0]) > 20


def test_a_lobe_s_particles_point_along_its_branches_to_the_tip() -> None:
    wide = Recipe(arrangement="lobe", count=120, extent_mm=30.0)
    for seed in range(10):
        place, heading = LAY["lobe"](wide, seed, wide.count)
        to_the_tip = np.array([wide.extent_mm / 2, 0, 0]) - place
        to_the_tip /= np.linalg.norm(to_the_tip, axis=1, keepdims=True)
        assert np.median(np.degrees(np.arccos((heading * to_the_tip).sum(axis=1).clip(-1, 1)))) < 12


@given(recipe=recipes(arrangement="breast"), seed=seeds)
def test_the_particles_of_a_breast_lie_inside_it(recipe: Recipe, seed: int) -> None:
    breast = Breast()
    centre = grow(recipe, seed).particles.centre - [breast.wall_mm, 0, 0]
    half = np.array([breast.depth_mm, breast.half_width_mm, breast.half_height_mm])
    assert np.linalg.norm(centre / half, axis=1).max() < 1
    assert centre[:, 0].min() >= 0


def test_a_breast_is_filled_on_every_side() -> None:
    centre = grow(Recipe(arrangement="breast", count=120), 7).particles.centre
    breast = Breast()
    for axis, half in ((1, breast.half_width_mm), (2, breast.half_height_mm)):
        assert centre[:, axis].min() < -half / 2
        assert centre[:, axis].max() > half / 2


def test_the_outline_of_the_breast_ends_at_the_chest_wall_and_passes_the_nipple() -> None:
    breast = Breast()
    outline = breast.outline(np.array([[1.0, 0, 0], [0, 1.0, 0]]), points=49)
    assert outline[[0, -1], 0] == pytest.approx(breast.wall_mm)
    assert outline[24] == pytest.approx(breast.nipple[:2])
