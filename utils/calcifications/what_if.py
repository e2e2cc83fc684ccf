"""What would change the verdict: the nearest move of each slider, found by growing and reading again, never by formula.

Every slider has about a hundred positions: a logarithmic one moves by as many equal factors, the others by their own
step. From where it stands, the distances of `GRID` and the slider's ends are tried on both sides, the nearest first.
Between the first place that changes the verdict and the last that does not, the way is halved until the place is known
to an eighth of the move (`FINE`), that of a count to the very number. What comes and goes between two places that were
tried is missed; trying more would take longer than a reader waits.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from math import ceil, floor, log

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown
from calcifications.pattern import SLIDERS, Particles, Recipe, Slider
from calcifications.reading import NONE, Reading, Rulebook, read
from calcifications.reading import rulebook as find_rulebook

GRID = (12,)
"""How far away the verdict is tried, in positions, before the slider's ends are."""

FINE = 8
"""The place of a change is found to a position, or to the move's length over this where that is more."""

FACTORS = 100
"""A logarithmic slider moves in this many equal factors."""

PARTS = ("form", "distribution", "category", "management")
"""The parts of a verdict that may change."""

Search = Generator[None, None, "Move | None"]


@dataclass(frozen=True)
class Move:
    """The smallest move of one slider that changes the verdict.

    Attributes
    ----------
    slider : str
        One of the names of `SLIDERS`.
    was, now : float
        Where it stands, and where it would have to stand.
    recipe : Recipe
        The first group's, after the move; its extent may have grown with it, so that all find room.
    reading : Reading
        The verdict after the move.
    changed : tuple of str
        Which of `PARTS` are new: of the verdict on the picture or, if that stays as it is, of the one after work-up.
    sentence : str
        "4 instead of 7 calcifications: no longer grouped."
    """

    slider: str
    was: float
    now: float
    recipe: Recipe
    reading: Reading
    changed: tuple[str, ...]
    sentence: str

    def __repr__(self) -> str:
        return self.sentence


def positions(slider: Slider) -> int:
    """Return the number of a slider's last position; its first is 0."""
    return FACTORS if slider.log else round((slider.high - slider.low) / slider.step)


def value_at(slider: Slider, position: int) -> float:
    """Return the value that a slider has at one of its positions."""
    if slider.log:
        return float(f"{slider.low * (slider.high / slider.low) ** (position / FACTORS):.3g}")
    value = round(slider.low + position * slider.step, 6)  # without what adding up tenths leaves behind
    return value if slider.places else int(value)


def position_of(slider: Slider, value: float) -> float:
    """Return where a value lies among a slider's positions: often between two."""
    if slider.log:
        return round(FACTORS * log(value / slider.low) / log(slider.high / slider.low), 1)
    return round((value - slider.low) / slider.step, 6)


class _Way:
    """One slider's way, with what the verdict would be along it."""

    def __init__(self, case: Case, slider: Slider, before: Reading) -> None:
        self.case, self.slider, self.before = case, slider, before
        at, last = position_of(slider, getattr(case.groups[0], slider.name)), positions(slider)
        self._start = {-1: min(ceil(at), last + 1), 1: floor(at)}  # a code may bring more particles than the slider
        self._reach = {-1: self._start[-1], 1: last - self._start[1]}
        self._tried: dict[tuple[int, int], Case | None] = {}

    def rings(self) -> dict[int, list[int]]:
        """Return the distances that are tried, the nearest first, and the sides on which each is."""
        tried = {(min(far, reach), side) for side, reach in self._reach.items() for far in (*GRID, reach)}
        distances = sorted(far for far in {far for far, _ in tried} if far > 0)
        return {far: [side for side in (-1, 1) if (far, side) in tried] for far in distances}

    def grain(self, far: int) -> int:
        """Return how closely the place of a change so far away is looked for; that of a count is told exactly."""
        return 1 if self.slider.name == "count" else max(1, far // FINE)

    def moved(self, side: int, far: int) -> Case | None:
        """Return the case with the slider so far to a side; None where it can't stand."""
        value = value_at(self.slider, self._start[side] + side * far)
        first, *others = self.case.groups
        try:
            recipe = Recipe.spread_out(first.to_dict() | {self.slider.name: value})
        except CourseError:
            return None  # more particles than there is room for
        if getattr(recipe, self.slider.name) != value:
            return None  # an extent that was too small for the particles
        return replace(self.case, recipes=(recipe, *others))

    def changes(self, side: int, far: int) -> bool:
        """Say whether the verdict is another one there."""
        case = self._tried[side, far] = self.moved(side, far)
        return case is not None and not self._alike(case) and self._other(case)

    def move(self, side: int, far: int) -> Move:
        """Return the move to a place that was tried and changes the verdict."""
        case = self._tried[side, far]
        assert case is not None
        was, now = (getattr(each.groups[0], self.slider.name) for each in (self.case, case))
        before, after = self.before, case.reading(self.before.rulebook)
        new = _new(before, after) or _new(before.after_work_up, after.after_work_up)
        sentence = f"{_amounts(self.slider, was, now)}: {_news(before, after)}."
        return Move(self.slider.name, was, now, case.groups[0], after, tuple(new), sentence)

    def _alike(self, case: Case) -> bool:
        """Say whether a slider moves nothing here, as side arms of round particles: there is nothing to measure."""
        if any(recipe.around != "nothing" for recipe in case.groups):
            return False  # the tissue around a group is no particle
        ours, theirs = self.case.pattern.particles, case.pattern.particles
        return all(np.array_equal(getattr(ours, name), getattr(theirs, name)) for name in Particles.__annotations__)

    def _other(self, case: Case) -> bool:
        seen = read(case.findings, self.before.rulebook, case.context)
        if verdict(seen) != verdict(self.before):
            return True  # the picture itself tells; the views of a work-up need not be measured
        if seen.after_work_up is seen:
            return False
        return verdict(case.reading(self.before.rulebook).after_work_up) != verdict(self.before.after_work_up)


def verdict(reading: Reading) -> tuple[str, ...]:
    """Return what counts as a verdict, in the order of `PARTS`."""
    form = reading.morphology if reading.artefact == NONE else reading.artefact
    return form, reading.distribution, reading.category, reading.management


def search(case: Case, slider: str, rulebook: str | Rulebook = "birads5") -> Search:
    """Look for one slider's move, with a pause after each reading: whoever looks may stop, or do other things first.

    Parameters
    ----------
    case : Case
    slider : str
        One of the names of `SLIDERS`; it is moved in the case's first group.
    rulebook : str or Rulebook

    Yields
    ------
    None
        After each reading.

    Returns
    -------
    Move or None
        None if nothing that was tried changes the verdict.

    Raises
    ------
    CourseError
        If there is no such slider or rulebook.
    """
    named = {each.name: each for each in SLIDERS}
    way = _Way(case, named[pick(slider, named, "slider")], case.reading(find_rulebook(rulebook)))
    same = {-1: 0, 1: 0}  # how far on each side the verdict is known to stay
    found: tuple[int, int] | None = None
    for far, sides in way.rings().items():
        for side in sides:
            new = found[1] - 1 if found else far  # what the second side shows counts if it is nearer
            if new <= same[side]:
                continue
            yield
            if not way.changes(side, new):
                same[side] = new
                continue
            while new - same[side] > way.grain(new):
                middle = (same[side] + new) // 2
                yield
                if way.changes(side, middle):
                    new = middle
                else:
                    same[side] = middle
            found = side, new
        if found:
            return way.move(*found)
    return None


def _new(before: Reading, after: Reading) -> dict[str, tuple[str, str]]:
    """Return the parts of a verdict that are new: what they were, and what they are."""
    pairs = zip(verdict(before), verdict(after), strict=True)
    return {part: (was, now) for part, (was, now) in zip(PARTS, pairs, strict=True) if was != now}


def _amounts(slider: Slider, was: float, now: float) -> str:
    """Say where a slider would stand, and where it stands, with as many digits as tell the two apart."""
    if slider.name == "count":
        return f"{now} instead of {was} calcifications"
    places = next(more for more in range(slider.places, 9) if f"{was:.{more}f}" != f"{now:.{more}f}")
    new, old = (f"{value:.{places}f} {slider.unit}".strip() for value in (now, was))
    return f"{slider.label} {new} instead of {old}"


def _news(before: Reading, after: Reading) -> str:
    """Say what of a verdict is new: that on the picture, then what is new after work-up and not said yet."""
    seen = _phrases(before, after)
    if "category" in _new(before, after):
        return "; ".join(seen)
    later = [said for said in _phrases(before.after_work_up, after.after_work_up) if said not in seen]
    return "; ".join([*seen, *(["after work-up " + ", ".join(later)] if later else [])])


def _phrases(before: Reading, after: Reading) -> list[str]:
    """Say each part of a verdict that is new; what is done goes with the category, and is said only without it."""
    new = _new(before, after)
    if "category" in new:
        new.pop("management", None)
    return [_phrase(part, was, now, after.rulebook) for part, (was, now) in new.items()]


def _phrase(part: str, was: str, now: str, book: Rulebook) -> str:
    if part == "management":
        return f"to be done: {now}"
    if now == NONE:
        return book.silence if part == "category" else f"no longer {was}"
    kind = "category " if part == "category" and book.kind == "lexicon" else ""
    return f"now {kind}{now}" if was == NONE else f"{kind}{now} instead of {was}"


def moves(case: Case, rulebook: str | Rulebook = "birads5") -> Iterator[Move | None]:
    """Find each slider's move, in the order of `SLIDERS`; None where nothing that was tried changes the verdict.

    Parameters and errors are those of `search`.
    """
    for slider in SLIDERS:
        yield finish(search(case, slider.name, rulebook))


def finish(looking: Search) -> Move | None:
    """Look to the end without a pause."""
    while True:
        try:
            next(looking)
        except StopIteration as end:
            return end.value


def what_if(case: Case, rulebook: str | Rulebook = "birads5") -> tuple[Move, ...]:
    """Find, for each slider of a case's first group, the smallest move that changes the verdict.

    A verdict is new if its form, distribution, category or management is: on the picture, or after the work-up that a
    screening picture calls for. Sliders that change nothing are left out.

    Parameters
    ----------
    case : Case
    rulebook : str or Rulebook
        An id of `rulebooks()`, or the path of a TOML file.

    Returns
    -------
    tuple of Move
        In the order of `SLIDERS`.

    Raises
    ------
    CourseError
        If what is given is no case, or there is no such rulebook.
    """
    if not isinstance(case, Case):
        raise CourseError(f"What would change the verdict is asked of a Case, not of {shown(case)}.")
    return tuple(move for move in moves(case, find_rulebook(rulebook)) if move)
