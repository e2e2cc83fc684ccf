"""What must be true of what a reading says: one category, one action, and one sentence for what can't be read."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, Reading, measure, read, read_words, rulebooks
from calcifications.reading.read import weigh
from tests.strategies import contexts, recipes, seeds

DIAGNOSTIC = Context(setting="diagnostic")
PLACES = {
    "side": st.sampled_from(["left", "right"]),
    "clock": st.integers(1, 12),
    "depth": st.sampled_from(["anterior", "middle", "posterior"]),
}


def worded(morphology: str = "fine pleomorphic", distribution: str = "segmental", **how: Any) -> Reading:
    return read_words(morphology, distribution, **how)


@given(recipe=recipes(), seed=seeds, context=contexts(), place=st.fixed_dictionaries(PLACES))
def test_a_report_has_one_category_and_one_action(
    recipe: Recipe, seed: int, context: Context, place: dict[str, Any]
) -> None:
    reading = read(measure(grow(recipe, seed)), context=context)
    text = reading.report(**place)
    assert text.startswith(f"{place['side'].capitalize()} breast, {place['clock']} o'clock, {place['depth']} depth: ")
    assert text.count("BI-RADS") == 1
    assert text.endswith(".")
    assert ".." not in text
    if reading.category == "none":
        assert text.count(reading.rulebook.silence) == 1
    else:
        assert f"BI-RADS: {reading.category}. " in text
        assert text.lower().count(reading.management) == 1


def test_a_report_reads_as_one_would_write_it() -> None:
    assert worded(context=DIAGNOSTIC).report(side="right", clock=10, depth="posterior") == (
        "Right breast, 10 o'clock, posterior depth: fine pleomorphic calcifications, in a segmental distribution. "
        "BI-RADS: 4C. A tissue sample (needle biopsy)."
    )
    assert worded("none", "none", context=DIAGNOSTIC).report() == (
        "Left breast, 12 o'clock, middle depth: calcifications that no form word fits, "
        "with no distribution word that fits. BI-RADS: this rulebook does not say yet."
    )


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({"side": "both"}, "There is no side 'both'; choose one of: left, right."),
        ({"clock": 13}, "The clock position can't be 13; it is a whole number from 1 to 12."),
        ({"clock": True}, "The clock position can't be True; it is a whole number from 1 to 12."),
        ({"clock": 2.5}, "The clock position can't be 2.5; it is a whole number from 1 to 12."),
        ({"depth": "deep"}, "There is no depth 'deep'; choose one of: anterior, middle, posterior."),
    ],
)
def test_a_place_that_is_none_gets_one_sentence(place: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        worded().report(**place)
    assert str(told.value) == sentence


def test_a_reading_says_its_words_and_its_verdict() -> None:
    assert repr(worded()) == "fine pleomorphic, segmental -> 0 (after work-up 4C)"
    assert repr(worded(context=DIAGNOSTIC)) == "fine pleomorphic, segmental -> 4C"
    assert repr(worded("popcorn", "none")) == "popcorn, no distribution word fits -> 2"


def test_the_most_worrisome_group_decides_and_all_are_kept() -> None:
    groups = [preset("popcorn"), preset("fine linear"), preset("punctate")]
    reading = read(measure(grow(groups, 7)), context=DIAGNOSTIC)
    assert (reading.group, reading.morphology) == (1, "fine linear")
    assert [one.morphology for one in reading.populations] == ["popcorn", "fine linear", "punctate"]
    assert [one.group for one in reading.populations] == [0, 1, 2]
    alone = read(measure(grow(groups[1], 7)), context=DIAGNOSTIC)
    assert alone.populations == (alone,)


def test_what_must_be_done_decides_before_how_suspicious_the_words_are() -> None:
    few = Recipe(size_mm=0.13, count=3, density=0.6)  # no word, but a recall; dots are followed
    reading = read(measure(grow([few, preset("punctate")], 7)), context=DIAGNOSTIC)
    unnamed, dots = reading.populations
    assert unnamed.suspicion > dots.suspicion
    assert (reading.morphology, reading.category) == (dots.morphology, dots.category) == ("punctate", "3")


@pytest.mark.parametrize("book", rulebooks())
@pytest.mark.parametrize("step", ["real", "form", "distribution"])
@given(recipe=recipes(), seed=seeds)
def test_weighing_every_rule_of_a_step_agrees_with_the_reading(book: str, step: str, recipe: Recipe, seed: int) -> None:
    reading = read(measure(grow(recipe, seed)), book)
    decided = reading.fired(step)
    first = next((tried for tried in weigh(reading, step) if tried.fired), None)
    assert (first and first.rule) == (decided and decided.rule)


ONE, TWO = measure(grow(Recipe())), measure(grow([Recipe(), Recipe()]))


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: read("dots"), "What is read is Findings, or a list of them from several views, not 'dots'."),
        (lambda: read([]), "What is read is Findings, or a list of them from several views, not []."),
        (lambda: read([ONE, TWO]), "Views that are read together show the same groups; these do not."),
        (lambda: read(ONE, context="new"), "The context is a Context, not 'new'."),
        (lambda: read(ONE, "birads6"), "There is no rulebook 'birads6'; choose one of: birads5, patients2009, elliot."),
        (lambda: worded("blob"), "There is no form 'blob'; choose one of: skin, "),
        (lambda: worded("round", "clustered"), "There is no distribution 'clustered'; choose one of: diffuse, "),
        (lambda: weigh(read(ONE), "category"), "There is no step 'category'; choose one of: real, form, distribution."),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(ask: Any, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        ask()
    assert str(told.value).startswith(sentence)
    assert re.fullmatch(r"[^\n]*\.", str(told.value))
