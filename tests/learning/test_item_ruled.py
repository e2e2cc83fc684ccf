"""Cases for the rules of category and of recall: the rule decides, and nothing else can be defended."""

import numpy as np
import pytest

from calcifications.learning.items import KINDS, item
from calcifications.learning.items.facts import asked as facts
from calcifications.learning.items.recall import NO_RECALL, RECALL, recalled
from calcifications.learning.items.ruled import _shown, askable, cells, ruled, unasked
from calcifications.reading import CHOICES, rulebook
from tests.apps.answering import right_answer, wrong_answer
from tests.learning.asked import fresh

BOOK = {rule.id: rule for rule in rulebook("birads5").rules}
KIND = {"category": "category", "setting": "recall"}
CELLS = [(rule.id, cell) for rule in askable("category") for cell in cells(rule)]
CELLS += [(rule.id, RECALL if rule.says == "0" else NO_RECALL) for rule in askable("setting")]
NO_SCREENING = [word for word in CHOICES["known_cancer"] if word.startswith(("beside", "here"))]


def asked(rule, word="", seed=0):
    """A question of which a rule decides the answer."""
    kind, chance = KIND[BOOK[rule].step], np.random.default_rng(seed)

    def wanted(reading):
        return word in ("", recalled(reading) if kind == "recall" else reading.category)

    return item(kind, ruled(BOOK[rule], chance, wanted), chance)


@pytest.mark.parametrize(("rule", "word"), CELLS)
def test_a_question_can_be_had_on_every_rule_and_every_verdict_of_it(rule, word):
    question = asked(rule, word, seed=3)
    assert question.rests_on == (rule,)
    assert question.category.word == word
    assert question.category.word in KINDS[question.kind].words()
    assert question.doubts == ()
    assert question.mark(right_answer(question)).right
    assert not question.mark(wrong_answer(question)).right
    assert BOOK[rule].because in question.explain()


@pytest.mark.parametrize("rule", [rule for step in KIND for rule in askable(step)], ids=lambda rule: rule.id)
def test_what_is_known_beside_a_rule_s_picture_could_be_so(rule):
    for seed in range(3):
        context = asked(rule.id, seed=seed).case.context
        assert context.setting == ("diagnostic" if rule.step == "category" else "screening")
        assert context.setting == "diagnostic" or context.known_cancer not in NO_SCREENING
        assert (context.history == "none") == (context.history_place == "not known")
        assert context.prior == "stable" or not context.stable_months


@pytest.mark.parametrize("rule", _shown())
def test_the_table_s_cases_of_a_rule_differ(rule):
    assert len({asked(rule, seed=seed).code for seed in range(3)}) == 3


@pytest.mark.parametrize(
    ("rule", "feature", "odd"),
    [
        ("category-popcorn-other-raised", "lump_share", False),
        ("category-dystrophic-other", "scar_share", False),
        ("category-coarse-ragged", "ragged_count", True),
        ("screening-other", "lump_share", False),
    ],
)
def test_the_feedback_shows_the_few_that_spoil_a_harmless_form(rule, feature, odd):
    question = asked(rule, seed=1)
    shown = set(question.mark(right_answer(question)).where.tolist())
    these, seen = set(question.group.deciding(feature).tolist()), set(question.all_seen.tolist())
    assert shown == (these if odd else seen - these)
    assert 0 < len(shown) <= len(seen) / 2


@pytest.mark.parametrize("rule", ["category-popcorn-other-raised", "screening-other"])
def test_what_lies_with_the_lobed_lumps_is_a_large_smooth_ball_as_the_rule_says(rule):
    for seed in range(6):
        question = asked(rule, seed=seed)
        seen = question.group.values
        assert round(seen["lump_share"] * seen["count"]) == seen["count"] - 1
        assert seen["smallest_mm"] > 2.5  # so it is no small one
        assert seen["conspicuity"] > 15  # and no faint one


def test_the_line_among_coarse_ones_is_as_thick_as_the_rule_says():
    for seed in range(6):
        question = asked("category-coarse-ragged", seed=seed)
        assert question.group.values["ragged_count"] == 1
        assert question.group.values["ragged_width_mm"] > 0.5


@pytest.mark.parametrize("rule", ["screening-beside", "screening-other"])
def test_who_spares_a_recall_for_the_form_alone_is_told_what_else_is_there(rule):
    question = asked(rule)
    told = question.mark(NO_RECALL)
    assert told.why_not == f"Their form alone would spare it, but here is more to see: “{BOOK[rule].title}”."
    assert (told.step.rule, BOOK[rule].because in told.why) == (rule, True)


@pytest.mark.parametrize("rule", ["screening-scar", "screening-lucent"])
def test_a_scar_is_spared_by_the_rule_for_scars(rule):
    question = asked(rule)
    assert (question.key, question.reading.morphology) == (NO_RECALL, "dystrophic")
    assert question.reading.fired("setting") is None  # it leaves the category as it is, and decides all the same


def test_a_wrong_category_is_held_against_a_rule_for_the_same_form():
    for rule in ("category-hazy-odd", "category-coarse-ragged", "category-round-treated-new", "category-pleomorphic"):
        question = asked(rule)
        told = question.mark({"management": "routine screening", "category": "2"})
        assert "morphology: " not in told.why_not


def test_a_rule_is_either_asked_or_it_is_said_why_not():
    assert set(unasked()) <= set(BOOK)
    assert set(_shown()).isdisjoint(unasked())
    assert set(_shown()) <= {rule.id for step in KIND for rule in askable(step)}
    assert all(why.endswith(".") and "\n" not in why for why in unasked().values())
    for rule in unasked():
        if BOOK[rule].remark:
            assert BOOK[rule].certainty != "found" or BOOK[rule].source == ("guards",)


def test_what_leaves_two_categories_open_is_never_asked():
    for rule in askable("category"):
        assert not rule.rival


def test_a_fact_that_a_remark_tells_names_the_remark_and_its_source():
    told = {fact.rule: fact for fact in facts().values() if fact.rule}
    assert {*told, *unasked()} >= {rule.id for rule in BOOK.values() if rule.remark}
    for rule, fact in told.items():
        assert BOOK[rule].remark
        assert BOOK[rule].certainty == "found"
        assert set(fact.source) & set(BOOK[rule].source)
        assert fresh("fact", 0, fact.id).rests_on == (rule,)
