"""Labels are measured, never copied: a preset is grown, measured, read, and must read back as what it is called."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from calcifications.lexicon import distributions, terms
from calcifications.pattern import Recipe, arrangeable, forms, grow, preset
from calcifications.reading import Context, Reading, measure, read

DIAGNOSTIC = Context(setting="diagnostic")
SEEDS = range(200)
FEW_SEEDS = range(1000, 1020)
LAID_OUT = [form for form in forms() if len(arrangeable(form)) > 1]


def reading(recipe: Recipe, seed: int) -> Reading:
    return read(measure(grow(recipe, seed)), context=DIAGNOSTIC)


def read_back(readings: Iterable[Reading], word: str, step: str) -> None:
    """Hold readings to 99 % of the word, and the rest to saying that two words compete."""
    every = list(readings)
    others = [one for one in every if getattr(one, step) != word]
    assert len(others) <= 0.01 * len(every)
    assert all(any(doubt.rival == word for doubt in one.borderline) for one in others)


@pytest.mark.parametrize("form", forms())
def test_every_form_reads_back_as_that_form(form: str) -> None:
    read_back((reading(preset(form), seed) for seed in SEEDS), form, "morphology")


@pytest.mark.parametrize("word", distributions())
def test_every_distribution_reads_back_as_that_distribution(word: str) -> None:
    laid = (preset(LAID_OUT[seed % len(LAID_OUT)], word) for seed in SEEDS)
    read_back((reading(recipe, seed) for seed, recipe in zip(SEEDS, laid, strict=True)), word, "distribution")


@pytest.mark.parametrize("word", distributions())
@pytest.mark.parametrize("form", LAID_OUT)
def test_every_form_reads_back_in_every_distribution(form: str, word: str) -> None:
    readings = [reading(preset(form, word), seed) for seed in FEW_SEEDS]
    assert [(one.morphology, one.distribution) for one in readings] == [(form, word)] * len(readings)


@pytest.mark.parametrize("form", forms())
def test_a_few_scattered_particles_have_no_distribution(form: str) -> None:
    words = [reading(preset(form, "none"), seed).distribution for seed in FEW_SEEDS]
    assert words == ["none"] * len(words)


def test_a_recipe_carries_no_word_of_the_lexicon() -> None:
    lexicon = {term.name for kind in ("form", "distribution") for term in terms(kind)}
    for form in forms():
        for word in arrangeable(form):
            assert lexicon.isdisjoint(preset(form, word).to_dict().values())
