"""What must be true of how particles lie: the circles that decide "grouped", the extent, the line, the wedge."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.reading.layout import MANY, ONE_CM, _frame, _hull, distances, layout, to_nipple, together, wedge

NIPPLE = np.array([55.0, 0.0])
BREAST_MM2 = 9000.0


def on_a_view(most: int) -> st.SearchStrategy[np.ndarray]:
    place = st.tuples(st.floats(-15, 15), st.floats(-15, 15))
    return st.lists(place, min_size=1, max_size=most).map(np.array)


def measured(place: np.ndarray) -> dict[str, float]:
    return layout(place, NIPPLE, BREAST_MM2)[0]


@given(place=on_a_view(9))
def test_the_most_within_1_cm_is_what_trying_all_subsets_finds(place: np.ndarray) -> None:
    near = distances(place) <= ONE_CM
    all_subsets = (
        some for size in range(len(place), 0, -1) for some in itertools.combinations(range(len(place)), size)
    )
    best = next(len(some) for some in all_subsets if near[np.ix_(some, some)].all())
    assert len(together(place)) == best
    assert measured(place)["count_within_10mm"] == best


@given(place=on_a_view(120))
def test_no_two_of_those_within_1_cm_lie_further_apart(place: np.ndarray) -> None:
    apart = distances(place)
    crowd = together(place)
    assert len(set(crowd.tolist())) == len(crowd) >= 1
    assert apart[np.ix_(crowd, crowd)].max() <= ONE_CM


def test_within_1_cm_is_the_largest_distance_between_any_two_not_a_chain() -> None:
    chain = np.stack([np.arange(8) * 2.4, np.zeros(8)], axis=1)  # each 2.4 mm from the next: 5 span 9.6 mm
    assert measured(chain)["count_within_10mm"] == 5


@given(place=on_a_view(30))
def test_the_extent_is_the_largest_distance_between_two(place: np.ndarray) -> None:
    pairs = [np.linalg.norm(one - other) for one, other in itertools.combinations(place, 2)]
    assert measured(place)["extent_mm"] == pytest.approx(max(pairs, default=0.0), abs=1e-5)


@given(place=on_a_view(30), away=st.floats(-20, 20))
def test_where_a_group_lies_makes_no_difference_to_its_size(place: np.ndarray, away: float) -> None:
    here, there = measured(place), measured(np.add(place, [0.0, away]))
    for feature in ("count_within_10mm", "extent_mm", "breast_share"):
        assert there[feature] == pytest.approx(here[feature], abs=1e-5)


@pytest.mark.parametrize("turn", [0, 30, 75, 90])
def test_a_line_is_long_and_narrow_whichever_way_it_runs(turn: float) -> None:
    along, aside = np.linspace(-10, 10, 9), 0.5 * (-1.0) ** np.arange(9)
    way = np.radians(turn)
    place = np.outer(along, [np.cos(way), np.sin(way)]) + np.outer(aside, [-np.sin(way), np.cos(way)])
    seen = measured(place)
    assert seen["length_mm"] == pytest.approx(20, abs=0.2)
    assert seen["width_mm"] == pytest.approx(1, abs=0.2)
    assert seen["line_ratio"] == pytest.approx(20.1 / 1.1, rel=0.1)


def test_one_or_two_are_no_line() -> None:
    assert measured(np.zeros((1, 2)))["line_ratio"] == 1
    assert measured(np.array([[0.0, 0], [0, 0.2]]))["line_ratio"] < 4


def a_wedge(opening_deg: float, tip_mm: float = 14.0) -> np.ndarray:
    """A wedge 28 mm long, filled evenly, whose tip points to the nipple."""
    far, turned = np.meshgrid(np.linspace(0, 1, 12), (np.arange(12) + 0.5) / 12)
    radial = 28 * np.sqrt(far.ravel())
    side = np.radians(opening_deg) * (turned.ravel() - 0.5)
    return np.stack([tip_mm - radial * np.cos(side), radial * np.sin(side)], axis=1)


@pytest.mark.parametrize("opening", [10, 20, 30, 38, 45, 60])
def test_a_wedge_opens_as_far_as_it_does_and_is_filled(opening: float) -> None:
    seen = measured(a_wedge(opening))
    assert seen["wedge_deg"] == pytest.approx(opening, abs=6)
    assert seen["wedge_fill"] > 0.85


@pytest.mark.parametrize("turn", [0, 40, 90, 200])
@pytest.mark.parametrize("long", [1.0, 1.6, 3.0])
def test_an_even_disc_however_long_fills_no_wedge(long: float, turn: float) -> None:
    radius, angle = np.sqrt((np.arange(400) + 0.5) / 400), np.arange(400) * 2.4
    way = np.radians(turn)
    disc = np.stack([long * radius * np.cos(angle), radius * np.sin(angle)], axis=1) * 10
    place = disc @ np.array([[np.cos(way), np.sin(way)], [-np.sin(way), np.cos(way)]])
    assert measured(place)["wedge_fill"] < 0.65


def test_a_wedge_that_points_away_from_the_nipple_is_none() -> None:
    away = measured(a_wedge(26) * [-1, 1])
    assert away["wedge_fill"] < 0.65


@given(place=on_a_view(30))
def test_the_wedge_holds_every_particle_between_its_tip_and_its_base(place: np.ndarray) -> None:
    corners = wedge(place, to_nipple(place, NIPPLE))[2]
    for start, end, third in zip(corners, np.roll(corners, -1, axis=0), np.roll(corners, -2, axis=0), strict=True):
        across = np.array([start[1] - end[1], end[0] - start[0]])
        assert ((place - start) @ across * np.sign((third - start) @ across)).min() > -1e-6


def test_thousands_are_measured_as_the_few_are() -> None:
    place = np.random.default_rng(7).normal(size=(MANY, 2)) * 8
    few, many = measured(place), measured(np.concatenate([place, place[:1]]))
    for feature, value in few.items():
        # in a circle, as the many are, there are a few fewer than no further apart than its diameter
        assert many[feature] == pytest.approx(value, rel=0.15 if feature == "count_within_5mm" else 0.1), feature


def test_particles_cover_the_share_of_the_breast_that_their_outline_holds() -> None:
    turn = np.linspace(0, 2 * np.pi, 60)
    ring = 20 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    assert measured(ring)["breast_share"] == pytest.approx(np.pi * 400 / BREAST_MM2, rel=0.01)
    assert measured(ring[:1])["breast_share"] == 0


@given(places=st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=60))
def test_the_area_within_the_outermost_is_that_of_the_convex_hull(places: list[tuple[float, float]]) -> None:
    from scipy.spatial import ConvexHull, QhullError

    place = np.array(places)
    try:
        known = float(ConvexHull(place).volume)
    except QhullError:  # all on one line
        known = 0.0
    assert _frame(_hull(place))[2] == pytest.approx(known, abs=1e-6 * (1 + np.ptp(place, axis=0).prod()))


def test_one_or_two_particles_enclose_nothing() -> None:
    for place in (np.zeros((1, 2)), np.array([[0.0, 0.0], [3.0, 4.0]])):
        assert _frame(_hull(place))[2] == 0


@given(place=on_a_view(30), shares=st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_one_particle_more_in_their_midst_moves_neither_line_nor_wedge(place, shares):
    three = place[[0, len(place) // 2, -1]]
    weight = np.array(shares) + 0.01
    inside = (weight[:, None] * three).sum(axis=0) / weight.sum()
    before, after = (layout(one, np.array([60.0, 0.0]), 1e4)[0] for one in (place, np.vstack([place, inside])))
    for name in ("length_mm", "width_mm", "radial_mm", "wedge_deg", "wedge_fill", "extent_mm"):
        if len(place) > 2:
            assert after[name] == pytest.approx(before[name], abs=1e-6)
