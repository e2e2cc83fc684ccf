"""Cases with something known beside the picture, chosen by how their words alone are read before they are grown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from calcifications.case import Case
from calcifications.errors import pick
from calcifications.learning.items.cases import BOOK, TRIES, as_shown, case_of, no_case
from calcifications.learning.items.known import each_known, more_known
from calcifications.pattern import arrangeable, forms
from calcifications.reading import Context, Reading, read_words

_NOTHING, _MORE = 0.4, 0.3
"""How often nothing is known, where that can be; and how often one thing more is tried."""

Told = tuple[str, str, Context, Reading]


@cache
def _told(setting: str) -> tuple[Told, ...]:
    """Return every form in every way to lie with nothing or one thing known, and how the words alone are read."""
    return tuple(
        (form, word, context, read_words(form, word, BOOK, context))
        for form in forms()
        for word in arrangeable(form)
        for context in each_known(setting)
    )


def told_of(
    chance: np.random.Generator,
    setting: str,
    views: Sequence[str],
    among: Sequence[str],
    of: Callable[[Reading], str],
    words: Sequence[str],
    put: Callable[[Case, np.random.Generator], Case] = lambda case, chance: case,
) -> Case:
    """Grow a clear case of which the reading says a word, with something known beside the picture or not.

    Parameters
    ----------
    chance : numpy.random.Generator
    setting : {"screening", "diagnostic"}
    views : sequence of str
    among : sequence of str
        The forms that may come up; all by default.
    of : callable
        Returns what a reading says.
    words : sequence of str
        What it is to say: the first of these that a case of those forms can say.
    put : callable
        Puts a case somewhere in the breast before it is read.

    Raises
    ------
    CourseError
        If a form is unknown, or no clear case grew.
    """
    allowed = tuple(pick(form, forms(), "form") for form in dict.fromkeys(among)) or tuple(forms())
    for word in words:
        case = _told_as(chance, setting, views, allowed, of, word, put)
        if case:
            return case
    raise no_case()


def _told_as(
    chance: np.random.Generator,
    setting: str,
    views: Sequence[str],
    allowed: tuple[str, ...],
    of: Callable[[Reading], str],
    said: str,
    put: Callable[[Case, np.random.Generator], Case],
) -> Case | None:
    def wanted(reading: Reading) -> bool:
        return of(reading) == said

    known, every, nothing = set(allowed), _told(setting), Context(setting=setting)
    for _ in range(TRIES):
        bare = chance.random() < _NOTHING
        places = chance.permutation(len(every)).tolist()
        fitting = (each for each in map(every.__getitem__, places) if each[0] in known and wanted(each[3]))
        first = next((each for each in fitting if not bare or each[2] == nothing), None)
        if first is None and bare:
            continue  # it can't be with nothing known
        if first is None:
            return None
        form, word, context, _ = first
        if chance.random() < _MORE and wanted(read_words(form, word, BOOK, more := more_known(chance, context))):
            context = more
        case = put(case_of(form, word, int(chance.integers(2**31)), views, context), chance)
        reading = as_shown(case)
        if not reading.borderline and reading.morphology in allowed and wanted(reading):
            return case
        if reading.morphology != form and len(known) > 1:
            known.remove(form)  # these views don't show it, as the true lateral alone shows sediment
    return None
