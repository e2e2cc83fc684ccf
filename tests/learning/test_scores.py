"""How a learner is doing: every number can be counted after in the log."""

import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from calcifications.errors import CourseError
from calcifications.learning.answer import Category
from calcifications.learning.judgement import decisions, ranges
from calcifications.learning.progress import Progress
from calcifications.learning.said import Said
from calcifications.learning.schedule import Schedule
from calcifications.learning.scores import agreement, by_category, confusion_matrix, due_days, over_time, score, wilson
from calcifications.learning.standing import IN_A_ROW
from tests.learning.answers import START, any_log, plain
from tests.learning.filled import weeks_of_answers

RIM = Category("form", "rim")
DAY = timedelta(days=1)


def said(*words):
    """Answers, each as "key>chosen"."""
    return [plain(number, *word.split(">")) for number, word in enumerate(words)]


def test_a_score_counts_the_right_ones_and_times_only_them():
    answers = [plain(0, "rim", seconds=5), plain(1, "rim", "skin", seconds=60), plain(2, "rim", seconds=9)]
    found = score(answers)
    assert (found.answers, found.right, found.seconds) == (3, 2, 7.0)
    assert found.accuracy == pytest.approx(2 / 3)
    assert 0 < found.low < 2 / 3 < found.high < 1


def test_the_interval_of_a_share_is_wilsons():
    found = score(said(*["rim"] * 8, *["rim>skin"] * 2))
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))  # by hand


def test_nothing_is_known_of_no_answers():
    found = score([])
    assert (found.answers, found.low, found.high) == (0, 0, 1)
    assert math.isnan(found.accuracy)
    assert math.isnan(found.seconds)
    assert by_category([]) == over_time([]) == {}
    assert agreement([], "form") is None
    assert confusion_matrix([], "form")[1].shape == (0, 0)


@given(any_log)
def test_categories_and_periods_share_the_answers_out(log):
    assert sum(each.answers for each in by_category(log).values()) == len(log)
    for period in ("day", "week"):
        parts = [each for some in over_time(log, period).values() for _, each in some]
        assert sum(each.answers for each in parts) == len(log)
        assert sum(each.right for each in parts) == sum(answer.right for answer in log)


def test_progress_over_time_goes_by_the_learners_own_days():
    late = replace(plain(0, "rim"), when=START.replace(hour=23))  # a Monday evening in London
    early = replace(plain(1, "rim", "skin"), when=START.replace(hour=1) + DAY)
    (first, second) = over_time([early, late])[RIM]
    assert [first[0], second[0]] == [date(2026, 11, 2), date(2026, 11, 3)]
    assert [first[1].right, second[1].right] == [1, 0]
    west = timezone(timedelta(hours=-8))
    ((day, both),) = over_time([late, early], zone=west)[RIM]
    assert (day, both.answers) == (date(2026, 11, 2), 2)
    ((week, both),) = over_time([late, replace(early, when=START + 6 * DAY)], "week")[RIM]
    assert (week, both.answers) == (date(2026, 11, 2), 2)
    with pytest.raises(CourseError, match="'month'"):
        over_time([], "month")


def test_the_confusion_matrix_has_the_right_word_in_its_rows():
    answers = said("rim>skin", "rim>skin", "rim", "skin", "amorphous>punctate")
    words, matrix = confusion_matrix([*answers, plain(9, "linear", kind="distribution")], "form", ("skin", "rim"))
    assert words == ("skin", "rim", "amorphous", "punctate")
    assert matrix.tolist() == [[1, 0, 0, 0], [2, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]


@given(st.lists(st.tuples(*[st.sampled_from(["rim", "skin", "round"])] * 2), max_size=30))
def test_the_confusion_matrix_counts_every_answer_once(pairs):
    answers = [plain(number, *both) for number, both in enumerate(pairs)]
    words, matrix = confusion_matrix(answers, "form")
    assert matrix.sum() == len(answers)
    assert matrix.trace() == sum(answer.right for answer in answers)
    for number, word in enumerate(words):
        assert matrix[number].sum() == sum(answer.key == word for answer in answers)


def test_another_word_that_was_accepted_is_no_confusion():
    accepted = replace(plain(0, "4A"), chosen="4B")
    words, matrix = confusion_matrix([accepted], "form")
    assert (words, matrix.tolist()) == (("4A",), [[1]])


def test_agreement_with_the_key_is_beyond_chance_and_stands_beside_radiologists():
    answers = said(*["rim"] * 20, *["rim>skin"] * 5, *["skin>rim"] * 10, *["skin"] * 15)
    found = agreement(answers, "form")
    assert found.answers == 50
    assert found.kappa == pytest.approx(0.4)  # (0.7 - 0.5) / (1 - 0.5)
    assert -1 <= found.low < 0.4 < found.high <= 1
    assert found.radiologists == 0.36
    assert agreement([plain(0, "linear", kind="distribution")], "distribution").radiologists == 0.47
    assert agreement([plain(0, "a rule", kind="rule")], "rule").radiologists is None


@given(any_log)
def test_agreement_is_a_kappa_for_any_log(log):
    for kind in {answer.kind for answer in log}:
        found = agreement(log, kind)
        assert -1 <= found.low <= found.kappa <= found.high <= 1


def test_what_is_due_stands_on_its_first_day_only():
    schedule = Schedule([plain(number, word) for number, word in enumerate(["rim", "skin"] * IN_A_ROW)])
    days = due_days(schedule, START, 60)
    assert len(days) == 60
    assert days[0] == ()
    assert sorted(word for some in days for _, word in some) == ["rim", "skin"]
    late = due_days(schedule, START + 300 * DAY)
    assert set(late[0]) == {RIM, Category("form", "skin")}
    assert not any(late[1:])
    with pytest.raises(CourseError, match="number of days"):
        due_days(schedule, START, 0)


def test_what_is_read_at_once_gives_the_same_numbers_as_the_answers(tmp_path):
    progress = Progress(tmp_path)
    given = weeks_of_answers(days=3, a_day=40)
    progress.add(*given)
    said, answers = progress.said(), progress.answers()
    assert all(isinstance(each, Said) for each in said)
    assert [each.category for each in said] == [each.category for each in answers]
    assert score(said) == score(answers)
    assert over_time(said, "week") == over_time(answers, "week")
    assert decisions(said) == decisions(answers)
    assert ranges(said) == ranges(answers)


def test_answers_that_wait_for_the_disk_are_among_those_that_are_read_at_once(tmp_path):
    progress = Progress(tmp_path)
    progress.add(plain(0))
    progress.waiting.append(plain(1))
    assert progress.said() == progress.answers()
    assert len(progress.said()) == 2


@pytest.mark.parametrize(
    "damage", ["\"when\" = 'yesterday'", '"right" = 7', "\"seconds\" = 'long'", "\"key\" = x'00ff'"]
)
def test_a_damaged_value_is_found_out_by_whoever_reads_the_answers(tmp_path, damage):
    progress = Progress(tmp_path)
    progress.add(*(plain(number) for number in range(5)))
    with closing(sqlite3.connect(tmp_path / "answers.db", isolation_level=None)) as connection:
        connection.execute(f"UPDATE answers SET {damage} WHERE number = 2")
    assert len(progress.said()) == 4
    assert progress.notes


@given(st.integers(0, 400).flatmap(lambda many: st.tuples(st.integers(0, many), st.just(many))))
def test_the_interval_of_a_share_is_that_of_scipy(of):
    good, many = of
    known = binomtest(good, many).proportion_ci(method="wilson") if many else (0.0, 1.0)
    assert wilson(good, many) == pytest.approx(tuple(known), abs=1e-12)
