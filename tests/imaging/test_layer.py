"""What must be true of the drawing: each particle weakens the beam by as much of it as the beam runs through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.peer import supersampled
from calcifications.imaging import View, look, view_named
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.imaging.layer import BRIGHTEST, draw
from calcifications.imaging.solid import Solids
from calcifications.pattern import SLIDERS, Particles, Recipe, grow, preset
from tests.strategies import recipes, seeds, view_names

FIELD = (160, 160)
MOVES = ["size_mm", "irregularity", "unlikeness", "branching", "lucent_centre", "settled"]
SHARP = replace(view_named("CC"), pixel_mm=0.02, blur_mm=0.02)  # hardly any blur, to see chords as they are


def solid(*rods: tuple[Any, Any, float], hollow: float = 0.0) -> Particles:
    """One particle in the middle of the field, of rods with even calibre: start, end, radius in mm."""
    start, end = (np.array([[rod[place] for rod in rods]], float) for place in (0, 1))
    radius = np.array([[[rod[2], rod[2]] for rod in rods]], float)
    one = np.zeros(1)
    return Particles(start, end, radius, np.zeros((1, 3)), one + hollow, one + 1, one.astype(int))


def picture(particles: Particles, view: View = SHARP, shape: tuple[int, int] = FIELD) -> np.ndarray:
    """The layer on a whole empty picture, in mm of solid mineral."""
    layer, (row, column, height, width) = draw(particles, view, shape)
    out = np.zeros(shape)
    out[row : row + height, column : column + width] = layer
    return out / grey_per_mm()


def middle(layer: np.ndarray) -> float:
    rows, columns = layer.shape
    return float(layer[rows // 2 - 1 : rows // 2 + 1, columns // 2 - 1 : columns // 2 + 1].mean())


def ball(radius: float) -> tuple[Any, Any, float]:
    return (0, 0, 0), (0, 0, 0), radius


@pytest.mark.parametrize("steep", [0, 30, 60, 80, 90])
def test_a_rod_is_as_deep_as_it_leans(steep: float) -> None:
    """Across it the beam meets its width; along it, its whole length."""
    lean = np.radians(steep)
    half = 0.5 * np.array([np.cos(lean), 0, np.sin(lean)])
    deep = middle(picture(solid((-half, half, 0.2))))
    along = 0.4 / np.cos(lean) if steep < 70 else 1.0 * np.sin(lean) + 0.4  # a long chord is cut by the ends
    if steep == 80:  # the chord leaves through both caps
        assert 1.0 < deep < along
    else:
        assert deep == pytest.approx(along, rel=0.02)


def test_a_ball_is_the_same_from_every_side() -> None:
    layers = []
    for name in ("CC", "MLO", "ML"):
        view = replace(view_named(name), pixel_mm=0.02, blur_mm=0.02)
        layers.append(picture(solid(ball(0.4)), view))
    assert middle(layers[0]) == pytest.approx(0.8, rel=0.02)
    for layer in layers[1:]:
        assert np.abs(layer - layers[0]).max() < 0.01


def test_a_star_of_flat_spokes_is_a_thin_disc_from_above_and_a_deep_bar_from_the_side() -> None:
    turns = np.linspace(0, np.pi, 8, endpoint=False)
    ways = np.stack([np.cos(turns), np.sin(turns), 0 * turns], axis=1) * 0.5
    disc = solid(*((-way, way, 0.08) for way in ways))
    above, side = picture(disc), picture(disc, replace(SHARP, up=(0.0, 0.0, 1.0)))
    assert middle(above) == pytest.approx(0.16, rel=0.03)
    assert middle(side) == pytest.approx(1.16, rel=0.05)
    assert np.ptp(np.nonzero(side.max(axis=1) > 0.1)[0]) * SHARP.pixel_mm < 0.25  # level
    seen = (above > 0.08).sum() * SHARP.pixel_mm**2
    assert seen > 0.8 * np.pi * 0.5**2


def test_a_rod_inside_another_changes_nothing() -> None:
    shell = ((-0.3, 0, 0), (0.3, 0.1, 0.2), 0.25)
    inner = ((-0.1, 0, 0), (0.1, 0, 0), 0.1)
    assert np.array_equal(picture(solid(shell)), picture(solid(shell, inner)))
    assert np.array_equal(picture(solid(shell)), picture(solid(inner, shell, ball(0.1), shell)))


def test_the_cut_out_of_a_hollow_rod_is_a_smaller_rod() -> None:
    half = np.array([0.0, 0, 0.5])
    full, shell = (middle(picture(solid((-half, half, 0.2), hollow=share))) for share in (0.0, 0.8))
    assert full == pytest.approx(1.4, rel=0.02)
    assert shell == pytest.approx(0.2 * full, rel=0.05)


def strung(start: np.ndarray, end: np.ndarray, at: np.ndarray, factor: float) -> np.ndarray:
    """Chords of balls strung closely along rods, all a little larger or smaller."""
    t = np.linspace(0, 1, 201)
    x, y, z, radius = (start[..., None] * (1 - t) + end[..., None] * t).reshape(4, -1)
    square = (factor * radius) ** 2 - (at[None, :, None] - x) ** 2 - (at[:, None, None] - y) ** 2
    half = np.sqrt(np.maximum(square, 0))
    top = np.where(square > 0, z + half, -np.inf).max(axis=2)
    bottom = np.where(square > 0, z - half, np.inf).min(axis=2)
    return np.maximum(top - bottom, 0)


rods = st.tuples(*[st.floats(-0.6, 0.6)] * 6, st.floats(0.05, 0.4), st.floats(0.05, 0.4))


@settings(max_examples=60)
@given(lines=st.lists(rods, min_size=1, max_size=5), lean=st.sampled_from([1.0, 0.05, 0.0]))
def test_chords_reach_from_the_lowest_ball_to_the_highest(lines: list[Any], lean: float) -> None:
    """Also where rods point straight, or almost straight, at the tube. A short rod may be 5 % too thin at its waist."""
    values = np.array(lines, np.float32).T
    start, end = values[[0, 1, 2, 6]], values[[3, 4, 5, 7]]
    end[:2] = start[:2] + lean * (end[:2] - start[:2])
    at = np.linspace(-1, 1, 21, dtype=np.float32)
    chords = Solids.of(start[..., None], end[..., None]).thickness(at[:, None], at[:, None])[..., 0]
    assert np.all(chords >= strung(start, end, at, 0.95) - 0.001)
    assert np.all(chords <= strung(start, end, at, 1.02) + 0.001)


DRAWN = [
    ("punctate", {}),
    ("round", {}),
    ("amorphous", {}),
    ("fine pleomorphic", {}),
    ("fine linear", {}),
    ("coarse heterogeneous", {}),
    ("rim", {"size_mm": 1.5}),
]


@pytest.mark.parametrize("view", ["CC", "CC-mag"])
@pytest.mark.parametrize(("form", "sliders"), DRAWN, ids=[form for form, _ in DRAWN])
def test_peaks_are_those_of_a_drawing_eight_times_finer(form: str, sliders: dict[str, Any], view: str) -> None:
    shape = (320, 320)
    pattern = grow(replace(preset(form), count=6, arrangement="lobule", extent_mm=8.0, density=1.0, **sliders), 7)
    seen = look(view, pattern)
    errors = []
    for number in range(6):  # one at a time, so that each is held to its own peak
        one = pattern.particles.some(np.arange(6) == number)
        true = np.minimum(supersampled(one, seen, shape), BRIGHTEST)
        errors.append(np.abs(picture(one, seen, shape) * grey_per_mm() - true).max() / max(true.max(), 1))
    assert np.median(errors) < 0.02
    assert max(errors) < 0.05


@settings(max_examples=30)
@given(recipe=recipes(count=(1, 8)), seed=seeds, view=view_names)
def test_one_more_particle_leaves_the_others_where_they_are(recipe: Recipe, seed: int, view: str) -> None:
    """Their layers add up; the last grey unit may go either way."""
    particles = grow(recipe, seed).particles
    seen = look(view, grow(recipe, seed))
    count = len(particles)
    parts = [picture(particles.some(np.arange(count) == number), seen) for number in range(count)]
    together = np.minimum(sum(parts), BRIGHTEST / grey_per_mm())
    assert np.abs(picture(particles, seen) - together).max() * grey_per_mm() <= 0.5 * count + 0.6


@settings(max_examples=30)
@given(recipe=recipes(count=(1, 8), density=(0.05, 0.5)), seed=seeds, view=view_names, slider=st.sampled_from(MOVES))
def test_no_slider_makes_the_picture_jump(recipe: Recipe, seed: int, view: str, slider: str) -> None:
    """Where a small move changes much, as at the tip of a long rod that turns, a smaller one changes less."""
    seen = look(view, grow(recipe, seed))

    def at(place: float) -> np.ndarray:
        return picture(grow(replace(recipe, **{slider: place}), seed).particles, seen) * grey_per_mm()

    (least,) = (each.low for each in SLIDERS if each.name == slider)
    high = getattr(recipe, slider)
    low = max(high * 0.998 - 0.0005, least)  # down: larger ones may find no room
    before, after = at(low), at(high)
    little = 0.15 * max(after.max(), 25) + 2  # a short neck is drawn as balls, up to 5 % narrower than as a rod
    while np.abs(after - before).max() > little and high - low > 1e-6:
        middle = (low + high) / 2
        between = at(middle)
        if np.abs(between - before).max() > np.abs(after - between).max():
            high, after = middle, between
        else:
            low, before = middle, between
    assert np.abs(after - before).max() <= little, (low, high)
