"""Questions on fresh cases: the key is the reading, and what is said to every answer is true."""

import math
import operator
import re
from collections import Counter

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import WORK_UP
from calcifications.learning import Session, fresh_case, item
from calcifications.learning.items import NO_WORD
from calcifications.lexicon import distributions
from calcifications.pattern import Recipe, forms, preset
from calcifications.reading import FEATURES, NONE, rulebook

ASKED = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}
ASKED_FOR = ("form", "distribution", "rule")  # what the steps of a reading are asked for by their words
COMPARE = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}


@pytest.fixture(scope="module")
def items():
    """Some hundred questions, as many sessions ask them."""
    asked = []
    for seed in range(40):
        session = Session(ASKED_FOR, seed=seed)
        for _ in range(6):
            asked.append(session.item)
            session.answer(session.item.key)
            session.next()
    return asked


def measured(question):
    """What was measured on the group that is asked about, and what else the rules may ask."""
    return question.reading.facts


def holding(question):
    """The rules of the asked step whose conditions all hold, found without the course's own reader."""
    return [
        rule
        for rule in rulebook("birads5").of_step(question.step)
        if all(condition.margin(measured(question)[condition.feature]) >= 0 for condition in rule.when)
    ]


def test_the_key_is_the_reading(items):
    for question in items:
        reading = Case.from_code(question.case.code).reading()
        key = {
            "form": reading.morphology,
            "distribution": NO_WORD if reading.distribution == NONE else reading.distribution,
        }
        if question.kind == "rule":
            first = next(iter(holding(question)), None)
            assert question.key == (first.title if first else "None of these rules")
        else:
            assert question.key == key[question.kind]


def test_the_key_is_one_of_the_options_and_no_option_comes_twice(items):
    for question in items:
        words = [option.word for option in question.options]
        assert words.count(question.key) == 1
        assert len(set(words)) == len(words) >= 2


def test_the_place_of_the_key_tells_nothing(items):
    for kind in ASKED_FOR:
        places = Counter(
            [option.word for option in question.options].index(question.key)
            for question in items
            if question.kind == kind
        )
        assert len(places) >= 4
        assert max(places.values()) < 0.45 * places.total()


def test_nothing_is_asked_of_a_borderline_case(items):
    assert [question.case.code for question in items if question.doubts] == []


def test_every_form_and_every_distribution_comes_up(items):
    keys = {kind: {question.key for question in items if question.kind == kind} for kind in ("form", "distribution")}
    assert keys["form"] == set(forms())
    assert keys["distribution"] == {*distributions(), NO_WORD}


def test_a_right_answer_is_told_the_measured_numbers(items):
    for question in items:
        feedback = question.mark(question.key)
        assert feedback.right
        assert feedback.why_not == ""
        if feedback.step is None:
            assert holding(question) == []
            continue
        assert feedback.step.because in feedback.why
        for check in feedback.step.checks:
            assert check.value == measured(question)[check.feature]
            assert all(text in feedback.why for text in check.shown)


def test_a_wrong_answer_is_told_what_really_fails(items):
    fails = 0
    for question in items:
        values, held = measured(question), holding(question)
        for word in (option.word for option in question.options if option.word != question.key):
            feedback = question.mark(word)
            assert not feedback.right
            said = feedback.why_not
            rules = [rule for rule in rulebook("birads5").of_step(question.step) if word in (rule.says, rule.title)]
            rules = [rule for rule in rules if not rule.rival] or rules  # the others hold of much that is not like it
            if word == NO_WORD:
                assert held
                assert said
            elif set(rules) & set(held):  # it fits as well, and only comes later
                assert said.startswith(
                    f"What “{word}” asks for is there too, but the rules ask for “{held[0].says}” first"
                )
                assert held[0] not in rules
            else:
                start = f"“{word}” would need: "
                assert said.startswith(start)
                parts = said.removeprefix(start).removesuffix(".").split("; ")
                assert any(parts_fail(parts, rule, values) for rule in rules), said
                fails += 1
    assert fails > 200


def parts_fail(parts, rule, values):
    """Whether each part names one condition that a rule asks and the picture fails, and fails as it is printed."""
    margins = {condition: condition.margin(values[condition.feature]) for condition in rule.when}
    wrong = [condition for condition, margin in margins.items() if margin < -condition.tolerance]
    wrong = wrong or [condition for condition, margin in margins.items() if margin < 0]
    return len(wrong) == len(parts) and all(
        part_fails(part, condition, values[condition.feature]) for condition, part in zip(wrong, parts, strict=True)
    )


def part_fails(part, condition, value):
    if isinstance(condition.threshold, tuple):  # words: what is known beside the picture
        return part.startswith(f"{condition.feature.replace('_', ' ')}: ") and part.endswith(f"and here it is {value}")
    return part.startswith(f"{FEATURES[condition.feature].label} {ASKED[condition.op]} ") and not COMPARE[condition.op](
        *(number(text) for text in reversed(part.split(", and here it is ")))
    )


def number(text):
    """The last number in a text; nothing to measure is nan."""
    found = re.findall(r"-?\d+(?:\.\d+)?", text)
    return float(found[-1]) if found else math.nan


def test_a_question_on_rules_never_offers_two_that_both_hold(items):
    for question in items:
        if question.kind == "rule":
            offered = {option.word for option in question.options}
            assert len([rule for rule in holding(question) if rule.title in offered]) <= 1


def test_the_marked_particles_are_particles_that_are_seen(items):
    for question in items:
        where = question.mark(question.key).where
        seen = question.case.findings[0].groups[question.reading.group].members["count"]
        assert 0 < len(where) == len(set(where.tolist()))
        assert set(where.tolist()) <= set(seen.tolist())


def test_kinds_take_turns():
    session = Session(("rule", "form"), seed=1)
    kinds = []
    for _ in range(6):
        kinds.append(session.item.kind)
        session.answer(session.item.options[0].word)
        session.next()
    assert kinds == ["rule", "form"] * 3


def test_the_same_seed_asks_the_same_and_no_seed_asks_anew():
    first, same = Session(ASKED_FOR, seed=5), Session(ASKED_FOR, seed=5)
    assert first.item.case.code == same.item.case.code
    assert first.item.sheet() == same.item.sheet()
    assert len({Session(ASKED_FOR).item.case.code for _ in range(4)}) == 4


def test_a_question_takes_one_answer():
    session = Session(ASKED_FOR, seed=2)
    session.answer(session.item.key)
    with pytest.raises(CourseError, match="has its answer"):
        session.answer(session.item.key)
    assert len(session.marks) == 1


def test_an_answer_that_is_not_offered_is_named_and_not_counted():
    session = Session(("form",), seed=2)
    with pytest.raises(CourseError, match=r"'banana'.*choose one of"):
        session.answer("banana")
    assert not session.answered
    assert session.number == 1


def test_the_score_is_that_of_the_round():
    session = Session(ASKED_FOR, length=3, seed=4)
    scores = []
    for right in (True, False, True, False, True):
        wrong = next(option.word for option in session.item.options if option.word != session.item.key)
        session.answer(session.item.key if right else wrong)
        scores.append(session.right)
        session.next()
    assert scores == [1, 1, 2, 0, 1]


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"kinds": ("shape",)}, "'shape'"),
        ({"length": 0}, "0"),
        ({"length": 2.5}, "2.5"),
        ({"length": "six"}, "'six'"),
        ({"seed": -1}, "-1"),
        ({"seed": float("nan")}, "nan"),
    ],
)
def test_a_mistake_in_a_session_gets_one_sentence(mistake, named):
    with pytest.raises(CourseError, match=named) as told:
        Session(**mistake)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(("kind", "case"), [("colour", Case([Recipe()])), ("form", Recipe())])
def test_a_question_needs_a_known_kind_and_a_case(kind, case):
    with pytest.raises(CourseError):
        item(kind, case, np.random.default_rng(0))


@pytest.mark.parametrize("kind", ["form", "distribution"])
def test_a_case_of_any_preset_can_be_asked_about(kind):
    for form in forms():
        question = item(kind, Case([preset(form)], seed=3), np.random.default_rng(0))
        assert question.mark(question.key).right


@pytest.mark.parametrize(("step", "seen"), [("form", WORK_UP), ("distribution", ("CC",))])
def test_which_views_a_fresh_case_has_tells_nothing_of_its_form(step, seen):
    for seed in range(20):
        case = fresh_case(np.random.default_rng(seed), step)
        assert (len(case.groups), case.views, case.context.setting) == (1, seen, "screening")


def test_only_the_forms_that_are_named_come_up():
    few = ("rim", "milk of calcium", "fine linear")
    forms_seen = {fresh_case(np.random.default_rng(seed), "form", few).reading().morphology for seed in range(20)}
    assert forms_seen == set(few)
    with pytest.raises(CourseError, match="'stardust'"):
        Session(("form",), forms=("stardust",))
