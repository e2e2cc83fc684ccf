"""Labels are measured, never copied: a preset is grown, measured, read, and must read back as what it is called."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from calcifications.lexicon import distributions, terms
from calcifications.pattern import arrangeable, forms, grow, preset
from calcifications.reading import Context, Reading, measure, read

DIAGNOSTIC = Context(setting="diagnostic")
SEEDS = range(200)
FEW_SEEDS = range(1000, 1020)
LAID_OUT = [form for form in forms() if len(arrangeable(form)) > 1]
BEST_VIEWS = {"milk of calcium": ("CC", "ML")}  # what decides of a form, if it is not one view from above


def reading(form: str, word: str | None, seed: int) -> Reading:
    pattern = grow(preset(form, word), seed)
    return read([measure(pattern, view) for view in BEST_VIEWS.get(form, ("CC",))], context=DIAGNOSTIC)


def read_back(readings: Iterable[Reading], word: str, step: str) -> None:
    """Hold readings to 99 % of the word, and the rest to saying that two words compete."""
    every = list(readings)
    others = [one for one in every if getattr(one, step) != word]
    assert len(others) <= 0.01 * len(every)
    assert all(any(doubt.rival == word for doubt in one.borderline) for one in others)


@pytest.mark.parametrize("form", forms())
def test_every_form_reads_back_as_that_form(form: str) -> None:
    read_back((reading(form, None, seed) for seed in SEEDS), form, "morphology")


@pytest.mark.parametrize("word", distributions())
def test_every_distribution_reads_back_as_that_distribution(word: str) -> None:
    read_back((reading(LAID_OUT[seed % len(LAID_OUT)], word, seed) for seed in SEEDS), word, "distribution")


@pytest.mark.parametrize("word", distributions())
@pytest.mark.parametrize("form", LAID_OUT)
def test_every_form_reads_back_in_every_distribution(form: str, word: str) -> None:
    readings = [reading(form, word, seed) for seed in FEW_SEEDS]
    for step, said in (("morphology", form), ("distribution", word)):
        others = [one for one in readings if getattr(one, step) != said]
        assert len(others) <= 1  # of 20, where 1 in 100 may: one more would be chance in less than 2 %
        assert all(said in [doubt.rival for doubt in one.borderline] for one in others)


@pytest.mark.parametrize("form", [form for form in forms() if "none" in arrangeable(form)])
def test_a_few_scattered_particles_have_no_distribution(form: str) -> None:
    words = [reading(form, "none", seed).distribution for seed in FEW_SEEDS]
    assert words == ["none"] * len(words)


def test_deodorant_reads_back_as_what_it_is_and_as_no_form() -> None:
    every = [reading("deodorant", None, seed) for seed in SEEDS]
    assert {(one.artefact, one.morphology, one.category) for one in every} == {("deodorant", "none", "0")}


@pytest.mark.parametrize("views", [("CC", "ML"), ("CC-mag", "ML-mag"), ("CC", "MLO", "CC-mag", "ML-mag")])
@pytest.mark.parametrize("form", forms())
def test_a_form_reads_back_from_all_views_of_an_exam_too(form: str, views: tuple[str, ...]) -> None:
    patterns = (grow(preset(form), seed) for seed in FEW_SEEDS)
    said = [read([measure(pattern, view) for view in views], context=DIAGNOSTIC).morphology for pattern in patterns]
    assert said.count(form) >= len(said) - 1


def test_a_recipe_carries_no_word_of_the_lexicon() -> None:
    lexicon = {term.name for kind in ("form", "distribution") for term in terms(kind)}
    for form in forms():
        for word in arrangeable(form):
            sliders = preset(form, word).to_dict()
            del sliders["arrangement"]  # what lies in the skin is called so, whatever it is read as
            assert lexicon.isdisjoint(sliders.values())
