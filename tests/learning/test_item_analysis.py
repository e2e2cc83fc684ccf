"""Item analysis: it finds no flaw in the course's questions, and every flaw that is put into them."""

from collections import Counter

import numpy as np
import pytest

from calcifications.__main__ import main
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning import analysis
from calcifications.learning.analysis import Analysis, KindAnalysis, analyse, doubtful
from calcifications.learning.items import KINDS, fresh_item, item
from calcifications.learning.items.naming import NameTheForm
from calcifications.learning.items.ruled import unasked
from calcifications.pattern import Recipe
from calcifications.reading import rulebook

BOOK = rulebook("birads5")


def test_no_question_can_be_answered_by_its_place_and_none_has_two_keys():
    found = analyse(700, seed=1)
    assert found.faults == ()
    assert {one.kind for one in found.kinds} == set(KINDS)
    assert sum(one.items for one in found.kinds) == 700
    for one in found.kinds:
        assert set(one.asked) == set(KINDS[one.kind].words())


def test_a_right_option_that_always_stands_first_is_found(monkeypatch):
    real = NameTheForm.__init__

    def first(self, case, chance):
        real(self, case, chance)
        self.options = tuple(sorted(self.options, key=lambda option: option.word != self.key))

    monkeypatch.setattr(NameTheForm, "__init__", first)
    assert any("more often than by chance" in fault for fault in analyse(60, kinds=("form",)).faults)


def test_a_borderline_case_is_found():
    borderline = Case([Recipe(size_mm=0.5, count=9)], seed=1)
    assert doubtful(item("form", borderline, np.random.default_rng(0)))


def test_a_second_right_option_is_found(monkeypatch):
    question = fresh_item("real", np.random.default_rng(0))
    assert not doubtful(question)
    marked = question.mark(question.key)
    monkeypatch.setattr(question, "mark", lambda word: marked)  # whatever is chosen is right
    assert doubtful(question)


def test_a_question_that_comes_twice_is_found(monkeypatch):
    again = fresh_item("cup", np.random.default_rng(0))
    monkeypatch.setattr(analysis, "fresh_item", lambda *_, **__: again)
    assert any("came twice" in fault for fault in analyse(5, kinds=("cup",)).faults)


def test_a_word_that_is_never_asked_for_is_found(monkeypatch):
    monkeypatch.setattr(analysis, "fresh_item", lambda kind, chance, **_: fresh_item(kind, chance, word="tea-cups"))
    assert any("never asked for no tea-cups" in fault for fault in analyse(6, kinds=("cup",)).faults)


def test_a_rule_that_no_question_rests_on_is_found_once_there_are_enough():
    every = tuple(KindAnalysis(kind, items=400) for kind in KINDS)
    asked = Counter({rule.id: 1 for rule in BOOK.rules if rule.id not in unasked()} | {"category-hazy-odd": 0})
    named = "No question rests on the rule category-hazy-odd (category)."
    assert named in Analysis(every, asked).faults
    assert named not in Analysis(every[:3], asked).faults
    asked["category-hazy-odd"] = 1
    assert not [fault for fault in Analysis(every, asked).faults if fault.startswith("No question")]


def test_a_rule_that_is_asked_though_it_is_said_never_to_be_is_found():
    found = Analysis((), Counter({"remark-fewer": 1}))
    assert found.faults == ("A question rests on remark-fewer, which is said to be never asked.",)


def test_every_rule_is_listed_with_how_often_it_is_asked_or_why_it_never_is():
    listed = str(analyse(40, kinds=("recall", "category"))).splitlines()
    for rule in BOOK.rules:
        (row,) = (line for line in listed if line.split()[1:2] == [rule.id])
        assert row.endswith(unasked().get(rule.id, "")) or int(row.split()[-1]) >= 0


@pytest.mark.parametrize("count", [0, -3, 1.5, "many"])
def test_a_wrong_number_of_items_gets_one_sentence(count):
    with pytest.raises(CourseError):
        analyse(count)


def test_the_command_prints_the_table_and_fails_where_there_is_a_flaw(capsys, monkeypatch):
    few = analyse(12, kinds=("cup", "recall"))
    monkeypatch.setattr(analysis, "analyse", lambda count, seed: few)
    assert main(["items", "--count", "12"]) == 0
    printed = capsys.readouterr().out
    assert "12 items; no fault found." in printed
    assert "recall" in printed
    few.kinds[0].doubtful.append("cx2-some")
    assert main(["items"]) == 2
    assert "two answers to defend, such as cx2-some" in capsys.readouterr().err
