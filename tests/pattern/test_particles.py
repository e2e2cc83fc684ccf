"""What must be true of single particles: sediment lies level, knots sit on their thread, rods follow their path."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.pattern import Particles, Recipe, grow, preset
from tests.strategies import recipes, seeds

UP = 2


def reach(particles: Particles, way: np.ndarray) -> np.ndarray:
    """How far each particle reaches each way, about its middle, in mm, shape (n, 2): least and most."""
    ends = np.concatenate([particles.start, particles.end], axis=1) - particles.centre[:, None]
    girth = np.concatenate([particles.radius[:, :, 0], particles.radius[:, :, 1]], axis=1)
    return np.stack([(ends @ way - girth).min(axis=1), (ends @ way + girth).max(axis=1)], axis=1)


@given(recipe=recipes(settled=1.0, count=(1, 20)), seed=seeds)
def test_sediment_lies_level_whichever_way_the_particle_pointed(recipe: Recipe, seed: int) -> None:
    particles = grow(recipe, seed).particles
    high = np.ptp(reach(particles, np.array([0.0, 0, 1])), axis=1)
    for turn in np.linspace(0, np.pi, 7):
        wide = np.ptp(reach(particles, np.array([np.cos(turn), np.sin(turn), 0])), axis=1)
        assert (wide >= 2 * high).all()  # a level line or a cup from every side
    ends = np.concatenate([particles.start, particles.end], axis=1)[:, :, :2] - particles.centre[:, None, :2]
    spread = np.swapaxes(ends, 1, 2) @ ends
    assert spread[:, 0, 0] == pytest.approx(spread[:, 1, 1])  # round from above
    assert np.abs(spread[:, 0, 1]).max() < 1e-6 * spread[:, 0, 0].max()


@given(recipe=recipes(settled=1.0, count=(1, 20)), seed=seeds)
def test_the_cup_is_level_on_top_and_round_below(recipe: Recipe, seed: int) -> None:
    particles = grow(recipe, seed).particles
    hub, rim = particles.start[:, :6, UP], particles.start[:, 6:, UP]
    size = np.ptp(reach(particles, np.array([1.0, 0, 0])), axis=1)
    assert np.ptp(rim, axis=1).max() < 1e-9  # the edge is level all round
    top_of_rim, top_of_hub = rim[:, 0] + particles.radius[:, 6, 0], hub[:, 0] + particles.radius[:, 0, 0]
    assert (top_of_rim >= top_of_hub - 1e-9).all()  # it may rise along the cyst's wall, and never sinks
    assert (top_of_rim - top_of_hub < 0.15 * size).all()
    assert (hub[:, 0] - particles.radius[:, 0, 0] < rim[:, 0] - particles.radius[:, 6, 0]).all()


def test_a_cyst_is_as_wide_as_the_particle_was() -> None:
    for settled in (0.0, 1.0):
        ball = grow(
            Recipe(size_mm=0.6, size_spread=0.0, settled=settled, arrangement="area", extent_mm=30), 3
        ).particles
        assert np.ptp(reach(ball, np.array([1.0, 0, 0])), axis=1) == pytest.approx(0.6, rel=0.15)


@given(recipe=recipes(settled=1.0), seed=seeds)
def test_sediment_has_no_hollow(recipe: Recipe, seed: int) -> None:
    assert not grow(recipe, seed).particles.hollow.any()


def test_the_mineral_is_deep_from_the_side_and_thin_from_above() -> None:
    cups = grow(preset("milk of calcium"), 5).particles
    through = {
        way: np.ptp(reach(cups, np.array(axis)), axis=1)
        for way, axis in (("down", (0, 0, 1.0)), ("along", (0, 1.0, 0)))
    }
    assert (through["down"] < 0.5 * through["along"]).all()


@given(stretch=st.floats(3.4, 8), seed=seeds)
def test_every_fourth_segment_of_a_stitch_has_a_knot_twice_as_wide_as_the_thread(stretch: float, seed: int) -> None:
    stitch = replace(preset("suture"), elongation=stretch, size_spread=0.0)
    tied, plain = grow(stitch, seed).particles, grow(replace(stitch, knots=0.0), seed).particles
    wide = np.zeros(12)
    for number in range(12):
        ends = tied.start[number, 4:10] - tied.centre[number]
        wide[number] = 2 * (np.linalg.norm(ends, axis=1) + tied.radius[number, 4:10, 0]).max()
    calibre = stitch.size_mm * stretch**0.5 / stretch
    knotted = np.arange(12) % 4 == 1
    assert (wide[knotted] >= 2 * calibre).all()
    assert (wide[knotted] <= 4 * calibre).all()
    for name in ("start", "end", "radius"):
        assert np.array_equal(getattr(tied, name)[~knotted], getattr(plain, name)[~knotted])


def test_a_knot_has_two_short_tails() -> None:
    tied = grow(preset("suture"), 2).particles.some(np.arange(12) % 4 == 1)
    tails = np.linalg.norm(tied.end[:, 10:] - tied.start[:, 10:], axis=2)
    calibre = preset("suture").size_mm / preset("suture").elongation ** 0.5
    assert (tails > 1.5 * calibre).all()
    assert (tails < 1.2).all()  # mm


@given(seed=seeds)
def test_a_round_particle_has_no_thread_to_tie(seed: int) -> None:
    dots = Recipe(count=8, irregularity=0.0)
    tied, plain = grow(replace(dots, knots=1.0), seed).particles, grow(dots, seed).particles
    for way in np.eye(3):
        assert reach(tied, way) == pytest.approx(reach(plain, way), abs=0.06)  # mm


@given(
    recipe=recipes(arrangement=st.sampled_from(["ducts", "vessel", "thread"]), settled=0.0),
    seed=seeds,
)
def test_a_bent_rod_is_still_a_rod(recipe: Recipe, seed: int) -> None:
    particles = grow(replace(recipe, irregularity=0.0, unlikeness=0.0), seed).particles
    tips = np.linalg.norm(particles.end[:, 3] - particles.start[:, 0], axis=1)
    steps = np.linalg.norm(particles.end[:, :4] - particles.start[:, :4], axis=2).sum(axis=1)
    assert (steps <= 1.3 * tips + 1e-9).all()
