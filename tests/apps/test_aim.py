"""Aiming without a page: depth from two crosses, what the notch holds, and nothing told before the needle is sent."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.apps import aim
from calcifications.apps.aim_target import ENOUGH, NOTCH_MM, REACH_MM, TASKS, Target
from calcifications.errors import CourseError

seeds = st.integers(0, 10_000)
numbers = st.integers(0, 2 * len(TASKS) - 1)


def on_target(target):
    """Crosses on the middle of the target, in both pictures."""
    ours = target.pattern.particles.centre[target.pattern.particles.group == 0]
    return target.shares(ours.mean(axis=0)).tolist()


def ask(widget, **what):
    turn = widget.asked.get("turn", 0) + 1
    widget.set_state({"asked": {"number": widget.number, **what, "turn": turn}})
    return widget.item


def moved(crosses, picture, mm, target):
    """The crosses, one of them moved up its picture by some mm."""
    rows = target.pictures[picture].background.shape[0] * target.pictures[picture].pixel_mm
    out = [list(at) for at in crosses]
    out[picture][1] -= mm / rows
    return out


@settings(max_examples=20, deadline=None)
@given(seed=seeds, number=numbers)
def test_crosses_on_the_target_find_it_wherever_it_lies(seed, number):
    target = Target.drawn(number, seed)
    shot = target.shot(on_target(target))
    assert shot.depth_mm == pytest.approx(target.middle[2], abs=0.1)  # its middle in space, and in the pictures
    assert shot.off_aside_mm == pytest.approx(0, abs=0.1)
    assert shot.crossed_mm == pytest.approx(0, abs=0.1)
    assert shot.right
    assert shot.thumb_mm > shot.depth_mm  # the rule of thumb lies too high


@settings(max_examples=20, deadline=None)
@given(seed=seeds, number=numbers)
def test_every_speck_shows_in_both_pictures(seed, number):
    target = Target.drawn(number, seed)
    shares = target.shares(target.pattern.particles.centre)
    assert (shares > 0).all()
    assert (shares < 1).all()


@pytest.mark.parametrize("picture", [0, 1])
@pytest.mark.parametrize("mm", [-1.0, 1.0])
def test_an_error_in_one_picture_costs_depth_and_the_same_in_both_moves_the_needle_aside(picture, mm):
    target = Target.drawn(1, 3)
    crosses = on_target(target)
    before = target.shot(crosses)
    one = target.shot(moved(crosses, picture, mm, target))
    assert abs(one.depth_mm - before.depth_mm) == pytest.approx(before.cost_mm, abs=0.05)
    assert 1.58 < before.cost_mm < 1.87  # guard of the fact base: from 50 mm above the detector down to it
    both = target.shot(moved(moved(crosses, 0, mm, target), 1, mm, target))
    assert both.depth_mm == pytest.approx(before.depth_mm)
    assert np.linalg.norm(both.place - before.place) == pytest.approx(abs(mm), rel=0.06)


def test_the_notch_holds_what_lies_beside_it_and_nothing_else():
    target = Target.drawn(1, 3)
    crosses = on_target(target)
    held = []
    for mm in (0, 2, 4, 6, 8, 10):
        shot = target.shot(moved(crosses, 0, mm, target))
        aside = np.linalg.norm(target.specks[:, :2] - shot.place, axis=1)
        along = np.abs(target.specks[:, 2] - shot.depth_mm)
        assert (shot.held == ((aside <= REACH_MM) & (along <= NOTCH_MM / 2))).all()
        assert shot.right == (shot.held.mean() >= ENOUGH)
        assert shot.just == (shot.right and abs(shot.off_depth_mm) > NOTCH_MM / 4)
        held.append(shot.held.sum())
    assert held == sorted(held, reverse=True)
    assert held[0] == len(target.specks)
    assert held[-1] == 0


def test_smooth_dots_at_another_height_do_not_count():
    target = Target.drawn(len(TASKS) - 1, 5)
    assert (target.pattern.particles.group == 1).any()
    assert len(target.specks) == (target.pattern.particles.group == 0).sum()
    others = target.pattern.particles.centre[target.pattern.particles.group == 1].mean(axis=0)
    assert not target.shot(target.shares(others).tolist()).right


def test_the_page_gets_the_pair_and_not_the_place():
    widget = aim(seed=3)
    for ground, picture in zip((widget.ground, widget.ground_beside), widget.target.pictures, strict=True):
        shape = picture.background.shape
        assert (np.frombuffer(ground, "<u2").reshape(shape) == picture.pixels).all()
    assert widget.live == {}
    assert widget.item["shot"] is None
    for pane in widget.item["panes"]:
        assert pane["shapes"] == pane["map"]["dots"] == []
        assert pane["box"] == (0, 0, 0, 0)
        assert "to be found" in pane["alt"]
    json.dumps(widget.item)


def test_the_depth_follows_the_crosses_and_tells_nothing_of_the_truth():
    widget = aim(seed=3)
    item = ask(widget, crosses=on_target(widget.target))
    assert [name for name, _ in widget.live["rows"]] == [
        "Shift between the pictures",
        "Depth, exact formula",
        "Depth, rule of thumb",
    ]
    assert widget.live["rows"][1][1] == f"{widget.target.middle[2]:.1f} mm"
    assert widget.live["told"] == ""
    assert item["shot"] is None


def test_crosses_on_two_different_specks_are_told_apart():
    widget = aim(seed=3)
    left, right = on_target(widget.target)
    ask(widget, crosses=[left, [right[0] + 0.1, right[1]]])
    assert "apart along the way to the nipple" in widget.live["told"]
    ask(widget, crosses=[right, left])
    assert "wrong way" in widget.live["told"]


def test_a_needle_that_is_sent_is_told_with_truth_errors_and_cost():
    widget = aim(seed=3)
    ask(widget, next=True)  # there is nothing to go on from
    assert widget.number == 0
    item = ask(widget, crosses=on_target(widget.target), send=True)
    shot = item["shot"]
    assert shot["right"]
    assert shot["head"] == "The notch holds 1 of 1 speck"
    assert shot["rows"][0] == ["True depth of the middle", f"{widget.target.middle[2]:.1f} mm"]
    assert "1 mm of error in one picture costs 1." in shot["cost"]
    assert [len(pane["shapes"]) for pane in item["panes"]] == [1, 1]
    assert len(shot["side"]["specks"]) == 1
    json.dumps(item)
    before = widget.item
    ask(widget, crosses=[[0, 0], [0, 0]], send=True)  # a needle is sent once
    assert widget.item == before


def test_a_target_at_the_end_of_the_notch_is_told():
    told = {}
    for mm in (0, 4):
        widget = aim(seed=3)
        ask(widget, crosses=moved(on_target(widget.target), 0, mm, widget.target), send=True)
        assert widget.item["shot"]["right"]
        told[mm] = "near the notch's end" in widget.item["shot"]["cost"]
    assert told == {0: False, 4: True}


def test_a_round_ends_with_how_it_went_and_another_begins():
    widget = aim(targets=2, seed=4)
    told = []
    for miss in (0.0, 0.3, 0.0):
        (across, down), other = on_target(widget.target)
        item = ask(widget, crosses=[[across, down + miss], other], send=True)
        told.append((item["progress"], item["shot"]["last"], item["shot"]["told"]))
        ask(widget, next=True)
    assert [progress for progress, *_ in told] == ["Target 1 of 2", "Target 2 of 2", "Target 1 of 2, round 2"]
    assert [last for _, last, _ in told] == [False, True, False]
    assert told[1][2].startswith("1 of 2 targets would be in the sample.")


@pytest.mark.parametrize("crosses", [None, [], [[0, 0]], [[0, 0], None], [[0, "x"], [0, 0]], [[0, 2], [0, 0]], "x"])
def test_crosses_that_are_none_get_one_sentence(crosses):
    widget = aim(seed=3)
    item = ask(widget, crosses=crosses)
    assert item["problem"]
    assert "\n" not in item["problem"]
    assert item["shot"] is None
    assert ask(widget, crosses=on_target(widget.target), send=True)["problem"] is None


def test_the_same_seed_lays_the_same_targets():
    one, other = (Target.drawn(2, 9) for _ in range(2))
    assert (one.specks == other.specks).all()
    assert (Target.drawn(2, 10).middle != one.middle).any()


def test_its_name_and_still_are_the_same_whatever_it_shows():
    assert repr(aim(seed=1)) == repr(aim()) == "Aim(4 targets on a stereo pair)"
    data, _ = aim(seed=1)._repr_mimebundle_()
    assert data["text/plain"] == "Aim(4 targets on a stereo pair)"
    assert "Aim(4 targets on a stereo pair)" in data["text/html"]


@pytest.mark.parametrize("options", [{"targets": 0}, {"targets": 2.5}, {"seed": "x"}])
def test_a_mistake_gets_one_sentence(options):
    with pytest.raises(CourseError) as told:
        aim(**options)
    assert "\n" not in str(told.value)
