"""A whole case: one unknown case read from start to finish, a question a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from operator import attrgetter

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick
from calcifications.imaging import WORK_UP
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import TRIES, no_case, one_of
from calcifications.learning.items.find import FindIt
from calcifications.learning.items.findable import to_be_found
from calcifications.learning.items.item import CaseItem
from calcifications.learning.items.naming import NameTheDistribution, NameTheForm, laid
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.verdict import CategoryAndManagement
from calcifications.reading import NONE, Reading

_ASKS: dict[str, type[CaseItem]] = {
    kind.kind: kind for kind in (FindIt, NameTheForm, NameTheDistribution, CategoryAndManagement)
}

STEPS = tuple(_ASKS)
"""The steps of a whole case, in the order in which a reader takes them."""


@dataclass(frozen=True)
class WholeCase:
    """One case, and what is asked of it.

    Attributes
    ----------
    case : Case
    steps : tuple of str
        Kinds of questions, from `STEPS`, in that order.
    """

    case: Case
    steps: tuple[str, ...]

    def question(self, place: int, chance: np.random.Generator) -> CaseItem:
        """Return the question of a step, from 0; nothing that is said to it tells what a later one asks for."""
        made = _ASKS[self.steps[place]](self.case, chance)
        made.later = self.steps[place + 1 :]
        return made


def steps_of(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the steps of a whole case that are named, in a reader's order; all if none is.

    Raises
    ------
    CourseError
        If a kind of question is no step of a whole case.
    """
    named = {pick(kind, STEPS, "step of a whole case") for kind in kinds or STEPS}
    return tuple(step for step in STEPS if step in named)


def whole_case(chance: np.random.Generator, among: tuple[str, ...] = (), asked: Category | None = None) -> Case:
    """Grow a case with a finished work-up of which every step has a clear answer.

    Parameters
    ----------
    chance : numpy.random.Generator
    among : tuple of str
        The forms that may come up; all by default.
    asked : Category, optional
        A word that one of the steps should ask for; where no such case grew, it is any.

    Raises
    ------
    CourseError
        If a form is unknown, or no clear case grew.
    """
    tissues = FindIt.tissues()
    tissue = tissues.get(asked.word if asked else "", one_of(chance, tuple(tissues.values())))
    for attempt in range(TRIES):
        kind = one_of(chance, (NameTheForm.kind, CategoryAndManagement.kind))  # so that neither is mostly one word
        words = chance.permutation(list(among) * (kind == NameTheForm.kind) or _ASKS[kind].words()).tolist()
        if asked and asked.kind in _SAYS and attempt < TRIES // 10:
            kind, words = asked.kind, [asked.word]
        try:
            case = told_of(chance, "diagnostic", WORK_UP, among, partial(_complete, _SAYS[kind]), words)
        except CourseError:
            if asked is None:
                raise
            asked = None  # of the forms that may come up, none is like that
            continue
        if to_be_found(case):
            return replace(case, tissue=tissue)
    raise no_case()


def _complete(says: Callable[[Reading], str], reading: Reading) -> str:
    """Return what a step says of a reading; nothing if another step has no answer."""
    return says(reading) if reading.morphology != NONE and reading.category in _cells() else ""


@cache
def _cells() -> frozenset[str]:
    return frozenset(CategoryAndManagement.words())


_SAYS: dict[str, Callable[[Reading], str]] = {
    NameTheForm.kind: attrgetter("morphology"),
    NameTheDistribution.kind: laid,
    CategoryAndManagement.kind: attrgetter("category"),
}
"""What the steps ask of a reading."""
