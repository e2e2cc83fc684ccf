"""Find it beside something harmless: who has found one goes on looking."""

import itertools
import math

import numpy as np
import pytest

from calcifications.errors import CourseError
from calcifications.imaging import look, project
from calcifications.learning.items import KINDS, fresh_item
from calcifications.learning.items.findable import NEAR_MM, distance_mm, shown_places
from calcifications.lexicon import terms
from tests.apps.answering import right_answer, wrong_answer
from tests.learning.asked import fresh

TWO = "beside something harmless"
HARMLESS = {term.name for term in terms("form") if term.family == "typically benign"}


@pytest.fixture(scope="module")
def pairs():
    """Some pictures with a group to be worked up and a harmless one."""
    return [fresh_item("find", np.random.default_rng(seed), word=TWO) for seed in range(10)]


def test_one_of_the_two_is_to_be_worked_up_and_the_other_is_proved_harmless(pairs):
    for question in pairs:
        assert question.category.word == TWO
        assert question.doubts == ()
        first, other = question.reading, question.harmless
        assert first.group != other.group
        assert other.category == "0" or other.category == "2"
        assert other.after_work_up.category == "2"
        assert other.morphology in HARMLESS - {"round", "punctate"}  # these are never cleared by their form
        assert first.category == "0"
        assert "worked up" in question.ask()
        assert first.morphology not in question.ask()


def test_nothing_fine_lies_beside_what_only_its_absence_proves_harmless(pairs):
    for question in pairs:
        asked = [c.threshold for c in question.harmless.fired("form").checks if c.feature == "fine_count"]
        fine = sum(each.facts["fine_count"] for each in question.reading.populations)
        assert all(fine < most for most in asked)


def test_who_presses_the_harmless_one_is_told_what_it_is(pairs):
    for question in pairs:
        assert question.mark(right_answer(question)).right
        assert not question.mark(wrong_answer(question)).right
        for place in shown_places(question.case, question.harmless.group):
            told = question.mark(place.tolist())
            assert not told.right
            assert told.why_not.startswith(f"There it is {question.harmless.morphology}")
            assert question.reading.morphology in told.why


def test_the_two_lie_apart_and_only_the_one_that_is_asked_for_is_marked(pairs):
    for question in pairs:
        first, other = (shown_places(question.case, each.group) for each in (question.reading, question.harmless))
        assert distance_mm(question.case, first, other).min() > 2 * NEAR_MM
        groups = question.case.pattern.particles.group[question.mark(right_answer(question)).where]
        assert set(groups.tolist()) == {question.reading.group}


def test_forms_that_are_chosen_are_those_to_be_worked_up():
    chance = np.random.default_rng(0)
    question = fresh_item("find", chance, ("fine pleomorphic", "rim"), TWO)
    assert question.reading.morphology == "fine pleomorphic"


def test_it_is_asked_in_every_tissue_and_beside_something_harmless():
    assert len(KINDS["find"].words()) == 5
    for word in KINDS["find"].words():
        assert fresh_item("find", np.random.default_rng(1), word=word).category.word == word


@pytest.mark.parametrize("answer", [None, [0.5], [0.5, 2], ["left", 0]])
def test_what_is_no_place_gets_one_sentence(pairs, answer):
    with pytest.raises(CourseError):
        pairs[0].mark(answer)


@pytest.mark.parametrize("seed", range(6))
def test_a_place_is_marked_by_its_distance_in_mm(seed):
    question = fresh("find", seed)
    view = question.looks[0].view
    picture = question.looks[0].picture
    seen = question.group.deciding("count")
    rows, columns = picture.background.shape
    mm = project(view, question.case.pattern.particles.centre[seen])
    for across, down in itertools.product((0.05, 0.5, 0.95), repeat=2):
        here = np.array([(across - 0.5) * columns, (0.5 - down) * rows]) * picture.pixel_mm
        off = float(np.linalg.norm(mm - here, axis=1).min())
        marked = question.mark([across, down])
        assert marked.off_mm == pytest.approx(off, abs=0.5)  # a view may show a particle a little beside its middle
        assert marked.right == (marked.off_mm <= NEAR_MM)


@pytest.mark.parametrize("seed", range(6))
def test_the_whole_group_is_on_the_picture_and_not_always_in_its_middle(seed):
    question = fresh("find", seed)
    assert ((question.places > 0) & (question.places < 1)).all()
    brighter = question.looks[0].picture.layer
    assert brighter.max() > 0


def test_groups_lie_all_over_the_picture():
    middles = np.array([fresh("find", seed).middle for seed in range(24)])
    assert (middles.std(axis=0) > 0.12).all()


def test_the_view_beside_the_group_shows_the_same_calcifications():
    question = fresh("find", 1)
    straight = look(question.case.views[0], question.case.pattern)
    aside = question.looks[0].view
    assert math.dist(straight.centre, aside.centre) > 0
    assert (straight.pixel_mm, straight.name) == (aside.pixel_mm, aside.name)
