"""What must be true of where particles lie: anatomy, of the extent that was asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.pattern import ARRANGEMENTS, Breast, Duct, Recipe, grow
from calcifications.pattern.arrangement import LAY
from tests.strategies import recipes, seeds


def test_there_is_one_way_to_lay_each_arrangement() -> None:
    assert list(LAY) == list(ARRANGEMENTS)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@given(recipe=recipes(), seed=seeds)
def test_every_particle_points_somewhere(arrangement: str, recipe: Recipe, seed: int) -> None:
    laid = LAY[arrangement](recipe, seed, recipe.count)
    assert laid.place.shape == laid.heading.shape == (recipe.count, 3)
    assert np.linalg.norm(laid.heading, axis=1) == pytest.approx(1)


@pytest.mark.parametrize("arrangement", ["lobule", "area"])
@given(recipe=recipes(), seed=seeds)
def test_a_spot_and_an_area_are_as_wide_as_asked(arrangement: str, recipe: Recipe, seed: int) -> None:
    place = LAY[arrangement](recipe, seed, recipe.count).place
    assert np.linalg.norm(place, axis=1).max() <= recipe.extent_mm / 2 + 1e-9


@given(recipe=recipes(arrangement="duct"), seed=seeds)
def test_a_duct_s_particles_lie_in_it_and_point_along_it(recipe: Recipe, seed: int) -> None:
    particles = grow(recipe, seed).particles
    path = Duct.grown(seed).at(np.linspace(-25, 25, 2001))
    off = np.linalg.norm(particles.centre[:, None] - path, axis=2).min(axis=1)
    assert off.max() <= 0.5  # mm: a duct is about 1 mm wide
    assert np.ptp(particles.centre[:, 0]) <= recipe.extent_mm + 0.5
    heading = LAY["duct"](recipe, seed, recipe.count).heading
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
        place, heading, _ = LAY["lobe"](wide, seed, wide.count)
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


@given(recipe=recipes(arrangement="column", count=(5, 120)), seed=seeds)
def test_a_column_is_a_group_from_above_and_none_from_the_side(recipe: Recipe, seed: int) -> None:
    centre = grow(recipe, seed).particles.centre
    assert np.linalg.norm(centre[:, :2], axis=1).max() <= recipe.extent_mm / 2 + 1e-9
    assert np.ptp(centre[:, 2]) > 20  # mm: no two views of it show a group


def test_rods_lie_in_several_ducts_along_them_and_each_duct_leads_to_the_nipple() -> None:
    rods = Recipe(arrangement="ducts", count=18, extent_mm=34.0, elongation=6.0)
    for seed in range(20):
        place, heading, _ = LAY["ducts"](rods, seed, rods.count)
        to_nipple = Breast().nipple - place
        to_nipple /= np.linalg.norm(to_nipple, axis=1, keepdims=True)
        aim = np.degrees(np.arccos(np.abs((heading * to_nipple).sum(axis=1)).clip(0, 1)))
        assert np.median(aim) < 20
        assert np.percentile(aim, 90) < 40  # one in six lies in a branch
        assert np.ptp(place[:, 1]) > 15


def test_the_rods_of_a_duct_lie_end_to_end_with_clean_gaps() -> None:
    for seed in range(20):
        pattern = grow(Recipe(arrangement="ducts", count=18, extent_mm=34.0, elongation=6.0, size_mm=1.6), seed)
        assert pattern.touching.sum() <= 4  # where a branch leaves its duct, or ducts pass each other


def test_an_artery_s_wall_shows_as_two_tracks_from_above_obliquely_and_from_the_side() -> None:
    recipe = Recipe(arrangement="vessel", count=64, extent_mm=32.0)
    for seed in range(20):
        place, heading, _ = LAY["vessel"](recipe, seed, recipe.count)
        for axes in (np.eye(3)[:2], np.eye(3)[[0, 2]], np.array([[1, 0, 0], [0, 0.5**0.5, 0.5**0.5]])):
            flat, way = place @ axes.T, heading @ axes.T
            one, other = flat[::2], flat[1::2]
            nearest = np.linalg.norm(one[:, None] - other, axis=2).argmin(axis=1)
            step = one - other[nearest]
            off = step[:, 1] * way[::2, 0] - step[:, 0] * way[::2, 1]
            assert (off > 0).mean() > 0.95 or (off < 0).mean() > 0.95  # the same side, all along
            assert 0.7 < np.median(np.abs(off)) < 4  # mm


def test_a_thread_s_segments_lie_end_to_end_and_come_round() -> None:
    for seed in range(20):
        stitch = Recipe(arrangement="thread", count=12, extent_mm=15.5, elongation=3.6, size_mm=0.6, size_spread=0.0)
        place, heading, _ = LAY["thread"](stitch, seed, 12)
        assert np.linalg.norm(np.diff(place, axis=0), axis=1).max() < 1.05 * stitch.extent_mm / 12
        assert (heading @ heading.T).min() < -0.5  # it turns back on itself


@given(recipe=recipes(arrangement="skin"), seed=seeds)
def test_skin_calcifications_lie_within_the_skin(recipe: Recipe, seed: int) -> None:
    depth = Breast().under_skin(grow(recipe, seed).particles.centre)
    assert depth.min() > 0.5
    assert depth.max() < 2.0


@given(forward=st.floats(-25, 25), across=st.floats(-20, 50), seed=seeds)
def test_a_skin_group_that_is_moved_stays_in_the_skin(forward: float, across: float, seed: int) -> None:
    group = Recipe(arrangement="skin", extent_mm=4.0, forward_mm=forward, across_mm=across, up_mm=-30.0)
    depth = Breast().under_skin(grow(group, seed).particles.centre)
    assert depth.min() > 0.5
    assert depth.max() < 2.0


def test_powder_lies_in_streaks_along_the_folds_of_the_armpit() -> None:
    breast = Breast()
    for seed in range(20):
        place, heading, _ = LAY["fold"](Recipe(arrangement="fold", count=90, extent_mm=15.0), seed, 90)
        assert np.linalg.norm(place, axis=1).max() < 15
        deep = breast.under_skin(place + breast.armpit)
        for row in range(3):
            one = place[row::3]
            spread = np.linalg.svd(one - one.mean(axis=0), compute_uv=False)
            assert spread[0] > 4 * spread[1]  # a streak
            assert np.ptp(deep[row::3]) < 4
        assert np.abs(heading @ heading[0]).min() > 0.5


def test_what_is_looked_at_lies_where_the_group_is() -> None:
    for arrangement in ARRANGEMENTS:
        pattern = grow(Recipe(arrangement=arrangement, count=40, extent_mm=20.0), 3)
        if arrangement != "breast":
            assert np.linalg.norm(pattern.particles.centre - pattern.anchor(), axis=1).max() < 25
