"""What must be true of the picture: layers that add up, and calcium that shows as much as it should."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.imaging import Radiograph, look, radiograph, view_named, views
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.imaging.layer import draw
from calcifications.pattern import Pattern, Recipe, grow, preset
from calcifications.reading.outline import outline
from tests.strategies import recipes, view_names

SMALL = (128, 160)
few_seeds = st.sampled_from([0, 7])  # each has tissue of its own, which takes its time
anywhere = st.floats(-60, 60)
in_the_middle = recipes(count=(1, 12), arrangement="lobule")
sideways = st.sampled_from([name for name in views() if name != "tangential"])  # that one turns to its group's skin


def ball(**sliders: float) -> Recipe:
    """One smooth ball in the very middle of the field."""
    recipe = Recipe(**{"size_mm": 2.0, "count": 1, "size_spread": 0.0, **sliders})  # type: ignore[arg-type]
    ((forward, across, up),) = grow(recipe, 7).particles.centre
    return replace(recipe, forward_mm=-forward, across_mm=-across, up_mm=-up)


BALL = ball()


def picture(recipe: Recipe, **how: Any) -> Radiograph:
    return radiograph(grow(recipe, 7), **how)


def spread_out(taken: Radiograph) -> np.ndarray:
    """The layer on a whole empty picture."""
    out = np.zeros_like(taken.background)
    row, column, height, width = taken.box
    out[row : row + height, column : column + width] = taken.layer
    return out


@settings(max_examples=15)
@given(
    recipe=recipes(count=(1, 12)),
    seed=few_seeds,
    view=view_names,
)
def test_tissue_and_calcifications_add_up_to_the_picture_in_whole_numbers(recipe: Recipe, seed: int, view: str) -> None:
    taken = radiograph(grow(recipe, seed), view, shape=SMALL)
    assert np.array_equal(taken.background + spread_out(taken), taken.pixels)
    for part in (taken.background, taken.layer, taken.pixels):
        assert part.dtype == np.float32
        assert np.array_equal(part, np.rint(part))
    assert taken.pixels.shape == SMALL
    assert taken.pixel_mm == view_named(view).pixel_mm


@settings(max_examples=30)
@given(one=in_the_middle, other=in_the_middle, seed=few_seeds, view=sideways)
def test_the_tissue_is_the_same_whatever_lies_on_it(one: Recipe, other: Recipe, seed: int, view: str) -> None:
    taken = [radiograph(grow(recipe, seed), view, shape=SMALL) for recipe in (one, other)]
    assert np.array_equal(taken[0].background, taken[1].background)


@settings(max_examples=30)
@given(recipe=recipes(count=(1, 12)), view=view_names, right=anywhere, up=anywhere)
def test_the_layer_is_no_larger_than_the_field_and_never_darkens(
    recipe: Recipe, view: str, right: float, up: float
) -> None:
    pattern = grow(recipe, 7)
    seen = look(view, pattern)
    aside = replace(seen, centre=(seen.centre[0] + right, seen.centre[1] + up))
    layer, (row, column, height, width) = draw(pattern.particles, aside, SMALL)
    assert layer.shape == (height, width)
    assert min(row, column) >= 0
    assert row + height <= SMALL[0]
    assert column + width <= SMALL[1]
    assert layer.size == 0 or layer.min() >= 0


@pytest.mark.parametrize("place", ["forward_mm", "across_mm"])
@pytest.mark.parametrize("way", [-1, 1])
def test_calcium_at_the_edge_is_cut_off_and_beyond_it_leaves_no_layer(place: str, way: int) -> None:
    half_field = 0.5 * SMALL[1 if place == "forward_mm" else 0] * view_named("CC").pixel_mm
    inside, edge, beyond = (
        picture(replace(BALL, **{place: getattr(BALL, place) + way * where}), shape=SMALL)
        for where in (0, half_field, half_field + 2)
    )
    assert edge.layer.sum() / inside.layer.sum() == pytest.approx(0.5, abs=0.05)
    assert beyond.layer.shape == (0, 0)
    assert beyond.box == (0, 0, 0, 0)
    assert np.array_equal(beyond.pixels, beyond.background)


def test_the_noise_has_a_chance_of_its_own_and_each_density_a_tissue_of_its_own() -> None:
    usual = picture(BALL, shape=SMALL)
    for other in (picture(BALL, shape=SMALL, noise_seed=1), picture(BALL, shape=SMALL, tissue="d")):
        assert not np.array_equal(other.background, usual.background)
        assert np.array_equal(other.layer, usual.layer)
    assert np.array_equal(picture(BALL, shape=SMALL).pixels, usual.pixels)


@pytest.mark.parametrize("view", views())
@pytest.mark.parametrize("size", [0.3, 0.6, 2.0, 6.0])
def test_a_ball_adds_as_much_grey_as_there_is_calcium_in_it(view: str, size: float) -> None:
    taken = picture(replace(BALL, size_mm=size, density=0.8), view=view)
    volume = np.pi / 6 * size**3
    assert taken.layer.sum() * taken.pixel_mm**2 == pytest.approx(grey_per_mm(0.8) * volume, rel=0.03)


def test_what_is_drawn_is_what_is_measured() -> None:
    for seed in range(12):
        pattern = grow(replace(preset("popcorn"), count=1, density=1.0), seed)
        view = look("CC", pattern)
        layer, _ = draw(pattern.particles, view, (256, 256))
        (area,) = outline(pattern.particles, view).area_mm2
        bright = layer > 0.1 * layer.max()
        assert bright.sum() * view.pixel_mm**2 == pytest.approx(area, rel=0.1)


def test_a_denser_particle_is_brighter() -> None:
    peaks = [picture(replace(BALL, density=density)).layer.max() for density in (0.1, 0.2, 0.4, 0.8)]
    assert peaks == pytest.approx([peaks[0] * factor for factor in (1, 2, 4, 8)], rel=0.02)


def test_a_hollow_particle_is_darker_in_its_middle_than_at_its_rim() -> None:
    def middle_over_rim(hollow: float) -> float:
        layer = spread_out(picture(replace(BALL, size_mm=4.0, lucent_centre=hollow), shape=(128, 128)))
        return float(layer[63:65, 63:65].mean() / layer.max())

    shares = [middle_over_rim(hollow) for hollow in (0, 0.3, 0.6, 0.9)]
    assert shares[0] > 0.97
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.6


def test_blur_spreads_a_speck_and_lowers_its_peak_less_on_magnification() -> None:
    speck = replace(BALL, size_mm=0.2)
    contact, magnified = picture(speck), picture(speck, view="CC-mag")
    assert contact.layer.max() < magnified.layer.max() < grey_per_mm(speck.density) * 0.2


def test_a_picture_says_what_it_is() -> None:
    assert repr(picture(BALL)) == "Radiograph(CC, 512 x 512 pixels of 0.070 mm)"


GROWN = grow(BALL, 7)


@pytest.mark.parametrize(
    ("pattern", "how", "sentence"),
    [
        (GROWN, {"view": "XCC"}, f"There is no view 'XCC'; choose one of: {', '.join(views())}."),
        (GROWN, {"tissue": "e"}, "There is no density 'e'; choose one of: a, b, c, d."),
        (GROWN, {"tissue": ["b"]}, "There is no density ['b']; choose one of: a, b, c, d."),
        (GROWN, {"noise_seed": -1}, "The noise seed can't be -1; it is a whole number from 0 to 2147483648."),
        (GROWN, {"shape": (16, 512)}, "The number of rows can't be 16; it is a whole number from 32 to 2048."),
        (GROWN, {"shape": (512, 9999)}, "The number of columns can't be 9999; it is a whole number from 32 to 2048."),
        (GROWN, {"shape": 512}, "The shape can't be 512; it is rows and columns, 32 to 2048 each."),
        (GROWN, {"shape": (512, 512, 3)}, "The shape can't be (512, 512, 3); it is rows and columns, 32 to 2048 each."),
        ("a picture", {}, "A radiograph is taken of a grown pattern, not of 'a picture'."),
    ],
)
def test_a_picture_that_cannot_be_taken_gets_one_sentence(pattern: Pattern, how: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        radiograph(pattern, **how)
    assert str(told.value) == sentence
