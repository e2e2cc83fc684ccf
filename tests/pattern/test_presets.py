"""What must be true of the presets: one a form, laid out as that form is met. What they show is measured elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.lexicon import distributions, terms
from calcifications.pattern import SLIDERS, Recipe, arrangeable, artefacts, forms, grow, preset, ranges, varied
from tests.strategies import seeds

ALL_FORMS = (
    "skin", "vascular", "popcorn", "large rod-like", "round", "punctate", "rim", "dystrophic", "milk of calcium",
    "suture", "amorphous", "coarse heterogeneous", "fine pleomorphic", "fine linear",
)  # fmt: skip
TIED = {"skin", "vascular", "popcorn", "large rod-like", "rim", "dystrophic", "suture"}
"""Forms that the lexicon ties to one place: in no other would they be what they are called."""


def test_every_form_of_the_lexicon_can_be_grown() -> None:
    assert tuple(forms()) == ALL_FORMS
    assert set(forms()) <= {term.name for term in terms("form")}


def test_what_is_not_calcium_is_no_form_but_can_be_grown() -> None:
    assert artefacts() == ["deodorant"]
    assert not set(artefacts()) & set(forms())
    assert preset("deodorant").arrangement == "fold"


@pytest.mark.parametrize("form", forms())
def test_a_form_comes_in_the_distribution_in_which_it_is_mostly_met(form: str) -> None:
    assert isinstance(preset(form), Recipe)
    assert preset(form) in [preset(form, word) for word in arrangeable(form)]


@pytest.mark.parametrize("form", forms())
def test_a_form_comes_in_all_distributions_or_in_its_own(form: str) -> None:
    words = [*distributions(), "none"]
    if form in TIED:
        assert len(arrangeable(form)) == 1
        assert arrangeable(form)[0] in words
    else:
        assert arrangeable(form) == words


@pytest.mark.parametrize("word", distributions())
def test_the_distribution_of_a_preset_leaves_the_particles_themselves_alone(word: str) -> None:
    grouped, laid = preset("fine pleomorphic", "grouped"), preset("fine pleomorphic", word)
    about_particles = [name for name in grouped.to_dict() if name not in ("count", "arrangement", "extent_mm")]
    assert [getattr(laid, name) for name in about_particles] == [getattr(grouped, name) for name in about_particles]


@pytest.mark.parametrize(
    ("form", "word", "sentence"),
    [
        ("blob", None, "There is no form 'blob'; choose one of: skin, "),
        ("casts", None, "There is no form 'casts'; choose one of: skin, "),
        (7, None, "There is no form 7; choose one of: skin, "),
        ("round", "clustered", "There is no distribution 'clustered'; choose one of: diffuse, "),
        ("rim", "grouped", "The form 'rim' is not laid out 'grouped'; choose one of: none."),
    ],
)
def test_a_preset_that_is_not_there_gets_one_sentence(form: object, word: object, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        preset(form, word)  # type: ignore[arg-type]
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)


EVERY_ONE = [(form, word) for form in [*forms(), *artefacts()] for word in arrangeable(form)]


@pytest.mark.parametrize(("form", "word"), EVERY_ONE)
def test_a_preset_stands_within_its_own_ranges(form: str, word: str) -> None:
    recipe, bounds = preset(form, word), ranges(form, word)
    for name, (low, high) in bounds.items():
        assert low <= getattr(recipe, name) <= high
        (slider,) = [each for each in SLIDERS if each.name == name]
        assert slider.low <= low <= high <= slider.high


@given(which=st.sampled_from(EVERY_ONE), seed=seeds)
def test_every_draw_from_the_ranges_can_be_grown(which: tuple[str, str], seed: int) -> None:
    drawn = varied(*which, seed)
    assert len(grow(drawn, seed).particles) == drawn.count
    bounds = ranges(*which)
    for name, value in preset(*which).to_dict().items():
        low, high = bounds.get(name, (value, value))
        assert low <= getattr(drawn, name) <= high


@given(which=st.sampled_from(EVERY_ONE), seed=seeds, beyond=st.floats(0, 1))
def test_draws_from_beyond_the_ranges_stay_on_the_sliders_and_can_be_grown(
    which: tuple[str, str], seed: int, beyond: float
) -> None:
    drawn = varied(*which, seed, beyond)
    assert len(grow(drawn, seed).particles) == drawn.count
    for name, (low, high) in ranges(*which).items():
        value = getattr(drawn, name)
        assert value >= int(low / (1 + beyond)) if name == "count" else value >= low / (1 + beyond) - 1e-9
        # the extent alone may grow on, where particles need the room
        assert value <= high * (1 + beyond) + 1 or name == "extent_mm"


def test_beyond_the_ranges_lie_sizes_that_cross_the_lexicon_s_lines() -> None:
    drawn = {varied("punctate", seed=seed, beyond=0.3).size_mm > 0.5 for seed in range(40)}
    assert drawn == {True, False}


def test_two_draws_differ_and_a_seed_draws_the_same_again() -> None:
    assert varied("round", seed=1) != varied("round", seed=2)
    assert varied("round", seed=1) == varied("round", seed=1)
    assert {varied("round", seed=seed).count for seed in range(60)} == set(range(7, 14))  # both ends too


def test_sizes_are_those_of_the_lexicon() -> None:
    def longest(form: str) -> tuple[float, float]:
        (low, high), stretch = ranges(form)["size_mm"], preset(form).elongation ** 0.5
        return low * stretch, high * stretch

    assert longest("popcorn")[0] > 2.5
    assert longest("dystrophic")[0] > 1
    assert longest("punctate")[1] < 0.5
    assert longest("fine pleomorphic")[1] < 0.5
    assert longest("round")[0] > 0.5
    assert longest("coarse heterogeneous")[0] > 0.5
    assert longest("coarse heterogeneous")[1] < 1.1
    for form, wide in (("large rod-like", True), ("fine linear", False)):
        for end, stretch in zip(ranges(form)["size_mm"], ranges(form)["elongation"][::-1], strict=True):
            assert (end / stretch**0.5 > 0.5) == wide  # the calibre, at its most doubtful
    assert ranges("skin")["extent_mm"][1] < 5
