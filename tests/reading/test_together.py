"""What must be true of several views of one group, and of both breasts, read together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, Findings, Group, Reading, measure, read
from tests.strategies import recipes, seeds

DIAGNOSTIC = Context(setting="diagnostic")


def exam(recipe: Recipe | list[Recipe], *views: str, seed: int = 7, context: Context = DIAGNOSTIC) -> Reading:
    pattern = grow(recipe, seed)
    return read([measure(pattern, view) for view in views], context=context)


# --- The finest views judge shapes ---

HAZE = Recipe(size_mm=0.24, count=20, density=0.9, size_spread=0.05)  # dots, once magnified


def test_magnified_views_settle_what_contact_views_could_not_read() -> None:
    assert exam(HAZE, "CC", "ML").morphology == "amorphous"
    assert exam(HAZE, "CC-mag", "ML-mag").morphology == "punctate"
    for views in (("CC", "ML", "CC-mag", "ML-mag"), ("CC", "ML-mag"), ("ML", "MLO", "CC-mag")):
        assert exam(HAZE, *views).morphology == "punctate"


@given(recipe=recipes(count=(1, 60), settled=0.0, knots=0.0), seed=seeds)
def test_contact_views_change_nothing_beside_two_magnified_ones_at_right_angles(recipe: Recipe, seed: int) -> None:
    magnified = exam(recipe, "CC-mag", "ML-mag", seed=seed)
    all_views = exam(recipe, "CC", "CC-mag", "ML-mag", seed=seed)
    assert all_views.morphology == magnified.morphology


def group(**values: float) -> Group:
    usual = measure(grow(preset("punctate"), 7)).groups[0].values
    return Group(usual | values)


def test_a_line_seen_end_on_is_a_dot_so_a_coarser_view_from_another_side_still_counts() -> None:
    lines = {"ragged_count": 3.0, "ragged_share": 0.3, "ragged_width_mm": 0.3}
    dots, casts = Findings("ML-mag", (group(),), 0.04), Findings("CC", (group(**lines),), 0.07)
    assert read([dots, casts], context=DIAGNOSTIC).morphology == "fine linear"
    unreadable = Findings("CC", (group(readable_share=0.1),), 0.07)
    assert read([dots, unreadable], context=DIAGNOSTIC).morphology == "punctate"


def test_where_they_lie_is_judged_on_the_widest_field() -> None:
    wide = Findings("CC", (group(breast_share=0.6, count=60.0, extent_mm=90.0),), 0.07, field_mm=200.0)
    narrow = Findings("CC-mag", (group(breast_share=0.01, count=14.0, extent_mm=18.0),), 0.04, field_mm=30.0)
    for views in ([wide, narrow], [narrow, wide]):
        assert read(views, context=DIAGNOSTIC).distribution == "diffuse"


# --- What only some views can know ---


def test_tea_cups_need_the_true_lateral_and_the_view_from_above() -> None:
    milk = preset("milk of calcium")
    assert exam(milk, "CC", "ML").morphology == "milk of calcium"
    for views in (("CC",), ("ML",), ("MLO",), ("CC", "MLO"), ("ML", "MLO"), ("CC-mag",), ("ML-mag",)):
        assert exam(milk, *views).morphology != "milk of calcium"


@pytest.mark.parametrize("views", [("CC", "ML"), ("CC-mag", "ML-mag")])
@given(
    recipe=recipes(elongation=(2, 8), lucent_centre=0.0, settled=0.0, knots=0.0, size_mm=(0.4, 3), density=(0.4, 1)),
    seed=seeds,
)
def test_what_is_drawn_out_but_has_not_settled_is_never_a_tea_cup(
    views: tuple[str, ...], recipe: Recipe, seed: int
) -> None:
    assert exam(recipe, *views, seed=seed).morphology != "milk of calcium"


def test_particles_that_keep_an_odd_shape_among_tea_cups_are_read_as_what_they_are() -> None:
    pattern = grow(preset("milk of calcium"), 7)
    above, side = measure(pattern, "CC"), measure(pattern, "ML")
    odd: dict[str, float] = {"ragged_count": 2.0, "ragged_share": 0.12, "ragged_width_mm": 0.2}
    among = replace(above, groups=(Group(above.groups[0].values | odd),))
    assert read([among, side], context=DIAGNOSTIC).morphology == "fine linear"
    beside = [preset("milk of calcium"), replace(preset("fine pleomorphic"), count=5, extent_mm=4.0, across_mm=14.0)]
    assert exam(beside, "CC", "ML").morphology == "fine pleomorphic"


def in_the_skin(**changed: Any) -> Recipe:
    return replace(preset("fine pleomorphic"), arrangement="skin", extent_mm=3.5, count=8, **changed)


def test_what_looks_worrying_is_harmless_only_if_the_tangential_view_shows_it_in_the_skin() -> None:
    assert exam(in_the_skin(), "CC", "ML").morphology == "fine pleomorphic"
    for views in (("CC", "tangential"), ("CC", "ML", "tangential"), ("CC-mag", "ML-mag", "tangential")):
        assert (exam(in_the_skin(), *views).morphology, exam(in_the_skin(), *views).category) == ("skin", "2")


def test_near_the_skin_is_not_in_it() -> None:
    deeper = replace(preset("fine pleomorphic"), extent_mm=4.0, count=8, up_mm=34.0)
    assert measure(grow(deeper, 7), "tangential").skin_mm > 5
    assert exam(deeper, "CC", "tangential").morphology == "fine pleomorphic"


def test_rings_in_a_tight_group_are_of_the_skin_also_without_that_view() -> None:
    assert exam(preset("skin"), "CC").morphology == "skin"
    looser = replace(preset("skin"), arrangement="lobule", extent_mm=9.0)
    assert exam(looser, "CC").morphology == "round"


# --- History is known at every step ---

PLAQUES = replace(preset("dystrophic"), lucent_centre=0.0)


@pytest.mark.parametrize(
    ("known", "word", "category"),
    [
        ({}, "coarse heterogeneous", "4B"),
        ({"history": "surgery"}, "coarse heterogeneous", "4B"),
        ({"history": "radiotherapy", "history_place": "elsewhere"}, "coarse heterogeneous", "4B"),
        ({"history": "radiotherapy", "history_place": "here"}, "dystrophic", "2"),
    ],
)
def test_plaques_are_a_scar_only_where_the_breast_was_injured(known: dict[str, str], word: str, category: str) -> None:
    reading = exam(PLAQUES, "CC", context=Context(setting="diagnostic", **known))
    assert (reading.morphology, reading.category) == (word, category)
    if word != "dystrophic":
        assert "dystrophic" in [doubt.rival for doubt in reading.borderline]


# --- Both breasts ---


def both(recipe: Recipe, groups: int) -> list[Recipe]:
    apart = [replace(recipe, across_mm=18.0 * (number - 1)) for number in range(groups)]
    return [replace(one, breast=side) for side in ("left", "right") for one in apart]


def test_diffuse_in_both_breasts_and_alike_is_seen_not_told() -> None:
    haze = preset("amorphous", "diffuse")
    one = exam(haze, "CC")
    assert (one.category, one.context.other_breast) == ("4A", "not known")
    reading = exam(both(haze, 1), "CC")
    assert (reading.category, reading.context.other_breast) == ("2", "diffuse")
    assert exam([haze, replace(preset("fine pleomorphic", "diffuse"), breast="right")], "CC").category == "4B"


def test_numerous_alike_groups_in_both_breasts_reassure_one_in_each_does_not() -> None:
    coarse = replace(preset("coarse heterogeneous"), extent_mm=6.0)
    assert exam(both(coarse, 1), "CC").category == "4B"
    assert exam(both(coarse, 3), "CC").category == "2"
    told = Context(setting="diagnostic", other_breast="nothing alike")
    assert exam(both(coarse, 3), "CC", context=told).category == "4B"


def test_the_other_breast_clears_nothing_that_is_fine() -> None:
    assert exam(both(preset("fine pleomorphic"), 3), "CC").category == "4B"


def test_a_breast_is_measured_on_its_own_pictures() -> None:
    pattern = grow([preset("punctate"), replace(preset("round"), breast="right")], 7)
    everything = measure(pattern)
    assert [one.side for one in everything.groups] == ["left", "right"]
    right = measure(pattern, side="right")
    assert (right.side, len(right.groups)) == ("right", 1)
    assert right.groups[0].values == pytest.approx(everything.groups[1].values, nan_ok=True)
    by_side = read([measure(pattern, side=side) for side in ("left", "right")], context=DIAGNOSTIC)
    assert by_side.category == read(everything, context=DIAGNOSTIC).category


# --- What is not calcium ---


@pytest.mark.parametrize("setting", ["screening", "diagnostic"])
def test_powder_in_the_folds_is_wiped_off_never_cleared_nor_sampled(setting: str) -> None:
    reading = exam(preset("deodorant"), "CC", "MLO", context=Context(setting=setting))
    assert (reading.artefact, reading.morphology, reading.distribution) == ("deodorant", "none", "none")
    assert (reading.category, reading.management) == ("0", "wipe the skin and repeat the view")
    assert reading.after_work_up.category == "0"
    assert "not calcium" in reading.report()


def test_what_lies_elsewhere_is_calcium() -> None:
    elsewhere = replace(preset("deodorant"), arrangement="area", extent_mm=30.0)
    assert exam(elsewhere, "CC").artefact == "none"
    assert exam(elsewhere, "CC").level == 3


# --- Two rows on one view prove no artery: a loop shows them too ---


@pytest.mark.parametrize("seed", [143, 338, 443, 463, 698, 708, 780, 808, 839, 878])
def test_a_looped_thread_of_dots_is_no_artery(seed: int) -> None:
    size, extent = 0.3 + 0.05 * (seed % 10), min(32.0 + seed % 9, 40.0)
    loop = Recipe(size_mm=size, count=36 + seed % 50, arrangement="thread", extent_mm=extent)
    pattern = grow(loop, seed)
    rows = [measure(pattern, view) for view in ("CC", "ML")]
    assert max(view.track_mm for view in rows) >= 10
    assert read(rows).morphology != "vascular"


@pytest.mark.parametrize("form", ["amorphous", "punctate", "coarse heterogeneous", "fine pleomorphic"])
@pytest.mark.parametrize("arrangement", ["duct", "lobe", "area", "lobule"])
def test_chance_makes_no_artery_of_a_cloud(form: str, arrangement: str) -> None:
    for seed in range(24):
        recipe = replace(preset(form, "grouped"), count=20 + 2 * seed, arrangement=arrangement, extent_mm=12.0 + seed)
        assert exam(recipe, "CC", "ML", seed=seed).morphology != "vascular"
