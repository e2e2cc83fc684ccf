"""Several views of one group, read together: what each alone can know, and which of them decides of what.

Shapes are judged on the finest views. Among those that look from different sides the worse one counts, because a line
seen end-on is a dot; so a coarser view still has its say if no finer one looks from there and it shows shapes. Where a
group lies is judged on the widest fields, and a group is proved only where it is together from all sides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from calcifications.errors import CourseError
from calcifications.imaging import view_named, views
from calcifications.reading.findings import Findings, Group
from calcifications.reading.layout import LAID

# What proves its case wherever one view shows it: a thread that is one chain, and its knots. Two rows on one view do
# not prove an artery: a loop shows them too.
PROOFS = ("path_mm", "knot_count")
WITHIN = ("count_within_10mm", "count_within_5mm")
SAME = 1.05  # a pixel or a field that is larger by less is as good
ELSEWHERE, SQUARE = 0.87, 0.5  # cosine of 30 degrees, from which a view shows another side, and of 60 degrees
SHAPES = 0.5  # share of readable particles from which a view shows shapes: the rulebook's line to amorphous
LINES = 2  # or so many ragged lines


@dataclass(frozen=True)
class OneView:
    """One group on one view."""

    view: str
    side: str
    number: int
    pixel_mm: float
    field_mm: float
    group: Group

    @property
    def seen(self) -> bool:
        """Whether anything of the group shows here."""
        return self.group.values["count"] > 0


def together(seen: Sequence[Findings]) -> list[tuple[OneView, ...]]:
    """Return the views of each group: those of the left breast's groups and of the right's apart.

    Raises
    ------
    CourseError
        If views of one breast show different numbers of groups.
    """
    found: dict[str, list[list[OneView]]] = {}
    for each in seen:
        of_side: dict[str, list[OneView]] = {}
        for number, group in enumerate(each.groups):
            side = group.side or each.side
            of_side.setdefault(side, []).append(OneView(each.view, side, number, each.pixel_mm, each.field_mm, group))
        for side, groups in of_side.items():
            found.setdefault(side, []).append(groups)
    out: list[tuple[OneView, ...]] = []
    for of_views in found.values():
        if len({len(groups) for groups in of_views}) != 1:
            raise CourseError("Views that are read together show the same groups; these do not.")
        out += zip(*of_views, strict=True)
    return sorted(out, key=lambda views_: views_[0].number)


def as_seen(group: Sequence[OneView]) -> Iterator[dict[str, float]]:
    """Return a group's values as they are to be read: one set for each view that decides."""
    shown = [one for one in group if one.seen] or list(group[:1])
    if len(shown) == 1 == len(group):
        yield shown[0].group.values
        return
    common = _proved(shown)
    known = _known(shown)
    widest = max(one.field_mm for one in shown)
    wide = [one for one in shown if one.field_mm * SAME >= widest]
    for one in _best(shown):
        for where in [one] if one in wide else wide:
            own = one.group.values | {name: where.group.values[name] for name in LAID} | common
            yield {name: known[name] if math.isnan(value) else value for name, value in own.items()}


def counted(values: Mapping[str, float], groups: int) -> dict[str, float]:
    """Return a group's values with what is counted only here: the groups of its breast, and what can't be read."""
    unreadable = values["count"] * (1 - values["readable_share"])  # nan where nothing is seen
    return {**values, "group_count": float(groups), "unreadable_count": float(np.round(unreadable))}


def _known(shown: Sequence[OneView]) -> dict[str, float]:
    """Return what any view can tell; of several, the finest is asked."""
    out = dict(shown[0].group.values)
    for one in sorted(shown, key=lambda view: view.pixel_mm, reverse=True):
        out |= {name: value for name, value in one.group.values.items() if not math.isnan(value)}
    return out


def _proved(shown: Sequence[OneView]) -> dict[str, float]:
    """Return what is true of the group itself, whichever view is read.

    Together from one side alone may be overlap, a fake cluster. What runs across the way to the nipple on one view does
    not lead there.
    """
    within: dict[str, dict[str, float]] = {name: {} for name in WITHIN}
    for one in shown:
        side = one.view.removesuffix("-mag")
        for name, found in within.items():
            found[side] = max(one.group.values[name], found.get(side, 0.0))
    return (
        {name: min(found.values()) for name, found in within.items()}
        | {
            "extent_mm": max(one.group.values["extent_mm"] for one in shown),
            "radial_ratio": min(one.group.values["radial_ratio"] for one in shown),
            "count": max(one.group.values["count"] for one in shown),
        }
        | {name: max(one.group.values[name] for one in shown) for name in PROOFS}
    )


def _likeness(one: OneView, other: OneView) -> float:
    """Return the cosine of the angle between two views' beams; 0 where a view has no fixed one."""
    fixed = [name for name in (one.view, other.view) if name in views() and name != "tangential"]
    if len(fixed) < 2:
        return float(one.view == other.view)
    return float(abs(np.dot(view_named(one.view).beam, view_named(other.view).beam)))


def _best(shown: Sequence[OneView]) -> list[OneView]:
    """Return the views on which shapes are judged."""
    finest = min(shown, key=lambda one: one.pixel_mm).pixel_mm
    best = [one for one in shown if not one.pixel_mm > SAME * finest]
    if any(_likeness(one, other) <= SQUARE for one in best for other in best):
        return best
    for one in shown:
        values = one.group.values
        shows = values["readable_share"] >= SHAPES or values["ragged_count"] >= LINES
        if one not in best and shows and all(_likeness(one, other) <= ELSEWHERE for other in best):
            best.append(one)
    return best
