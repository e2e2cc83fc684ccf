"""Questions of every kind: one key, nothing that tells it, and one sentence for what is no answer."""

import json
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.items import KINDS, CaseItem, Feedback, Look, fresh_item, item
from calcifications.learning.items.rule import NO_RULE
from calcifications.learning.items.ruled import unasked
from calcifications.lexicon import sources
from calcifications.pattern import Recipe
from calcifications.reading import rulebook
from tests.apps.answering import right_answer, wrong_answer

EACH = 4
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=6),
    max_leaves=12,
)


def fresh(kind, seed=0, word=""):
    return fresh_item(kind, np.random.default_rng(seed), word=word)


@pytest.fixture(scope="module")
def items():
    """A few questions of every kind."""
    return MappingProxyType({kind: tuple(fresh(kind, seed) for seed in range(EACH)) for kind in KINDS})


@pytest.mark.parametrize("kind", KINDS)
def test_who_knows_is_right_and_who_does_not_is_told_why(kind, items):
    for question in items[kind]:
        good, bad = question.mark(right_answer(question)), question.mark(wrong_answer(question))
        assert good.right, (question.key, good)
        assert good.score == pytest.approx(1.0)
        assert good.why_not == ""
        assert not bad.right
        assert bad.score < 1
        assert bad.why_not.endswith(".")
        assert bad.why


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_names_its_category_and_a_wrong_one_does_not(kind, items):
    for question in items[kind]:
        assert question.category.kind == kind
        assert question.category.word in KINDS[kind].words()
        bad = question.mark(wrong_answer(question))
        for text in (bad.logged, bad.chosen, question.category.word):
            assert 0 < len(text) <= 300
            assert text.isprintable()
        assert bad.logged != question.category.word


@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_is_plain_json_and_the_same_for_any_key(kind, items):
    for question in items[kind]:
        sheet = question.sheet()
        assert json.loads(json.dumps(sheet)) == sheet
        assert sheet["way"] == question.way
        assert json.loads(json.dumps(question.mark(wrong_answer(question)).told()))
    if items[kind][0].way in ("slots", "place", "interval"):  # here the key is no part of the sheet at all
        assert len({json.dumps(question.sheet()) for question in items[kind]}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cited_is_a_source_of_the_lexicon(kind, items):
    for question in items[kind]:
        for answer in (right_answer(question), wrong_answer(question)):
            assert set(question.mark(answer).source) <= set(sources())


@pytest.mark.parametrize("kind", KINDS)
def test_the_particles_that_decide_lie_on_the_pictures(kind, items):
    for question in items[kind]:
        told = question.mark(right_answer(question))
        for place, where in enumerate((told.where, told.where_beside)):
            if len(where) and kind != "make":  # there the picture has changed with the sliders
                assert len(set(where.tolist())) == len(where)
                assert where.max() < len(question.looks[place].pattern.particles.centre)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_a_borderline_case(kind, items):
    for question in items[kind]:
        assert not isinstance(question, CaseItem) or not question.doubts
        # a rule may itself leave another word open: which rule decides is clear all the same
        assert kind == "rule" or question.reading is None or not question.reading.borderline


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chance_asks_the_same(kind):
    one, other = fresh(kind, 11), fresh(kind, 11)
    assert (one.code, one.ask(), one.sheet(), one.key) == (other.code, other.ask(), other.sheet(), other.key)


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_can_be_asked_again_of_its_code(kind):
    first = fresh(kind, 5)
    if first.case:
        again = item(kind, Case.from_code(first.code.split()[0]), np.random.default_rng(5))
        assert isinstance(again.mark(wrong_answer(again)), Feedback)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if len(KINDS[kind].words()) <= 14])
def test_every_word_of_a_kind_can_be_asked_for(kind):
    for number, word in enumerate(KINDS[kind].words()):
        assert fresh(kind, number, word).category.word == word


def test_every_rule_can_be_asked_for_or_it_is_said_why_not():
    asked = KINDS["rule"].words()
    rules = [rule for step in ("form", "distribution") for rule in rulebook("birads5").of_step(step)]
    assert {*asked} == {*(rule.title for rule in rules if rule.id not in unasked()), NO_RULE}
    assert {rule.id for rule in rules if rule.id in unasked()} == {
        "nothing-seen",
        "not-calcium",
        "not-calcium-anywhere",
    }
    for number, word in enumerate(asked):
        assert fresh("rule", number, word).category.word == word


def said(use, answer):
    """What is said to an answer: feedback, or the sentence of a mistake."""
    try:
        return use(answer)
    except CourseError as mistake:
        return str(mistake)


def is_one_sentence(text):
    return isinstance(text, str) and "\n" not in text and text.endswith(".")


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(list(KINDS)), answer=JSON)
def test_any_answer_is_marked_or_gets_one_sentence(kind, answer):
    told = said(_one(kind).mark, answer)
    assert isinstance(told, Feedback) or is_one_sentence(told)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(["category", "report"]), data=st.data())
def test_any_words_in_the_slots_are_marked_or_get_one_sentence(kind, data):
    question = _one(kind)
    answer = {
        slot["name"]: data.draw(st.sampled_from([o["word"] for o in slot["options"]]) | JSON)
        for slot in question.sheet()["slots"]
    }
    told = said(question.mark, answer)
    if isinstance(told, Feedback):
        assert told.right == all(answer[name] in words for name, words in told.accepted.items())
    else:
        assert is_one_sentence(told)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_slider_positions_are_marked_or_get_one_sentence(data):
    question = _one("make")
    start = question.sheet()["recipe"]
    answer = {
        name: data.draw(st.just(value) | JSON | st.floats(0.0, 10.0), label=name) for name, value in start.items()
    }
    for use in (question.mark, question.trial):
        told = said(use, answer)
        assert isinstance(told, Feedback | Look) or is_one_sentence(told)


KEPT: dict[str, object] = {}


def _one(kind):
    if kind not in KEPT:
        KEPT[kind] = fresh(kind, 2)
    return KEPT[kind]


@pytest.mark.parametrize(("kind", "case"), [("colour", Case([Recipe()])), ("form", Recipe())])
def test_a_question_needs_a_known_kind_and_a_case(kind, case):
    with pytest.raises(CourseError):
        item(kind, case, np.random.default_rng(0))


def test_a_word_that_a_kind_does_not_ask_for_is_named():
    with pytest.raises(CourseError, match="'banana'"):
        fresh("form", word="banana")
