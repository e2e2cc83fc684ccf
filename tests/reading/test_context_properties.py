"""What must be true of every reading, wherever the sliders stand and whatever is known beside the picture."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calcifications.lexicon import terms
from calcifications.pattern import ARRANGEMENTS, Particles, Pattern, Recipe, forms, grow, preset
from calcifications.reading import (
    FEATURES,
    NONE,
    Context,
    Findings,
    Reading,
    measure,
    read,
    read_words,
    rulebook,
    rulebooks,
    weigh,
)
from calcifications.reading.layout import ONE_CM, layout, together
from calcifications.reading.reading import Step
from calcifications.reading.rulebook import WORD_OF_STEP, Condition
from tests.strategies import contexts, lowered, recipes, seeds, view_names

books = st.sampled_from(rulebooks())
final = contexts(setting="diagnostic")
# Powder is read by how many grains lie in the folds of the armpit: more of them are not more suspicious, but powder
anywhere_but_in_the_folds = st.sampled_from([name for name in ARRANGEMENTS if name != "fold"])
PROVED_BENIGN = [
    term.name for term in terms("form") if term.family == "typically benign" and not term.never_cleared_by_form
]
ORDER = (
    PROVED_BENIGN,
    ["round", "punctate"],
    ["amorphous", "coarse heterogeneous"],
    ["fine pleomorphic"],
    ["fine linear"],
)


def place(form: str) -> int:
    """Where a form stands in the order of suspicion that holds in every series."""
    return next(number for number, alike in enumerate(ORDER) if form in alike)


# --- A reading always comes back, and its steps replay to it ---


def replayed(step: Step) -> bool:
    """Ask a step's checks again, from what it recorded alone."""
    return all(
        Condition(check.feature, check.op, check.threshold, check.tolerance).margin(check.value) >= 0
        for check in step.checks
    )


def verdict(reading: Reading) -> tuple[str, str, str, str]:
    """The words and the category that a reading's steps lead to."""
    said = dict.fromkeys((*WORD_OF_STEP, "category"), NONE)
    for step in reading.steps:
        if replayed(step) and step.says:
            said["category" if step.step == "setting" else step.step] = step.says
    return said["real"], said["form"], said["distribution"], said["category"]


@given(recipe=recipes(), seed=seeds, view=view_names, book=books, context=contexts())
def test_a_reading_always_comes_back_and_its_steps_replay_to_its_verdict(
    recipe: Recipe, seed: int, view: str, book: str, context: Context
) -> None:
    reading = read(measure(grow(recipe, seed), view), book, context)
    assert (reading.artefact, reading.morphology, reading.distribution, reading.category) == verdict(reading)
    assert all(step.fired == replayed(step) for step in reading.steps)
    if reading.category == NONE:
        assert reading.management == reading.verdict_phrase == reading.rulebook.silence
    else:
        assert reading.level == reading.rulebook.outcomes[reading.category].level


@given(
    two=st.tuples(recipes(), recipes(arrangement=anywhere_but_in_the_folds)),
    seed=seeds,
    views=st.lists(view_names, min_size=1, max_size=3, unique=True),
    book=books,
    context=contexts(),
)
def test_several_groups_on_several_views_are_read_too(
    two: tuple[Recipe, Recipe], seed: int, views: list[str], book: str, context: Context
) -> None:
    pattern = grow([two[0], replace(two[1], across_mm=15.0)], seed)
    reading = read([measure(pattern, view) for view in views], book, context)
    assert len(reading.populations) == 2
    for one in reading.populations:
        assert (one.artefact, one.morphology, one.distribution, one.category) == verdict(one)


# --- The same recipe gives the same words twice ---


@given(recipe=recipes(), seed=seeds, view=view_names, book=books, context=contexts())
def test_the_same_recipe_gives_the_same_words_twice(
    recipe: Recipe, seed: int, view: str, book: str, context: Context
) -> None:
    once, again = (read(measure(grow(recipe, seed), view), book, context) for _ in range(2))
    assert repr(once) == repr(again)
    assert [step.rule for step in once.steps] == [step.rule for step in again.steps]
    assert list(map(str, once.borderline)) == list(map(str, again.borderline))


# --- A more suspicious particle inside the present group never lowers the category ---

ADDED = {form: preset(form, "grouped") for form in ("coarse heterogeneous", "fine pleomorphic", "fine linear")}
ROUND = replace(preset("round"), size_mm=1.2)
"""What may be added, one form a particle."""


def as_worrisome(findings: Findings, form: str) -> int:
    """How many are seen to be what a form is made of: dented; dented and fine; ragged lines."""
    group = findings.groups[0]
    dented, fine, ragged = (
        set(group.members.get(name, ())) for name in ("irregular_share", "fine_count", "ragged_count")
    )
    return len({"coarse heterogeneous": dented, "fine pleomorphic": dented & fine, "fine linear": ragged}[form])


def with_more(pattern: Pattern, recipe: Recipe, number: int, seed: int) -> Pattern:
    """Put some particles of a recipe in the midst of the first group."""
    donor = grow(replace(recipe, count=number), seed).particles
    present = pattern.particles.centre
    shares = np.random.default_rng(seed).dirichlet(np.ones(len(present)), size=number)
    move = shares @ present - donor.centre
    added = {
        "start": donor.start + move[:, None], "end": donor.end + move[:, None], "centre": donor.centre + move,
        "radius": donor.radius, "hollow": donor.hollow, "mineral": donor.mineral, "group": donor.group,
    }  # fmt: skip
    joined = {name: np.concatenate([getattr(pattern.particles, name), more]) for name, more in added.items()}
    return replace(pattern, particles=Particles(**joined))


@given(
    recipe=recipes(arrangement=anywhere_but_in_the_folds, size_mm=(0.1, 3)),
    form=st.sampled_from(list(ADDED)),
    coarse_mm=st.floats(0.45, 4.0),
    number=st.integers(1, 3),
    seed=seeds,
    context=final,
)
def test_a_more_suspicious_particle_in_the_midst_of_a_group_never_lowers_its_category(
    recipe: Recipe, form: str, coarse_mm: float, number: int, seed: int, context: Context
) -> None:
    """Nor does it help to prove a harmless cause, not even a coarse plaque where the breast was injured."""
    pattern = grow(recipe, seed)
    donor = replace(ADDED[form], size_mm=coarse_mm) if form == "coarse heterogeneous" else ADDED[form]
    before, after = (measure(one) for one in (pattern, with_more(pattern, donor, number, seed)))
    without = read(before, context=context)
    assume(without.morphology != NONE and place(form) > place(without.morphology))
    assume(as_worrisome(after, form) - as_worrisome(before, form) == number)
    # what was alike in both breasts is not, once this one has something more
    unlike = "nothing alike" if context.other_breast in ("alike groups", "diffuse") else context.other_breast
    with_it = read(after, context=replace(context, other_breast=unlike))
    assert with_it.level >= without.level
    assert not lowered(without.category, with_it.category)


INJURED = Context("diagnostic", history="surgery", history_place="here")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("lucent", "context"), [(0.75, Context("diagnostic")), (0.0, INJURED)])
@pytest.mark.parametrize("added", [*ADDED.values(), ROUND])
def test_what_is_no_plaque_among_plaques_is_not_cleared_with_them(
    seed: int, lucent: float, context: Context, added: Recipe
) -> None:
    plaques = grow(replace(preset("dystrophic"), lucent_centre=lucent), seed)
    assert read(measure(plaques), context=context).category == "2"
    more = read(measure(with_more(plaques, added, 1, seed + 11)), context=context)
    assert more.level == 3


@pytest.mark.parametrize("associated", ["mass", "asymmetry", "distortion"])
def test_one_plaque_beside_a_smooth_dot_does_not_turn_the_mass_with_it_into_a_scar(associated: str) -> None:
    context = replace(INJURED, associated=associated)
    dot = grow(replace(ROUND, count=1), 7)
    plaque = replace(ADDED["coarse heterogeneous"], size_mm=1.5)
    both = measure(with_more(dot, plaque, 1, 7))
    assert both.plaque_share == both.scar_share == 0.5
    assert read(measure(dot), context=context).category == "4A"
    assert read(both, context=context).category == "4B-4C"


def test_a_lobed_lump_beside_a_smooth_ball_does_not_turn_the_mass_with_it_into_a_fibroadenoma() -> None:
    ball = grow(replace(preset("popcorn"), count=1, irregularity=0.0, branching=0.0, elongation=1.0), 7)
    both = measure(with_more(ball, preset("popcorn"), 1, 7))
    assert read(both, context=Context("diagnostic")).category == "2"
    for known in ({"associated": "mass"}, {"prior": "new"}, {"known_cancer": "beside, calcified"}):
        context = Context("diagnostic", **known)
        alone, more = (read(one, context=context) for one in (measure(ball), both))
        assert alone.level == more.level == 3
        assert not lowered(alone.category, more.category)


def test_plaques_with_a_mass_are_recalled_from_screening() -> None:
    plaques = measure(grow(preset("dystrophic"), 1))
    assert read(plaques).category == "2"
    assert read(plaques, context=Context(associated="mass")).category == "0"


# --- Size alone never lowers ---

SIZES = {name for name, feature in FEATURES.items() if feature.unit == "mm" and "size" in feature.label}
SIZES |= {
    "size_mm",
    "largest_mm",
    "smallest_mm",
    "plaque_share",
    "scar_share",
    "lump_share",
    "line_width_mm",
    "ragged_width_mm",
    "line_length_mm",
    "fine_count",
    "conspicuity",
}
SHAPES = ("odd_share", "irregular_share", "linear_share", "ragged_share", "lucent_share")


@given(
    recipe=recipes(extent_mm=40.0, arrangement=anywhere_but_in_the_folds, size_mm=(0.3, 4)),
    larger=st.floats(1, 12),
    seed=seeds,
    # what is alike in both breasts says more than a size
    context=contexts(setting="diagnostic", other_breast=st.sampled_from(["not known", "nothing alike"])),
)
def test_size_alone_never_lowers_a_category(recipe: Recipe, larger: float, seed: int, context: Context) -> None:
    """A form keeps its category however large its particles are.

    Some forms have a size in their very definition (fact base 1a: popcorn over 2 to 3 mm, rods half a millimetre thick,
    dystrophic over 1 mm), so a size may be the last thing that a proof of a harmless cause lacked, but never all of it.
    So, too, what lies among such lumps is one of them only once it is as large.
    """
    grown = replace(recipe, size_mm=min(recipe.size_mm * larger, 8.0))
    before, after = measure(grow(recipe, seed)), measure(grow(grown, seed))
    assume(before.count and before.readable_share == 1)  # what is too small to be read may turn out to be round
    # nothing but the size changes: neither how many are seen, nor their shapes, nor where they lie
    assume(all(getattr(before, name) == getattr(after, name) for name in ("count", *SHAPES)))
    small, large = (read(one, context=context) for one in (before, after))
    assume(small.distribution == large.distribution)
    if large.morphology in PROVED_BENIGN and large.morphology != small.morphology:
        decided = large.fired("form")
        assert decided is not None
        sized = [check.feature for check in decided.checks if check.feature in SIZES]
        (before_it,) = [step for step in weigh(small, "form") if step.rule == decided.rule]
        # all else was true of the small ones too, or within a hair: they lacked nothing but the size in the form's name
        lacked = [check.feature for check in before_it.checks if check.margin < -check.tolerance]
        assert sized
        assert set(lacked) <= set(sized)
    elif large.morphology in PROVED_BENIGN and small.level > large.level:
        decided = small.fired("category")
        assert decided is not None
        kept = {name for name in FEATURES if getattr(before, name) == getattr(after, name)}
        raised = {check.feature for check in decided.checks if check.feature in FEATURES} - kept
        assert raised
        assert raised <= SIZES
    else:
        assert large.level >= small.level
        assert not lowered(small.category, large.category)


def test_no_form_proves_its_harmless_cause_by_size_alone() -> None:
    for name in ("birads5", "birads2025", "rcr2009"):
        book = rulebook(name)
        benign = {book.said(form) for form in PROVED_BENIGN}
        for rule in book.of_step("form"):
            if rule.says in benign:
                assert len({condition.feature for condition in rule.when} - SIZES) >= 2, rule.id


# --- A benign population never hides another ---


@pytest.mark.parametrize("first", [True, False])
@given(
    benign=st.sampled_from(PROVED_BENIGN),
    recipe=recipes(arrangement=anywhere_but_in_the_folds, size_mm=(0.1, 2)),
    seed=seeds,
    context=contexts(),
)
def test_a_benign_population_never_hides_another(
    first: bool, benign: str, recipe: Recipe, seed: int, context: Context
) -> None:
    pair = [replace(preset(benign), up_mm=-20.0), recipe]
    both = read(measure(grow(pair if first else pair[::-1], seed)), context=context)
    (other,) = (one for one in both.populations if one.group == (1 if first else 0))
    assert both.after_work_up.level >= other.after_work_up.level
    assert not lowered(other.after_work_up.category, both.after_work_up.category)


@given(recipe=recipes(size_mm=(0.1, 2)), seed=seeds, context=contexts())
def test_a_population_reads_beside_milk_of_calcium_as_it_reads_alone(
    recipe: Recipe, seed: int, context: Context
) -> None:
    # its neighbour takes nothing from it: neither its particles nor its words
    milk = replace(preset("milk of calcium"), up_mm=-20.0)
    alone, both = (
        read([measure(grow(group, seed), view) for view in ("CC", "ML")], context=context)
        for group in ([recipe], [recipe, milk])
    )
    (same,) = (one for one in both.populations if one.group == 0)
    assert repr(same) == repr(alone)
    assert both.after_work_up.level >= alone.after_work_up.level


# --- Doubling all coordinates never makes a group tighter ---


def on_a_view(most: int) -> st.SearchStrategy[np.ndarray]:
    spot = st.tuples(st.floats(-15, 15), st.floats(-15, 15))
    return st.lists(spot, min_size=1, max_size=most).map(np.array)


@given(spots=on_a_view(60), times=st.floats(1, 4))
def test_spreading_particles_out_never_puts_more_of_them_within_1_cm(spots: np.ndarray, times: float) -> None:
    for limit in (ONE_CM, ONE_CM / 2):
        assert len(together(times * spots, limit)) <= len(together(spots, limit))


def spread_out(findings: Findings, pattern: Pattern) -> Findings:
    """Measure the same particles twice as far from each other."""
    move = pattern.particles.centre - pattern.particles.centre.mean(axis=0)
    wide = replace(
        pattern.particles,
        start=pattern.particles.start + move[:, None],
        end=pattern.particles.end + move[:, None],
        centre=pattern.particles.centre + move,
    )
    return measure(replace(pattern, particles=wide), findings.view)


@given(recipe=recipes(), seed=seeds, context=final)
def test_a_pattern_twice_as_wide_is_not_newly_a_group(recipe: Recipe, seed: int, context: Context) -> None:
    pattern = grow(recipe, seed)
    seen = measure(pattern)
    wide = spread_out(seen, pattern)
    assume(seen.count)
    assert wide.count_within_10mm <= seen.count_within_10mm
    assert wide.extent_mm >= seen.extent_mm
    apart = read(wide, context=context)
    if apart.distribution == "grouped":
        rule = apart.fired("distribution")
        assert rule is not None
        close = {step.rule: step for step in weigh(read(seen, context=context), "distribution")}
        assert close[rule.rule].fired


# --- The order of suspicion, by words alone ---


@pytest.mark.parametrize(
    "words", [["diffuse"], [*(word for word in rulebook("birads5").words["distribution"] if word != "diffuse"), NONE]]
)
@given(data=st.data(), context=final)
def test_a_more_suspicious_form_is_never_in_a_lower_category(
    words: list[str], data: st.DataObject, context: Context
) -> None:
    """Nor where one particle more is a hair's breadth too much for the line, the wedge or the group that they were in.

    Diffuse stands alone: no few particles make anything else of it.
    """
    unlike = replace(context, other_breast="nothing alike")
    less_in, more_in = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
    for number, alike in enumerate(ORDER[1:-1], 1):
        for less, more in itertools.product(alike, ORDER[number + 1]):
            before, after = (
                read_words(form, word, context=unlike) for form, word in ((less, less_in), (more, more_in))
            )
            assert after.level >= before.level
            assert not lowered(before.category, after.category)


def test_every_form_stands_somewhere_in_the_order() -> None:
    assert sorted(form for alike in ORDER for form in alike) == sorted(forms())


def test_a_layout_of_one_particle_has_one_within_any_distance() -> None:
    values, _ = layout(np.zeros((1, 2)), np.array([55.0, 0.0]), 9000.0)
    assert (values["count_within_10mm"], values["count_within_5mm"]) == (1, 1)
