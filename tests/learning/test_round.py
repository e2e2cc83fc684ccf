"""A round that was left in its midst: whoever comes back finds the same question, and no answer is lost."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from calcifications.learning import KINDS, Progress, Session
from calcifications.learning import round as rounds
from calcifications.learning.asked import Asked
from tests.apps.answering import right_answer, wrong_answer


@pytest.fixture
def open_quiz(tmp_path):
    """Open a quiz on one learner's log, as often as one likes."""
    return lambda *kinds, **how: Session(kinds, progress=Progress(tmp_path), **how)


def give(session, *rights):
    """Answer and go on."""
    for right in rights:
        session.answer((right_answer if right else wrong_answer)(session.item))
        session.next()


def on_screen(session):
    """What a learner sees of a question."""
    item = session.item
    return item.code, item.ask(), item.sheet(), session.number, session.marks


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_is_the_same_one_when_the_page_is_loaded_again(open_quiz, kind):
    first = open_quiz(kind, length=5)
    give(first, True)
    again = open_quiz(kind, length=5)
    assert on_screen(again) == on_screen(first)
    assert again.why == first.why
    assert again.answer(right_answer(first.item)).right


@pytest.mark.parametrize("how", [{}, {"cases": 2}], ids=["questions", "cases"])
def test_a_round_goes_on_to_its_end_whoever_leaves_it_and_then_another_begins(open_quiz, how):
    asked, kinds = [], () if "cases" in how else ("form", "distribution", "rule")
    session = open_quiz(*kinds, length=8, **how)
    for number in range(1, session.length + 1):
        session = open_quiz(*kinds, length=8, **how)
        assert session.number == number
        asked.append((session.item.kind, session.item.code))
        session.answer(right_answer(session.item))
        session.next()
    assert len({code for _, code in asked}) == (2 if "cases" in how else len(asked))
    assert open_quiz(*kinds, length=8, **how).number == 1
    assert len(session.progress.answers()) == session.length


def test_a_seed_asks_from_its_first_question_on_whatever_was_left(open_quiz):
    straight = Session(("form", "rule"), seed=9, length=4)
    for _ in range(2):
        session = open_quiz("form", "rule", seed=9, length=4)
        assert on_screen(session) == on_screen(straight)
        give(session, True)


def test_who_leaves_with_the_answer_on_screen_goes_on_to_the_next_question(open_quiz):
    first = open_quiz("form")
    first.answer(wrong_answer(first.item))
    again = open_quiz("form")
    assert (again.number, again.marks, again.answered) == (2, [False], False)
    assert again.item.code != first.item.code


def test_the_first_question_of_a_round_leaves_nothing_behind(open_quiz, tmp_path):
    open_quiz("form")
    assert list(tmp_path.iterdir()) == []
    session = open_quiz("form", length=2)
    give(session, True, True)
    assert open_quiz("form", length=2).marks == []


def test_another_quiz_is_another_round(open_quiz):
    give(open_quiz("form", length=4), True)
    assert open_quiz("form", length=5).number == 1
    assert open_quiz("form", length=4, forms=("rim",)).number == 1
    assert open_quiz("form", length=4, seed=1).number == 1
    assert open_quiz("form", length=4).number == 2


@pytest.mark.parametrize("age", [timedelta(days=1), -timedelta(hours=1)])
def test_a_round_that_was_left_long_ago_begins_anew(open_quiz, monkeypatch, age):
    give(open_quiz("form"), True)

    class Later(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(UTC) + age

    monkeypatch.setattr(rounds, "datetime", Later)
    assert open_quiz("form").number == 1


def test_a_round_of_another_key_begins_anew(open_quiz, monkeypatch):
    give(open_quiz("form"), True)
    monkeypatch.setattr(rounds, "key_version", lambda: "another")
    assert open_quiz("form").number == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", json.dumps(["x"] * 5), json.dumps([None, None, 5, 5, 5]), json.dumps([[], {}, "", [], []])],
)
def test_what_was_not_kept_by_the_course_is_not_gone_on_with(open_quiz, text):
    session = open_quiz("form")
    give(session, True)
    session.progress.keep(session._round, text)
    assert open_quiz("form").number == 1


def test_a_question_that_would_be_another_one_now_is_not_gone_on_with():
    values = Asked(3, 4, "form").to_list()
    assert Asked.from_list(json.loads(json.dumps(values))) == Asked(3, 4, "form")
    with pytest.raises(ValueError, match="another question"):
        Asked.from_list([*values[:-1], "cx2-other"])


def test_a_reset_takes_the_round_with_it(open_quiz):
    session = open_quiz("form")
    give(session, True)
    session.progress.reset(confirmed=True)
    assert open_quiz("form").number == 1
