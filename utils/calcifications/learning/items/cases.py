"""Fresh cases: grown at random in the presets' ranges, kept only if their reading is clear of every threshold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.pattern import Recipe, arrangeable, forms, varied
from calcifications.reading import NONE, Context

TRIES = 200
"""How many cases are grown at the most, until one is as it should be."""


def rounded(recipe: Recipe) -> Recipe:
    """Round a recipe's numbers as a page shows them: its code is then half as long."""
    values = recipe.to_dict().items()
    return Recipe.from_dict({name: round(value, 2) if isinstance(value, float) else value for name, value in values})


def clear(case: Case) -> bool:
    """Say whether a case's reading is clear of every threshold, on its views and after work-up."""
    reading = case.reading()
    return not reading.borderline and not reading.after_work_up.borderline


def one_of(chance: np.random.Generator, choices: Sequence[Any]) -> Any:
    """Return one of some choices."""
    return choices[int(chance.integers(len(choices)))]


def recipe_of(
    chance: np.random.Generator, known: Sequence[str], laid: tuple[str, ...] = (), *, arranged: bool = False
) -> tuple[str, Recipe, int]:
    """Return a form of some, a recipe of it anywhere in its ranges, and a seed to grow it with.

    Parameters
    ----------
    chance : numpy.random.Generator
    known : sequence of str
        The forms to choose from.
    laid : tuple of str
        Distributions to choose from, or "none" for few scattered particles; by default all in which the form is met.
    arranged : bool
        Whether it is asked how they lie: few scattered ones may come up, but no form that comes in one way only, of
        which there is nothing worth asking; those that can come as `laid` says are taken, if any can.
    """
    choices = [form for form in known if not arranged or len(arrangeable(form)) > 1] or list(known)
    choices = [form for form in choices if set(laid) & set(arrangeable(form))] or choices
    form = one_of(chance, choices)
    words = [word for word in arrangeable(form) if word in laid] or [
        word for word in arrangeable(form) if word != NONE or arranged
    ]
    seed = int(chance.integers(2**31))
    return form, rounded(varied(form, one_of(chance, words or [NONE]), seed)), seed


def grown(
    chance: np.random.Generator,
    among: Sequence[str] = (),
    laid: tuple[str, ...] = (),
    *,
    arranged: bool = False,
    work_up: bool = False,
    context: Context | None = None,
) -> Case:
    """Grow a case whose words are clear: no borderline reading, and a form that was asked for.

    Parameters
    ----------
    chance, laid, arranged
        As for `recipe_of`.
    among : sequence of str
        The forms that may come up; all by default.
    work_up : bool
        Whether all views of a work-up are shown, or the first screening view alone.
    context : Context, optional

    Raises
    ------
    CourseError
        If a form is unknown, or no clear case grew in `TRIES` tries.
    """
    known = [pick(form, forms(), "form") for form in among] or forms()
    for _ in range(TRIES):
        _, recipe, seed = recipe_of(chance, known, laid, arranged=arranged)
        case = Case([recipe], context or Context(), seed=seed, views=WORK_UP if work_up else SCREENING[:1])
        reading = case.reading()
        if not reading.borderline and reading.morphology in known:
            return case
    raise CourseError(f"No clear case grew in {TRIES} tries.")
