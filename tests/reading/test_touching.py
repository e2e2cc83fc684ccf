"""What touches in a picture: halo is no particle, and among few a cast in pieces is one cast."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.reading.contour import area
from calcifications.reading.detect import Floats
from calcifications.reading.touching import bodies, dustless, together

CAST = 12.8  # half a millimetre on the magnified view


def ball(x: float, y: float, radius: float) -> Floats:
    """The outline of a ball's shadow."""
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)


def band(start: float, end: float, width: float = 5.0) -> Floats:
    """The outline of a straight cast that lies across the picture, with a corner at each pixel."""
    x = np.arange(start, end + 0.5)
    return np.concatenate([np.stack([x, 0 * x + 20], axis=1), np.stack([x, 0 * x + 20 + width], axis=1)[::-1]])


@given(radius=st.floats(5, 20), turn=st.floats(0, 6.3), peak=st.floats(300, 2000))
def test_halo_beside_a_bright_ball_is_no_particle_but_a_ball_beside_it_is_one(radius, turn, peak):
    far = radius + 2.5
    beside = ball(60 + far * np.cos(turn), 60 + far * np.sin(turn), 0.8)
    assert dustless([beside, ball(60, 60, radius)], np.array([40.0, peak])) == [1]
    assert dustless([beside, ball(60, 60, radius)], np.array([peak, peak])) == [0, 1]  # as bright: calcium
    assert dustless([beside + 40, ball(60, 60, radius)], np.array([40.0, peak])) == [0, 1]  # far from it


@pytest.mark.parametrize("none", [[], [ball(30, 30, 5)]])
def test_without_neighbours_nothing_is_halo(none):
    assert dustless(none, np.full(len(none), 50.0)) == list(range(len(none)))
    assert bodies(none, CAST) == [[each] for each in range(len(none))]


@given(cuts=st.lists(st.floats(0.2, 0.8), min_size=1, max_size=3, unique=True), length=st.floats(40, 90))
def test_pieces_of_a_cast_hang_together_and_are_all_of_it(cuts, length):
    ends = np.round(np.array([0, *sorted(cuts), 1]) * length) + 10
    parts = [band(a, b) for a, b in itertools.pairwise(ends) if b > a]
    apart = ball(50, 80, 4)
    assert bodies([*parts, apart], CAST) == [list(range(len(parts))), [len(parts)]]
    assert area(together(parts)) == pytest.approx(area(band(ends[0], ends[-1])), rel=0.05)


def test_what_is_wider_than_a_cast_is_not_put_together():
    lumps = [ball(30, 30, 12), ball(54, 30, 12)]
    assert bodies(lumps, CAST) == [[0], [1]]
