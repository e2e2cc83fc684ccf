"""What must be true of the views: each looks one way, and magnification resolves more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.imaging import Radiograph, View, look, project, radiograph, view_named, views
from calcifications.imaging.view import height
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import measure
from calcifications.reading.stereo import depth_mm
from tests.strategies import recipes, seeds

ALL = [view_named(name) for name in views()]


@pytest.mark.parametrize("view", ALL, ids=views())
def test_a_view_says_what_it_is_and_looks_straight(view: View) -> None:
    assert view.plain
    assert view.top
    assert view.axes @ view.axes.T == pytest.approx(np.eye(2))
    assert view.axes[0] == pytest.approx([1, 0, 0])  # the nipple lies on the same side of every picture


@pytest.mark.parametrize("view", ALL, ids=views())
def test_the_beam_comes_straight_at_the_picture(view: View) -> None:
    assert view.axes @ view.beam == pytest.approx([0, 0])
    assert np.linalg.norm(view.beam) == pytest.approx(1)


def test_each_view_shows_what_another_hides() -> None:
    armpit, head = np.array([0.0, 10, 0]), np.array([0.0, 0, 10])
    both = np.stack([armpit, head])
    assert project(view_named("CC"), both) == pytest.approx(np.array([[0, 10], [0, 0]]))
    assert project(view_named("ML"), both) == pytest.approx(np.array([[0, 0], [0, 10]]))
    # the oblique view looks half way between them: what it hides lies to the armpit and the feet, or the other way
    assert project(view_named("MLO"), np.stack([armpit + head, armpit - head])) == pytest.approx(
        np.array([[0, 200**0.5], [0, 0]])
    )
    above, side, oblique = (view_named(name).beam for name in ("CC", "ML", "MLO"))
    assert above @ side == pytest.approx(0)
    assert abs(oblique @ above) == pytest.approx(abs(oblique @ side)) == pytest.approx(0.5**0.5)


@pytest.mark.parametrize("name", ["CC", "MLO", "ML"])
def test_the_nipple_is_to_the_right_of_a_left_breast_and_to_the_left_of_a_right_one(name: str) -> None:
    pattern = grow(Recipe(), 7)
    left, right = (look(name, pattern, side=side) for side in ("left", "right"))
    nipple, armpit = pattern.breast.nipple, np.array([0.0, 30, 20])
    assert project(left, nipple)[0] == pytest.approx(-project(right, nipple)[0])
    assert project(left, nipple)[0] > 0
    assert project(left, armpit)[1] == project(right, armpit)[1] > 0
    assert np.array_equal(left.beam, right.beam)


@pytest.mark.parametrize("name", ["CC", "ML"])
def test_magnification_is_the_same_view_with_finer_pixels_and_less_blur(name: str) -> None:
    contact, magnified = view_named(name), view_named(name + "-mag")
    assert np.array_equal(magnified.axes, contact.axes)
    assert 1.5 <= contact.pixel_mm / magnified.pixel_mm <= 2  # the usual range of spot magnification
    assert magnified.blur_mm < contact.blur_mm


@given(factor=st.floats(1.5, 2), pitch=st.floats(0.05, 0.1), dose=st.floats(0.1, 10))
def test_any_usual_magnification_pixel_and_dose_can_be_asked_for(factor: float, pitch: float, dose: float) -> None:
    pattern = grow(Recipe(), 7)
    contact = look("CC", pattern, pixel_mm=pitch, magnification=1.0)
    magnified = look("CC", pattern, pixel_mm=pitch, magnification=factor, dose=dose)
    assert magnified.pixel_mm == pytest.approx(contact.pixel_mm / factor)
    assert magnified.blur_mm < contact.blur_mm
    assert magnified.noise == pytest.approx(contact.noise / dose**0.5)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"pixel_mm": 0}, "The pixel pitch can't be 0; it goes from 0.05 to 0.1 mm."),
        ({"pixel_mm": 1000}, "The pixel pitch can't be 1000; it goes from 0.05 to 0.1 mm."),
        ({"magnification": 10}, "The magnification can't be 10; it goes from 1 to 2."),
        ({"dose": -1}, "The dose can't be -1; it goes from 0.1 to 10."),
        ({"side": "up"}, "There is no breast 'up'; choose one of: left, right."),
        ({"field": "all"}, "There is no field 'all'; choose one of: close-up, breast."),
    ],
)
def test_a_view_that_cannot_be_had_gets_one_sentence(how: dict[str, Any], sentence: str) -> None:
    for taken in (radiograph, lambda pattern, **how: look("CC", pattern, **how)):
        with pytest.raises(CourseError) as told:
            taken(grow(Recipe(), 7), **how)
        assert str(told.value) == sentence


def middle(taken: Radiograph) -> np.ndarray:
    """Where the layer's weight lies, from its pixels: mm to the right and up, about the middle of the field."""
    row, column, height_, width = taken.box
    weight = taken.layer / taken.layer.sum()
    x = (weight.sum(axis=0) * (column + np.arange(width) + 0.5)).sum() - taken.background.shape[1] / 2
    y = taken.background.shape[0] / 2 - (weight.sum(axis=1) * (row + np.arange(height_) + 0.5)).sum()
    return np.array([x, y]) * taken.pixel_mm


@pytest.mark.parametrize("up", [-40, -20, 0, 20, 40])
def test_a_stereo_pair_tells_how_deep_a_calcification_lies(up: float) -> None:
    ball = Recipe(size_mm=0.6, count=1, size_spread=0.0, extent_mm=2.0, up_mm=up)
    pattern = grow(ball, 7)
    left, right = (radiograph(pattern, view) for view in ("stereo-left", "stereo-right"))
    shift = float((middle(left) - middle(right))[1])
    (true,) = height(left.view, pattern.particles.centre)
    assert depth_mm(shift) == pytest.approx(true, abs=0.2)
    assert middle(left)[0] == pytest.approx(middle(right)[0], abs=0.02)
    # the rule of thumb takes the rays as parallel, and overestimates the more the higher the point lies
    assert depth_mm(shift, exact=False) / depth_mm(shift) == pytest.approx(1 / (1 - true / 627.85), rel=0.002)


def test_the_rule_of_thumb_is_too_high_by_as_much_as_the_fact_base_says() -> None:
    shifts = np.array([5.45, 11.07, 16.88, 22.89, 29.11])  # at 10 to 50 mm, a source at 650 mm, 15 degrees
    exact, rough = depth_mm(shifts), depth_mm(shifts, exact=False)
    assert exact == pytest.approx([10, 20, 30, 40, 50], rel=0.002)
    assert 100 * (rough / exact - 1) == pytest.approx([1.6, 3.3, 5.0, 6.8, 8.7], abs=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_skin_calcifications_lie_in_the_skin_of_the_tangential_picture(seed: int) -> None:
    """From above they lie far from any edge; along the skin, within 3 mm of the air, by the pixels alone."""
    pattern = grow(preset("skin"), seed)
    taken = radiograph(pattern, "tangential")
    row, column, height_, width = taken.box
    rows, columns = np.nonzero(taken.layer > 0.3 * taken.layer.max())
    air = np.array([np.flatnonzero(line == 0).min(initial=line.size) for line in taken.background[row : row + height_]])
    depth = (air[rows] - (column + columns)) * taken.pixel_mm
    assert depth.min() > 0
    assert depth.max() < 3
    above = radiograph(pattern, "CC")
    row, column, height_, width = above.box
    assert above.background[row : row + height_, column : column + width].min() > 1000


def test_a_group_deep_in_the_breast_stays_deep_on_the_tangential_picture() -> None:
    taken = radiograph(grow(Recipe(), 7), "tangential")
    row, column, height_, width = taken.box
    assert taken.background[row : row + height_, column : column + width + 100].min() > 1000


widths = st.floats(0.02, 8)


@pytest.mark.parametrize("view", ALL, ids=views())
@given(width=widths, length=widths, more=st.floats(1, 3))
def test_blur_leaves_less_of_a_small_particle(view: View, width: float, length: float, more: float) -> None:
    def left(*size: float) -> float:
        return float(view.peak_share(*(np.array([side]) for side in size))[0])

    assert 0 < left(width, length) <= 1
    assert left(width * more, length) >= left(width, length)
    assert left(width, length) == pytest.approx(left(length, width))


@given(recipe=recipes(size_mm=(0.05, 1)), seed=seeds)
def test_what_a_contact_view_resolves_magnification_resolves_too(recipe: Recipe, seed: int) -> None:
    pattern = grow(recipe, seed)
    for name in ("CC", "ML"):
        contact, magnified = (measure(pattern, view).groups[0].members for view in (name, name + "-mag"))
        for feature in ("count", "readable_share"):
            assert set(contact.get(feature, ())) <= set(magnified.get(feature, ()))


@pytest.mark.parametrize("name", ["XCC", "cc", "", None, 7, ["CC"]])
def test_an_unknown_view_gets_one_sentence(name: object) -> None:
    with pytest.raises(CourseError) as told:
        view_named(name)  # type: ignore[arg-type]
    assert str(told.value) == f"There is no view {name!r}; choose one of: {', '.join(views())}."
