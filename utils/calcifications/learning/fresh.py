"""Fresh cases: grown at random about the presets, kept only if their reading is clear of every threshold."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.pattern import SLIDERS, Recipe, arrangeable, forms, preset
from calcifications.reading import NONE

_TRIES = 200
_FACTOR = 0.08  # standard deviation of the factor by which each slider leaves its preset


def _varied(recipe: Recipe, chance: np.random.Generator) -> Recipe:
    """Move each slider a little, within its bounds; a slider at its end stays there."""
    moved: dict[str, Any] = {}
    for slider in SLIDERS:
        value = getattr(recipe, slider.name) * np.exp(_FACTOR * chance.standard_normal())
        moved[slider.name] = min(max(float(np.round(value, 2)), slider.low), slider.high)
    moved["count"] = int(np.clip(round(moved["count"]), 1, 120))
    return Recipe.spread_out(recipe.to_dict() | moved)


def fresh_case(chance: np.random.Generator, step: str = "form") -> Case:
    """Grow a case whose word for a step is clear: no borderline reading, and a form that the course has.

    Parameters
    ----------
    chance : numpy.random.Generator
    step : {"form", "distribution"}
        What will be asked; in a question of distribution, few scattered particles may come up too.

    Raises
    ------
    CourseError
        If no clear case grew in 200 tries.
    """
    # where the question is how they lie, one large shell or lump alone has no answer worth asking for
    choices = [form for form in forms() if step == "form" or len(arrangeable(form)) > 1]
    for _ in range(_TRIES):
        form = str(chance.choice(choices))
        words = [word for word in arrangeable(form) if word != NONE or step == "distribution"] or [NONE]
        recipe = _varied(preset(form, str(chance.choice(words))), chance)
        case = Case([recipe], seed=int(chance.integers(2**31)))
        reading = case.reading()
        if not reading.borderline and reading.morphology != NONE:
            return case
    raise CourseError(f"No clear case grew in {_TRIES} tries.")
