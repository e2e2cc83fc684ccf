"""The same recipe and seed read the same, in words, on every machine and in every later edition, or someone decided."""

from __future__ import annotations

import pytest

from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, measure, read

ROD = Recipe(size_mm=1.2, count=14, elongation=6.0, arrangement="duct", extent_mm=22.0)
RAGGED_LUMPS = Recipe(size_mm=3.0, count=9, irregularity=1.0, elongation=1.3, unlikeness=0.4, extent_mm=16.0)
A_BALL = Recipe(size_mm=4.0, count=1)
SMALL_RINGS = Recipe(size_mm=0.7, lucent_centre=1.0, count=8)
A_FEW_SPECKS = Recipe(size_mm=0.13, count=3, density=0.85)
GOLDEN = [
    (preset("punctate"), 7, "punctate, grouped -> 0 (after work-up 3)"),
    (preset("punctate", "none"), 7, "punctate, no distribution word fits -> 0 (after work-up 2)"),
    (preset("round", "segmental"), 7, "round, segmental -> 0 (after work-up 4A-4B)"),
    (preset("rim"), 7, "rim, no distribution word fits -> 2"),
    (preset("popcorn"), 7, "popcorn, no distribution word fits -> 2"),
    (preset("amorphous"), 7, "amorphous, grouped -> 0 (after work-up 4B)"),
    (preset("amorphous", "diffuse"), 3, "amorphous, diffuse -> 0 (after work-up 4A)"),
    (preset("coarse heterogeneous"), 7, "coarse heterogeneous, grouped -> 0 (after work-up 4B)"),
    (preset("coarse heterogeneous", "regional"), 3, "coarse heterogeneous, regional -> 0 (after work-up 4B)"),
    (preset("fine pleomorphic"), 7, "fine pleomorphic, grouped -> 0 (after work-up 4B)"),
    (preset("fine pleomorphic", "segmental"), 3, "fine pleomorphic, segmental -> 0 (after work-up 4C)"),
    (preset("fine linear"), 7, "fine linear, linear -> 0 (after work-up 4C-5)"),
    (preset("fine linear", "grouped"), 11, "fine linear, grouped -> 0 (after work-up 4C)"),
    (Recipe(), 0, "punctate, grouped -> 0 (after work-up 3)"),
    (Recipe(count=4), 0, "punctate, no distribution word fits -> 0 (after work-up 2)"),
    (Recipe(size_mm=0.2, count=30), 1, "amorphous, grouped -> 0 (after work-up 4B)"),
    (Recipe(size_mm=0.05), 0, "Nothing to see, no distribution word fits -> 1"),
    (preset("skin"), 7, "skin, grouped -> 2"),
    (preset("vascular"), 7, "vascular, linear -> 2"),
    (preset("large rod-like"), 7, "large rod-like, segmental -> 2"),
    (preset("dystrophic"), 7, "dystrophic, grouped -> 2"),
    (preset("suture"), 7, "suture, linear -> 2"),
    (preset("deodorant"), 7, "Perhaps deodorant or powder, not calcium, no distribution word fits -> 0"),
    (A_FEW_SPECKS, 0, "A few specks, too small or faint to read, no distribution word fits -> 0"),
    ([preset("popcorn"), preset("fine pleomorphic")], 9, "fine pleomorphic, grouped -> 0 (after work-up 4B)"),
]


@pytest.mark.parametrize(("recipe", "seed", "words"), GOLDEN)
def test_what_a_recipe_reads_as_is_kept(recipe: Recipe | list[Recipe], seed: int, words: str) -> None:
    reading = read(measure(grow(recipe, seed)))
    assert repr(reading) == words
    assert reading.borderline == ()  # so that no rounding of another machine decides


OPEN = [
    (ROD, 1, "fine linear, linear -> 0 (after work-up 4C-5)", "fine linear or large rod-like"),
    (A_BALL, 2, "round, no distribution word fits -> 0 (after work-up 2)", "round or popcorn"),
    (SMALL_RINGS, 5, "round, grouped -> 0 (after work-up 3)", "round or rim"),
    (RAGGED_LUMPS, 4, "coarse heterogeneous, grouped -> 0 (after work-up 4B)", "coarse heterogeneous or dystrophic"),
]


@pytest.mark.parametrize(("recipe", "seed", "words", "doubt"), OPEN)
def test_what_a_picture_leaves_open_is_said(recipe: Recipe, seed: int, words: str, doubt: str) -> None:
    reading = read(measure(grow(recipe, seed)))
    assert repr(reading) == words
    assert doubt in map(str, reading.borderline)


def test_milk_of_calcium_takes_both_views() -> None:
    pattern = grow(preset("milk of calcium"), 7)
    above, side = measure(pattern, "CC"), measure(pattern, "ML")
    assert repr(read([above, side])) == repr(read([side, above])) == "milk of calcium, grouped -> 2"
    assert [read(one).morphology for one in (above, side)] == ["round", "amorphous"]


IN_OTHER_BOOKS = [
    ("birads2025", preset("milk of calcium"), "layering, grouped -> 2"),
    ("birads2025", preset("punctate"), "round, grouped -> this rulebook does not say"),
    ("birads2025", preset("fine pleomorphic"), "fine pleomorphic, grouped -> 0 (after work-up 4)"),
    ("legal1984", preset("amorphous"), "3, dust, dense -> type 3"),
    ("legal1984", preset("fine linear"), "5, worm-shaped, no distribution word fits -> type 5"),
    ("rcr2009", preset("punctate"), "punctate, grouped -> M3"),
    ("rcr2009", preset("fine linear"), "fine linear, linear -> M5"),
]


@pytest.mark.parametrize(("book", "recipe", "words"), IN_OTHER_BOOKS)
def test_what_another_rulebook_says_is_kept(book: str, recipe: Recipe, words: str) -> None:
    pattern = grow(recipe, 7)
    reading = read([measure(pattern, view) for view in ("CC", "ML")], book)
    assert repr(reading) == words


def test_with_several_views_the_verdict_that_is_worst_counts() -> None:
    pair = [preset("fine pleomorphic", "segmental"), preset("amorphous")]
    final = Context(setting="diagnostic")
    assert read(measure(grow(pair, 7)), context=final).category == "4C"
    assert read(measure(grow(pair[::-1], 7)), context=final).category == "4C"
