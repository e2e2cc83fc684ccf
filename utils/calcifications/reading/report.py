"""A reading as a radiologist dictates it: place, finding, change, what goes with it, one category, one action."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING

from calcifications.errors import CourseError, number, pick, shown, whole
from calcifications.lexicon import distributions, terms
from calcifications.reading.rates import NONE

if TYPE_CHECKING:  # a reading imports its report
    from calcifications.reading.reading import Reading

SIDES = ("left", "right")
DEPTHS = ("anterior", "middle", "posterior")
FARTHEST_MM = 250.0  # no breast reaches farther from its nipple, and no finding is larger
MOST_GROUPS = 50


def report(
    reading: Reading,
    side: str = "left",
    clock: int = 12,
    depth: str = "middle",
    distance_mm: float | None = None,
    extent_mm: float | None = None,
    groups: int | None = None,
    prior_date: str | datetime.date | None = None,
) -> str:
    """Return the finding in the words of a report: one category, one action.

    Parameters
    ----------
    reading : Reading
    side : {"left", "right"}
    clock : int
        1 to 12.
    depth : {"anterior", "middle", "posterior"}
    distance_mm : float, optional
        From the nipple, in mm.
    extent_mm : float, optional
        Largest distance between two calcifications; as it was measured, if it was.
    groups : int, optional
        How many groups there are; as many as were read, if it is left out.
    prior_date : date or str, optional
        When the earlier picture was taken, such as "2024-03-01".

    Raises
    ------
    CourseError
        If a part is not one of the choices or out of bounds, or a date is given where there is no earlier picture.
    """
    place = _place(side, clock, depth, distance_mm)
    finding = _finding(reading, extent_mm, groups)
    since = _date(reading, prior_date)
    sentences = [f"{place}: {finding}", _change(reading, since), _beside(reading), *_verdict(reading)]
    return " ".join(f"{sentence}." for sentence in sentences if sentence)


def _place(side: str, clock: int, depth: str, distance_mm: float | None) -> str:
    pick(side, SIDES, "side")
    clock = whole(clock, 1, 12, "clock position")
    pick(depth, DEPTHS, "depth")
    place = f"{side.capitalize()} breast, {clock} o'clock, {depth} depth"
    if distance_mm is None:
        return place
    return f"{place}, {_mm(number(distance_mm, 0, FARTHEST_MM, 'distance from the nipple', 'mm'))} from the nipple"


def _finding(reading: Reading, extent_mm: float | None, groups: int | None) -> str:
    extent = reading.facts.get("extent_mm", math.nan)
    if extent_mm is not None:
        extent = number(extent_mm, 0, FARTHEST_MM, "extent", "mm")
    read = len(reading.populations)
    many = read if groups is None else whole(groups, 1, MOST_GROUPS, "number of groups")
    if reading.artefact != NONE:
        return f"perhaps {reading.artefact} on the skin, not calcium"
    if _nothing(reading):
        return "no calcification to be seen"
    said = [f"{_form(reading)}, {_layout(reading)}"]
    if extent > 0:  # of one calcification there is none
        said.append(f"{_mm(extent)} in extent")
    if many > 1:
        said.append(f"the most worrisome of {many} groups" if read > 1 else f"in {many} groups")
    elif reading.distribution == "grouped":
        said.append("a single group")
    return ", ".join(said)


def _nothing(reading: Reading) -> bool:
    return bool(reading.facts.get("count", math.nan) < 1)


def _form(reading: Reading) -> str:
    """Return the form with its noun; a rulebook's own words stand behind it."""
    noun = "a single calcification" if reading.facts.get("count") == 1 else "calcifications"
    form = reading.morphology
    if form == NONE:
        return f"{noun} that no form word fits"
    if form == "milk of calcium":
        return form
    if form not in (term.name for term in terms("form")):
        return f"{noun} ({form})"
    return noun.replace("calcification", f"{form} calcification")


def _layout(reading: Reading) -> str:
    where = reading.distribution
    if where == NONE:
        return "with no distribution word that fits"
    return f"in a {where} distribution" if where in distributions() else where


def _change(reading: Reading, since: str) -> str:
    """Return what an earlier picture shows; of what is not there, or not calcium, nothing can be said."""
    if _nothing(reading) or reading.artefact != NONE:
        return ""
    months = reading.context.stable_months
    how_long = f"for {months} month{'' if months == 1 else 's'}, compared with" if months else "since"
    earlier = f"the earlier picture{since}"
    return {
        "none": "No earlier picture to compare with",
        "new": f"New since {earlier}",
        "increasing": f"More than on {earlier}",
        "stable": f"Unchanged {how_long} {earlier}",
        "fewer": f"Fewer than on {earlier}",
    }[reading.context.prior]


def _date(reading: Reading, prior_date: str | datetime.date | None) -> str:
    if prior_date is None:
        return ""
    try:
        day = prior_date if isinstance(prior_date, datetime.date) else datetime.date.fromisoformat(prior_date)
    except (TypeError, ValueError):
        raise CourseError(
            f"The date of the earlier picture can't be {shown(prior_date)}; write it as 2024-03-01."
        ) from None
    if reading.context.prior == NONE:
        raise CourseError(
            "There is no earlier picture to date: the context's prior is 'none', not new, increasing, stable or fewer."
        )
    return f" of {day.day} {day:%B} {day.year}"


def _beside(reading: Reading) -> str:
    what = reading.context.associated
    return "" if what == NONE else f"Associated finding: {'architectural ' * (what == 'distortion')}{what}"


def _verdict(reading: Reading) -> tuple[str, ...]:
    book = reading.rulebook
    if reading.category == NONE:
        return (f"{book.title}: {book.silence}",)
    action = reading.management[0].upper() + reading.management[1:]
    warnings = ["To compare, not to act on"] * (book.advisory or book.kind == "history")
    if book.banner:
        warnings.append(book.banner.split(".")[0])
    low, *high = reading.category.split("-")
    category = f"category {low} to {high[0]}" if high else low
    return (f"{book.title}: {category}", action.rstrip("."), *warnings)


def _mm(length: float) -> str:
    return f"{length:.0f} mm" if length >= 1 else "less than 1 mm"
