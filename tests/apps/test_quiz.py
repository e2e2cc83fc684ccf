"""The quiz without a page: one answer a question, kept before it is spoken of, and what is said to it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from calcifications.apps import quiz
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning import KINDS, Progress, Session
from tests.apps.answering import answer, ask, go_on, right_answer, wrong_answer


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A learner's folder of the test's own."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def grey():
    """Read a picture as the page's viewer does."""

    def read(widget, place=0):
        shape = widget.item["panes"][place]["shape"]
        return np.frombuffer((widget.ground, widget.ground_beside)[place], "<u2").reshape(shape)

    return read


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_marked_with_place_reason_and_source(kind, right):
    widget = quiz(kind, seed=11)
    item = widget.session.item
    said = answer(widget, (right_answer if right else wrong_answer)(item))
    assert (said["right"], said["told"]["right"]) == (right, right)
    assert said["key"]
    assert said["why"]
    assert bool(said["why_not"]) is not right
    assert set(said["source"]) <= set(widget.fixed["library"])
    feedback = widget.session.feedback
    rings = (
        [shape for shape in widget.item["panes"][0]["shapes"] if shape.get("class") == "cx-ring"] if item.looks else []
    )
    assert len(rings) == len(feedback.where)
    assert widget.item["code"] == (item.code if item.case else "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_in_the_log_before_it_is_spoken_of(kind, monkeypatch):
    logged = []
    monkeypatch.setattr(Progress, "add", lambda self, *answers: logged.append((answers, widget.item["feedback"])))
    widget = quiz(kind, seed=3)
    item = widget.session.item
    answer(widget, wrong_answer(item))
    (((kept,), said_by_then),) = logged
    assert said_by_then is None
    assert (kept.category, kept.right) == (item.category, False)
    assert kept.seconds >= 0


def test_what_was_answered_is_there_when_the_quiz_is_opened_again(home):
    first = quiz("form", seed=3)
    for _ in range(3):
        answer(first, right_answer(first.session.item))
        go_on(first)
    kept = Progress().answers()
    assert len(kept) == 3
    again = quiz("form")
    answer(again, wrong_answer(again.session.item))
    assert Progress().answers()[:3] == kept
    assert [each.right for each in Progress().answers()] == [True] * 3 + [False]


def test_a_quiz_that_nobody_answers_leaves_no_trace(home):
    quiz()
    quiz("form", seed=3)
    assert list(home.iterdir()) == []


def test_what_was_wrong_comes_again_soon(home):
    session, wrong = quiz("form", forms=("rim", "vascular", "popcorn", "skin", "suture")).session, "rim"
    asked = []
    for _ in range(30):
        asked.append(session.item.key)
        session.answer((wrong_answer if session.item.key == wrong else right_answer)(session.item))
        session.next()
    assert all(one != other for one, other in pairwise(asked))
    assert asked.count(wrong) >= 6


def test_why_a_question_came_is_said_after_its_answer():
    widget = quiz("form")
    assert "scheduled" not in str(widget.item["sheet"])
    said = answer(widget, right_answer(widget.session.item))
    assert said["scheduled"].startswith("New: ")
    assert answer(quiz("form", seed=1), "x") is None


def test_a_log_that_can_not_be_written_is_told_in_one_sentence_and_the_quiz_goes_on(home):
    (home / "progress").write_text("a file where the folder should be")
    widget = quiz("form")
    for _ in range(2):
        assert answer(widget, right_answer(widget.session.item))["right"]
        (told,) = widget.item["log"]
        assert told.startswith("Your answers can't be ")
        assert told.count(". ") == 0
        go_on(widget)


def test_a_folder_that_can_not_be_found_is_told_and_the_quiz_goes_on(monkeypatch):
    monkeypatch.setenv("CALCIFICATIONS_HOME", "~nobody-of-this-name/x")
    widget = quiz("form")
    assert "CALCIFICATIONS_HOME" in widget.item["log"][0]
    assert answer(widget, right_answer(widget.session.item))["right"]


def test_the_picture_is_that_of_the_case(grey):
    widget = quiz("form", "distribution", seed=3)
    for _ in range(4):
        case = widget.session.item.case
        assert (grey(widget) == case.picture().pixels).all()
        answer(widget, right_answer(widget.session.item))
        assert Case.from_code(widget.item["code"]) == case
        go_on(widget)


def test_another_view_is_another_picture_of_the_same_case(grey):
    widget = quiz("form", seed=3)
    case = widget.session.item.case
    name = widget.item["views"][1][0]
    ask(widget, look=name)
    assert widget.item["look"] == name
    assert (grey(widget) == case.picture(name).pixels).all()
    ask(widget, look="upside down")
    assert "'upside down'" in widget.item["problem"]


def test_what_would_have_been_right_is_shown_on_the_same_breast():
    shown = 0
    for seed in range(4):
        widget = quiz("distribution", seed=seed)
        word = wrong_answer(widget.session.item)
        assert answer(widget, word)["can_mend"]
        before = widget.item["panes"]
        ask(widget, mend=True)
        mended = widget.item["feedback"]["mended"]
        assert mended["sentence"].endswith(".")
        found = widget.session.feedback.mended
        assert (found is None) == (mended["pane"] is None)
        assert widget.item["panes"] == before
        if found:
            shown += 1
            assert (found.case.seed, found.case.tissue) == (
                widget.session.item.case.seed,
                widget.session.item.case.tissue,
            )
            grey = np.frombuffer(widget.ground_mended, "<u2").reshape(mended["pane"]["shape"])
            assert (grey == found.case.picture(widget.item["look"]).pixels).all()
            assert (grey != np.frombuffer(widget.ground, "<u2").reshape(grey.shape)).any()
        go_on(widget)
        assert widget.ground_mended == b""
    assert shown


def test_a_right_answer_needs_no_mending():
    widget = quiz("form", seed=1)
    assert not answer(widget, right_answer(widget.session.item))["can_mend"]


def test_a_second_answer_changes_nothing(home):
    widget = quiz("form", seed=5)
    answer(widget, wrong_answer(widget.session.item))
    said = widget.item
    answer(widget, right_answer(widget.session.item))
    assert widget.item == said
    assert widget.session.marks == [False]
    assert len(Progress().answers()) == 1


def test_an_answer_that_is_not_offered_gets_one_sentence_and_can_be_mended(home):
    widget = quiz("form", seed=5)
    before = widget.item
    assert answer(widget, "banana") is None
    assert "'banana'" in widget.item["problem"]
    assert "\n" not in widget.item["problem"]
    assert {**widget.item, "problem": None} == before
    assert Progress().answers() == []
    assert answer(widget, right_answer(widget.session.item))["right"]
    assert widget.item["problem"] is None


def test_an_answer_to_an_earlier_question_is_not_taken_for_this_one():
    widget = quiz("form", seed=5)
    word = right_answer(widget.session.item)
    answer(widget, word)
    go_on(widget)
    ask(widget, answer=word, number=1)
    assert widget.item["feedback"] is None
    assert len(widget.session.marks) == 1


@pytest.mark.parametrize("drawn", [True, False])
def test_the_next_question_comes_after_an_answer_and_once(drawn):
    widget = quiz("form", seed=5)
    go_on(widget)
    assert widget.item["number"] == 1
    if drawn:  # the page has told, and the next question is made meanwhile
        ask(widget, drawn=True)
        ask(widget, drawn=True)
    answer(widget, right_answer(widget.session.item))
    go_on(widget)
    question = widget.item
    ask(widget, next=True, number=1)
    assert widget.item == question
    assert question["number"] == 2
    assert widget.session.item.code == second_of(5)


def second_of(seed):
    """The code of the second question that a seed asks."""
    session = Session(("form",), seed=seed)  # without a log, in which the round would go on
    session.answer(right_answer(session.item))
    return session.next().code


def test_rounds_are_counted_and_scored():
    widget = quiz("form", questions=2, seed=8)
    told = []
    for right in (True, False, True):
        told.append(widget.item["progress"])
        item = widget.session.item
        following = answer(widget, right_answer(item) if right else wrong_answer(item))["next"]
        told.append((widget.item["progress"], following))
        go_on(widget)
    assert told == [
        "Question 1 of 2",
        ("Question 1 of 2: 1 of 1 right", "Next question"),
        "Question 2 of 2",
        ("Question 2 of 2: 1 of 2 right", "Another round"),
        "Question 1 of 2, round 2",
        ("Question 1 of 2: 1 of 1 right", "Next question"),
    ]


def test_two_quizzes_at_once_keep_every_answer(home):
    def learn(_):
        widget = quiz("form", forms=("rim", "skin"))
        for _ in range(20):
            widget.session.answer(right_answer(widget.session.item))
            widget.session.next()

    with ThreadPoolExecutor(2) as both:
        list(both.map(learn, range(2)))
    assert len(Progress().answers()) == 40


def test_its_name_and_still_are_the_same_whatever_it_asks():
    sentence = "Quiz(6 questions: name the form, name the distribution)"
    assert repr(quiz("form", "distribution", seed=1)) == repr(quiz("form", "distribution")) == sentence
    assert repr(quiz(seed=1)) == "Quiz(6 questions: of every kind)"
    data, _ = quiz("form", "distribution", seed=1)._repr_mimebundle_()
    assert data["text/plain"] == sentence
    assert sentence in data["text/html"]


@pytest.mark.parametrize(("kinds", "options"), [(("colour",), {}), ((), {"questions": 0}), ((), {"seed": "x"})])
def test_a_mistake_gets_one_sentence(kinds, options):
    with pytest.raises(CourseError) as told:
        quiz(*kinds, **options)
    assert "\n" not in str(told.value)
