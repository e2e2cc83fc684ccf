"""Witnesses: patterns grown slider by slider, to show that a rule can fire and that a threshold can be crossed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from calcifications.errors import CourseError
from calcifications.lexicon import distributions
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, Slider, artefacts, forms, grow, preset
from calcifications.reading.measure import measure
from calcifications.reading.together import as_seen, counted, together

SEED = 7
POSITIONS = 5  # of each slider, from end to end
_LAID = ("punctate", "fine pleomorphic")  # forms that are also moved in every distribution
_VIEWS = {"milk of calcium": ("CC", "ML"), "skin": ("CC", "tangential")}  # what it takes to see what they are
_LARGE, _SMALL = 0.8, 0.36


def _rare() -> Iterator[tuple[Recipe, int]]:
    """What no preset shows, but a rule speaks of: a recipe and a seed that show it."""
    yield Recipe(size_mm=0.6, elongation=3.6, arrangement="thread", extent_mm=16.0, count=12), SEED  # a smooth thread
    yield Recipe(size_mm=2.4, elongation=5.0, irregularity=0.8, arrangement="duct", count=8), SEED  # thick ragged lines
    yield Recipe(size_mm=3.0, count=9, irregularity=1.0, elongation=1.3, unlikeness=0.4, extent_mm=16.0), SEED  # lumps
    yield Recipe(size_mm=4.0, count=2, extent_mm=30.0), SEED  # balls
    yield Recipe(size_mm=0.7, lucent_centre=1.0, count=8), SEED  # rings
    for size in (_SMALL, _LARGE):  # some round, some drawn out
        yield Recipe(size_mm=size, count=12, elongation=2.0, unlikeness=0.5, density=0.9), SEED
    ragged = replace(preset("vascular"), irregularity=0.65, elongation=2.8, unlikeness=0.35)
    for count, seed in ((10, 2), (11, 50), (12, SEED), (20, 83)):  # granules of an artery
        yield replace(ragged, count=count), seed
    yield replace(ragged, count=20, irregularity=0.55, elongation=2.6), 94
    yield ragged, 460  # an artery whose walls can be told only with the ragged lines in them
    yield preset("skin"), SEED  # from above only
    yield replace(preset("large rod-like"), arrangement="lobe"), SEED  # rods in a wedge
    yield (
        Recipe(size_mm=0.4, count=11, arrangement="area", extent_mm=22.0, density=0.9),
        4,
    )  # many, nowhere five in 1 cm


@dataclass(frozen=True)
class Witness:
    """One grown pattern as it is read.

    Attributes
    ----------
    base : str
        What was moved.
    slider : str
        The slider that was moved, or "arrangement" or "another group"; empty where none was.
    values : mapping of str to float
        What was measured.
    """

    base: str
    slider: str
    values: Mapping[str, float]


def _bases() -> Iterator[tuple[str, Recipe, tuple[str, ...]]]:
    for form in [*forms(), *artefacts()]:
        yield form, preset(form), _VIEWS.get(form, ("CC",))
    for form in _LAID:
        for word in distributions():
            yield f"{form}, {word}", preset(form, word), ("CC",)


def _moves() -> Iterator[tuple[str, tuple[Recipe, ...], str, int]]:
    """Moves of one control that cross what no slider of a preset crosses: its name, the recipes, a view and a seed."""
    # the walls of an artery, under 1 mm apart at its end; smooth, so that all marks count
    narrow = replace(preset("vascular"), count=120, size_mm=0.4, irregularity=0.0, unlikeness=0.0)
    yield "extent_mm", tuple(replace(narrow, extent_mm=extent) for extent in (9.0, 10.0, 11.0, 30.0)), "ML", 85
    few = replace(preset("vascular"), count=25, size_mm=0.25, extent_mm=40.0)  # in one duct, two rows by chance
    for seed in (5, 23, 31, 34):
        yield "arrangement", tuple(replace(few, arrangement=where) for where in ("vessel", "duct")), "CC", seed
    wide = replace(narrow, extent_mm=20.0)  # two rows along ducts, over 4 mm apart
    for seed in (5, 8, 10):
        yield "arrangement", tuple(replace(wide, arrangement=where) for where in ("vessel", "ducts")), "ML", seed
    skin = preset("skin")
    yield "arrangement", tuple(replace(skin, arrangement=where) for where in ("skin", "lobule")), "tangential", SEED


def _moved(base: Recipe, slider: Slider) -> Iterator[Recipe]:
    """Move one slider from end to end."""
    for step in range(POSITIONS):
        share = step / (POSITIONS - 1)
        low, high = slider.low, slider.high
        value = low * (high / low) ** share if slider.log else low + (high - low) * share
        moved: dict[str, Any] = {slider.name: int(value) if slider.name == "count" else value}
        if slider.name == "around_strength" and base.around == "nothing":
            moved["around"] = "density"
        try:
            yield Recipe.spread_out(base.to_dict() | moved)
        except CourseError:  # so many so large find no room
            continue


def _grown(
    base: str, slider: str, recipes: list[Recipe], views: tuple[str, ...], seed: int = SEED
) -> Iterator[Witness]:
    pattern = grow(recipes, seed)
    group = together([measure(pattern, view) for view in views])[0]
    for values in as_seen(group):
        yield Witness(base, slider, counted(values, len(recipes)))


@cache
def witnesses() -> tuple[Witness, ...]:
    """Return all witnesses: about 1,500 patterns in a few seconds, grown once."""
    found: list[Witness] = []
    for name, base, views in _bases():
        for control in SLIDERS:
            for recipe in _moved(base, control):
                found += _grown(name, control.name, [recipe], views)
    plain = preset("punctate")
    for arrangement in ARRANGEMENTS:
        found += _grown("punctate", "arrangement", [replace(plain, arrangement=arrangement)], ("CC",))
    for recipe, seed in _rare():
        found += _grown("what no preset shows", "", [recipe], ("CC",), seed)
    for slider, recipes, view, seed in _moves():
        for recipe in recipes:
            found += _grown(f"a move of {slider}, {view}, {seed}", slider, [recipe], (view,), seed)
    for more in range(2):
        found += _grown("punctate", "another group", [plain, *[replace(plain, across_mm=20.0)] * more], ("CC",))
    return tuple(found)
