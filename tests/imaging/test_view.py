"""What must be true of the views: each looks one way, and magnification resolves more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.imaging import View, project, view_named, views
from calcifications.pattern import Recipe, grow
from calcifications.reading import measure
from tests.strategies import recipes, seeds

ALL = [view_named(name) for name in views()]


@pytest.mark.parametrize("view", ALL, ids=views())
def test_a_view_says_what_it_is_and_looks_straight(view: View) -> None:
    assert view.plain
    assert view.top
    assert view.axes @ view.axes.T == pytest.approx(np.eye(2))
    assert view.axes[0] == pytest.approx([1, 0, 0])  # the nipple lies on the same side of every picture


def test_the_view_from_above_and_the_view_from_the_side_show_what_the_other_hides() -> None:
    armpit, head = np.array([0.0, 10, 0]), np.array([0.0, 0, 10])
    assert project(view_named("CC"), np.stack([armpit, head])) == pytest.approx(np.array([[0, 10], [0, 0]]))
    assert project(view_named("ML"), np.stack([armpit, head])) == pytest.approx(np.array([[0, 0], [0, 10]]))


@pytest.mark.parametrize("name", ["CC", "ML"])
def test_magnification_is_the_same_view_with_finer_pixels_and_less_blur(name: str) -> None:
    contact, magnified = view_named(name), view_named(name + "-mag")
    assert np.array_equal(magnified.axes, contact.axes)
    assert 1.5 <= contact.pixel_mm / magnified.pixel_mm <= 2  # the usual range of spot magnification
    assert magnified.blur_mm < contact.blur_mm


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


@pytest.mark.parametrize("name", ["MLO", "cc", "", None, 7, ["CC"]])
def test_an_unknown_view_gets_one_sentence(name: object) -> None:
    with pytest.raises(CourseError) as told:
        view_named(name)  # type: ignore[arg-type]
    assert str(told.value) == f"There is no view {name!r}; choose one of: {', '.join(views())}."
