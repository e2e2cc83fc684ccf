"""A group to be worked up beside something harmless: what a reader must not be satisfied with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import SCREENING, look
from calcifications.learning.items.cases import BOOK, TRIES, as_shown, grown, no_case, one_of, rounded
from calcifications.learning.items.findable import NEAR_MM, aside, distance_mm, findable, on_picture, places_of
from calcifications.lexicon import terms
from calcifications.pattern import Recipe, arrangeable, forms, preset, varied
from calcifications.reading import Reading, rulebook

_AWAY_MM = (11.0, 18.0)  # how far from the middle of the group the harmless one lies
_APART_MM = 3 * NEAR_MM  # nobody can press both at once
_RECALLED = 1  # the level of urgency from which there is more to do
_PAIRS = 4  # how many harmless ones are tried beside one group
_REACH_MM = 11.5  # how far from the picture's middle the harmless one lies


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
        first = as_shown(alone)
        bearing = [form for form in _provable() if first.facts["fine_count"] < _finest(form)]
        if first.level < _RECALLED or not bearing:
            continue
        for _ in range(_PAIRS):
            harmless = one_of(chance, bearing)
            other = varied(harmless, one_of(chance, arrangeable(harmless)), int(chance.integers(2**31)))
            try:
                moved = rounded(Recipe.from_dict(other.to_dict() | _spot(alone, chance)))
                case = replace(alone, recipes=(alone.groups[0], moved))
                if _placed(case) and _clear(case, alone):  # the first is said before anything is measured
                    return case
            except CourseError:  # outside the breast
                continue
    raise no_case()


def _spot(alone: Case, chance: np.random.Generator) -> dict[str, float]:
    """Return a place on the picture, away from the group in its middle."""
    across, up = look(alone.views[0], alone.pattern).centre
    middle = np.array(aside(alone).centre) - (across, up)
    away = np.zeros(2)
    while not _AWAY_MM[0] <= np.linalg.norm(away) <= _AWAY_MM[1]:
        away = middle + chance.uniform(-_REACH_MM, _REACH_MM, 2)
    return {"forward_mm": float(away[0]), "across_mm": float(away[1])}


def _placed(case: Case) -> bool:
    """Say whether all of both groups is on the picture, and they lie apart."""
    places, group = places_of(case), case.pattern.particles.group
    if not on_picture(places):
        return False
    return bool(distance_mm(case, places[group == 0], places[group == 1]).min() > _APART_MM)


def worked_up(case: Case) -> tuple[Reading, Reading]:
    """Return the readings of the two groups, the one to be worked up first."""
    first = as_shown(case)
    other = next(each for each in first.populations if each.group != first.group)
    return first, other


def _clear(case: Case, alone: Case) -> bool:
    """Say whether both groups are what they should be, and can be found."""
    reading = as_shown(case)
    if len(reading.populations) != 2 or any(each.borderline for each in reading.populations):
        return False
    first, other = worked_up(case)
    if first.morphology != as_shown(alone).morphology or first.level < _RECALLED:
        return False
    if not (_proved(other) and findable(case, first.group) and findable(case, other.group, fewest=1)):
        return False
    return sum(each.facts["fine_count"] for each in (first, other)) < _finest(other.morphology)


def _proved(reading: Reading) -> bool:
    """Say whether a form proves itself harmless: nothing is done about it."""
    return reading.morphology in _harmless() and reading.level < _RECALLED


@cache
def _finest(form: str) -> float:
    """Return how many fine particles disprove a form, wherever near it they lie: some ask that there be none."""
    rules = (rule for rule in rulebook(BOOK).of_step("form") if rule.says == form)
    asked = (c.threshold for rule in rules for c in rule.when if c.feature == "fine_count" and c.op == "<")
    return min((float(most) for most in asked if not isinstance(most, tuple)), default=float("inf"))


@cache
def _provable() -> tuple[str, ...]:
    """Return the forms that are small and prove themselves harmless on one picture."""
    found = []
    for form in _harmless():
        case = Case([preset(form)], views=SCREENING[:1])
        if _proved(as_shown(case)) and findable(case, fewest=1):
            found.append(form)
    return tuple(found)


@cache
def _harmless() -> tuple[str, ...]:
    """Return the forms that are typically harmless."""
    return tuple(term.name for term in terms("form") if term.family == "typically benign" and term.name in forms())
