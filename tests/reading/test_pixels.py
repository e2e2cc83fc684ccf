"""The reader of pixels: it sees nothing else, and says what the truth says."""

import math
from dataclasses import replace

import numpy as np
import pytest

from calcifications.errors import CourseError
from calcifications.imaging import Radiograph, look, radiograph
from calcifications.imaging.view import height
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import FEATURES, Findings, Reading, measure, measure_pixels, read
from calcifications.reading.marks import IRREGULAR
from calcifications.reading.pixels import pixel_marks
from calcifications.reading.segment import blobs
from calcifications.reading.shadow import Shadow
from calcifications.reading.stereo import depth_mm

MAGNIFIED = ("CC-mag", "ML-mag")


def same(one: Findings, other: Findings) -> bool:
    """Compare all numbers; nan is as good as nan."""
    return len(one.groups) == len(other.groups) and all(
        math.isclose(a.values[name], b.values[name], rel_tol=1e-9)
        or (math.isnan(a.values[name]) and math.isnan(b.values[name]))
        for a, b in zip(one.groups, other.groups, strict=True)
        for name in FEATURES
    )


@pytest.mark.parametrize("form", ["fine pleomorphic", "skin"])
def test_it_sees_nothing_but_pixels(form: str) -> None:
    picture = radiograph(grow(preset(form), 3), "CC", tissue="c")
    # all that a film does not show is taken away: no layer, no truth, another noise than the unit's
    bare = Radiograph(picture.pixels, np.zeros((0, 0), np.float32), (0, 0, 0, 0), replace(picture.view, noise=1e9))
    assert same(measure_pixels(picture), measure_pixels(bare))


def test_it_measures_what_the_truth_measures() -> None:
    assert set(measure_pixels(radiograph(grow(Recipe()), shape=(256, 256))).groups[0].values) == set(FEATURES)


def test_which_particles_of_the_pattern_these_are_it_can_t_know() -> None:
    assert measure_pixels(radiograph(grow(Recipe()), shape=(256, 256))).groups[0].members == {}


@pytest.mark.parametrize("density", ["a", "b", "c", "d"])
def test_it_counts_particles_that_lie_apart(density: str) -> None:
    recipe = Recipe(size_mm=0.5, count=12, density=0.6, extent_mm=14.0)
    off = []
    for seed in range(1, 7):
        pattern = grow(recipe, seed)
        for view in ("CC", "CC-mag"):
            if measure(pattern, view).touching_share == 0:
                off.append(measure_pixels(radiograph(pattern, view, tissue=density)).count / 12 - 1)
    assert len(off) >= 4
    assert np.mean(np.abs(off)) <= 0.1


def test_tissue_alone_shows_hardly_anything() -> None:
    hidden = grow(Recipe(count=1, size_mm=0.05, density=0.05))
    seen = [
        measure_pixels(radiograph(replace(hidden, seed=seed), view, tissue=density)).groups[0].values["count"]
        for seed, density in ((31, "a"), (32, "b"), (33, "c"), (34, "d"))
        for view in ("CC", "CC-mag")
    ]
    assert np.median(seen) == 0
    assert max(seen) < 5  # never a group


@pytest.mark.parametrize("size", [0.3, 0.5, 0.8, 2.0])
def test_a_ball_is_as_large_as_it_is(size: float) -> None:
    pattern = grow(Recipe(size_mm=size, count=1, density=0.5, size_spread=0.0), 5)
    found = measure_pixels(radiograph(pattern, "CC-mag")).groups[0].values
    assert found["count"] == 1
    assert found["size_mm"] == pytest.approx(measure(pattern, "CC-mag").size_mm, rel=0.1)
    assert found["elongation"] < 1.15
    assert found["irregularity"] < 0.05
    assert found["lucent_share"] == 0


def test_balls_that_overlap_are_told_apart() -> None:
    pattern = grow([Recipe(size_mm=0.8, count=1, size_spread=0.0, across_mm=place) for place in (0.0, 0.7)], 2)
    found = measure_pixels(radiograph(pattern, "CC-mag"))
    assert sum(group.values["count"] for group in found) == 2
    assert found.groups[0].values["odd_share"] == 0


def test_a_shell_is_hollow_and_a_ball_is_not() -> None:
    shell, ball = (Recipe(size_mm=3.0, count=1, density=0.3, lucent_centre=hollow) for hollow in (0.9, 0.0))
    assert measure_pixels(radiograph(grow(shell, 1), "CC")).lucent_share == 1
    assert measure_pixels(radiograph(grow(ball, 1), "CC")).lucent_share == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bright_tissue_beside_a_ball_is_not_its_edge(seed: int) -> None:
    balls = grow(Recipe(size_mm=1.5, count=5, density=0.4, extent_mm=14.0), seed)
    for view in ("CC", "CC-mag"):
        seen = pixel_marks(radiograph(balls, view, tissue="d"))
        assert (seen.dent < IRREGULAR).sum() >= len(seen) - 1  # a strand that crosses one may show as its edge
        assert np.median(seen.dent) < 0.02


def test_the_dashes_of_a_stitch_are_no_strand_of_tissue() -> None:
    for seed in (1, 2, 3):
        stitch = grow(preset("suture"), seed)
        found = measure_pixels(radiograph(stitch, "CC", tissue="b"))
        assert found.count >= 0.6 * measure(stitch, "CC").count


def test_the_walls_of_an_artery_are_two_tracks_also_where_its_plates_run_into_one_another() -> None:
    for seed in (1, 2, 3):
        artery = grow(preset("vascular"), seed)
        for view in ("CC", "ML"):
            true, found = measure(artery, view), measure_pixels(radiograph(artery, view, tissue="b"))
            assert found.track_mm >= 10
            assert found.track_gap_mm == pytest.approx(true.track_gap_mm, rel=0.2)


def test_rods_that_lie_over_each_other_do_not_hide_that_the_others_are_rods() -> None:
    rods = grow(preset("large rod-like"), 3)
    start, end, centre = (getattr(rods.particles, name).copy() for name in ("start", "end", "centre"))
    for one, other in ((0, 1), (2, 3), (4, 5)):  # side by side, and so on one another that they look like one
        beside = np.array([0.0, 0.6, 0.0])
        start[other], end[other], centre[other] = start[one] + beside, end[one] + beside, centre[one] + beside
    moved = replace(rods.particles, start=start, end=end, centre=centre)
    seen = measure_pixels(radiograph(replace(rods, particles=moved), "CC", tissue="b", noise_seed=1))
    assert seen.count < len(centre)
    assert seen.linear_share == 1


def test_a_shell_whose_wall_is_not_as_bright_all_around_is_one() -> None:
    plaque = grow(replace(preset("dystrophic"), count=1, size_mm=4.0), 5)
    assert measure_pixels(radiograph(plaque, "CC", tissue="b", noise_seed=1)).count == 1


def test_a_thread_of_dots_in_a_loop_is_no_artery() -> None:
    for seed in range(4):
        loop = grow(Recipe(size_mm=0.5, count=45, arrangement="thread", extent_mm=34.0), seed)
        said = read([measure_pixels(radiograph(loop, view)) for view in ("CC", "ML")])
        assert said.morphology != "vascular"


SEEDS = (2, 4, 6)


def both(form: str, seed: int, views: tuple[str, ...]) -> tuple[Reading, Reading]:
    """Read a preset from the truth and from pixels."""
    pattern = grow(preset(form), seed)
    return (
        read([measure(pattern, view) for view in views]),
        read([measure_pixels(radiograph(pattern, view)) for view in views]),
    )


@pytest.mark.parametrize(
    ("form", "views"),
    [(form, MAGNIFIED) for form in ("punctate", "round", "coarse heterogeneous", "fine pleomorphic", "amorphous")]
    + [(form, ("CC", "ML")) for form in ("rim", "popcorn", "fine linear", "vascular")]
    + [("large rod-like", ("CC",))],  # from the side one lies behind the other
)
def test_most_presets_read_from_pixels_as_from_the_truth(form: str, views: tuple[str, ...]) -> None:
    alike = 0
    for seed in SEEDS:
        key, said = both(form, seed, views)
        alike += (key.morphology, key.distribution) == (said.morphology, said.distribution)
    assert alike >= 2  # of three; how often over the whole space is what the command `agreement` measures


def test_milk_of_calcium_is_smudges_from_above_and_lies_level_from_the_side() -> None:
    above, together = [], []
    for seed in SEEDS:
        pattern = grow(preset("milk of calcium"), seed)
        smudges, level = (measure_pixels(radiograph(pattern, view)) for view in MAGNIFIED)
        assert smudges.smudge_share > 0.7
        assert level.level_share > 0.7
        above.append(read(smudges).morphology)
        together.append(read([smudges, level]).morphology)
    assert "milk of calcium" not in above
    assert sum(word in ("round", "punctate", "amorphous") for word in above) >= 2
    assert together.count("milk of calcium") >= 2


def test_a_fine_line_seen_end_on_does_not_pass_for_sediment() -> None:
    for seed in (1, 2, 3):
        pattern = grow(preset("fine linear"), seed)
        assert read([measure_pixels(radiograph(pattern, view)) for view in MAGNIFIED]).morphology == "fine linear"


def test_skin_lies_in_the_skin_where_the_beam_grazes_it() -> None:
    for seed in (1, 2, 3):
        pattern = grow(preset("skin"), seed)
        depth = measure_pixels(radiograph(pattern, "tangential")).skin_mm
        assert depth == pytest.approx(measure(pattern, "tangential").skin_mm, abs=0.3)
        assert math.isnan(measure_pixels(radiograph(pattern, "CC")).skin_mm)


@pytest.mark.parametrize("up_mm", [-20.0, 0.0, 15.0])
def test_a_stereo_pair_tells_the_depth_to_a_fifth_of_a_millimetre(up_mm: float) -> None:
    pattern = grow(Recipe(count=1, size_mm=0.4, density=0.7, up_mm=up_mm), 2)
    place = []
    for view in ("stereo-left", "stereo-right"):
        seen = pixel_marks(radiograph(pattern, view))
        # a film's middle lies where the unit was aimed
        place.append(seen.place[seen.conspicuity.argmax(), 1] + look(view, pattern).centre[1])
    true = float(height(look("CC", pattern), pattern.particles.centre)[0])
    assert depth_mm(place[0] - place[1]) == pytest.approx(true, abs=0.2)
    assert depth_mm(place[0] - place[1], exact=False) > true  # the rule of thumb is always too high


def test_the_whole_breast_shows_what_is_all_over_it() -> None:
    pattern = grow(preset("round", "diffuse"), 6)
    found = measure_pixels(radiograph(pattern, "CC", field="breast"))
    true = measure(pattern, "CC", field="breast")
    assert found.count == pytest.approx(true.count, rel=0.1)
    assert found.breast_share == pytest.approx(true.breast_share, rel=0.15)
    assert read(found).distribution == "diffuse"


def test_a_right_breast_reads_as_a_left_one() -> None:
    for form in ("fine linear", "large rod-like"):
        left, right = (grow(replace(preset(form), breast=side), 4) for side in ("left", "right"))
        words = [read(measure_pixels(radiograph(each, "CC"))) for each in (left, right)]
        assert words[0].morphology == words[1].morphology
        assert words[0].distribution == words[1].distribution


def test_two_groups_well_apart_come_back_as_two() -> None:
    tight = replace(preset("round"), extent_mm=5.0, size_mm=0.6, count=8)
    pattern = grow([replace(tight, forward_mm=-10.0), replace(tight, forward_mm=10.0)], 3)
    assert len(measure_pixels(radiograph(pattern, "CC")).groups) == 2
    assert len(measure_pixels(radiograph(grow(tight, 3), "CC")).groups) == 1


def test_an_empty_field_is_an_empty_finding() -> None:
    flat = Shadow(np.full((64, 64), 2000, np.float32), np.ones((64, 64), bool), None)
    assert blobs(flat, 0.07, 0.055).outlines == []


def test_only_pictures_are_measured_by_their_pixels() -> None:
    with pytest.raises(CourseError, match=r"^What is measured by its pixels is a Radiograph, not "):
        measure_pixels(grow(Recipe()))  # type: ignore[arg-type]
