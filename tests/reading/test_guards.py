"""The guards that keep a number from clearing a cancer: fact base, section 0, as far as this edition can say them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calcifications.lexicon import distributions, terms
from calcifications.pattern import ARRANGEMENTS, Recipe, grow, preset
from calcifications.reading import Context, Findings, Group, Reading, measure, read, read_words, rulebook, rulebooks
from tests.strategies import contexts, rank, recipes, seeds, view_names

DIAGNOSTIC = Context(setting="diagnostic")
FORMS = [term.name for term in terms("form")]
SUSPICIOUS = [term.name for term in terms("form") if term.family == "suspicious"]
PROVED_BENIGN = [
    term.name for term in terms("form") if term.family == "typically benign" and not term.never_cleared_by_form
]
laid = st.sampled_from([*distributions(), "none"])


def seen(recipe: Recipe | list[Recipe], seed: int = 7, view: str = "CC") -> Findings:
    return measure(grow(recipe, seed), view)


def final(findings: Any, context: Context = DIAGNOSTIC) -> Reading:
    return read(findings, context=context)


# 1. Round and punctate are never cleared by form


@given(form=st.sampled_from(["round", "punctate"]), context=contexts())
def test_a_group_of_dots_is_never_benign_unless_two_years_stable(form: str, context: Context) -> None:
    reading = read_words(form, "grouped", context=context).after_work_up
    here = context.history_place == "here"
    no_cancer = context.known_cancer == "none" or (here and context.known_cancer.startswith("treated"))
    untreated = context.history != "radiotherapy" or context.history_place != "elsewhere"
    isolated = context.associated == "none"
    assert (reading.category == "2") == (context.stable_months >= 24 and no_cancer and untreated and isolated)
    assert reading.suspicion > 0


@given(recipe=recipes(count=(5, 120), size_mm=(0.2, 2), irregularity=(0, 0.3), elongation=(1, 1.3)), seed=seeds)
def test_dots_that_were_grown_are_not_cleared_either(recipe: Recipe, seed: int) -> None:
    reading = final(seen(recipe, seed))
    if reading.morphology in ("round", "punctate") and reading.distribution != "none":
        assert reading.level >= 2


# 2. Size alone never lowers

# over 4 cm there is room for all sizes
solid_and_ragged = recipes(irregularity=(0.4, 1), extent_mm=40.0, lucent_centre=0.0, settled=0.0, knots=0.0)


without_history = contexts(other_breast="not known", history="none")


@given(recipe=solid_and_ragged, seed=seeds, larger=st.floats(1, 160), context=without_history)
def test_a_larger_irregular_group_is_never_managed_less_unless_it_is_popcorn_or_an_artery(
    recipe: Recipe, seed: int, larger: float, context: Context
) -> None:
    grown = seen(replace(recipe, size_mm=min(recipe.size_mm * larger, 8.0)), seed)
    assume(grown.irregular_share >= 0.3)  # clear of what makes a group irregular
    small, large = (read(one, context=context).after_work_up for one in (seen(recipe, seed), grown))
    assert large.level >= small.level or large.morphology in ("popcorn", "vascular")


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
    # a treated breast is worse away from the scar: at the scar it is as any other
    without = replace(without, known_cancer="none") if context.known_cancer.startswith("treated") else without
    known, unknown = (read_words(form, word, context=each).after_work_up for each in (context, without))
    assert rank(known.category) >= rank(unknown.category)


@pytest.mark.parametrize("form", ["round", "punctate"])
def test_new_dots_in_a_treated_breast_are_worse_away_from_the_scar_and_if_the_cancer_was_calcified(form: str) -> None:
    def category(cancer: str, place: str) -> str:
        known = Context("diagnostic", "new", history="surgery", history_place=place, known_cancer=f"treated, {cancer}")
        return read_words(form, "grouped", context=known).category

    assert (category("calcified", "elsewhere"), category("calcified", "not known")) == ("4B", "4B")
    assert category("not calcified", "elsewhere") == category("calcified", "here") == "4A-4B"


# 4. Rod-like against fine linear: a smooth edge decides, not the width

in_ducts = st.sampled_from(["duct", "lobe"])  # elsewhere some point at the viewer, and are seen as dots
SMOOTH_ROD: dict[str, Any] = {
    "irregularity": 0.0, "unlikeness": 0.0, "branching": 0.0, "lucent_centre": 0.0, "settled": 0.0, "knots": 0.0,
}  # fmt: skip


# a curl of a thread, seen almost along itself, is a hook: its outline is dented, and it keeps the more worrisome word
but_on_a_thread = st.sampled_from([name for name in ARRANGEMENTS if name != "thread"])


@given(recipe=recipes(elongation=(4, 8), arrangement=but_on_a_thread, **SMOOTH_ROD), seed=seeds, view=view_names)
def test_a_smooth_rod_is_never_taken_for_a_ragged_line(recipe: Recipe, seed: int, view: str) -> None:
    findings = seen(recipe, seed, view)
    assert findings.count == 0 or findings.ragged_count == 0
    decided = final(findings).fired("form")
    assert decided is not None
    assert not decided.rule.startswith("fine-linear")


@given(
    recipe=recipes(size_mm=(2, 3), count=(8, 20), size_spread=(0, 0.1), density=(0.4, 1), elongation=(6, 8),
                   arrangement=st.just("ducts"), extent_mm=(30, 40), **SMOOTH_ROD),
    seed=seeds,
)  # fmt: skip
def test_long_thick_smooth_rods_that_point_to_the_nipple_are_harmless(recipe: Recipe, seed: int) -> None:
    assert (final(seen(recipe, seed)).morphology, final(seen(recipe, seed)).category) == ("large rod-like", "2")


@given(recipe=recipes(elongation=(4, 8), arrangement=in_ducts, **SMOOTH_ROD), seed=seeds, view=view_names)
def test_smooth_lines_that_prove_nothing_keep_the_more_worrisome_word_and_a_doubt(
    recipe: Recipe, seed: int, view: str
) -> None:
    findings = seen(recipe, seed, view)
    assume(findings.linear_share >= 0.3)
    reading = final(findings)
    if reading.morphology == "fine linear":
        assert "large rod-like" in [doubt.rival for doubt in reading.borderline]
    else:
        assert findings.line_width_mm >= 0.5 or reading.morphology == "suture"


# 6. Two particles are enough for the worst form: the typical line must not outvote the ragged ones

FEW_PLATES = replace(preset("vascular"), count=10)


@pytest.mark.parametrize("views", [("CC",), ("CC", "MLO"), ("CC", "ML")])
def test_too_few_plates_of_an_artery_are_neither_an_artery_nor_dots(views: tuple[str, ...]) -> None:
    words = [final([seen(FEW_PLATES, seed, view) for view in views]).morphology for seed in range(1, 21)]
    assert set(words) <= {"coarse heterogeneous", "fine linear"}


RAGGED_PLATES = replace(preset("vascular"), irregularity=0.65, elongation=3.0, unlikeness=0.35)


def test_a_few_granules_of_an_artery_may_be_read_as_casts_but_never_without_naming_the_artery() -> None:
    cast = [
        reading
        for count in range(8, 13)
        for seed in range(40)
        if (reading := final(seen(replace(RAGGED_PLATES, count=count), seed))).morphology == "fine linear"
    ]
    assert len(cast) > 40
    assert all("vascular" in [doubt.rival for doubt in reading.borderline] for reading in cast)


def test_walls_that_are_told_only_with_their_ragged_lines_prove_no_artery_but_name_it() -> None:
    findings = seen(RAGGED_PLATES, 1)
    assert findings.rows_mm >= 10 > findings.track_mm
    reading = final(findings)
    assert (reading.morphology, [doubt.rival for doubt in reading.borderline]) == ("fine linear", ["vascular"])


@pytest.mark.parametrize("word", ["grouped", "linear", "segmental", "regional"])
def test_casts_that_lie_as_casts_do_are_not_doubted_for_an_artery(word: str) -> None:
    for seed in range(20):
        assert "vascular" not in [doubt.rival for doubt in final(seen(preset("fine linear", word), seed)).borderline]


def test_two_ragged_lines_among_smooth_ones_are_fine_linear() -> None:
    few_ragged = Recipe(size_mm=0.443, count=7, irregularity=0.245, elongation=4.75, unlikeness=0.695)
    for seed in range(40):
        findings = seen(few_ragged, seed)
        if findings.ragged_count >= 2 and findings.ragged_width_mm < 0.5:
            assert final(findings).morphology == "fine linear"


@given(
    recipe=recipes(size_mm=(0.4, 1.2), irregularity=(0.3, 1), elongation=(3, 8), density=(0.5, 1), settled=0.0),
    seed=seeds,
    view=view_names,
)
def test_two_ragged_lines_are_fine_linear_whatever_lies_beside_them(recipe: Recipe, seed: int, view: str) -> None:
    findings = seen(recipe, seed, view)
    assume(findings.ragged_count >= 2 and findings.ragged_width_mm < 0.5)
    assert final(findings).morphology in ("fine linear", "vascular", "none")
    if final(findings).morphology == "vascular":  # granules along both walls, of which some are ragged
        assert findings.track_mm >= 10
        assert findings.linear_share < 0.6
    if final(findings).morphology == "none":
        assert final(findings).artefact == "deodorant"


def test_a_ragged_line_beside_lumps_is_not_swallowed_by_them() -> None:
    lumps = seen(preset("popcorn")).groups[0]
    assert read_values(lumps.values) == "popcorn"
    with_a_line = {"linear_count": 1.0, "linear_share": 0.33, "ragged_count": 1.0, "ragged_share": 0.33}
    assert read_values(lumps.values | with_a_line | {"ragged_width_mm": 0.4}) == "fine linear"
    assert read_values(lumps.values | {"linear_count": 1.0, "linear_share": 0.1}) != "popcorn"
    assert read_values(lumps.values | {"smallest_mm": 0.4}) != "popcorn"


def read_values(values: dict[str, float]) -> str:
    return final(Findings("CC", (Group(values),))).morphology


@pytest.mark.parametrize("broken", [{"elongation": 2.5}, {"linear_count": 1.0}, {"count": 7.0}, {"fine_count": 4.0}])
def test_a_rim_is_one_round_closed_shell(broken: dict[str, float]) -> None:
    shell = seen(preset("rim")).groups[0].values
    assert read_values(shell) == "rim"
    assert read_values(shell | broken) != "rim"


def test_alike_smooth_ovals_are_not_called_irregular() -> None:
    for size, word, worse in ((0.36, "punctate", "fine pleomorphic"), (0.8, "round", "coarse heterogeneous")):
        ovals = Recipe(size_mm=size, count=12, elongation=1.9, size_spread=0.0, density=0.9, arrangement="duct")
        reading = final(seen(ovals))
        assert reading.morphology == word
        assert worse in [doubt.rival for doubt in reading.borderline]


@given(recipe=recipes(irregularity=0.0, unlikeness=0.0, branching=0.0, settled=0.0, knots=0.0), seed=seeds)
def test_what_is_called_irregular_is_irregular(recipe: Recipe, seed: int) -> None:
    decided = final(seen(recipe, seed)).fired("form")
    assert decided is not None
    assert decided.rule not in ("fine-pleomorphic", "coarse-heterogeneous", "coarse-heterogeneous-large")


ANYHOW = st.sampled_from(["lobule", "duct", "lobe", "area", "breast", "column", "ducts"])  # no thread, artery or skin


@given(recipe=recipes(arrangement=ANYHOW, lucent_centre=0.0, settled=0.0), seed=seeds, view=view_names)
def test_what_lies_along_no_artery_and_no_thread_and_not_in_the_skin_is_not_proved_to(
    recipe: Recipe, seed: int, view: str
) -> None:
    assert final(seen(recipe, seed, view)).morphology not in ("vascular", "suture", "skin", "milk of calcium", "rim")


def test_rods_of_which_some_are_ragged_are_not_cleared() -> None:
    rods = seen(preset("large rod-like")).groups[0].values
    assert read_values(rods) == "large rod-like"
    assert read_values(rods | {"ragged_count": 3.0, "ragged_width_mm": 0.8}) == "coarse heterogeneous"
    assert read_values(rods | {"irregular_share": 0.5}) == "fine linear"
    assert read_values(rods | {"line_width_mm": 0.3}) == "fine linear"
    assert read_values(rods | {"aim_deg": 60.0}) == "fine linear"
    assert read_values(rods | {"fine_count": 5.0}) == "fine linear"


# A few specks that can't be read are neither sampled nor cleared


@given(recipe=recipes(count=(1, 4), size_mm=(0.05, 0.2)), seed=seeds, context=contexts())
def test_a_few_unreadable_specks_are_magnified_first(recipe: Recipe, seed: int, context: Context) -> None:
    findings = seen(recipe, seed)
    assume(findings.count > 0 and findings.readable_share < 0.5 and findings.ragged_count == 0)
    reading = read(findings, context=context)
    assume(reading.morphology != "skin")
    if context.known_cancer == "here, proved":
        assert reading.category == "6"
    elif reading.morphology == "none":
        assert (reading.category, reading.after_work_up.category) == ("0", "0")
        assert reading.management.startswith("magnified views")
    else:
        assert reading.morphology in ("suture", "fine linear")  # what can be told of lines, also if few are readable


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
    first, fewer = (read_words(form, word, context=replace(context, prior=prior)) for prior in ("none", "fewer"))
    assert rank(fewer.category) >= rank(first.category)
    if form not in PROVED_BENIGN:
        assert "remark-fewer" in [step.rule for step in fewer.steps]


# Stability never clears a suspicious form


@given(form=st.sampled_from(SUSPICIOUS), word=laid, context=contexts(prior="stable"))
def test_time_clears_no_suspicious_form(form: str, word: str, context: Context) -> None:
    stable, first = (
        read_words(form, word, context=each) for each in (context, replace(context, prior="none", stable_months=0))
    )
    assert stable.category == first.category
    assert "remark-stable" in [step.rule for step in stable.steps]


# Age and risk inform, they decide nothing


@given(form=st.sampled_from(FORMS), word=laid, context=contexts())
def test_age_and_risk_change_no_category(form: str, word: str, context: Context) -> None:
    usual = replace(context, age=None, risk="average")
    assert read_words(form, word, context=context).category == read_words(form, word, context=usual).category


# What lies with them makes them worse, never better


@given(form=st.sampled_from(FORMS), word=laid, context=contexts(associated="none"),
       beside=st.sampled_from(["mass", "asymmetry", "distortion"]))  # fmt: skip
def test_a_mass_asymmetry_or_distortion_lowers_nothing(form: str, word: str, context: Context, beside: str) -> None:
    alone, both = (read_words(form, word, context=replace(context, associated=each)) for each in ("none", beside))
    assert rank(both.after_work_up.category) >= rank(alone.after_work_up.category)
    if form in SUSPICIOUS and alone.after_work_up.category not in ("4C-5", "5", "6"):
        assert rank(both.after_work_up.category) > rank(alone.after_work_up.category)
    if form in ("vascular", "skin") and context.known_cancer != "here, proved":
        assert (both.category, both.after_work_up.category) == ("0" if context.setting == "screening" else "2", "2")


def test_dots_in_a_density_leave_a_doubt_whether_they_are_an_isolated_group() -> None:
    plain = preset("punctate")
    dense = replace(plain, around="density", around_strength=1.0)
    assert final(seen(plain)).borderline == ()
    reading = final(seen(dense))
    assert (reading.category, [str(doubt) for doubt in reading.borderline]) == ("3", ["3 or 4A-4B"])
    assert reading.steps[-1].rule == "remark-density"


# 8. Regional never lowers a fine form; diffuse lowers only in both breasts alike


@pytest.mark.parametrize("form", ["fine pleomorphic", "fine linear"])
@given(word=laid, context=contexts(setting="diagnostic"))
def test_nothing_lowers_a_fine_form(form: str, word: str, context: Context) -> None:
    assert read_words(form, word, context=context).level >= 3


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


@given(recipe=recipes(settled=0.0, knots=0.0), seed=seeds)  # sediment and knots are what several views prove together
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
