"""What is asked next: weak, slow and mixed-up words sooner, never one twice in a row, and what is mastered when due."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.learners import MINDS, Ours, Teacher
from benchmarks.learners import taught as taught_by
from calcifications.errors import CourseError
from calcifications.learning.answer import NO_CASE, Category
from calcifications.learning.confusion import near
from calcifications.learning.items import KINDS
from calcifications.learning.schedule import AT_ONCE, Schedule, categories
from calcifications.learning.standing import FLUENT_S, IN_A_ROW, WINDOW
from calcifications.lexicon import distributions
from calcifications.pattern import forms
from tests.learning.answers import START, plain

DAY = timedelta(days=1)
WORDS = categories("form", "distribution")
FOUR = [Category("form", word) for word in ("amorphous", "punctate", "rim", "vascular")]


def taught(*rounds, **each):
    """A schedule after rounds of words, each answered rightly, or as another word ("rim>vascular")."""
    words = [word.partition(">") for line in rounds for word in line.split(", ")]
    return Schedule([plain(number, word, chosen or word, **each) for number, (word, _, chosen) in enumerate(words)])


def share(schedule, word, among=FOUR, now=START, times=400):
    """How often a word is the next of those that can be asked."""
    chance = np.random.default_rng(0)
    return sum(schedule.next(among, now, chance).category.word == word for _ in range(times)) / times


ALL_RIGHT = ["amorphous, punctate, rim, vascular"] * IN_A_ROW


def test_a_word_is_mastered_by_right_and_fluent_answers_on_fresh_cases():
    assert set(taught(*ALL_RIGHT).mastered) == set(FOUR)
    assert taught(*ALL_RIGHT[1:]).mastered == ()
    assert taught(*ALL_RIGHT, seconds=FLUENT_S + 1).mastered == ()
    assert FOUR[2] not in taught(*ALL_RIGHT, "rim>vascular").mastered


def test_a_case_that_is_known_already_shows_no_mastery():
    answers = [replace(plain(number, "rim"), case="cx2-same") for number in range(10)]
    assert Schedule(answers).mastered == ()


def test_what_is_asked_without_a_picture_is_mastered_like_all_else():
    answers = [replace(plain(number, "rim"), case=NO_CASE) for number in range(IN_A_ROW)]
    assert Schedule(answers).mastered == (FOUR[2],)


def test_who_needs_longer_can_set_what_is_fluent():
    answers = [plain(number, "rim", seconds=40) for number in range(IN_A_ROW)]
    assert Schedule(answers).mastered == ()
    assert Schedule(answers, fluent_s=60).mastered == (FOUR[2],)
    with pytest.raises(CourseError, match="fluent"):
        Schedule(fluent_s=0)


def test_what_was_wrong_comes_sooner():
    schedule = taught(*ALL_RIGHT, "rim>vascular, amorphous, punctate, vascular, amorphous, punctate")
    assert share(schedule, "rim") > 0.7
    assert (
        "wrong 1 of the last 5"
        in taught("rim, rim, rim, rim, rim>skin, amorphous, punctate, vascular").next(FOUR[2:3], START).why
    )


def test_what_was_slow_comes_sooner():
    def asked(seconds):
        words = ["rim", "amorphous", "punctate", "vascular"] * IN_A_ROW
        return Schedule(
            [plain(number, word, seconds=seconds if word == "rim" else 4) for number, word in enumerate(words)]
        )

    slow, quick = asked(30), asked(4)
    assert share(slow, "rim") > 0.9 > 0.7 > share(quick, "rim")
    assert "slow" in slow.next(FOUR[2:3], START).why


def test_who_is_slow_everywhere_still_gets_to_every_word():
    schedule, chance, asked = Schedule(), np.random.default_rng(0), set()
    for number in range(400):
        word = schedule.next(WORDS, START, chance).category
        asked.add(word)
        schedule.take(plain(number, word.word, kind=word.kind, seconds=90))
    assert asked == set(WORDS)


@given(st.lists(st.sampled_from(["right", "wrong"]), min_size=30, max_size=60), st.integers(0, 1000))
def test_no_word_comes_twice_in_a_row_while_there_are_others(how, seed):
    schedule, chance, before = Schedule(), np.random.default_rng(seed), None
    for number, each in enumerate(how):
        category = schedule.next(FOUR, START, chance).category
        assert category in FOUR
        assert category != before
        before = category
        chosen = category.word if each == "right" else next(word for _, word in FOUR if word != category.word)
        schedule.take(plain(number, category.word, chosen))


def test_one_word_alone_can_be_practised():
    assert taught("rim, rim>vascular").next(FOUR[2:3], START).category == FOUR[2]


def course(answer, questions):
    """A schedule after questions that it chose, each answered as `answer` says."""
    schedule, chance = Schedule(), np.random.default_rng(0)
    for number in range(questions):
        asked = schedule.next(WORDS, START, chance).category
        schedule.take(plain(number, asked.word, answer(asked.word), kind=asked.kind))
    return schedule


def test_new_words_wait_until_the_first_are_known():
    wrong = course(lambda word: "skin" if word != "skin" else "rim", 400)
    assert len(wrong.standings) == AT_ONCE
    right = course(lambda word: word, 100)
    assert set(right.standings) == set(WORDS)


def test_a_kind_with_many_words_comes_no_sooner_than_one_with_few():
    chance = np.random.default_rng(0)
    kinds = Counter(Schedule().next(chance=chance).category.kind for _ in range(60 * len(KINDS)))
    assert set(kinds) == set(KINDS)
    assert max(kinds.values()) < 2 * min(kinds.values())


def test_the_order_does_not_give_the_word_away():
    schedule = taught(*ALL_RIGHT, "rim>vascular, vascular>rim, amorphous, punctate")
    chance = np.random.default_rng(0)
    found = Counter(schedule.next(FOUR, START, chance).category for _ in range(500))
    assert max(found.values()) < 0.75 * found.total()


def test_what_is_mastered_is_due_again_another_day_and_later_each_time():
    schedule, number, gaps, now = Schedule(), 0, [], START
    for _ in range(4):
        for _ in range(IN_A_ROW):
            schedule.take(replace(plain(number, "rim"), when=now + timedelta(minutes=number)))
            number += 1
        assert schedule.due(now + timedelta(hours=1)) == ()
        later = next(days for days in range(1, 400) if schedule.due(now + days * DAY))
        gaps.append(later)
        now += later * DAY
        assert "due again" in schedule.next(FOUR[2:3], now).why
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0]


def test_practice_on_the_same_day_is_no_further_review():
    once, often = (Schedule([plain(number, "rim") for number in range(times)]) for times in (1, 20))
    assert once.standing(FOUR[2]).due == often.standing(FOUR[2]).due
    often.take(replace(plain(0, "rim"), when=START + DAY))
    assert often.standing(FOUR[2]).due > once.standing(FOUR[2]).due


def test_what_is_due_in_the_evening_can_be_reviewed_in_the_morning():
    schedule = Schedule([plain(0, "rim")])
    rim = schedule.standing(FOUR[2])
    assert rim.is_due(rim.due - timedelta(hours=11))
    assert not rim.is_due(rim.due - timedelta(hours=13))


def test_a_review_that_was_answered_is_no_longer_due_whatever_the_hour():
    for hour in range(0, 24, 3):
        schedule = Schedule([plain(number, "rim") for number in range(IN_A_ROW)])
        when = START + timedelta(hours=hour)
        while not schedule.due(when):
            when += DAY
        schedule.take(replace(plain(0, "rim"), when=when))
        assert schedule.due(when + timedelta(minutes=5)) == ()


def test_a_review_that_is_due_comes_sooner_than_what_is_only_mastered():
    now = START + 30 * DAY
    answers = [plain(number, "rim") for number in range(IN_A_ROW)]
    answers += [
        replace(plain(100 + number, word), when=now - timedelta(minutes=90 - number))
        for number, word in enumerate(["amorphous", "punctate", "vascular"] * IN_A_ROW)
    ]
    schedule = Schedule(answers)
    assert schedule.due(now) == (FOUR[2],)
    assert share(schedule, "rim", now=now) > 0.5


def test_words_that_the_rulebook_holds_near_are_drilled_after_one_mix_up_others_after_two():
    assert ("amorphous", "punctate") in near("form")
    assert ("rim", "vascular") not in near("form")
    (drill,) = taught("amorphous>punctate, rim>vascular").drills
    assert (drill.words, drill.times) == (("amorphous", "punctate"), 1)
    (drill,) = taught("rim>vascular, amorphous, vascular>rim").drills
    assert (drill.words, drill.times) == (("rim", "vascular"), 2)


def test_a_wrong_number_or_place_is_no_word_to_drill():
    assert taught("rim>12 mm, rim>12 mm, rim>12 mm").drills == ()


def test_a_drill_asks_both_words_each_with_the_other_beside_it():
    schedule = taught(*ALL_RIGHT, "amorphous>punctate, rim, vascular, rim, vascular")
    chance = np.random.default_rng(0)
    asked = [schedule.next(FOUR, START, chance) for _ in range(200)]
    found = {(each.category.word, each.beside) for each in asked if each.why.startswith("Drill")}
    assert found == {("amorphous", "punctate"), ("punctate", "amorphous")}
    assert all("mixed up 1 time lately" in each.why for each in asked if each.beside)


def test_a_drill_ends_when_both_words_are_told_apart():
    assert taught("amorphous>punctate, punctate, amorphous, punctate").drills
    assert taught("amorphous>punctate, punctate, amorphous, punctate, amorphous").drills == ()


def test_near_words_come_from_the_rules():
    for kind, words in (("form", forms()), ("distribution", distributions())):
        for one, other in near(kind):
            assert one < other
            assert {one, other} <= set(words)
    assert {("fine linear", "vascular"), ("punctate", "round"), ("popcorn", "round")} <= near("form")
    assert ("grouped", "regional") in near("distribution")
    assert near("rule") == frozenset()


@given(st.lists(st.sampled_from(["rim", "vascular", "rim>vascular", "vascular>rim"]), max_size=60))
def test_only_the_last_answers_count(words):
    schedule = taught(*ALL_RIGHT, *words, *(["rim, vascular"] * WINDOW))
    assert set(schedule.mastered) == set(FOUR)
    assert schedule.drills == ()


def test_why_says_that_a_word_is_new():
    assert Schedule().next(FOUR, START).why.startswith("New: ")


@pytest.mark.parametrize("rounds", [[], ["rim"], ["rim>skin"], ALL_RIGHT, [*ALL_RIGHT, "amorphous>punctate"]])
def test_why_is_one_sentence_that_names_the_word(rounds):
    schedule = taught(*rounds) if rounds else Schedule()
    chance = np.random.default_rng(0)
    for _ in range(50):
        following = schedule.next(FOUR, START, chance)
        assert f"“{following.category.word}”" in following.why
        assert following.why.endswith(".")
        assert following.why.count(". ") == 0


def test_answers_are_taken_in_their_order():
    schedule = Schedule([plain(1)])
    with pytest.raises(CourseError, match="not later"):
        schedule.take(plain(0))


def test_every_form_and_distribution_can_be_asked_and_an_unknown_kind_is_named():
    assert {word for _, word in categories("form")} == set(forms())
    assert {word for _, word in categories("distribution")} > set(distributions())
    assert len(WORDS) == len(categories("form")) + len(categories("distribution"))
    assert {kind for kind, _ in categories()} == set(KINDS)
    with pytest.raises(CourseError, match="'colour'"):
        categories("colour")


def test_simulated_learners_know_every_word_in_fewer_questions_than_at_random():
    def typical(order):
        return np.median([taught_by(order, MINDS[0], seed)[0] for seed in range(500, 506)])

    assert typical(Ours) < 0.9 * typical(Teacher)
