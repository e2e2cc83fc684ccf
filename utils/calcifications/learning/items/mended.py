"""The nearest move of one slider that makes a wrong answer right: found by growing and reading, never by formula."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, Slider
from calcifications.what_if import position_of, positions, value_at

RINGS = (6, 14, 30, 60)
"""How far away, in positions of a slider, a case is tried, before the slider's ends are."""

HAND = (*(slider.name for slider in SLIDERS), "arrangement")
"""All that may be moved."""

LAYOUT = ("count", "extent_mm", "arrangement")
"""What moves where they lie, and not what they look like."""

STILL_SEEN = 0.8
"""So much of the share that was seen must still be, or the move only hides them."""

Wanted = Callable[[Case], bool]


@dataclass(frozen=True)
class Mended:
    """A case with one slider moved.

    Attributes
    ----------
    case : Case
    slider : str
        The name of the slider, or "arrangement".
    was, now : float or str
        Where it stands, and where it would have to stand.
    sentence : str
        "With Count 3 instead of 9 it would be right."
    """

    case: Case
    slider: str
    was: float | str
    now: float | str
    sentence: str


def mended(case: Case, wanted: Wanted, sliders: Collection[str] = HAND) -> Mended | None:
    """Find the case with one slider moved, by as few positions as possible, of which something holds.

    Parameters
    ----------
    case : Case
        Its first group's sliders are moved, nothing else.
    wanted : callable
        Says of a case whether it is as it should be.
    sliders : collection of str
        Names of the sliders that may be moved, and "arrangement"; all by default.

    Returns
    -------
    Mended or None
        None if no slider alone does it, at the places that were tried.
    """
    least = STILL_SEEN * _seen(case)

    def found(moved: Case) -> bool:
        # what can't be seen any more is no answer: nothing is harmless for being too small
        return _seen(moved) >= least and wanted(moved)

    hand = [slider for slider in SLIDERS if slider.name in sliders]
    ways = [(slider, position_of(slider, getattr(case.groups[0], slider.name))) for slider in hand]
    for far in (*RINGS, None):
        for slider, at in ways:
            last = positions(slider)
            for side in (-1, 1):
                end = (0, last)[side > 0]
                to = end if far is None else round(at) + side * far
                if 0 <= to <= last and (moved := _moved(case, slider, to)) and found(moved):
                    return _told(case, slider, *_nearest(case, slider, round(at), to, moved, found))
    return _laid(case, found) if "arrangement" in sliders else None


def _seen(case: Case) -> float:
    """Return the share of the first group that the first view shows."""
    return case.findings[0].groups[0].values["count"] / case.groups[0].count


def _nearest(case: Case, slider: Slider, at: int, to: int, moved: Case, wanted: Wanted) -> tuple[int, Case]:
    """Halve the way between a place that is not as wanted and one that is; return the nearest that was found."""
    best = to, moved
    while abs(to - at) > 1:
        middle = (at + to) // 2
        tried = _moved(case, slider, middle)
        if tried and wanted(tried):
            to, best = middle, (middle, tried)
        else:
            at = middle
    return best


def _moved(case: Case, slider: Slider, position: int) -> Case | None:
    """Return the case with a slider at a position; None where it can't stand."""
    return _with(case, {slider.name: value_at(slider, position)})


def _with(case: Case, values: dict[str, float | str]) -> Case | None:
    first, *others = case.groups
    try:
        recipe = Recipe.spread_out(first.to_dict() | values)
    except CourseError:
        return None  # more particles than there is room for
    if any(getattr(recipe, name) != value for name, value in values.items()):
        return None  # an extent that was too small for the particles
    return replace(case, recipes=(recipe, *others))


def _told(case: Case, slider: Slider, position: int, moved: Case) -> Mended:
    was, now = (getattr(each.groups[0], slider.name) for each in (case, moved))
    places = next(more for more in range(slider.places, 9) if f"{was:.{more}f}" != f"{now:.{more}f}")
    old, new = (f"{value:.{places}f} {slider.unit}".strip() for value in (was, now))
    return Mended(moved, slider.name, was, now, f"With “{slider.label}” at {new} instead of {old} it would be right.")


def _laid(case: Case, wanted: Wanted) -> Mended | None:
    """Try the other ways to lie, where no slider does it."""
    was = case.groups[0].arrangement
    for now, words in ARRANGEMENTS.items():
        if now != was and (moved := _with(case, {"arrangement": now})) and wanted(moved):
            sentence = f"Laid {words} instead of {ARRANGEMENTS[was]} it would be right."
            return Mended(moved, "arrangement", was, now, sentence)
    return None
