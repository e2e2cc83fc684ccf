"""A fresh case for a kind of question."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.errors import pick
from calcifications.learning.items import KINDS


def fresh_case(chance: np.random.Generator, kind: str = "form", among: tuple[str, ...] = ()) -> Case | None:
    """Grow a case that a kind of question can be asked of; None where it is asked of no picture.

    Parameters
    ----------
    chance : numpy.random.Generator
    kind : str
        One of `KINDS`.
    among : tuple of str
        The forms that may come up; all by default.

    Raises
    ------
    CourseError
        If a kind or a form is unknown, or no clear case grew.
    """
    return KINDS[pick(kind, KINDS, "kind of question")].fresh(chance, among)
