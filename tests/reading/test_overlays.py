"""What must be true of what is drawn over a picture: it lies where the picture shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from calcifications.errors import CourseError
from calcifications.imaging import look, project, radiograph, views
from calcifications.pattern import ARRANGEMENTS, Recipe, grow, preset
from calcifications.reading import measure
from calcifications.reading.layout import ONE_CM
from calcifications.reading.overlays import IN_DUCTS, drawable, overlays
from tests.strategies import recipes, seeds, view_names


@pytest.mark.parametrize("view", views())
def test_an_outline_lies_around_the_calcium_of_the_picture(view: str) -> None:
    pattern = grow(Recipe(size_mm=2.0, count=1, irregularity=0.8, across_mm=4.0, forward_mm=-3.0, up_mm=2.0), 7)
    picture = radiograph(pattern, view)
    top, left, height, width = picture.box
    rows, columns = np.indices((height, width)) + 0.5
    bright = picture.layer > 0.1 * picture.layer.max()
    (corners,) = overlays(pattern, view).to_pixels(overlays(pattern, view).outlines)
    for drawn, lit in ((corners[:, 0], left + columns[bright]), (corners[:, 1], top + rows[bright])):
        assert drawn.min() == pytest.approx(lit.min(), abs=2)
        assert drawn.max() == pytest.approx(lit.max(), abs=2)


@given(recipe=recipes(), seed=seeds, view=view_names)
def test_there_is_an_outline_for_every_particle_in_its_place(recipe: Recipe, seed: int, view: str) -> None:
    pattern = grow(recipe, seed)
    drawn = overlays(pattern, view)
    middles = project(look(view, pattern), pattern.particles.centre)
    assert len(drawn.outlines) == recipe.count
    assert np.all(drawn.outlines.min(axis=1) <= middles + 1e-9)
    assert np.all(drawn.outlines.max(axis=1) >= middles - 1e-9)


@given(recipe=recipes(count=(5, 60), density=(0.5, 1), size_mm=(0.3, 1)), seed=seeds, view=view_names)
def test_the_circle_lies_about_the_most_within_1_cm(recipe: Recipe, seed: int, view: str) -> None:
    pattern = grow(recipe, seed)
    ((x, y, reach),) = overlays(pattern, view).circles
    crowd = measure(pattern, view).groups[0].deciding("count_within_10mm")
    away = np.linalg.norm(project(look(view, pattern), pattern.particles.centre)[crowd] - [x, y], axis=1)
    assert away.max() == pytest.approx(reach)
    assert reach <= ONE_CM  # no two of them lie further apart


@given(recipe=recipes(count=(2, 60)), seed=seeds, view=view_names)
def test_the_wedge_holds_all_that_is_seen_between_its_tip_and_its_base(recipe: Recipe, seed: int, view: str) -> None:
    pattern = grow(recipe, seed)
    corners = overlays(pattern, view).wedge
    seen = measure(pattern, view).groups[0].deciding("count")
    assert len(corners) == (3 if len(seen) > 2 else 0)
    middles = project(look(view, pattern), pattern.particles.centre)[seen]
    if not len(corners):
        return
    for start, end, third in zip(corners, np.roll(corners, -1, axis=0), np.roll(corners, -2, axis=0), strict=True):
        across = np.array([start[1] - end[1], end[0] - start[0]])
        assert ((middles - start) @ across * np.sign((third - start) @ across)).min() > -1e-6


def test_the_nipple_and_the_duct_lie_where_the_breast_has_them() -> None:
    drawn = overlays(grow(preset("fine linear"), 7))
    assert drawn.nipple == pytest.approx([55, 0])
    assert drawn.breast[:, 0].max() == pytest.approx(drawn.nipple[0], abs=0.2)
    (duct,) = drawn.ducts
    middle_of_the_field = np.linalg.norm(duct, axis=1).min()
    assert middle_of_the_field < 0.1
    assert drawn.to_pixels(np.zeros(2)) == pytest.approx([256, 256])


@pytest.mark.parametrize("breast", ["left", "right"])
@pytest.mark.parametrize("view", ["CC", "ML", "MLO"])
def test_the_duct_runs_through_the_group_wherever_it_was_moved(view: str, breast: str) -> None:
    moved = replace(preset("fine linear"), across_mm=14.0, up_mm=-9.0, forward_mm=6.0, breast=breast)
    pattern = grow(moved, 7)
    (duct,) = overlays(pattern, view).ducts
    middles = project(look(view, pattern), pattern.particles.centre)
    away = np.linalg.norm(middles[:, None] - duct, axis=2).min(axis=1)
    assert away.max() < 1


@given(recipe=recipes(count=(2, 60)), seed=seeds, view=view_names)
def test_the_extent_joins_two_that_are_seen_as_far_apart_as_is_measured(recipe: Recipe, seed: int, view: str) -> None:
    pattern = grow(recipe, seed)
    group = measure(pattern, view).groups[0]
    extents = overlays(pattern, view).extents
    assert len(extents) == (len(group.deciding("count")) > 1)
    for ends in extents:
        assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(group.values["extent_mm"])


def test_the_extent_of_thousands_is_found_too() -> None:
    pattern = grow(Recipe(count=2000, size_mm=0.3, density=1, extent_mm=30, arrangement="area"), 3)
    (ends,) = overlays(pattern).extents
    measured = measure(pattern).groups[0].values["extent_mm"]
    assert np.linalg.norm(ends[0] - ends[1]) == pytest.approx(measured, rel=0.01)


@pytest.mark.parametrize("view", ["CC", "ML", "MLO"])
@pytest.mark.parametrize("number", [0, 1])
def test_plates_lie_on_the_walls_of_their_artery_wherever_it_was_moved(view: str, number: int) -> None:
    moved = replace(preset("vascular"), across_mm=8.0, up_mm=-5.0, forward_mm=-6.0)
    pattern = grow([Recipe(), moved][1 - number :], 7)
    drawn = overlays(pattern, view)
    assert len(drawn.vessels) == 2
    plates = project(look(view, pattern), pattern.particles.centre[pattern.particles.group == number])
    walls = np.concatenate(drawn.vessels)
    assert np.linalg.norm(plates[:, None] - walls, axis=2).min(axis=1).max() < 1


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
def test_ducts_are_drawn_only_through_what_lies_in_them(arrangement: str) -> None:
    pattern = grow(Recipe(arrangement=arrangement, extent_mm=20), 7)
    drawn = overlays(pattern)
    assert bool(drawn.ducts) == ("duct" in drawable(pattern, "left")) == (arrangement in IN_DUCTS)
    assert bool(drawn.vessels) == ("vessel" in drawable(pattern, "left")) == (arrangement == "vessel")
    assert "vessel" not in drawable(pattern, "right")


def test_particles_along_several_ducts_lie_on_those_that_are_drawn() -> None:
    pattern = grow(Recipe(arrangement="ducts", extent_mm=30, count=60), 7)
    ducts = np.concatenate(overlays(pattern).ducts)
    middles = project(look("CC", pattern), pattern.particles.centre)
    assert np.linalg.norm(middles[:, None] - ducts, axis=2).min(axis=1).max() < 1


def test_what_cannot_be_drawn_over_gets_one_sentence() -> None:
    with pytest.raises(CourseError, match=r"^What is drawn over is a grown pattern, not Recipe\(.*\.$"):
        overlays(Recipe())  # type: ignore[arg-type]
    with pytest.raises(CourseError, match=rf"^There is no view 'XCC'; choose one of: {', '.join(views())}\.$"):
        overlays(grow(Recipe()), "XCC")


def test_the_other_breasts_outlines_are_out_of_sight() -> None:
    pattern = grow([preset("punctate"), replace(preset("round"), breast="right")], 7)
    drawn = overlays(pattern, "CC")
    mine = pattern.of_breast("left")
    assert len(drawn.outlines) == len(mine)
    assert np.abs(drawn.outlines[mine]).max() < 20
    assert np.abs(drawn.outlines[~mine]).min() > 500
    assert len(drawn.circles) == 1
