"""Fresh cases: grown at random in the presets' ranges, kept only if their reading is clear of every threshold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick
from calcifications.imaging import SCREENING
from calcifications.pattern import SLIDERS, Recipe, arrangeable, forms, varied
from calcifications.reading import NONE, Context, Reading, read

BOOK = "birads5"
"""The rulebook by which questions are marked."""

TRIES = 200
"""How many cases are grown at the most, until one is as it should be."""


def rounded(recipe: Recipe) -> Recipe:
    """Round a recipe's numbers as a page shows them: its code is then half as long."""
    values = recipe.to_dict().items()
    return Recipe.from_dict({name: round(value, 2) if isinstance(value, float) else value for name, value in values})


@lru_cache(maxsize=8)
def as_shown(case: Case) -> Reading:
    """Read a case's views, and nothing that a work-up would add: no question asks for what is not on its pictures.

    The last ones are kept: a case is read when it is chosen, and again when it is asked about.
    """
    return read(case.findings, BOOK, case.context)


def within(words: Sequence[str], among: Sequence[str]) -> list[str]:
    """Return those of some words that may come up; all, where a kind of question can be asked of none of them."""
    return [word for word in words if word in among] or list(words)


def on_close_up(case: Case) -> bool:
    """Say whether all that is seen lies on the first view's close-up."""
    return bool(case.findings[0].groups[0].values["extent_mm"] < WIDEST_MM)


def one_of(chance: np.random.Generator, choices: Sequence[Any]) -> Any:
    """Return one of some choices."""
    return choices[int(chance.integers(len(choices)))]


CLOSE = ("grouped", "linear", "segmental")
"""Ways to lie of which a close-up mostly shows all."""

WIDEST_MM = 30.0
"""What lies wider is not all on a close-up."""


def drawn_words(
    chance: np.random.Generator, known: Sequence[str], laid: tuple[str, ...] = (), *, arranged: bool = False
) -> tuple[str, str, int]:
    """Return a form of some, a way in which it is to lie, and a seed.

    Parameters
    ----------
    chance : numpy.random.Generator
    known : sequence of str
        The forms to choose from.
    laid : tuple of str
        Distributions to choose from, or "none" for few scattered particles; by default all in which the form is met.
    arranged : bool
        Whether it is asked how they lie: few scattered ones may come up, but no form that comes in one way only, of
        which there is nothing worth asking.
    """
    choices = [form for form in known if not arranged or len(arrangeable(form)) > 1] or list(known)
    choices = [form for form in choices if not laid or set(laid) & set(arrangeable(form))] or choices
    form = one_of(chance, choices)
    words = [word for word in arrangeable(form) if word in laid] or [
        word for word in arrangeable(form) if word != NONE or arranged
    ]
    return form, one_of(chance, words or [NONE]), int(chance.integers(2**31))


def grown(
    chance: np.random.Generator,
    among: Sequence[str] = (),
    laid: tuple[str, ...] = (),
    *,
    arranged: bool = False,
    views: Sequence[str] = SCREENING[:1],
    wanted: Callable[[Case], bool] = lambda case: True,
) -> Case:
    """Grow a case whose words are clear: no borderline reading, and a form that was asked for.

    Parameters
    ----------
    chance, laid, arranged
        As for `drawn_words`.
    among : sequence of str
        The forms that may come up; all by default.
    views : sequence of str
        Which views are shown; by default one screening view alone.
    wanted : callable
        Says of a case whether it will do, before it is read.

    Raises
    ------
    CourseError
        If a form is unknown, or no clear case grew in `TRIES` tries.
    """
    known = [pick(form, forms(), "form") for form in among] or forms()
    for _ in range(TRIES):
        case = case_of(*drawn_words(chance, known, laid, arranged=arranged), views)
        if not wanted(case):
            continue
        reading = as_shown(case)
        if not reading.borderline and reading.morphology in known:
            return case
    raise no_case()


def case_of(
    form: str, word: str, seed: int, views: Sequence[str], context: Context | None = None, beyond: float = 0.0
) -> Case:
    """Return a case of a form that lies in a way, its sliders anywhere in their ranges, or beyond them by a share."""
    return Case([rounded(varied(form, word, seed, beyond))], context or Context(), seed=seed, views=views)


_BESIDE = 0.1  # how far sliders lie beside what a table says, as a share


def beside(row: Mapping[str, Any], chance: np.random.Generator) -> tuple[Recipe, int]:
    """Return a recipe a little beside one of a table, and the seed: the table's, where it needs those very places.

    Raises
    ------
    CourseError
        If there is no room for so many particles.
    """
    values = Recipe().to_dict() | dict(row)
    seed = int(values.pop("seed", chance.integers(2**31)))
    for slider in SLIDERS:
        near = values[slider.name] * chance.uniform(1 - _BESIDE, 1 + _BESIDE)
        near = min(max(near, slider.low), slider.high)
        values[slider.name] = round(near) if slider.name == "count" else float(near)
    return rounded(Recipe.spread_out(values)), seed


def no_case() -> CourseError:
    """Return the mistake that no case came out as it should."""
    return CourseError(f"No clear case grew in {TRIES} tries.")
