"""What must be true of what no picture shows: it is one of the choices, and survives being written down."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from calcifications.errors import CourseError
from calcifications.reading import CHOICES, Context
from tests.strategies import contexts


@given(context=contexts())
def test_a_context_survives_as_what_differs_from_the_usual(context: Context) -> None:
    assert Context.from_dict(context.to_dict()) == context
    usual = Context()
    assert all(getattr(usual, name) != value for name, value in context.to_dict().items())


def test_usually_it_is_a_first_screening_picture_and_nothing_is_known() -> None:
    assert Context().to_dict() == {}
    assert (Context().setting, Context().prior) == ("screening", "none")


@pytest.mark.parametrize("name", CHOICES)
def test_a_word_that_is_not_a_choice_gets_one_sentence(name: str) -> None:
    with pytest.raises(CourseError) as told:
        Context(**{name: "perhaps"})
    choices = ", ".join(CHOICES[name])
    assert str(told.value) == f"There is no {name.replace('_', ' ')} 'perhaps'; choose one of: {choices}."


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({"age": 17}, "The age can't be 17; it is a whole number from 18 to 110."),
        ({"age": "old"}, "The age can't be 'old'; it is a whole number from 18 to 110."),
        ({"stable_months": -1}, "The number of stable months can't be -1; it is a whole number from 0 to 600."),
        ({"stable_months": 24}, "Stable for 24 months needs prior 'stable', not 'none'."),
        ({"prior": "new", "stable_months": 24}, "Stable for 24 months needs prior 'stable', not 'new'."),
    ],
)
def test_a_number_that_cannot_be_gets_one_sentence(known: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        Context(**known)
    assert str(told.value) == sentence


def test_a_part_that_does_not_exist_is_named() -> None:
    with pytest.raises(CourseError, match="There is no part of a context 'colour'; choose one of: setting, prior, "):
        Context.from_dict({"colour": "blue"})
