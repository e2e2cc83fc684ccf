"""Say it: where it lies, in side, clock and depth, by what the pictures show and a report says."""

import math
from dataclasses import replace

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.learning.items import fresh_item
from calcifications.learning.items.place import ALL_OVER, HOURS, place_of
from calcifications.pattern import Recipe, preset
from calcifications.reading import Context, read_words
from tests.apps.answering import right_answer
from tests.learning.asked import fresh


@pytest.fixture(scope="module")
def reports():
    """Some reports to be said."""
    return [fresh_item("report", np.random.default_rng(seed)) for seed in range(30)]


def at(side, outward, upward, forward=0.0):
    """A group so many mm to the arm and to the head from the way straight back from the nipple."""
    recipe = replace(preset("round", "grouped"), across_mm=outward, up_mm=upward, forward_mm=forward, breast=side)
    return place_of(Case([recipe], Context(), seed=1, views=("CC", "ML")))


@pytest.mark.parametrize(
    ("side", "outward", "upward", "hour"),
    [
        ("left", 0, 25, 12), ("left", 25, 0, 3), ("left", 0, -25, 6), ("left", -25, 0, 9),
        ("right", 0, 25, 12), ("right", 25, 0, 9), ("right", 0, -25, 6), ("right", -25, 0, 3),
        ("left", 18, 18, 1), ("right", 18, 18, 11), ("right", 18, 18, 10), ("left", 18, 18, 2),
    ],
)  # fmt: skip
def test_the_clock_is_as_one_faces_the_patient(side, outward, upward, hour):
    place = at(side, outward, upward)
    assert f"{hour} o'clock" in place.clocks
    assert place.sides == (f"{side} breast",)


@pytest.mark.parametrize(("forward", "depth"), [(38, "anterior"), (5, "middle"), (-28, "posterior")])
def test_depth_is_the_third_of_the_way_from_nipple_to_chest_wall(forward, depth):
    assert at("left", 10, 10, forward).depths == (f"{depth} depth",)


def test_one_hour_or_two_are_right_and_never_one_that_is_far(reports):
    for question in reports:
        place = question.place
        if place.everywhere:
            assert question.reading.distribution == "diffuse"
            assert (place.clocks, place.depths) == ((ALL_OVER,), (ALL_OVER,))
            continue
        assert 1 <= len(place.clocks) <= 2
        for clock in HOURS:
            off = abs((30 * int(clock.split()[0]) - place.turn_deg + 180) % 360 - 180)
            assert (clock in place.clocks) == (off <= 20)
        assert 1 <= len(place.depths) <= 2
        assert math.hypot(place.outward_mm, place.upward_mm) > 8  # nobody can tell the hour of the middle


def test_both_breasts_and_many_hours_come_up(reports):
    assert {question.place.side for question in reports} == {"left", "right"}
    assert len({question.place.clocks for question in reports}) > 8


def test_the_key_is_what_a_report_says(reports):
    for question in reports:
        place = question.place
        if not place.everywhere:
            clock, depth = int(place.clocks[0].split()[0]), place.depths[0].split()[0]
            said = question.reading.report(side=place.side, clock=clock, depth=depth)
            assert said.startswith(f"{place.side.capitalize()} breast, {clock} o'clock, {depth} depth")


def test_where_it_lies_can_be_read_off_the_whole_breast(reports):
    for question in reports:
        names = [look.name for look in question.looks]
        assert names[-2:] == ["whole CC", "whole ML"]
        assert [look.view.whole for look in question.looks[-2:]] == [True, True]
        assert {look.view.side for look in question.looks} == {question.place.side}


def test_the_close_ups_are_aimed_at_it_wherever_it_lies(reports):
    for question in reports:
        middle = question.case.pattern.particles.centre.mean(axis=0)
        for look in question.looks[:2]:
            assert look.view.centre == pytest.approx(tuple((look.view.axes @ middle).tolist()))


@pytest.mark.parametrize("slot", ["side", "clock", "depth", "change", "form", "category", "management"])
def test_one_wrong_word_is_named_with_what_is_right(reports, slot):
    question = next(each for each in reports if not each.place.everywhere)
    answer = right_answer(question)
    words = next(each for each in question.sheet()["slots"] if each["name"] == slot)["options"]
    answer[slot] = next(o["word"] for o in words if o["word"] not in question.accepted[slot])
    told = question.mark(answer)
    assert not told.right
    assert told.score == pytest.approx(7 / 8)
    assert told.why_not
    if slot in ("clock", "depth"):
        assert f"{abs(question.place.upward_mm):.0f} mm" in told.why
        assert all(word in told.why for word in question.accepted[slot])
    if slot == "side":
        assert question.place.side in told.why_not


def test_a_group_keeps_its_words_wherever_it_is_put():
    for seed in range(6):
        question = fresh_item("report", np.random.default_rng(seed), word="fine pleomorphic")
        home = replace(
            question.case,
            recipes=tuple(
                Recipe.from_dict(each.to_dict() | {"forward_mm": 0.0, "across_mm": 0.0, "up_mm": 0.0})
                for each in question.case.groups
            ),
        )
        read = home.reading()
        assert (read.morphology, read.distribution) == (question.reading.morphology, question.reading.distribution)


@pytest.mark.parametrize("seed", range(6))
def test_a_report_is_right_where_all_its_words_are(seed):
    question = fresh("report", seed)
    right = {name: words[0] for name, words in question.accepted.items()}
    words = read_words(right["form"], "none" if " " in right["distribution"] else right["distribution"])
    assert words.morphology == right["form"]
    assert question.mark(right).score == 1
    for slot in question.sheet()["slots"]:
        other = next(o["word"] for o in slot["options"] if o["word"] not in question.accepted[slot["name"]])
        told_ = question.mark(right | {slot["name"]: other})
        assert not told_.right
        assert told_.score == pytest.approx(7 / 8)
        assert told_.why_not
