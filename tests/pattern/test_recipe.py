"""What must be true of a recipe: every slider within its bounds, and every mistake named at once."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given

from calcifications.errors import CourseError
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, Slider
from tests.strategies import recipes


def sentences(**fields: object) -> list[str]:
    with pytest.raises(CourseError) as told:
        Recipe(**fields)  # type: ignore[arg-type]
    return str(told.value).split("\n")


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
def test_a_slider_reaches_both_its_ends_and_no_further(slider: Slider) -> None:
    for end, beyond in ((slider.low, -1e-6), (slider.high, 1e-6)):
        assert getattr(Recipe(**{slider.name: end, "arrangement": "duct"}), slider.name) == end
        if slider.name != "count":  # a recipe in Python may have more than the slider reaches
            (sentence,) = sentences(**{slider.name: end + beyond})
            assert f"from {slider.low:g} to {slider.high:g}" in sentence


def test_there_is_room_for_what_a_recipe_asks_or_it_says_how_much_it_needs() -> None:
    (sentence,) = sentences(size_mm=0.5, count=500, extent_mm=2.0)
    assert sentence == "500 calcifications of 0.5 mm do not fit into 2 mm; they need 3.1 mm."
    assert Recipe(size_mm=0.5, count=500, extent_mm=3.2).room_mm <= 3.2


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
def test_a_slider_says_what_it_is(slider: Slider) -> None:
    assert slider.label
    assert slider.term
    assert slider.low < slider.high
    assert 0 < slider.step < slider.high - slider.low
    assert slider.low <= getattr(Recipe(), slider.name) <= slider.high
    assert slider.low > 0 or not slider.log


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("size_mm", -1, "The size can't be -1; it goes from 0.05 to 8 mm."),
        ("size_mm", math.nan, "The size can't be nan; it goes from 0.05 to 8 mm."),
        ("size_mm", math.inf, "The size can't be inf; it goes from 0.05 to 8 mm."),
        ("size_mm", "big", "The size can't be 'big'; it goes from 0.05 to 8 mm."),
        ("size_mm", "0.3", "The size can't be '0.3'; it goes from 0.05 to 8 mm."),
        ("size_mm", None, "The size can't be None; it goes from 0.05 to 8 mm."),
        ("size_mm", True, "The size can't be True; it goes from 0.05 to 8 mm."),
        ("size_mm", 1j, "The size can't be 1j; it goes from 0.05 to 8 mm."),
        ("size_mm", [0.3], "The size can't be [0.3]; it goes from 0.05 to 8 mm."),
        ("size_mm", 10**400, f"The size can't be 1{'0' * 56}...; it goes from 0.05 to 8 mm."),
        ("count", 10_000, "The count can't be 10000; it is a whole number from 1 to 5000."),
        ("count", 2.5, "The count can't be 2.5; it is a whole number from 1 to 5000."),
        ("count", True, "The count can't be True; it is a whole number from 1 to 5000."),
        ("count", "nine", "The count can't be 'nine'; it is a whole number from 1 to 5000."),
        ("up_mm", 61, "The up can't be 61; it goes from -60 to 60 mm."),
        (
            "arrangement",
            "star",
            "There is no arrangement 'star'; choose one of: "
            "lobule, duct, lobe, area, breast, column, ducts, vessel, skin, thread, fold.",
        ),
        (
            "arrangement",
            None,
            "There is no arrangement None; choose one of: "
            "lobule, duct, lobe, area, breast, column, ducts, vessel, skin, thread, fold.",
        ),
    ],
)
def test_a_bad_value_gets_one_sentence_with_the_value_and_the_choices(field: str, value: object, sentence: str) -> None:
    assert sentences(**{field: value}) == [sentence]


def test_a_value_of_many_lines_is_quoted_on_one() -> None:
    (sentence,) = sentences(size_mm=np.zeros((4, 4)))
    assert sentence.startswith("The size can't be array([[0., 0., 0., 0.], ")


def test_several_mistakes_are_all_named() -> None:
    told = sentences(size_mm=-1, count=10_000, density=2, arrangement="star")
    assert [sentence.split("'")[0] for sentence in told] == [
        "The size can",
        "The count can",
        "The density can",
        "There is no arrangement ",
    ]


@given(recipe=recipes())
def test_a_recipe_survives_as_plain_numbers_and_words(recipe: Recipe) -> None:
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    assert {type(value) for value in recipe.to_dict().values()} <= {float, int, str}


def test_numbers_of_any_make_are_the_same_recipe() -> None:
    assert Recipe(size_mm=np.float64(1), count=np.int64(9)) == Recipe(size_mm=1, count=9.0)  # type: ignore[arg-type]
    assert type(Recipe(size_mm=1).size_mm) is float


def test_a_slider_that_does_not_exist_is_named() -> None:
    with pytest.raises(CourseError, match="There is no slider 'sise'; choose one of: size_mm, count, "):
        Recipe.from_dict({"sise": 0.3})


def test_a_recipe_is_never_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Recipe().size_mm = 1.0  # type: ignore[misc]


def test_every_arrangement_says_in_plain_words_what_it_is() -> None:
    assert all(plain.strip() for plain in ARRANGEMENTS.values())
