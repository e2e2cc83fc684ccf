"""Threads that have grown together are told piece by piece; what is one particle stays one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.reading.detect import Floats
from calcifications.reading.thread import MANY, pieces

CAST = 7.0  # half a millimetre on the contact view


def ribbon(middle: Floats, width: float) -> Floats:
    """The outline of a band of even width along a line of shape (points, 2)."""
    way = np.gradient(middle, axis=0)
    aside = width / 2 * np.stack([-way[:, 1], way[:, 0]], axis=1) / np.hypot(*way.T)[:, None]
    return np.concatenate([middle + aside, (middle - aside)[::-1]]) + 50


def arc(length: float, turn: float) -> Floats:
    """A line that turns by an angle over its length, in pixels and radians."""
    angle = np.linspace(-turn / 2, turn / 2, 80)
    return np.cumsum(np.stack([np.cos(angle), np.sin(angle)], axis=1), axis=0) * length / 80


def area(outline: Floats) -> float:
    x, y = outline.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def joined(*outlines: Floats) -> Floats:
    """The outline of several that touch."""
    from skimage.draw import polygon2mask
    from skimage.measure import find_contours

    solid = np.any([polygon2mask((480, 480), 4 * one[:, ::-1]) for one in outlines], axis=0)
    (outline,) = find_contours(solid.astype(float), 0.5)
    return outline[:-1, ::-1] / 4


@given(width=st.floats(4, 10), widths=st.floats(1, 6), turn=st.floats(0, 1))
def test_a_rod_or_a_cast_is_one_particle(width: float, widths: float, turn: float) -> None:
    assert len(pieces(ribbon(arc(width * widths, turn), width), CAST, MANY)) == 1


@given(width=st.floats(4, 6.5), widths=st.floats(14, 40), turn=st.floats(0, 2))
def test_a_long_thread_is_read_in_pieces_that_together_are_all_of_it(width: float, widths: float, turn: float) -> None:
    thread = ribbon(arc(width * widths, turn), width)
    cut = pieces(thread, CAST, MANY)
    assert widths / 6 <= len(cut) <= widths / 2.5
    assert sum(map(area, cut)) == pytest.approx(area(thread), rel=0.12)
    assert max(np.ptp(piece, axis=0).max() for piece in cut) <= 7 * width


def test_a_bent_thread_is_cut_where_a_straight_rod_as_long_is_not() -> None:
    assert len(pieces(ribbon(arc(45, 2.0), 5), CAST, MANY)) > 1
    assert len(pieces(ribbon(arc(45, 0.0), 5), CAST, MANY)) == 1


@pytest.mark.parametrize(("width", "many"), [(10.0, True), (4.0, False)])
def test_what_forks_is_two_rods_where_it_is_too_wide_for_a_cast(width: float, many: bool) -> None:
    along = np.linspace(0, 12 * width, 200)
    stem = ribbon(np.stack([along, np.zeros(200)], axis=1), width)
    arm = ribbon(np.stack([along[:100] * 0.7 + 6 * width, along[:100] * 0.9], axis=1), width)
    from skimage.draw import polygon2mask
    from skimage.measure import find_contours

    shape = (int(14 * width) + 100, int(14 * width) + 100)
    both = np.any([polygon2mask(shape, one[:, ::-1]) for one in (stem, arm)], axis=0)
    fork = max(find_contours(both.astype(float), 0.5), key=len)[:-1, ::-1]
    # straight and not so long as to be a thread by that alone
    assert (len(pieces(fork, CAST, MANY)) > 1) == many


def test_a_ball_is_one_particle() -> None:
    turn = np.linspace(0, 2 * np.pi, 60)[:-1]
    assert len(pieces(20 + 8 * np.stack([np.cos(turn), np.sin(turn)], axis=1), CAST, MANY)) == 1


def test_two_dashes_that_meet_at_an_angle_are_two() -> None:
    along = np.linspace(0, 16, 60)
    one = ribbon(np.stack([along, np.zeros(60)], axis=1), 4.0)
    other = ribbon(np.stack([16 + along * 0.3, along * 0.95], axis=1), 4.0)
    assert len(pieces(joined(one, other), CAST, MANY)) == 2


def test_two_plates_end_to_end_are_two_among_many_and_one_lumpy_cast_where_there_are_few() -> None:
    turn = np.linspace(0, 2 * np.pi, 80)[:-1]
    plate = 50 + np.stack([9 * np.cos(turn), 2.5 * np.sin(turn)], axis=1)
    both = joined(plate, plate + np.array([17, 0]))
    assert len(pieces(both, CAST, MANY)) == 2
    assert len(pieces(both, CAST, MANY - 1)) == 1


def test_a_knot_is_no_part_of_the_thread_that_it_sits_on() -> None:
    from skimage.draw import disk, polygon2mask
    from skimage.measure import find_contours

    mask = polygon2mask((120, 120), ribbon(np.stack([np.linspace(0, 40, 90), np.zeros(90)], axis=1), 4.0)[:, ::-1])
    mask[disk((50, 70), 6)] = True
    (outline,) = find_contours(mask.astype(float), 0.5)
    sizes = sorted(area(piece) for piece in pieces(outline[:-1, ::-1], CAST, MANY))
    assert len(sizes) >= 3
    assert sizes[-1] == pytest.approx(np.pi * 7.5**2, rel=0.4)  # the knot, with what of the thread it hides
