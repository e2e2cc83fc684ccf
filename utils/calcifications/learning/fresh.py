"""Fresh cases: grown at random in the presets' ranges, kept only if their reading is clear of every threshold."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.pattern import Recipe, arrangeable, forms, varied
from calcifications.reading import NONE

_TRIES = 200


def _rounded(recipe: Recipe) -> Recipe:
    """Round a recipe's numbers as a page shows them: its code is then half as long."""
    values = recipe.to_dict().items()
    return Recipe.from_dict({name: round(value, 2) if isinstance(value, float) else value for name, value in values})


def fresh_case(chance: np.random.Generator, step: str = "form", among: tuple[str, ...] = ()) -> Case:
    """Grow a case whose word for a step is clear: no borderline reading, and a form that the course has.

    Parameters
    ----------
    chance : numpy.random.Generator
    step : {"form", "distribution"}
        What will be asked; in a question of distribution, few scattered particles may come up too.
    among : tuple of str
        The forms that may come up; all by default.

    Raises
    ------
    CourseError
        If a form is unknown, or no clear case grew in 200 tries.
    """
    known = [pick(form, forms(), "form") for form in among] or forms()
    # where the question is how they lie, one large shell or lump alone has no answer worth asking for
    choices = [form for form in known if step == "form" or len(arrangeable(form)) > 1] or known
    # every case comes with the same views: which ones it has must not tell the form
    seen = WORK_UP if step == "form" else SCREENING[:1]
    for _ in range(_TRIES):
        form = str(chance.choice(choices))
        words = [word for word in arrangeable(form) if word != NONE or step == "distribution"] or [NONE]
        seed = int(chance.integers(2**31))
        case = Case([_rounded(varied(form, str(chance.choice(words)), seed))], seed=seed, views=seen)
        reading = case.reading()
        if not reading.borderline and reading.morphology in known:
            return case
    raise CourseError(f"No clear case grew in {_TRIES} tries.")
