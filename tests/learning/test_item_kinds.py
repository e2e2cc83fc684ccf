"""What each kind of question holds to, by the fact base's guards and by what was measured."""

import math

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import WORK_UP
from calcifications.learning.items import KINDS, fresh_item, item
from calcifications.learning.items.facts import asked
from calcifications.learning.items.likely import published
from calcifications.learning.items.worse import series
from calcifications.lexicon import sources
from calcifications.pattern import forms, preset
from calcifications.reading import read
from calcifications.reading.rates import rates
from tests.learning.asked import fresh

# ---- change ----


@pytest.mark.parametrize("word", KINDS["change"].words())
def test_a_change_is_counted_on_both_pictures(word):
    question = fresh("change", 4, word)
    now, earlier = (int(each.findings.groups[0].values["count"]) for each in question.looks)
    assert {
        "new": earlier == 0,
        "increasing": now > 1.5 * earlier > 0,
        "fewer": earlier > 1.5 * now,
        "stable": now == earlier,
    }[word]
    assert str(now) in question.explain()


# ---- tea-cups ----


@pytest.mark.parametrize(("word", "cups"), [("tea-cups", True), ("no tea-cups", False)])
def test_a_tea_cup_is_seen_from_above_and_from_the_true_side(word, cups):
    question = fresh("cup", 2, word)
    assert [each.view for each in question.looks] == ["CC-mag", "ML-mag"]
    level = question.case.findings[1].groups[0].values["level_share"]
    assert (level >= 0.7) == cups


# ---- how many, how wide, how large ----


@pytest.mark.parametrize("word", KINDS["number"].words())
@pytest.mark.parametrize("seed", range(3))
def test_a_number_counts_within_the_tolerance_that_is_told(word, seed):
    question = fresh("number", seed, word)
    near = max(question.measure.near, question.measure.share * question.right)
    step = 1 if not question.measure.unit else 0.001
    inside = math.floor((question.right + near) / step) * step
    assert question.mark(inside).right
    assert not question.mark(inside + 2 * step).right
    assert f"{100 * question.measure.share:.0f} %" in question.sheet()["note"]


@pytest.mark.parametrize("word", KINDS["number"].words())
def test_what_is_counted_or_measured_lies_all_on_the_close_up(word):
    for seed in range(6):
        question = fresh("number", seed, word)
        assert question.case.findings[0].groups[0].values["extent_mm"] < 30


@pytest.mark.parametrize(("form", "laid"), [("punctate", "diffuse"), ("fine pleomorphic", "diffuse")])
def test_no_number_is_asked_of_what_no_close_up_shows(form, laid):
    with pytest.raises(CourseError, match=r"^Its pictures leave nothing to be counted .* over \d+ mm\.$"):
        item("number", Case([preset(form, laid)], seed=4), np.random.default_rng(0))


@pytest.mark.parametrize("answer", [2.5, -1, 1e9, True, "four", None, float("nan")])
def test_a_count_is_a_whole_number(answer):
    with pytest.raises(CourseError):
        fresh("number", 0, "how many").mark(answer)


# ---- which of two ----


def test_only_pairs_whose_order_holds_in_every_series_are_asked():
    order = [{"amorphous", "coarse heterogeneous"}, {"fine pleomorphic"}, {"fine linear"}]  # guard 10
    rank = {form: place for place, some in enumerate(order) for form in some}
    assert series()
    for low, high in series():
        assert rank[low] < rank[high]
        for source in {rate.source for rate in rates()}:
            alone = {
                form: [r.percent for r in rates() if r.source == source and r.forms == (form,) and not r.distributions]
                for form in (low, high)
            }
            assert all(one < other for one, other in zip(alone[low], alone[high], strict=False))


@pytest.mark.parametrize("seed", range(8))
def test_of_two_pictures_the_key_shows_the_more_suspicious_form(seed):
    question = fresh("worse", seed)
    low, high = question.pair
    shown = {each.name: read(each.findings).morphology for each in question.looks}
    assert shown[question.key] == high
    assert set(shown.values()) == {low, high}
    assert len({read(each.findings).distribution for each in question.looks}) == 1


def test_two_forms_whose_order_is_not_known_are_not_compared():
    with pytest.raises(CourseError, match="'rim'"):
        item("worse", Case([preset("rim")], seed=3), np.random.default_rng(0))


# ---- how likely ----


def test_a_range_is_published_for_each_form_that_is_asked():
    for form in KINDS["likely"].words():
        found = published(form)
        assert len(found) >= 3
        assert all(rate.certainty == "found" and rate.forms == (form,) for rate in found)


@pytest.mark.parametrize("form", KINDS["likely"].words())
def test_a_range_is_better_the_more_it_shares_with_the_published_one(form):
    question = fresh("likely", 1, form)
    low, high = question.span
    exact, wide, beside = (question.mark(r) for r in ([low, high], [0, 100], [0, low / 2]))
    assert (exact.score, exact.right) == (1.0, True)
    assert exact.score > wide.score >= beside.score == 0.0
    assert not beside.right
    half = question.mark([low, low + (high - low) / 2 + 0.01])
    assert half.right


@pytest.mark.parametrize("answer", [[60, 20], [1], [1, 2, 3], "1 to 2", [-1, 5], [0, 101], [None, 5]])
def test_what_is_no_range_gets_one_sentence(answer):
    with pytest.raises(CourseError):
        fresh("likely").mark(answer)


# ---- make it ----


@pytest.mark.parametrize("form", KINDS["make"].words())
def test_what_is_made_is_measured_and_not_copied(form):
    question = fresh("make", 6, form)
    names = question.sheet()["recipe"]
    assert not question.mark(names).right  # it starts from something else
    made = preset(*question.goal).to_dict()
    marked = question.mark({name: made[name] for name in names})
    assert (marked.right, marked.chosen) == (True, question.key)
    seen = question.trial({name: made[name] for name in names})
    assert seen.case.groups[0].size_mm == made["size_mm"]


# ---- facts ----


@pytest.mark.parametrize("fact", asked().values(), ids=lambda fact: fact.id)
def test_a_fact_was_found_and_has_one_right_answer(fact):
    assert fact.certainty == "found"
    assert fact.source
    assert set(fact.source) <= set(sources())
    assert len({fact.right, *fact.wrong}) == 1 + len(fact.wrong) == 4
    assert fact.says.endswith(".")
    assert fact.ask.endswith(("?", "?)."))


def test_the_lessons_facts_and_those_that_are_asked_do_not_differ():
    from calcifications.lexicon.facts import facts

    known = {fact.says: fact for fact in facts()}
    for fact in asked().values():
        told_ = next((k for k in known.values() if fact.says.startswith(k.says.rstrip("."))), None)
        if told_:
            assert told_.certainty == "found"


# ---- real or not ----


@pytest.mark.parametrize("word", KINDS["real"].words())
def test_an_artefact_is_told_by_where_it_lies_and_calcium_never_lies_so(word):
    question = fresh("real", 2, word)
    assert (question.reading.artefact != "none") == (word != "calcium")
    assert {option.word for option in question.options} == set(KINDS["real"].words())


def test_every_form_and_every_distribution_can_be_the_key():
    assert set(KINDS["form"].words()) == set(forms())
    assert {fresh("form", 1, word).key for word in forms()} == set(forms())


# ---- a word that is mixed up with the right one ----


@pytest.mark.parametrize("seed", range(4))
def test_a_form_that_is_mixed_up_with_the_right_one_can_be_put_among_the_options(seed):
    for other in forms():
        question = fresh("form", seed)
        question.offer(other)
        words = [option.word for option in question.options]
        assert other in words
        assert (len(words), words.count(question.key)) == (4, 1)
        assert [word for word in words if question.mark(word).right] == [question.key]


def test_what_is_no_word_of_the_kind_is_not_put_among_the_options():
    for kind in KINDS:
        question = fresh(kind, 1)
        before = question.options
        question.offer("")
        assert question.options == before


def test_whether_a_question_on_rules_shows_one_view_or_five_is_chance_and_no_hint():
    shown = {}
    for seed in range(60):
        question = fresh("rule", seed)
        shown.setdefault(question.case.views, set()).add(question.reading.morphology)
    assert set(shown) == {("CC",), WORK_UP}
    assert all(len(some) > 5 for some in shown.values())


@pytest.mark.parametrize(
    "kind", ["form", "distribution", "category", "recall", "change", "find", "number", "likely", "report"]
)
def test_only_the_forms_that_are_named_come_up_where_the_kind_can_ask_of_them(kind):
    few = ("amorphous", "fine linear", "rim")
    for seed in range(8):
        question = fresh_item(kind, np.random.default_rng(seed), few)
        assert question.reading.morphology in few


def test_a_kind_that_can_ask_of_none_of_the_forms_asks_of_its_own():
    assert fresh_item("likely", np.random.default_rng(0), ("rim",)).category.word in KINDS["likely"].words()


def test_two_forms_that_are_named_are_the_ones_compared():
    few = ("amorphous", "fine pleomorphic")
    assert {fresh_item("worse", np.random.default_rng(s), few).category.word for s in range(6)} == {
        "fine pleomorphic over amorphous"
    }
