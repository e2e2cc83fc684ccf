"""Whatever a page asks, however wrong: no crash, no loss, and one sentence at the most."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calcifications.apps import exam, quiz, standing
from calcifications.learning import KINDS, Progress
from calcifications.learning.items import KINDS as EVERY
from tests.apps.answering import ask, right_answer
from tests.learning.answers import plain

texts = st.text(max_size=12)
numbers = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=True, allow_infinity=True))
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
ASKS = ("answer", "look", "try", "mend", "next", "drawn", "begin", "review", "hand_in", "again", "tick", "number")
asks = st.dictionaries(st.sampled_from(ASKS), anything, max_size=2)
slow = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
BY_WAY = {made.way: kind for kind, made in reversed(EVERY.items())}


@pytest.fixture(autouse=True, scope="module")
def home(tmp_path_factory):
    """A learner's folder of these tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALCIFICATIONS_HOME", str(tmp_path_factory.mktemp("learner")))
        yield


@pytest.fixture(scope="module", params=sorted(BY_WAY))
def asking(request, home):
    """A quiz of each way to answer."""
    return quiz(BY_WAY[request.param], seed=5)


def told(widget):
    """What the page is told is JSON, and at most one sentence of a mistake."""
    json.dumps(widget.item)
    assert "\n" not in (widget.item["problem"] or "")


@slow
@given(asks)
def test_a_quiz_takes_only_what_is_an_answer(asking, what):
    log = Progress().count()
    marks = len(asking.session.marks)
    ask(asking, **what)
    told(asking)
    assert Progress().count() - log == len(asking.session.marks) - marks <= 1


@slow
@given(anything)
def test_no_answer_to_any_kind_crashes_a_session(asking, given_answer):
    ask(asking, answer=given_answer)
    told(asking)
    if not asking.session.answered:
        assert asking.item["feedback"] is None


def test_after_all_that_it_can_still_be_answered(asking):
    if asking.session.answered:
        ask(asking, next=True)
    ask(asking, answer=right_answer(asking.session.item))
    assert asking.item["feedback"]["right"]


@slow
@given(st.lists(asks, max_size=4))
def test_an_exam_is_left_whole_by_whatever_is_asked(what):
    widget = exam("fact", "number", questions=3, minutes=5, seed=9)
    for each in what:
        ask(widget, **each)
        told(widget)
        assert widget.item["stage"] in ("ready", "asking", "ended")
        assert (widget.item["stage"] == "ended") == (widget.sitting.ended is not None)


@slow
@given(st.dictionaries(st.sampled_from(["save", "take_in", "zone", "turn"]), anything, max_size=2))
def test_the_page_of_how_one_is_doing_loses_nothing(what):
    Progress().add(plain(0))
    before = Progress().count()
    page = standing()
    page.set_state({"asked": what})
    json.dumps(page.shown, allow_nan=False)
    assert "\n" not in page.shown["told"]
    assert Progress().count() == before


def test_all_ways_to_answer_are_tried():
    assert {made.way for made in KINDS.values()} == set(BY_WAY)
