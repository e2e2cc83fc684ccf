"""Item analysis: it finds no flaw in the course's questions, and every flaw that is put into them."""

import numpy as np
import pytest

from calcifications.__main__ import main
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning import analysis
from calcifications.learning.analysis import analyse, doubtful
from calcifications.learning.items import KINDS, fresh_item, item
from calcifications.learning.items.naming import NameTheForm
from calcifications.pattern import Recipe


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
