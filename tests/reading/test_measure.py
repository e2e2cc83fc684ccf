"""What must be true of the findings: they say what the sliders asked for, as far as the view shows it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.imaging import look, views
from calcifications.imaging.layer import draw
from calcifications.pattern import AROUND, Recipe, forms, grow, preset
from calcifications.reading import FEATURES, Findings, measure
from calcifications.reading.measure import TISSUE_NOISE
from calcifications.reading.projection import Projections
from tests.strategies import recipes, seeds, view_names

WHOLE = {"settled": 0.0, "knots": 0.0}
SMOOTH = {"irregularity": 0.0, "elongation": 1.0, "unlikeness": 0.0, "branching": 0.0, "lucent_centre": 0.0, **WHOLE}
ALIKE = {"size_spread": 0.0, "unlikeness": 0.0, "branching": 0.0, "lucent_centre": 0.0}
ONLY_ON = {"level_share": ("ML",), "smudge_share": ("CC",), "skin_mm": ("tangential",)}
SOMETIMES = {"level_share", "smudge_share"}  # the beam that grazes the skin may be level, or look straight down
WHEN_READ = {"group_count", "unreadable_count"}  # what is counted only where all groups are read together
PLAIN_TO_SEE = {"size_mm": (0.5, 8), "density": (0.5, 1)}


def seen(recipe: Recipe, seed: int = 7, view: str = "CC") -> Findings:
    return measure(grow(recipe, seed), view)


@given(recipe=recipes(), seed=seeds, view=view_names)
def test_every_feature_has_a_number_or_there_is_nothing_to_measure(recipe: Recipe, seed: int, view: str) -> None:
    (group,) = seen(recipe, seed, view).groups
    assert list(group.values) == list(FEATURES)
    assert group.values["count"] <= recipe.count
    unmeasured = {name for name, value in group.values.items() if math.isnan(value)}
    if group.values["count"] == 0:
        assert unmeasured == set(FEATURES) - {"count"}
    else:
        needs_a_shape = {"elongation", "irregularity"} if group.values["readable_share"] == 0 else set()
        of_a_line = {"line_width_mm", "line_irregularity", "line_length_mm", "aim_deg"}
        needs_a_line = of_a_line if group.values["linear_count"] == 0 else set()
        needs_a_ragged_one = {"ragged_width_mm"} if group.values["ragged_count"] == 0 else set()
        needs_tracks = {"track_gap_mm"} if group.values["track_mm"] == 0 else set()
        needs_three = {"wedge_deg"} if group.values["count"] < 3 else set()
        needs_a_view = {name for name, shown_on in ONLY_ON.items() if not any(view.startswith(one) for one in shown_on)}
        needs = needs_a_shape | needs_a_line | needs_a_ragged_one | needs_tracks | needs_three | needs_a_view
        needs |= WHEN_READ
        assert unmeasured - SOMETIMES == needs - SOMETIMES
    for name, value in group.values.items():
        if name.endswith("_share") and not math.isnan(value):
            assert 0 <= value <= 1


@given(two=st.tuples(recipes(), recipes()), seed=seeds, around=st.sampled_from(list(AROUND)))
def test_what_views_of_one_beam_share_is_what_each_would_find_alone(
    two: tuple[Recipe, Recipe], seed: int, around: str
) -> None:
    pattern = grow([replace(two[0], around=around), replace(two[1], breast="right")], seed)
    shared = Projections(pattern)
    for view in views():
        together, alone = measure(pattern, view, along=shared), measure(pattern, view)
        for one, other in zip(together, alone, strict=True):
            np.testing.assert_equal(one.values, other.values)
            np.testing.assert_equal(one.members, other.members)


@given(recipe=recipes(size_spread=0.0, **SMOOTH, **PLAIN_TO_SEE), seed=seeds, view=view_names)
def test_smooth_compact_particles_measure_as_large_as_the_slider_says(recipe: Recipe, seed: int, view: str) -> None:
    findings = seen(recipe, seed, view)
    assert findings.count == recipe.count
    assert findings.size_mm == pytest.approx(recipe.size_mm, rel=0.01)
    assert findings.largest_mm == pytest.approx(recipe.size_mm, rel=0.01)
    assert findings.elongation == pytest.approx(1, abs=0.02)
    assert findings.irregularity == pytest.approx(0, abs=0.01)
    assert findings.odd_count == 0


@given(recipe=recipes(count=(40, 120), size_spread=(0, 0.5), **SMOOTH, **PLAIN_TO_SEE), seed=seeds)
def test_mixed_sizes_are_a_spread_of_size_and_nothing_else(recipe: Recipe, seed: int) -> None:
    findings = seen(recipe, seed)
    assert findings.size_mm == pytest.approx(recipe.size_mm, rel=0.25)
    assert findings.size_spread == pytest.approx(recipe.size_spread, abs=0.15)
    assert findings.odd_count == 0


@pytest.mark.parametrize("stretch", [1.0, 1.5, 2.0, 3.0, 5.0, 8.0])
def test_stretch_measures_as_the_slider_says(stretch: float) -> None:
    along_the_picture = Recipe(size_mm=1.0, count=20, elongation=stretch, arrangement="duct", size_spread=0.0)
    findings = seen(along_the_picture)
    assert findings.elongation == pytest.approx(stretch, rel=0.05)
    assert findings.irregularity < 0.05  # smooth, however long


@pytest.mark.parametrize("stretch", [1.0, 1.5, 2.0, 3.0])
def test_a_stretched_particle_keeps_its_area_and_so_grows_longer(stretch: float) -> None:
    findings = seen(Recipe(size_mm=1.0, count=20, elongation=stretch, arrangement="duct", size_spread=0.0))
    assert findings.size_mm == pytest.approx(stretch**0.5, rel=0.03)


@pytest.mark.parametrize(("stretch", "odd"), [(1.0, 0), (1.3, 0), (1.8, 20)])
def test_a_little_stretched_is_still_round_and_more_is_odd(stretch: float, odd: int) -> None:
    particles = Recipe(size_mm=1.0, count=20, elongation=stretch, arrangement="duct", size_spread=0.0)
    assert seen(particles).odd_count == odd


def test_an_edge_measures_from_smooth_to_irregular() -> None:
    dents = [
        np.median([seen(Recipe(size_mm=0.8, count=60, irregularity=edge), seed).irregularity for seed in range(6)])
        for edge in (0, 0.25, 0.5, 0.75, 1)
    ]
    assert dents == sorted(dents)
    assert dents[0] <= 0.05  # what the fact base calls smooth,
    assert dents[-1] >= 0.10  # and what it calls irregular


@given(
    recipe=recipes(size_mm=(0.5, 4), density=(0.5, 1), elongation=(1, 2), arrangement="breast", **WHOLE),
    seed=seeds,
    larger=st.floats(1, 2),
)
def test_size_leaves_the_measured_shapes_as_they_were(recipe: Recipe, seed: int, larger: float) -> None:
    recipe = replace(recipe, size_spread=0.0, lucent_centre=0.0)
    one, other = (seen(replace(recipe, size_mm=size), seed) for size in (recipe.size_mm, recipe.size_mm * larger))
    if one.readable_share == other.readable_share == 1:
        for feature in ("elongation", "irregularity", "odd_share", "shape_spread", "extent_mm", "wedge_deg"):
            assert getattr(other, feature) == pytest.approx(getattr(one, feature), abs=1e-6, nan_ok=True)
        assert other.size_mm / one.size_mm == pytest.approx(larger)


@given(recipe=recipes(), seed=seeds, more=st.floats(1, 3))
def test_more_density_hides_nothing(recipe: Recipe, seed: int, more: float) -> None:
    denser = replace(recipe, density=min(recipe.density * more, 1.0))
    few, many = (seen(each, seed).groups[0] for each in (recipe, denser))
    for feature in ("count", "readable_share"):
        assert set(few.members.get(feature, ())) <= set(many.members.get(feature, ()))


@pytest.mark.parametrize(("hollow", "share"), [(0.0, 0), (0.1, 0), (0.9, 1), (1.0, 1)])
def test_a_hollow_centre_is_seen_where_it_is(hollow: float, share: float) -> None:
    assert seen(Recipe(size_mm=3.0, lucent_centre=hollow)).lucent_share == share


def test_a_hollow_centre_too_small_for_the_view_is_not_seen() -> None:
    ring = Recipe(size_mm=0.41, lucent_centre=0.95, density=1.0, size_spread=0.0)
    assert seen(ring).lucent_share == 0
    assert seen(ring, view="CC-mag").lucent_share == 1


@pytest.mark.parametrize("view", ["CC", "ML", "CC-mag"])
@pytest.mark.parametrize("form", forms())
def test_contrast_is_that_of_the_picture_however_a_particle_lies(form: str, view: str) -> None:
    # sediment is thin from above and thick from the side, a line seen end-on is bright, a shell has a bright rim
    alone = replace(preset(form), count=1, size_spread=0.0)
    shares = []
    for seed in range(9):
        pattern = grow(alone, seed)
        aimed = look(view, pattern)
        peak = float(draw(pattern.particles, aimed, (1024, 1024))[0].max())
        if (found := measure(pattern, view)).count:
            shares.append(found.conspicuity * math.hypot(aimed.noise, TISSUE_NOISE) / peak)
    assert len(shares) >= 5
    lobed_shell = alone.lucent_centre > 0 and alone.irregularity > 0.5  # where its walls cross it is brighter still
    assert (0.55 if lobed_shell else 0.7) <= np.median(shares) <= 1.25


def test_lines_are_counted_and_their_width_measured() -> None:
    rods = seen(Recipe(size_mm=1.0, count=14, elongation=6.0, arrangement="duct", size_spread=0.0))
    assert rods.linear_count == 14
    assert rods.line_width_mm == pytest.approx(6**-0.5, rel=0.1)
    assert seen(Recipe(size_mm=1.0, count=14, elongation=2.0)).linear_count == 0


@pytest.mark.parametrize("slider", ["branching", "irregularity", "unlikeness", "size_spread"])
@given(recipe=recipes(count=(1, 12), **PLAIN_TO_SEE, **WHOLE), seed=seeds)
def test_what_is_measured_does_not_jump_where_a_slider_leaves_its_end(slider: str, recipe: Recipe, seed: int) -> None:
    at_end = seen(replace(recipe, **{slider: 0.0}), seed)
    beside = seen(replace(recipe, **{slider: 1e-7}), seed)
    for feature in ("size_mm", "elongation", "irregularity"):
        assert getattr(beside, feature) == pytest.approx(getattr(at_end, feature), abs=1e-3, nan_ok=True)


@given(one=recipes(), other=recipes(), seed=seeds, view=view_names.filter(lambda view: view != "tangential"))
def test_each_group_is_measured_by_itself(one: Recipe, other: Recipe, seed: int, view: str) -> None:
    alone, both = seen(one, seed, view).groups[0], measure(grow([one, other], seed), view)
    assert len(both.groups) == 2
    assert list(both.groups[0].values.values()) == pytest.approx(list(alone.values.values()), nan_ok=True)
    for group, first, last in zip(both, (0, one.count), (one.count, one.count + other.count), strict=True):
        for name in FEATURES:
            deciding = group.deciding(name)
            assert np.all((deciding >= first) & (deciding < last))


def test_a_number_is_asked_by_its_name() -> None:
    findings = seen(Recipe(count=9, density=1.0))
    assert findings.count == 9
    assert isinstance(findings.count, int)
    assert not hasattr(findings, "prettiness")
    assert repr(findings).startswith("Findings(CC: 9 seen, 0.3")
    two = measure(grow([Recipe(), Recipe()]))
    with pytest.raises(CourseError, match="There are 2 groups; ask one of them: "):
        _ = two.count


def test_every_feature_says_in_plain_words_what_it_is() -> None:
    assert all(feature.label and feature.places >= 0 for feature in FEATURES.values())


def test_what_cannot_be_measured_gets_one_sentence() -> None:
    with pytest.raises(CourseError, match=r"^What is measured is a grown pattern, not Recipe\(.*\.$"):
        measure(Recipe())  # type: ignore[arg-type]
    with pytest.raises(CourseError, match=rf"^There is no view 'XCC'; choose one of: {', '.join(views())}\.$"):
        measure(grow(Recipe()), "XCC")
