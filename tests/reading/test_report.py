"""What must be true of what a reading says: one category, one action, and one sentence for what can't be read."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.lexicon import distributions, terms
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, Reading, measure, read, read_words, rulebook, rulebooks
from calcifications.reading.read import weigh
from tests.strategies import contexts, recipes, seeds

DIAGNOSTIC = Context(setting="diagnostic")
PLACES = {
    "side": st.sampled_from(["left", "right"]),
    "clock": st.integers(1, 12),
    "depth": st.sampled_from(["anterior", "middle", "posterior"]),
}
MORE = {
    "distance_mm": st.none() | st.floats(0, 250),
    "extent_mm": st.none() | st.floats(0, 250),
    "groups": st.none() | st.integers(1, 50),
}
COMPARED_ONLY = {"patients2009", "elliot", "legal1984"}
FORMS = [*(term.name for term in terms("form")), "none"]


def is_good_english(text: str) -> bool:
    """Whether it is sentences, each with one full stop, and nothing that only a program would say."""
    sentences = text.split(". ")
    return (
        not re.search(r"  |\n|\.\.|,,| ,| \.|,\.|\bnan\b|\binf\b|\bNone\b|\bA [aeiou]|\ba [aeiou]", text)
        and text.endswith(".")
        and all(sentence[0].isupper() for sentence in sentences)
    )


def worded(morphology: str = "fine pleomorphic", distribution: str = "segmental", **how: Any) -> Reading:
    return read_words(morphology, distribution, **how)


@given(recipe=recipes(), seed=seeds, context=contexts(), place=st.fixed_dictionaries(PLACES | MORE))
def test_a_report_has_one_category_and_one_action(
    recipe: Recipe, seed: int, context: Context, place: dict[str, Any]
) -> None:
    reading = read(measure(grow(recipe, seed)), context=context)
    text = reading.report(**place)
    assert text.startswith(f"{place['side'].capitalize()} breast, {place['clock']} o'clock, {place['depth']} depth")
    assert text.count("BI-RADS") == 1
    assert is_good_english(text)
    if reading.category == "none":
        assert text.count(reading.rulebook.silence) == 1
    else:
        low, *high = reading.category.split("-")
        assert f"BI-RADS: {f'category {low} to {high[0]}' if high else low}. " in text
        assert text.lower().count(reading.management) == 1


@given(
    form=st.sampled_from(FORMS),
    where=st.sampled_from([*distributions(), "none"]),
    rulebook=st.sampled_from(rulebooks()),
    context=contexts(),
    place=st.fixed_dictionaries(PLACES | MORE | {"prior_date": st.none() | st.dates()}),
)
def test_every_combination_of_words_reads_well(
    form: str, where: str, rulebook: str, context: Context, place: dict[str, Any]
) -> None:
    reading = read_words(form, where, rulebook, context)
    if context.prior == "none":
        place["prior_date"] = None
    text = reading.report(**place)
    assert is_good_english(text)
    assert text.count(reading.rulebook.title) == 1
    words = [word for word in (reading.morphology, reading.distribution) if word != "none"]  # v2025 has its own
    assert all(word in text for word in words)
    said = reading.category != "none"
    assert ("To compare, not to act on." in text) == (said and reading.rulebook.id in COMPARED_ONLY)
    assert (" Second-hand: " in text) == (said and reading.rulebook.id == "birads2025")


def test_a_report_reads_as_one_would_dictate_it() -> None:
    known = Context(setting="diagnostic", prior="increasing", associated="distortion")
    seen = measure(grow(preset("fine pleomorphic"), 7))
    dictated = read(seen, context=known).report("right", 10, "posterior", distance_mm=60, prior_date="2024-03-01")
    assert dictated == (
        "Right breast, 10 o'clock, posterior depth, 60 mm from the nipple: fine pleomorphic calcifications, in a "
        f"grouped distribution, {seen.extent_mm:.0f} mm in extent, a single group. More than on the earlier picture of "
        "1 March 2024. Associated finding: architectural distortion. BI-RADS: category 4B to 4C. "
        "A tissue sample (needle biopsy)."
    )
    assert worded("none", "none", context=DIAGNOSTIC).report() == (
        "Left breast, 12 o'clock, middle depth: calcifications that no form word fits, "
        "with no distribution word that fits. No earlier picture to compare with. "
        f"BI-RADS: {rulebook('birads5').silence}."
    )


def test_the_calls_of_the_first_edition_still_work() -> None:
    assert worded().report(side="left", clock=2, depth="middle").startswith("Left breast, 2 o'clock, middle depth: ")


def test_the_extent_is_the_measured_one_unless_another_is_given() -> None:
    seen = measure(grow(preset("fine pleomorphic"), 7))
    assert f", {seen.extent_mm:.0f} mm in extent, " in read(seen).report()
    assert ", 31 mm in extent, " in read(seen).report(extent_mm=31)
    assert "in extent" not in worded().report()


def test_a_single_calcification_is_one_and_has_no_extent() -> None:
    text = read(measure(grow(Recipe(size_mm=0.4, count=1), 7))).report()
    assert "a single punctate calcification, with no distribution word that fits. " in text


def test_the_groups_are_those_that_were_read_unless_told_otherwise() -> None:
    several = read(measure(grow([preset("popcorn"), preset("fine linear"), preset("punctate")], 7)))
    assert ", the most worrisome of 3 groups. " in several.report()
    assert ", the most worrisome of 5 groups. " in several.report(groups=5)
    assert ", in 2 groups. " in worded("punctate", "grouped").report(groups=2)
    assert ", a single group. " in worded("punctate", "grouped").report()
    assert "group" not in worded("punctate", "segmental").report()


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "No earlier picture to compare with."),
        ({"prior": "new"}, "New since the earlier picture of 29 February 2024."),
        ({"prior": "increasing"}, "More than on the earlier picture of 29 February 2024."),
        ({"prior": "fewer"}, "Fewer than on the earlier picture of 29 February 2024."),
        ({"prior": "stable"}, "Unchanged since the earlier picture of 29 February 2024."),
        (
            {"prior": "stable", "stable_months": 24},
            "Unchanged for 24 months, compared with the earlier picture of 29 February 2024.",
        ),
        (
            {"prior": "stable", "stable_months": 1},
            "Unchanged for 1 month, compared with the earlier picture of 29 February 2024.",
        ),
    ],
)
def test_change_is_told_with_the_date_of_the_earlier_picture(known: dict[str, Any], sentence: str) -> None:
    reading = worded(context=Context(**known))
    when = [datetime.date(2024, 2, 29), "2024-02-29", datetime.datetime(2024, 2, 29, 8)] if known else [None]
    for day in when:
        assert f" {sentence} " in reading.report(prior_date=day)


def test_what_is_not_there_has_neither_change_nor_form() -> None:
    nothing = read(measure(grow(Recipe(size_mm=0.1, count=1, density=0.1), 7)), context=Context(prior="new"))
    assert nothing.category == "1"
    assert nothing.report() == (
        "Left breast, 12 o'clock, middle depth: no calcification to be seen. BI-RADS: 1. Routine screening."
    )


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ({"side": "both"}, "There is no side 'both'; choose one of: left, right."),
        ({"clock": 13}, "The clock position can't be 13; it is a whole number from 1 to 12."),
        ({"clock": True}, "The clock position can't be True; it is a whole number from 1 to 12."),
        ({"clock": 2.5}, "The clock position can't be 2.5; it is a whole number from 1 to 12."),
        ({"distance_mm": -1}, "The distance from the nipple can't be -1; it goes from 0 to 250 mm."),
        ({"distance_mm": float("nan")}, "The distance from the nipple can't be nan; it goes from 0 to 250 mm."),
        ({"extent_mm": "big"}, "The extent can't be 'big'; it goes from 0 to 250 mm."),
        ({"groups": 0}, "The number of groups can't be 0; it is a whole number from 1 to 50."),
        (
            {"prior_date": "last year"},
            "The date of the earlier picture can't be 'last year'; write it as 2024-03-01.",
        ),
        ({"prior_date": 2024}, "The date of the earlier picture can't be 2024; write it as 2024-03-01."),
        (
            {"prior_date": "2024-03-01"},
            "There is no earlier picture to date: the context's prior is 'none', not new, increasing, stable or fewer.",
        ),
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
        (lambda: read(ONE, "birads6"), "There is no rulebook 'birads6'; choose one of: birads5, birads2025, "),
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


def test_a_range_of_letters_is_spoken_with_both_its_ends() -> None:
    said = read_words("round", "linear", context=Context(setting="diagnostic"))
    assert said.category == "4A-4B"
    assert "BI-RADS: category 4A to 4B. A tissue sample" in said.report()
