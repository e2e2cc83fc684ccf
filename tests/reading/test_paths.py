"""What must be true of threads, knots and tracks, wherever the marks came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.reading.marks import Marks
from calcifications.reading.paths import knots, path
from calcifications.reading.tracks import tracks

Floats = np.typing.NDArray[np.float64]
seeds = st.integers(0, 10_000)


def pieces(place: Floats, angle: Floats, long: Floats | float, stretch: Floats | float = 4.0) -> Marks:
    """Smooth pieces, as long as wide times their stretch."""
    n = len(place)
    long, stretch = np.broadcast_to(long, n).astype(float), np.broadcast_to(stretch, n).astype(float)
    yes, no, zero = np.ones(n, bool), np.zeros(n, bool), np.zeros(n)
    wide = long / stretch
    return Marks(np.arange(n), place, long, wide, wide, stretch, zero, angle, stretch, zero + 20, no, yes)


def loop(count: int, gap_mm: float = 0.2, radius_mm: float = 3.0) -> Marks:
    """A thread that runs once round, but for its last piece."""
    turn = 2 * np.pi * np.arange(count) / (count + 1)
    place = radius_mm * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    long = 2 * np.pi * radius_mm / (count + 1) - gap_mm
    return pieces(place, (turn + np.pi / 2 + np.pi / 2) % np.pi - np.pi / 2, long)


def a_tube(count: int, gap_mm: float, seed: int, length_mm: float = 30.0, one_wall: bool = False) -> Floats:
    """Granules along both walls of an artery that winds, or along one."""
    chance = np.random.default_rng(seed)
    along = length_mm * (np.arange(count) + chance.random(count)) / count
    side = np.ones(count) if one_wall else np.where(np.arange(count) % 2, -1.0, 1.0)
    middle = 2 * np.sin(2 * np.pi * along / 25 + chance.random() * 6)
    aside = middle + side * gap_mm / 2 + 0.05 * chance.standard_normal(count)
    turn = chance.random() * np.pi
    return np.stack([along, aside], axis=1) @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])


# --- Threads ---


def test_a_thread_is_as_long_as_its_pieces_and_gaps_however_it_bends() -> None:
    assert path(loop(12)).length_mm == pytest.approx(2 * np.pi * 3 * 12 / 13, rel=0.1)  # chords, end to end


def test_pieces_with_wide_gaps_are_no_thread() -> None:
    assert path(loop(8, gap_mm=1.9)).length_mm == 0


@given(seed=seeds)
def test_pieces_that_lie_anyhow_are_no_thread(seed: int) -> None:
    chance = np.random.default_rng(seed)
    place, angle = 12 * chance.random((14, 2)), np.pi * (chance.random(14) - 0.5)
    assert path(pieces(place, angle, 1.0)).length_mm == 0


def test_four_pieces_hang_together_too_easily() -> None:
    few = loop(12).where(np.arange(12) < 4)
    assert path(few).length_mm == 0


@pytest.mark.parametrize(("wide", "count"), [(1.0, 0), (1.8, 0), (2.2, 3)])
def test_a_knot_is_a_blob_twice_as_wide_as_its_thread(wide: float, count: int) -> None:
    thread = loop(12)
    tied = np.arange(12) % 4 == 1
    blobs = pieces(thread.place, thread.angle, np.where(tied, wide * thread.width_mm, thread.longest_mm),
                   np.where(tied, 1.0, 4.0))  # fmt: skip
    assert knots(blobs).sum() == count
    assert not (knots(blobs) & ~tied).any()


def with_one(thread: Marks, place: tuple[float, float], long: float, dent: float, stretch: float = 1.0) -> Marks:
    """The same, and one particle more, whose outline is dented."""
    one = pieces(np.array([place]), np.zeros(1), long, stretch)
    one = replace(one, dent=np.array([dent]))
    return Marks(*(np.concatenate([getattr(thread, name), getattr(one, name)]) for name in Marks.__annotations__))


@pytest.mark.parametrize(
    ("place", "long", "dent", "stretch", "still"),
    [
        ((0.0, 0.0), 0.8, 0.02, 1.0, True),  # a smooth dot in the loop's middle
        ((0.0, 0.0), 0.8, 0.1, 1.0, False),  # a dented lump there: something else lies beside the thread
        ((2.9, -0.7), 0.8, 0.1, 1.0, True),  # the same lump where the thread ends, as its knot
        ((2.9, -0.7), 0.3, 0.1, 1.0, False),  # a fine dented particle there is nothing that a stitch has
        ((0.0, 0.0), 1.2, 0.15, 4.0, False),  # a ragged line anywhere
    ],
)
def test_a_stitch_has_no_dented_particle_beside_it_and_no_fine_or_ragged_one(
    place: tuple[float, float], long: float, dent: float, stretch: float, *, still: bool
) -> None:
    found = path(with_one(loop(12), place, long, dent, stretch))
    assert (found.length_mm > 0) == still
    assert found.on.sum() == (0 if not still else 13 if place[0] else 12)


def test_without_a_thread_there_is_no_knot() -> None:
    assert not knots(pieces(np.arange(12.0).reshape(6, 2), np.zeros(6), 1.0, 1.0)).any()


# --- What may prove a harmless cause ---


def some(dent: list[float]) -> Marks:
    """Dots side by side, of such dents."""
    place = np.arange(2.0 * len(dent)).reshape(-1, 2)
    return replace(pieces(place, np.zeros(len(dent)), 0.7, 1.2), dent=np.array(dent))


SMOOTH, DENTED = 0.02, 0.09


@given(dents=st.lists(st.sampled_from([SMOOTH, DENTED]), min_size=1, max_size=40), more=st.integers(1, 3))
def test_what_is_dented_proves_no_harmless_cause_and_one_more_never_helps(dents: list[float], more: int) -> None:
    before, after = some(dents), some([*dents, *[DENTED] * more])
    assert not (before.proving & before.irregular).any()
    assert not after.proving[-more:].any()
    assert not (after.proving[:-more] & ~before.proving).any()


@pytest.mark.parametrize(("dented", "proving"), [(0, 7), (2, 7), (3, 0), (7, 0)])
def test_where_three_in_ten_are_dented_none_proves_a_harmless_cause(dented: int, proving: int) -> None:
    assert some([SMOOTH] * 7 + [DENTED] * dented).proving.sum() == proving


# --- Tracks ---


@given(seed=seeds, gap=st.floats(1.2, 3.8))
def test_two_walls_are_followed_as_far_as_they_run_and_their_gap_is_measured(seed: int, gap: float) -> None:
    found = tracks(a_tube(50, gap, seed))
    assert found.length_mm > 25
    assert found.gap_mm == pytest.approx(gap, rel=0.15)


@given(seed=seeds)
def test_one_wall_alone_is_never_two_tracks_an_artery_apart(seed: int) -> None:
    found = tracks(a_tube(50, 2.0, seed, one_wall=True))
    assert found.length_mm == 0 or found.gap_mm < 0.6


@pytest.mark.parametrize("wide", [4.0, 8.0])
def test_an_even_cloud_has_tracks_in_no_more_than_a_few_of_a_hundred(wide: float) -> None:
    clouds = (np.random.default_rng(seed).random((30 + seed % 60, 2)) * [30, wide] for seed in range(100))
    assert sum(tracks(cloud).length_mm >= 9 for cloud in clouds) <= 3


def test_a_few_granules_can_lie_in_two_rows_by_chance() -> None:
    assert tracks(a_tube(14, 2.0, 7)).length_mm == 0


@pytest.mark.parametrize("moved", [(0.0, 0.0), (40.0, -25.0)])
def test_where_an_artery_lies_makes_no_difference(moved: tuple[float, float]) -> None:
    place = a_tube(50, 2.0, 7)
    assert tracks(place + np.array(moved)).length_mm == pytest.approx(tracks(place).length_mm)
