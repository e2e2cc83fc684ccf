"""What must be true of the tissue around a group: from faint to plain, about its group, never like a calcification."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from calcifications.imaging import View, look, project, radiograph, views
from calcifications.imaging.surroundings import add_surroundings
from calcifications.pattern import AROUND, Recipe, grow, preset

KINDS = [kind for kind in AROUND if kind != "nothing"]
SHAPE = (512, 512)
PLAIN = Recipe(around_strength=1.0)


def alone(recipe: Recipe, seed: int = 7, name: str = "CC") -> tuple[np.ndarray, View]:
    """What lies around a recipe's group, without the group."""
    pattern = grow(recipe, seed)
    view = look(name, pattern)
    below, none = np.ones(SHAPE, np.float32), np.zeros((0, 0), np.float32)
    layer, (row, column, height, width) = add_surroundings(none, (0, 0, 0, 0), pattern, view, below)
    out = np.zeros(SHAPE)
    out[row : row + height, column : column + width] = layer
    return out, view


@pytest.mark.parametrize("kind", KINDS)
def test_at_no_strength_there_is_nothing(kind: str) -> None:
    pattern, plain = grow(replace(PLAIN, around=kind, around_strength=0.0), 7), grow(PLAIN, 7)
    assert np.array_equal(radiograph(pattern).pixels, radiograph(plain).pixels)


@settings(max_examples=30)
@given(
    kind=st.sampled_from(KINDS),
    strength=st.floats(0, 0.99),
    seed=st.integers(0, 20),
    view=st.sampled_from(views()),
    moved=st.floats(-8, 8),
)
def test_a_small_move_of_strength_or_place_changes_it_a_little(
    kind: str, strength: float, seed: int, view: str, moved: float
) -> None:
    recipe = replace(PLAIN, around=kind, around_strength=strength, forward_mm=moved)
    before, plainer, beside = (
        alone(each, seed, view)[0]
        for each in (
            recipe,
            replace(recipe, around_strength=strength + 0.01),
            replace(recipe, forward_mm=moved + 0.007),
        )
    )
    assert before.min() >= 0
    assert np.array_equal(before, np.rint(before))
    assert np.abs(plainer - before).max() <= 4
    assert np.abs(beside - before).max() <= 9


@pytest.mark.parametrize("view", ["CC", "ML", "CC-mag"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_lies_about_its_group(kind: str, view: str) -> None:
    recipe = replace(PLAIN, around=kind, around_strength=1.0, forward_mm=3, across_mm=-2, up_mm=2)
    drawn, seen = alone(recipe, name=view)
    middle = project(seen, grow(recipe, 7).particles.centre.mean(axis=0))
    rows, columns = np.indices(SHAPE)
    x = ((columns + 0.5 - SHAPE[1] / 2) * drawn).sum() / drawn.sum() * seen.pixel_mm
    y = ((SHAPE[0] / 2 - rows - 0.5) * drawn).sum() / drawn.sum() * seen.pixel_mm
    assert (x, y) == pytest.approx(middle, abs=2.5)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_in_its_own_breast_only(kind: str) -> None:
    pattern = grow(replace(PLAIN, around=kind, breast="right"), 7)
    assert radiograph(pattern, side="left").layer.size == 0
    assert radiograph(pattern, side="right").layer.max() > 40


@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_at_the_skin(kind: str) -> None:
    pattern = grow(replace(preset("skin"), around=kind, around_strength=1.0), 3)
    taken = radiograph(pattern, "tangential")
    row, column, height, width = taken.box
    air = taken.background[row : row + height, column : column + width] == 0
    assert taken.layer[air].sum() == 0 < taken.layer[~air].sum()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("view", ["CC", "ML-mag"])
def test_nothing_of_it_could_be_taken_for_a_calcification(kind: str, view: str) -> None:
    """A speck stands out on all sides."""
    ring_mm = 0.8
    for seed in range(8):
        drawn, seen = alone(replace(PLAIN, around=kind), seed, view)
        radius = round(ring_mm / seen.pixel_mm)
        ring = np.hypot(*np.mgrid[-radius : radius + 1, -radius : radius + 1]).round() == radius
        assert (drawn - ndimage.maximum_filter(drawn, footprint=ring)).max() < 20, seed


def profile(kind: str, seed: int) -> np.ndarray:
    """Mean grey in rings 1 mm wide about the group's middle."""
    drawn, seen = alone(replace(PLAIN, around=kind), seed)
    x, y = project(seen, grow(PLAIN, seed).particles.centre.mean(axis=0)) / seen.pixel_mm
    rows, columns = np.indices(SHAPE)
    away = np.hypot(columns + 0.5 - SHAPE[1] / 2 - x, SHAPE[0] / 2 - rows - 0.5 - y) * seen.pixel_mm
    return np.array([drawn[(away >= ring) & (away < ring + 1)].mean() for ring in range(17)])


@pytest.mark.parametrize("seed", range(6))
def test_each_kind_looks_as_its_word_says(seed: int) -> None:
    density, mass, distortion = (profile(kind, seed) for kind in ("density", "mass", "distortion"))
    assert 10 <= 2 * (density > density[0] / 2).sum() <= 20  # mm wide
    assert 8 <= 2 * (mass > mass[0] / 2).sum() <= 16
    # circumscribed, against vague: how much of it is gone within 2 mm
    assert (mass[:-2] - mass[2:]).max() / mass.max() > 0.5
    assert (density[:-2] - density[2:]).max() / density.max() < 0.45
    assert distortion[:2].max() < 0.5 * distortion[4:7].mean()  # no dense middle
