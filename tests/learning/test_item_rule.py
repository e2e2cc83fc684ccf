"""Which rule applies: cases for every rule, one that decides by more than a hair, and wrong ones that surely do not."""

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.learning.items import fresh_item, item
from calcifications.learning.items.rule_cases import askable, decided_by, shown
from calcifications.pattern import Recipe
from calcifications.reading import rulebook

BOOK = {rule.id: rule for rule in rulebook("birads5").rules}
BY_TITLE = {rule.title: rule for rule in BOOK.values()}


def fresh(word, seed=0):
    return fresh_item("rule", np.random.default_rng(seed), word=word)


@pytest.mark.parametrize("word", askable())
def test_the_rule_that_is_asked_for_decides_and_no_other_one_offered_nearly_does(word):
    rule = askable()[word]
    for seed in range(3):
        question = fresh(word, seed)
        facts = question.reading.facts
        assert question.key == word
        assert all(condition.margin(facts[condition.feature]) >= 0 for condition in rule.when)
        others = [BY_TITLE[option.word] for option in question.options if option.word != word]
        assert len(others) == 3
        for other in others:
            assert other.far(facts)
            assert other.says not in (rule.says, *rule.rival)


@pytest.mark.parametrize("word", [rule.title for rule in askable().values() if rule.rival])
def test_what_a_rule_leaves_open_is_said_with_it(word):
    question = fresh(word, 1)
    assert all(f"“{rival}”" in question.explain() for rival in askable()[word].rival)
    assert question.reading.borderline
    assert question.doubts == ()


def test_a_measure_near_its_threshold_is_a_doubt_about_the_rule_too():
    near = Case([Recipe(size_mm=0.5, count=9)], seed=1)
    asked = [item("rule", near, np.random.default_rng(seed)) for seed in range(8)]
    assert {bool(question.doubts) for question in asked if question.step == "form"} == {True}
    assert {bool(question.doubts) for question in asked if question.step == "distribution"} == {False}


@pytest.mark.parametrize("rule", shown())
def test_the_table_speaks_of_rules_and_its_cases_differ(rule):
    cases = [decided_by(BOOK[rule], np.random.default_rng(seed)) for seed in range(4)]
    assert len({case.code for case in cases}) == 4
    assert all(case.reading().fired(BOOK[rule].step).rule == rule for case in cases)


def test_any_rule_comes_up_without_being_asked_for():
    asked = [fresh_item("rule", np.random.default_rng(seed)) for seed in range(120)]
    assert len({question.key for question in asked}) > 25
    assert any(
        question.key == "Larger numbers within 2 cm" or BY_TITLE[question.key].rival
        for question in asked
        if question.key in BY_TITLE
    )
