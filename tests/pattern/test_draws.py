"""What must be true of chance: it stays put, so that nothing else moves when one thing does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.pattern.draws import bell, draws, spaced
from tests.strategies import seeds

counts = st.integers(1, 300)  # across 128, where the table of chance first grows


@given(seed=seeds, count=counts, more=counts, width=st.integers(1, 56))
def test_one_more_particle_leaves_the_chance_of_the_others_as_it_was(
    seed: int, count: int, more: int, width: int
) -> None:
    few, many = draws(seed, "a purpose", count, width), draws(seed, "a purpose", count + more, width)
    assert few.shape == (count, width)
    assert np.array_equal(many[:count], few)
    assert few.min() >= 0
    assert few.max() < 1


@given(seed=seeds, count=counts, more=counts, dimensions=st.sampled_from([1, 3]))
def test_one_more_particle_leaves_the_places_of_the_others_as_they_were(
    seed: int, count: int, more: int, dimensions: int
) -> None:
    few, many = spaced(seed, "a purpose", count, dimensions), spaced(seed, "a purpose", count + more, dimensions)
    assert np.array_equal(many[:count], few)
    assert few.min() >= 0
    assert few.max() < 1


@given(seed=seeds)
def test_two_purposes_and_two_seeds_share_no_chance(seed: int) -> None:
    one = draws(seed, "shape", 20, 3)
    assert not np.isin(draws(seed, "place", 20, 3), one).any()
    assert not np.isin(draws(seed + 1, "shape", 20, 3), one).any()


def test_what_was_drawn_cannot_be_spoiled_for_the_next_who_asks() -> None:
    table = draws(7, "shape", 5, 2)
    with pytest.raises(ValueError, match="read-only"):
        table[0, 0] = 0.5


def test_neighbours_keep_their_distance() -> None:
    def closest(points: np.ndarray) -> float:
        apart = np.linalg.norm(points[:, None] - points, axis=2)
        np.fill_diagonal(apart, np.inf)
        return float(np.percentile(apart.min(axis=1), 10))

    kept = [closest(spaced(seed, "place", 64, 3)) for seed in range(20)]
    thrown = [closest(draws(seed, "place", 64, 3)) for seed in range(20)]
    assert np.median(kept) > 1.3 * np.median(thrown)


def test_the_bell_is_a_normal_one_without_its_far_tails() -> None:
    chance = draws(3, "bell", 20_000, 2)
    values = bell(chance[:, 0], chance[:, 1])
    assert np.abs(values).max() <= 3
    assert values.mean() == pytest.approx(0, abs=0.03)
    assert values.std() == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("seed", [-1, 1.5, None, "seven", 2**60])
def test_a_seed_is_a_whole_number(seed: object) -> None:
    with pytest.raises(CourseError, match="it is a whole number from 0 to"):
        draws(seed, "shape", 1, 1)  # type: ignore[arg-type]
