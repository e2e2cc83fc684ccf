"""A group to be worked up beside something harmless: what a reader must not be satisfied with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.items.cases import TRIES, as_shown, grown, no_case, one_of, rounded
from calcifications.learning.items.findable import NEAR_MM, distance_mm, findable, shown_places
from calcifications.lexicon import terms
from calcifications.pattern import Recipe, arrangeable, forms, varied
from calcifications.reading import Reading

_AWAY_MM = (11.0, 18.0)  # how far from the middle of the group the harmless one lies
_APART_MM = 3 * NEAR_MM  # nobody can press both at once
_RECALLED = 1  # the level of urgency from which there is more to do
_PLACES = 8  # how many are tried for one pair


def two_groups(chance: np.random.Generator, among: Sequence[str] = ()) -> Case:
    """Grow a small group that is to be worked up, and beside it one that its form proves harmless, on one picture.

    Parameters
    ----------
    chance : numpy.random.Generator
    among : sequence of str
        The forms that the group to be worked up may have; all that are not harmless by default.

    Raises
    ------
    CourseError
        If no such case grew.
    """
    known = [form for form in among if form not in _harmless()] or [f for f in forms() if f not in _harmless()]
    for _ in range(TRIES):
        alone = grown(chance, known, laid=("grouped",), wanted=findable)
        if as_shown(alone).level < _RECALLED:
            continue
        harmless = one_of(chance, _harmless())
        other = varied(harmless, one_of(chance, arrangeable(harmless)), int(chance.integers(2**31)))
        if not _proved(as_shown(replace(alone, recipes=(other,)))):
            continue
        for _ in range(_PLACES):
            turn, away = chance.uniform(0, 2 * np.pi), chance.uniform(*_AWAY_MM)
            move = {"forward_mm": float(away * np.cos(turn)), "across_mm": float(away * np.sin(turn))}
            try:
                moved = rounded(Recipe.from_dict(other.to_dict() | move))
                case = replace(alone, recipes=(alone.groups[0], moved))
                if _clear(case, alone):
                    return case
            except CourseError:  # outside the breast
                continue
    raise no_case()


def worked_up(case: Case) -> tuple[Reading, Reading]:
    """Return the readings of the two groups, the one to be worked up first."""
    first = as_shown(case)
    other = next(each for each in first.populations if each.group != first.group)
    return first, other


def _clear(case: Case, alone: Case) -> bool:
    """Say whether both groups are what they should be, all of both is on the picture, and they lie apart."""
    reading = as_shown(case)
    if len(reading.populations) != 2 or any(each.borderline for each in reading.populations):
        return False
    first, other = worked_up(case)
    if first.morphology != as_shown(alone).morphology or first.level < _RECALLED:
        return False
    if not (
        _proved(other)
        and _bears(other, first)
        and findable(case, first.group)
        and findable(case, other.group, fewest=1)
    ):
        return False
    places = (shown_places(case, each.group) for each in (first, other))
    return bool(distance_mm(case, *places).min() > _APART_MM)


def _proved(reading: Reading) -> bool:
    """Say whether a form proves itself harmless: nothing is done about it."""
    return reading.morphology in _harmless() and reading.level < _RECALLED


def _bears(harmless: Reading, beside: Reading) -> bool:
    """Say whether a form is proved even with what lies beside it: some ask that nothing fine does."""
    fired = harmless.fired("form")
    fine = harmless.facts["fine_count"] + beside.facts["fine_count"]
    asked = [check.threshold for check in fired.checks if check.feature == "fine_count"] if fired else []
    return all(isinstance(most, float | int) and fine < most for most in asked)


def _harmless() -> list[str]:
    """Return the forms that are typically harmless."""
    return [term.name for term in terms("form") if term.family == "typically benign" and term.name in forms()]
