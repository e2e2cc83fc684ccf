"""Whole cases: one unknown case read from start to finish, and no step tells what a later one asks for."""

from collections import Counter

import numpy as np
import pytest

from calcifications.errors import CourseError
from calcifications.learning import Category, Progress, Session
from calcifications.learning.asked import Asked
from calcifications.learning.items.whole import STEPS, WholeCase, whole_case
from calcifications.pattern import forms
from tests.apps.answering import right_answer, wrong_answer
from tests.learning.logs import plain

CASES = 24


def questions(seed=0, cases=1, kinds=()):
    """Whole cases of a seed, each with its questions."""
    session = Session(kinds, seed=seed, cases=cases)
    asked = []
    for _ in range(session.length):
        asked.append(session.item)
        session.answer(wrong_answer(session.item))
        session.next()
    steps = len(session.kinds)
    return [asked[first : first + steps] for first in range(0, len(asked), steps)]


@pytest.fixture(scope="module")
def read():
    """Some whole cases, each with its questions."""
    return [case for seed in range(2) for case in questions(seed, CASES // 2)]


def test_all_steps_are_asked_of_one_case_before_the_next_comes(read):
    for asked in read:
        assert tuple(question.kind for question in asked) == STEPS
        assert len({question.case.code for question in asked}) == 1
        assert [question.later for question in asked] == [STEPS[place + 1 :] for place in range(len(STEPS))]
    assert len({asked[0].case.code for asked in read}) == len(read)


def test_every_step_of_a_whole_case_has_one_answer(read):
    for asked in read:
        for question in asked:
            assert question.reading.borderline == ()
            assert question.reading.morphology in forms()
            assert question.mark(right_answer(question)).right
            assert not question.mark(wrong_answer(question)).right


def test_what_is_known_of_the_woman_is_known_from_the_first_step_on(read):
    for asked in read:
        assert {question.known for question in asked} == {asked[-1].known}
        assert asked[0].known[0].startswith("The work-up is complete")


def said(question, answer):
    """All that is said to an answer, its marks and numbers too."""
    feedback = question.mark(answer)
    checks = feedback.step.checks if feedback.step else ()
    numbers = [text for check in checks for text in (check.label, *check.shown)]
    return " ".join([feedback.why, feedback.why_not, *numbers, str(feedback.told())])


def test_what_is_said_to_a_step_does_not_name_what_a_later_one_asks_for(read):
    for asked in read:
        for place, question in enumerate(asked):
            told = " ".join(said(question, give(question)) for give in (right_answer, wrong_answer))
            secret = {each.kind: each for each in asked[place + 1 :]}
            if "form" in secret:
                assert question.reading.morphology not in told
            if "distribution" in secret:
                assert f"“{question.reading.distribution}”" not in told
                assert f"{question.reading.distribution}." not in told
            if "category" in secret:
                assert question.reading.management not in told
                assert f"Category {question.reading.category}" not in told


LYING = ("largest distance between two", "length of the arrangement", "share of the breast", "most within 1 cm")


def test_no_number_of_how_they_lie_is_told_before_it_is_asked(read):
    for asked in read:
        find, form, distribution, _ = asked
        for question in (find, form):
            for option in question.options or ():
                assert not any(label in said(question, option.word) for label in LYING)
            assert not any(label in said(question, wrong_answer(question)) for label in LYING)
            assert f"{question.group.values['extent_mm']:.0f} mm" not in find.explain()
        assert any(label in said(each[2], right_answer(each[2])) for each in read for label in LYING)
        assert distribution.kind == "distribution"


def test_what_would_mend_a_form_leaves_them_where_they_lie(read):
    found = 0
    for asked in read[:6]:
        form = asked[1]
        mended = form.mark(wrong_answer(form)).mended
        if mended:
            found += 1
            assert mended.slider not in ("count", "extent_mm", "arrangement")
    assert found


def test_a_question_that_stands_alone_is_told_all_there_is():
    alone = Session(("form",), seed=3).item
    assert alone.later == ()
    assert "arrangement" in alone.sliders


def test_forms_ways_to_lie_and_categories_are_mixed(read):
    for place in range(1, len(STEPS)):
        words = Counter(asked[place].category.word for asked in read)
        assert len(words) >= 5
        assert max(words.values()) <= CASES / 2


def test_what_has_to_be_found_is_on_the_picture_and_not_all_over_it(read):
    for asked in read:
        find = asked[0]
        across, down = find.middle
        assert 0 <= across <= 1
        assert 0 <= down <= 1
        tried = [find.mark([x / 10, y / 10]).right for x in range(11) for y in range(11)]
        assert 0 < sum(tried) < 0.6 * len(tried)


def test_steps_come_in_a_reader_s_order_however_they_are_named():
    for asked in questions(2, 2, ("category", "form")):
        assert [question.kind for question in asked] == ["form", "category"]


def test_only_the_forms_that_are_named_come_up():
    few = ("rim", "fine linear")
    session = Session((), seed=4, forms=few, cases=6)
    for _ in range(6):
        assert session.item.reading.morphology in few
        for _ in STEPS:
            session.answer(right_answer(session.item))
            session.next()


def test_the_same_seed_reads_the_same_cases():
    one, same, other = (questions(seed, 2) for seed in (5, 5, 6))
    assert [[each.sheet() for each in asked] for asked in one] == [[each.sheet() for each in asked] for asked in same]
    assert one[0][0].case.code == same[0][0].case.code != other[0][0].case.code


@pytest.mark.parametrize(
    "wanted",
    [Category("form", "suture"), Category("distribution", "segmental"), Category("category", "4A-4B"),
     Category("find", "in breast tissue of density d")],
    ids=lambda category: category.kind,
)  # fmt: skip
def test_a_word_that_is_wanted_is_asked_for_by_its_step(wanted):
    case = whole_case(np.random.default_rng(0), (), wanted)
    whole = WholeCase(case, STEPS)
    asked = [whole.question(place, np.random.default_rng(0)) for place in range(len(STEPS))]
    assert wanted in [question.category for question in asked]
    for place in range(len(STEPS)):
        step = Asked(0, place, *wanted, reason="Weak.", steps=STEPS)
        assert step.why == ("Weak." if step.item.category == wanted else "")


def test_the_log_says_which_case_comes_and_gets_every_step(tmp_path):
    progress = Progress(tmp_path)
    progress.add(*(plain(number, "rim", "skin") for number in range(6)))
    session = Session((), progress=progress, cases=20)
    keys, whys = [], []
    for _ in range(session.length):
        item = session.item
        feedback = session.answer(right_answer(item))
        assert feedback.right
        keys += [item.key] * (item.kind == "form")
        whys.append(session.why)
        kept = progress.answers()[-1]
        assert (kept.category, kept.case) == (item.category, item.case.code)
        session.next()
    assert "rim" in keys
    assert any(whys)
    assert len(progress.answers()) == 6 + 80


@pytest.mark.parametrize(
    ("kinds", "cases", "named"), [(("rule",), 1, "'rule'"), ((), 26, "26"), ((), -1, "-1"), ((), "all", "'all'")]
)
def test_a_mistake_in_whole_cases_gets_one_sentence(kinds, cases, named):
    with pytest.raises(CourseError, match=named) as told:
        Session(kinds, cases=cases)
    assert "\n" not in str(told.value)
