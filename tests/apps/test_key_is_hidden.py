"""Before an answer, nothing that reaches the browser tells the key: no trait, no text, no number, no order.

Whoever runs code in the kernel can get at it; the page of the exam says so.
"""

import json
import re
from functools import cache

import pytest

from calcifications.apps import exam, quiz
from calcifications.apps.question import FLAT, MAP_MM
from calcifications.learning import KINDS
from calcifications.pattern import Recipe
from tests.apps.answering import ask, right_answer, wrong_answer

SEEDS = range(2)
ASKED = ("sheet", "question", "known")  # what the question itself says


@pytest.fixture(autouse=True, scope="module")
def home(tmp_path_factory):
    """A learner's folder of these tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALCIFICATIONS_HOME", str(tmp_path_factory.mktemp("learner")))
        yield


@cache
def asking(kind):
    """Quizzes and exams of a kind, each with the question that it asks."""
    found = []
    for seed in SEEDS:
        asked = quiz(kind, seed=seed)
        found.append((asked, asked.session.item))
        sat = exam(kind, questions=1, minutes=5, seed=seed)
        ask(sat, begin=True)
        found.append((sat, sat.sitting.item))
    return found


def numbers(values):
    """All numbers in a state, however deep."""
    if isinstance(values, dict):
        values = list(values.values())
    if isinstance(values, list | tuple):
        return [number for value in values for number in numbers(value)]
    return [values] if isinstance(values, int | float) and not isinstance(values, bool) else []


def names(values):
    """All names in a state, however deep."""
    if isinstance(values, dict):
        return {*values, *(name for value in values.values() for name in names(value))}
    return {name for value in values for name in names(value)} if isinstance(values, list | tuple) else set()


def cases_of(item):
    return [case for case in (item.case, getattr(item, "other", None), getattr(item.case, "prior", None)) if case]


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_of_the_page_s_state_tells_the_key(kind):
    for widget, item in asking(kind):
        state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css", "fixed")}
        shown = dict(state.pop("item"))
        sheet, asked = shown.pop("sheet"), json.dumps([shown.pop("question"), shown.pop("known")])
        assert shown.pop("kind") == kind
        assert shown.pop("kinds", [KINDS[kind].title]) == [KINDS[kind].title]
        rest = json.dumps([shown, {name: str(value) for name, value in state.items() if isinstance(value, str | dict)}])
        assert shown["feedback"] is None
        assert shown["code"] == ""
        words = {item.key, item.category.word}
        if item.reading is not None:
            words |= {item.reading.morphology, item.reading.distribution, item.reading.management}
        for word in (word for word in words - {"none"} if len(word) > 2):  # letters and digits stand for much else
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest), (word, rest)
        for case in cases_of(item):
            body = case.code.partition("-")[2]
            everything = json.dumps(sheet) + asked + rest
            assert body not in everything
            assert body.encode() not in bytes(widget.ground) + bytes(widget.ground_beside)
            assert case.seed not in numbers([shown, sheet])


@pytest.mark.parametrize("kind", KINDS)
def test_no_recipe_is_in_the_page_s_state_but_the_one_that_is_to_be_moved(kind):
    for widget, item in asking(kind):
        state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css")}
        sheet = state["item"]["sheet"]
        state["item"] = {name: value for name, value in state["item"].items() if name != "sheet"}
        assert names(state).isdisjoint(Recipe().to_dict())
        if item.way != "sliders":
            assert names(sheet).isdisjoint(Recipe().to_dict())


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_of_the_page_s_state_tells_where_or_how_many(kind):
    for widget, item in asking(kind):
        for pane in widget.item["panes"]:
            assert pane["box"] == FLAT
            assert pane["shapes"] == pane["has"] == []
            dots = pane["map"]["dots"]
            assert all(number % MAP_MM == 0 for dot in dots for number in dot)
            if item.way in ("place", "number"):
                assert dots == []
        assert bytes(widget.layer) == b""


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_can_be_answered_looks_alike(kind):
    for _, item in asking(kind):
        sheet = item.sheet()
        for options in [sheet.get("options", []), *(slot["options"] for slot in sheet.get("slots", []))]:
            assert len({tuple(sorted(option)) for option in options}) <= 1
            assert all(set(option) == {"word", "plain"} for option in options)


@pytest.mark.parametrize("kind", KINDS)
def test_what_all_questions_of_a_kind_share_is_the_same_whatever_the_key(kind):
    shared = {}
    for widget, _ in asking(kind):
        shown = [(pane["alt"], pane["shape"], pane["view"]["id"]) for pane in widget.item["panes"]]
        asked = widget.item["question"] if kind == "rule" else ""  # of the form it is asked on more views
        shared.setdefault(asked, set()).add(json.dumps([widget.item["views"], shown]))
    assert {len(each) for each in shared.values()} == {1}


def test_no_name_or_still_tells_the_key():
    for make in (lambda seed: quiz("form", seed=seed), lambda seed: exam("form", questions=1, seed=seed)):
        widgets = [make(seed) for seed in range(6)]
        assert len({repr(widget) for widget in widgets}) == 1
        assert len({json.dumps(widget._repr_mimebundle_()[0]["text/html"]) for widget in widgets}) == 1
        assert len({json.dumps(widget.fixed) for widget in widgets}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_another_view_or_a_trial_tells_no_more(kind):
    for widget, item in asking(kind)[:2]:
        for name, _ in widget.item["views"][1:2]:
            ask(widget, look=name)
            assert (widget.item["feedback"], widget.item["code"]) == (None, "")
            assert all(pane["shapes"] == [] and pane["box"] == FLAT for pane in widget.item["panes"])
        if item.way == "sliders":
            ask(widget, **{"try": wrong_answer(item)})
            assert (widget.item["feedback"], widget.item["code"], widget.item["problem"]) == (None, "", None)


@pytest.mark.parametrize("kind", KINDS)
def test_an_exam_tells_no_key_after_an_answer_either(kind):
    widget = exam(kind, questions=2, minutes=5, seed=7)
    ask(widget, begin=True)
    first = widget.sitting.item
    ask(widget, answer=right_answer(first))
    assert widget.item["number"] == 2
    told = json.dumps(
        {name: value for name, value in widget.item.items() if name not in ("sheet", "question", "known")}
    )
    for case in cases_of(first):
        assert case.code.partition("-")[2] not in told
    assert "right" not in widget.item
    ask(widget, review=0)
    assert "review" not in widget.item or not widget.item["review"]
