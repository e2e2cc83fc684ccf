"""What must be true of the presets: one a form, laid out as that form is met. What they show is measured elsewhere."""

from __future__ import annotations

import pytest

from calcifications.errors import CourseError
from calcifications.lexicon import distributions, terms
from calcifications.pattern import Recipe, arrangeable, forms, preset

FORMS_OF_THIS_EDITION = {
    "punctate",
    "round",
    "rim",
    "popcorn",
    "amorphous",
    "coarse heterogeneous",
    "fine pleomorphic",
    "fine linear",
}


def test_the_forms_so_far_are_words_of_the_lexicon() -> None:
    assert set(forms()) == FORMS_OF_THIS_EDITION
    assert len(forms()) == len(FORMS_OF_THIS_EDITION)
    assert set(forms()) <= {term.name for term in terms("form")}


@pytest.mark.parametrize("form", forms())
def test_a_form_comes_in_the_distribution_in_which_it_is_mostly_met(form: str) -> None:
    assert isinstance(preset(form), Recipe)
    assert preset(form) in [preset(form, word) for word in arrangeable(form)]


@pytest.mark.parametrize("form", forms())
def test_a_form_comes_in_all_distributions_or_alone(form: str) -> None:
    assert arrangeable(form) in ([*distributions(), "none"], ["none"])


@pytest.mark.parametrize("word", distributions())
def test_the_distribution_of_a_preset_leaves_the_particles_themselves_alone(word: str) -> None:
    grouped, laid = preset("fine pleomorphic", "grouped"), preset("fine pleomorphic", word)
    about_particles = [name for name in grouped.to_dict() if name not in ("count", "arrangement", "extent_mm")]
    assert [getattr(laid, name) for name in about_particles] == [getattr(grouped, name) for name in about_particles]


@pytest.mark.parametrize(
    ("form", "word", "sentence"),
    [
        ("blob", None, "There is no form 'blob'; choose one of: punctate, "),
        ("milk of calcium", None, "There is no form 'milk of calcium'; choose one of: punctate, "),
        (7, None, "There is no form 7; choose one of: punctate, "),
        ("round", "clustered", "There is no distribution 'clustered'; choose one of: diffuse, "),
        ("rim", "grouped", "The form 'rim' is not laid out 'grouped'; choose one of: none."),
    ],
)
def test_a_preset_that_is_not_there_gets_one_sentence(form: object, word: object, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        preset(form, word)  # type: ignore[arg-type]
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)
