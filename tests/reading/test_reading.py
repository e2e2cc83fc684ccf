"""What must be true of a reading: its steps, its doubts and its report."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.lexicon import distributions, terms
from calcifications.pattern import Recipe, grow
from calcifications.reading import (
    FEATURES,
    Check,
    Context,
    Findings,
    Group,
    Reading,
    measure,
    read,
    read_words,
    rulebooks,
)
from calcifications.reading.rulebook import STEPS, Condition
from tests.strategies import contexts, recipes, seeds, view_names

DIAGNOSTIC = Context(setting="diagnostic")
books = st.sampled_from(rulebooks())


def dots(**values: float) -> Findings:
    """A group of twelve smooth dots of 0.4 mm within 7 mm, but for what is given."""
    usual = measure(grow(Recipe(size_mm=0.35, count=12, density=1.0, size_spread=0.0, extent_mm=8.0), 7))
    return Findings("CC", (Group(usual.groups[0].values | values, usual.groups[0].members),))


def final(findings: Findings) -> Reading:
    return read(findings, context=DIAGNOSTIC)


# --- Steps ---


@given(recipe=recipes(), seed=seeds, view=view_names, book=books, context=contexts())
def test_steps_come_as_a_reader_thinks_and_the_last_of_each_decides(
    recipe: Recipe, seed: int, view: str, book: str, context: Context
) -> None:
    reading = read(measure(grow(recipe, seed), view), book, context)
    order = [STEPS.index(step.step) for step in reading.steps]
    assert order == sorted(order)
    remarks = {rule.id for rule in reading.rulebook.remarks}
    for name, grouped in itertools.groupby(reading.steps, key=lambda step: step.step):
        tried = list(grouped)
        decisive = [step for step in tried if not (name == "category" and step.fired and not step.says)]
        assert all(step.rule in remarks for step in tried if step not in decisive)
        if not decisive:  # a rulebook may say nothing of a category, and still have a remark
            continue
        *earlier, last = decisive
        assert not any(step.fired for step in earlier)
        assert last.rule not in remarks
        assert reading.fired(name) is (last if last.fired else None)
    for step in reading.steps:
        assert step.because
        assert step.source
        assert step.fired == all(check.holds for check in step.checks)


@given(recipe=recipes(), seed=seeds, view=view_names)
def test_bi_rads_finds_a_form_word_or_says_why_there_is_none(recipe: Recipe, seed: int, view: str) -> None:
    reading = read(measure(grow(recipe, seed), view))
    assert reading.fired("form") is not None
    assert reading.morphology in [*(term.name for term in terms("form")), "none"]
    assert reading.distribution in [*distributions(), "none"]
    assert reading.form_phrase != "none"
    assert 0 <= reading.suspicion <= 1


@given(recipe=recipes(), seed=seeds, book=books)
def test_a_word_is_what_its_step_says(recipe: Recipe, seed: int, book: str) -> None:
    reading = read(measure(grow(recipe, seed)), book)
    for step, word in (("form", reading.morphology), ("distribution", reading.distribution)):
        fired = reading.fired(step)
        assert word == (fired.says if fired else "none")


def test_a_cell_of_the_table_is_as_sure_as_its_source_and_the_others_are_the_courses_own() -> None:
    def certainty(word: str) -> str:
        step = read_words("fine pleomorphic", word, context=DIAGNOSTIC).fired("category")
        return step.certainty if step else ""

    assert (certainty("grouped"), certainty("segmental")) == ("found", "found")
    assert (certainty("diffuse"), certainty("regional")) == ("course convention", "course convention")


# --- Margins and doubts ---


@pytest.mark.parametrize(
    ("op", "value", "margin"),
    [(">=", 6, 1), (">=", 5, 0), (">=", 4, -1), (">", 6, 1), ("<=", 4, 1), ("<=", 6, -1), ("<", 4, 1), ("<", 6, -1)],
)
def test_a_margin_is_how_far_a_value_is_on_the_right_side(op: str, value: float, margin: float) -> None:
    assert Condition("count", op, 5.0).margin(value) == margin


@pytest.mark.parametrize("op", [">", "<"])
def test_more_than_five_is_not_five(op: str) -> None:
    assert Condition("count", op, 5.0).margin(5) < 0


@pytest.mark.parametrize("op", [">=", ">", "<=", "<"])
def test_where_there_was_nothing_to_measure_no_condition_holds(op: str) -> None:
    for nothing in (math.nan, None):
        assert Condition("count", op, 5.0).margin(nothing) == -math.inf


def test_a_word_is_right_or_wrong() -> None:
    right = Condition("prior", "is", ("new", "increasing"))
    assert (right.margin("new"), right.margin("stable")) == (math.inf, -math.inf)
    assert Condition("prior", "is not", ("none",)).margin("none") == -math.inf


@pytest.mark.parametrize(
    ("feature", "value", "step", "word", "rival"),
    [
        ("size_mm", 0.42, "form", "punctate", "round"),
        ("size_mm", 0.58, "form", "round", "punctate"),
        ("irregular_share", 0.12, "form", "punctate", "fine pleomorphic"),
        ("irregular_share", 0.28, "form", "fine pleomorphic", "punctate"),
        ("readable_share", 0.35, "form", "amorphous", "punctate"),
        ("readable_share", 0.68, "form", "punctate", "amorphous"),
    ],
)
def test_near_a_threshold_the_two_words_that_compete_are_named(
    feature: str, value: float, step: str, word: str, rival: str
) -> None:
    reading = final(dots(**{feature: value}))
    assert getattr(reading, "morphology" if step == "form" else step) == word
    (doubt,) = reading.borderline
    assert (doubt.step, doubt.word, doubt.rival, doubt.feature) == (step, word, rival, feature)
    threshold = {"size_mm": 0.5, "irregular_share": 0.2, "readable_share": 0.5}[feature]
    assert abs(doubt.margin) == pytest.approx(abs(value - threshold))
    assert str(doubt) == f"{word} or {rival}"


def test_a_line_of_almost_1_cm_may_be_linear() -> None:
    line = {"length_mm": 9.6, "width_mm": 1.0, "line_ratio": 9.0}
    (doubt,) = final(dots(**line)).borderline
    assert (doubt.word, doubt.rival, doubt.feature) == ("grouped", "linear", "length_mm")


def test_far_from_every_threshold_there_is_no_doubt() -> None:
    assert final(dots()).borderline == ()
    assert final(dots(size_mm=0.75)).borderline == ()


def test_a_count_has_no_tolerance_five_are_five() -> None:
    for count, word in ((4, "none"), (5, "grouped")):
        reading = final(dots(count=count, count_within_10mm=count))
        assert (reading.distribution, reading.borderline) == (word, ())


def test_a_check_is_printed_with_its_unit_and_its_threshold() -> None:
    def printed(feature: str, value: Any, op: str, threshold: Any) -> tuple[str, str]:
        return Check(feature, value, op, threshold, 0.0, 0.0).shown

    assert printed("count", 7.0, ">=", 5.0) == ("7", "at least 5")
    assert printed("size_mm", 0.349, "<", 0.5) == ("0.35 mm", "less than 0.50 mm")
    assert printed("odd_share", 0.25, ">=", 0.2) == ("25 %", "at least 20 %")
    assert printed("line_width_mm", math.nan, "<=", 0.5) == ("nothing to measure", "at most 0.50 mm")
    assert printed("stable_months", 24, ">", 23.0) == ("24", "more than 23")
    assert printed("prior", "new", "is", ("new", "increasing")) == ("new", "new or increasing")
    assert printed("known_cancer", "none", "is not", ("none",)) == ("none", "not none")
    assert {Check(name, 1.0, ">=", 1.0, 0.0, 0.0).label for name in FEATURES} == {f.label for f in FEATURES.values()}
