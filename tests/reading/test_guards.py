"""The guards that keep a number from clearing a cancer: fact base, section 0, as far as this edition can say them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calcifications.lexicon import distributions, terms
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, Findings, Reading, measure, read, read_words, rulebook, rulebooks
from tests.strategies import contexts, recipes, seeds, view_names

DIAGNOSTIC = Context(setting="diagnostic")
FORMS = [term.name for term in terms("form")]
SUSPICIOUS = [term.name for term in terms("form") if term.family == "suspicious"]
laid = st.sampled_from([*distributions(), "none"])


def seen(recipe: Recipe | list[Recipe], seed: int = 7, view: str = "CC") -> Findings:
    return measure(grow(recipe, seed), view)


def final(findings: Any, context: Context = DIAGNOSTIC) -> Reading:
    return read(findings, context=context)


# 1. Round and punctate are never cleared by form


@given(form=st.sampled_from(["round", "punctate"]), context=contexts())
def test_a_group_of_dots_is_never_benign_unless_two_years_stable(form: str, context: Context) -> None:
    reading = read_words(form, "grouped", context=context).after_work_up
    assert (reading.category == "2") == (
        context.stable_months >= 24 and context.prior == "stable" and context.known_cancer == "none"
    )
    assert reading.suspicion > 0


@given(recipe=recipes(count=(5, 120), size_mm=(0.2, 2), irregularity=(0, 0.3), elongation=(1, 1.3)), seed=seeds)
def test_dots_that_were_grown_are_not_cleared_either(recipe: Recipe, seed: int) -> None:
    reading = final(seen(recipe, seed))
    if reading.morphology in ("round", "punctate") and reading.distribution != "none":
        assert reading.level >= 2


# 2. Size alone never lowers

solid_and_ragged = recipes(irregularity=(0.4, 1), lucent_centre=0.0)


@given(recipe=solid_and_ragged, seed=seeds, larger=st.floats(1, 160), context=contexts(other_breast="not known"))
def test_a_larger_irregular_group_is_never_managed_less_unless_it_is_popcorn(
    recipe: Recipe, seed: int, larger: float, context: Context
) -> None:
    grown = seen(replace(recipe, size_mm=min(recipe.size_mm * larger, 8.0)), seed)
    assume(grown.odd_share >= 0.3)  # clear of what makes a group irregular
    small, large = (read(one, context=context).after_work_up for one in (seen(recipe, seed), grown))
    # where nothing is said, as of rods, nothing is lowered either
    assert large.level >= small.level or large.morphology == "popcorn" or large.category == "none"


@pytest.mark.parametrize("size", [0.6, 1.0, 2.0, 3.0, 5.0])
def test_irregular_particles_stay_suspicious_however_large(size: float) -> None:
    many = replace(preset("coarse heterogeneous"), size_mm=size, count=5)
    reading = final(seen(many))
    assert reading.morphology == "coarse heterogeneous"
    assert reading.category == "4B"


# 3. History never clears by itself


@given(form=st.sampled_from([form for form in FORMS if form != "dystrophic"]), word=laid, context=contexts())
def test_history_lowers_nothing_that_the_picture_shows(form: str, word: str, context: Context) -> None:
    without = replace(context, history="none", history_place="not known")
    assert read_words(form, word, context=context).category == read_words(form, word, context=without).category


# 4. Rod-like against fine linear: a smooth edge decides, not the width

in_ducts = st.sampled_from(["duct", "lobe"])  # elsewhere some point at the viewer, and are seen as dots
SMOOTH_ROD: dict[str, Any] = {"irregularity": 0.0, "unlikeness": 0.0, "branching": 0.0, "lucent_centre": 0.0}


@given(recipe=recipes(elongation=(4, 8), **SMOOTH_ROD), seed=seeds, view=view_names)
def test_a_long_smooth_rod_is_never_fine_linear_not_even_nearly(recipe: Recipe, seed: int, view: str) -> None:
    reading = final(seen(recipe, seed, view))
    assert reading.morphology != "fine linear"
    assert "fine linear" not in [doubt.rival for doubt in reading.borderline]


@given(
    recipe=recipes(size_mm=(1, 8), size_spread=(0, 0.2), arrangement=in_ducts, elongation=(4, 8), **SMOOTH_ROD),
    seed=seeds,
    view=view_names,
)
def test_a_long_smooth_rod_that_can_be_made_out_is_a_form_not_in_this_course_yet(
    recipe: Recipe, seed: int, view: str
) -> None:
    findings = seen(recipe, seed, view)
    assume(findings.readable_share > 0.5)
    reading = final(findings)
    assert reading.form_phrase == "A form not in this course yet: long smooth rods"
    assert (reading.morphology, reading.category) == ("none", "none")  # nothing is said that was not learned


# 5. Per population, not per picture


@pytest.mark.parametrize("benign", ["popcorn", "rim"])
def test_a_benign_population_does_not_hide_a_suspicious_one_beside_it(benign: str) -> None:
    beside = [preset(benign), replace(preset("fine pleomorphic"), across_mm=10.0)]
    for recipes_ in (beside, beside[::-1]):
        reading = final(seen(recipes_))
        assert (reading.morphology, reading.category) == ("fine pleomorphic", "4B")
        assert recipes_[reading.group] == beside[1]
        assert {one.morphology for one in reading.populations} == {benign, "fine pleomorphic"}


# 7. Fewer is not reassuring


@given(form=st.sampled_from(FORMS), word=laid, context=contexts(prior="fewer"))
def test_fewer_than_before_is_managed_no_less_than_on_a_first_picture(form: str, word: str, context: Context) -> None:
    first = replace(context, prior="none")
    assert read_words(form, word, context=context).level >= read_words(form, word, context=first).level


# 8. Regional never lowers a fine form; diffuse lowers only in both breasts alike


@pytest.mark.parametrize("form", ["fine pleomorphic", "fine linear"])
@given(word=laid, context=contexts(setting="diagnostic"))
def test_nothing_lowers_a_fine_form(form: str, word: str, context: Context) -> None:
    assert read_words(form, word, context=context).level == 3


@given(form=st.sampled_from(SUSPICIOUS), context=contexts(setting="diagnostic"))
def test_diffuse_lowers_only_in_both_breasts_alike(form: str, context: Context) -> None:
    if read_words(form, "diffuse", context=context).level < 3:
        assert context.other_breast in ("diffuse", "alike groups")


# 9. A group is proved on two orthogonal views


def test_together_on_one_view_alone_may_be_overlap() -> None:
    overlapping = grow(Recipe(size_mm=0.4, count=6, arrangement="area", extent_mm=16.0, density=0.9), 60)
    above, side = measure(overlapping, "CC"), measure(overlapping, "ML")
    assert above.count_within_10mm >= 5 > side.count_within_10mm
    assert final(above).distribution == "grouped"
    assert final([above, side]).distribution == final([side, above]).distribution == "none"


@given(recipe=recipes(), seed=seeds)
def test_the_worse_view_counts_in_whatever_order_they_come(recipe: Recipe, seed: int) -> None:
    above, side = (seen(recipe, seed, view) for view in ("CC", "ML"))
    both = final([above, side])
    for said in ("category", "management"):
        assert getattr(both, said) == getattr(final([side, above]), said)
    if any(final(one).morphology in SUSPICIOUS for one in (above, side)):
        assert both.level == 3


# 12. The leaflets are compared, never acted on


def test_every_leaflet_is_advisory_and_says_so() -> None:
    assert [name for name in rulebooks() if rulebook(name).advisory] == ["patients2009", "elliot"]
    for name in ("patients2009", "elliot"):
        assert "to compare, not to act on" in rulebook(name).note
        assert "to compare, not to act on" in repr(read(seen(preset("fine linear")), name))
