"""Whole cases in the quiz without a page: where one stands, and nothing of a later step on the page."""

import json

import pytest

from calcifications.apps import quiz
from calcifications.learning import Progress
from calcifications.learning.items.whole import STEPS
from tests.apps.answering import answer, ask, go_on, right_answer, wrong_answer


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A learner's folder of the test's own."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    return tmp_path


def test_the_line_above_says_which_case_and_which_step():
    widget = quiz(whole=2, seed=8)
    told = []
    for _ in range(8):
        told.append(widget.item["progress"])
        told.append(answer(widget, right_answer(widget.session.item))["next"])
        told.append(widget.item["progress"])
        go_on(widget)
    assert told[:6] == [
        "Case 1 of 2, step 1 of 4", "Next step", "Case 1 of 2, step 1 of 4: 1 of 1 right",
        "Case 1 of 2, step 2 of 4", "Next step", "Case 1 of 2, step 2 of 4: 2 of 2 right",
    ]  # fmt: skip
    assert told[9:14:4] + told[-2:] == [
        "Case 1 of 2, step 4 of 4", "Next step", "Another round", "Case 2 of 2, step 4 of 4: 8 of 8 right",
    ]  # fmt: skip
    assert told[10] == "Next case"
    assert widget.item["progress"] == "Case 1 of 2, step 1 of 4, round 2"


@pytest.mark.parametrize("give", [right_answer, wrong_answer], ids=["right", "wrong"])
def test_code_and_description_of_a_case_come_with_its_last_step(give):
    widget = quiz(whole=1, seed=3)
    for step in STEPS:
        before = widget.item
        item = widget.session.item
        told = answer(widget, give(item))
        assert told["right"] is (give is right_answer)
        shown = json.dumps({name: value for name, value in widget.item.items() if name not in ("sheet", "known")})
        body = item.case.code.partition("-")[2]
        last = step == STEPS[-1]
        assert (body in shown) is last
        assert (widget.item["code"] != "") is last
        assert all(
            (pane["alt"] == old["alt"]) is not last
            for pane, old in zip(widget.item["panes"], before["panes"], strict=True)
        )
        for name, _ in widget.item["views"]:
            ask(widget, look=name)
            assert last or all("about" not in pane["alt"] for pane in widget.item["panes"])
        go_on(widget)


def test_the_next_step_is_made_meanwhile_and_of_the_same_case():
    widget = quiz(whole=2, seed=5)
    codes = []
    for _ in range(8):
        ask(widget, drawn=True)
        codes.append(widget.session.item.case.code)
        answer(widget, right_answer(widget.session.item))
        go_on(widget)
    assert len(set(codes[:4])) == len(set(codes[4:])) == 1
    assert codes[0] != codes[4]
    assert len(Progress().answers()) == 8


def test_its_name_says_how_many_cases():
    steps = "find the group, name the form, name the distribution, say what is done, and the category"
    assert repr(quiz(whole=3)) == f"Quiz(3 whole cases: {steps})"
    assert repr(quiz("form", whole=1)) == "Quiz(1 whole case: name the form)"
