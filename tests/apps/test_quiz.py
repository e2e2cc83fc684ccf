"""The quiz without a page: one answer a question, and the right one stays in the kernel until then."""

import json
import re

import pytest

from calcifications.apps import quiz
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning import KINDS


def answer(widget, word):
    """Answer as the page does."""
    widget.set_state({"asked": {"answer": word, "number": widget.item["number"]}})
    return widget.item["feedback"]


def go_on(widget):
    """Ask for the next question as the page does."""
    widget.set_state({"asked": {"next": widget.item["number"]}})


def wrong(widget):
    return next(option["word"] for option in widget.item["options"] if option["word"] != widget.session.item.key)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_marked_with_place_reason_and_source(kind, right):
    widget = quiz(kind, seed=11)
    key = widget.session.item.key
    word = key if right else wrong(widget)
    said = answer(widget, word)
    assert (said["right"], said["key"], said["chosen"]) == (right, key, word)
    assert said["why"]
    assert bool(said["why_not"]) is not right
    assert set(said["source"]) <= set(widget.fixed["library"])
    rings = [shape for shape in said["shapes"] if shape.get("class") == "cx-ring"]
    assert len(rings) == len(widget.session.marks[0].where) > 0


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_the_key_before_the_answer(kind):
    fixed = set()
    for seed in range(12):
        widget = quiz(kind, seed=seed)
        state = widget.get_state()
        fixed.add(json.dumps(state.pop("fixed")))
        item = dict(state.pop("item"))
        options = item.pop("options")
        assert all(set(option) == {"word", "plain"} for option in options)
        assert item.pop("feedback") is None
        state = {name: value for name, value in state.items() if not name.startswith("_")}
        rest = f" {json.dumps([*item.values(), *(str(value) for value in state.values())])} "
        for word in (widget.session.item.key, widget.session.item.reading.morphology):
            assert not re.search(rf"\W{re.escape(word)}\W", rest)
    assert len(fixed) == 1  # what all quizzes share can't tell one key from another


def test_the_picture_is_that_of_the_case(seen):
    widget = quiz(seed=3)
    for _ in range(4):
        assert (seen(widget, widget.item) == Case.from_code(widget.item["code"]).picture().pixels).all()
        answer(widget, widget.session.item.key)
        go_on(widget)


def test_a_second_answer_changes_nothing():
    widget = quiz(seed=5)
    answer(widget, wrong(widget))
    said = widget.item
    answer(widget, widget.session.item.key)
    assert widget.item == said
    assert [mark.right for mark in widget.session.marks] == [False]


def test_an_answer_that_is_not_offered_gets_one_sentence_and_can_be_mended():
    widget = quiz("form", seed=5)
    before = widget.item
    assert answer(widget, "banana") is None
    assert "'banana'" in widget.item["problem"]
    assert "\n" not in widget.item["problem"]
    assert {**widget.item, "problem": None} == before
    assert answer(widget, widget.session.item.key)["right"]
    assert widget.item["problem"] is None


def test_an_answer_to_an_earlier_question_is_not_taken_for_this_one():
    widget = quiz("form", seed=5)
    word = widget.session.item.key
    answer(widget, word)
    go_on(widget)
    widget.set_state({"asked": {"answer": word, "number": 1}})
    assert widget.item["feedback"] is None
    assert len(widget.session.marks) == 1


def test_the_next_question_comes_after_an_answer_and_once():
    widget = quiz(seed=5)
    go_on(widget)
    assert widget.item["number"] == 1
    answer(widget, widget.session.item.key)
    number = widget.item["number"]
    go_on(widget)
    code = widget.item["code"]
    widget.set_state({"asked": {"next": number, "twice": True}})
    assert (widget.item["number"], widget.item["code"]) == (2, code)


def test_rounds_are_counted_and_scored():
    widget = quiz("form", questions=2, seed=8)
    told = []
    for right in (True, False, True):
        told.append(widget.item["progress"])
        last = answer(widget, widget.session.item.key if right else wrong(widget))["last"]
        told.append((widget.item["progress"], last))
        go_on(widget)
    assert told == [
        "Question 1 of 2",
        ("Question 1 of 2: 1 of 1 right", False),
        "Question 2 of 2",
        ("Question 2 of 2: 1 of 2 right", True),
        "Question 1 of 2, round 2",
        ("Question 1 of 2: 1 of 1 right", False),
    ]


def test_its_name_and_still_are_the_same_whatever_it_asks():
    sentence = "Quiz(6 questions: name the form, name the distribution, say which rule applies)"
    assert repr(quiz(seed=1)) == repr(quiz()) == sentence
    data, _ = quiz(seed=1)._repr_mimebundle_()
    assert data["text/plain"] == sentence
    assert sentence in data["text/html"]


@pytest.mark.parametrize(("kinds", "options"), [(("colour",), {}), ((), {"questions": 0}), ((), {"seed": "x"})])
def test_a_mistake_gets_one_sentence(kinds, options):
    with pytest.raises(CourseError) as told:
        quiz(*kinds, **options)
    assert "\n" not in str(told.value)
