"""Change since an earlier picture, measured: what was counted then, beside what is counted now.

A few specks more or less may be the exposure's chance, so a change is one of a quarter and more, and of two at least.
Both numbers are the course's convention. Size and form are compared by no rule here: whoever sees new words reads anew.
"""

from __future__ import annotations

from calcifications.errors import CourseError, shown
from calcifications.reading.findings import Findings

CHANGES = ("new", "increasing", "fewer", "stable")
"""What a picture may show beside an earlier one, what matters most first; gone counts as fewer."""

FACTOR = 1.25
"""From so many times as many on, there are more."""

LEAST = 2
"""So many must have come, or gone."""


def change(now: Findings, prior: Findings) -> str:
    """Compare what two exams show on the same view.

    Parameters
    ----------
    now, prior : Findings
        Of the same groups on the same view, measured in the same way.

    Returns
    -------
    {"new", "increasing", "fewer", "stable"}
        A choice of `Context.prior`. Of several groups the one that matters most decides.

    Raises
    ------
    CourseError
        If these are not Findings of one view, breast and number of groups, or neither shows a calcification.
    """
    for one in (now, prior):
        if not isinstance(one, Findings):
            raise CourseError(f"What is compared is Findings of two exams, not {shown(one)}.")
    for what, here, there in (
        ("view", now.view, prior.view),
        ("breast", now.side, prior.side),
        ("number of groups", len(now.groups), len(prior.groups)),
    ):
        if here != there:
            raise CourseError(f"Two exams are compared on the same {what}; these show {here} and {there}.")
    counts = [
        (int(one.values["count"]), int(was.values["count"])) for one, was in zip(now.groups, prior.groups, strict=True)
    ]
    found = [_change(*pair) for pair in counts if any(pair)]
    if not found:
        raise CourseError("Neither exam shows a calcification, so there is nothing to compare.")
    return min(found, key=CHANGES.index)


def _change(now: int, was: int) -> str:
    if not was:
        return "new"
    if now >= max(FACTOR * was, was + LEAST):
        return "increasing"
    return "fewer" if was >= max(FACTOR * now, now + LEAST) else "stable"
