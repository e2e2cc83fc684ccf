"""What can be measured of a group of calcifications: numbers with units, a group at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError


@dataclass(frozen=True)
class Feature:
    """One thing that is measured: its name, unit, and how a page says it."""

    name: str
    unit: str
    label: str
    places: int = 2


FEATURES = {
    feature.name: feature
    for feature in (
        Feature("count", "", "calcifications seen", 0),
        Feature("count_within_10mm", "", "most within 1 cm of each other", 0),
        Feature("count_within_5mm", "", "most within 5 mm of each other", 0),
        Feature("group_count", "", "groups in this breast", 0),
        Feature("extent_mm", "mm", "largest distance between two", 1),
        Feature("length_mm", "mm", "length of the arrangement", 1),
        Feature("width_mm", "mm", "width of the arrangement", 1),
        Feature("line_ratio", "", "length to width of the arrangement", 1),
        Feature("radial_mm", "mm", "reach towards the nipple", 1),
        Feature("radial_ratio", "", "reach towards the nipple to reach across", 1),
        Feature("wedge_deg", "degrees", "opening of the wedge", 0),
        Feature("wedge_fill", "", "how much of the wedge about them they fill"),
        Feature("breast_share", "", "share of the breast they cover"),
        Feature("size_mm", "mm", "typical longest diameter"),
        Feature("largest_mm", "mm", "largest longest diameter"),
        Feature("smallest_mm", "mm", "smallest longest diameter"),
        Feature("size_spread", "", "spread of size, sd to mean"),
        Feature("elongation", "", "typical length to width", 1),
        Feature("irregularity", "", "typical dent in the outline"),
        Feature("irregular_share", "", "share with a dented outline"),
        Feature("plaque_share", "", "share that are coarse plaques: dented, a millimetre or more"),
        Feature("scar_share", "", "share that may be a scar: coarse plaques, and coarse shells if they are few"),
        Feature("lump_share", "", "share that are large plain lobed lumps"),
        Feature("odd_share", "", "share that are irregular or stretched"),
        Feature("drawn_share", "", "share that are irregular, or twice as long as wide"),
        Feature("odd_count", "", "irregular or stretched ones", 0),
        Feature("shape_spread", "", "spread of stretch, sd to mean"),
        Feature("linear_share", "", "share that are lines"),
        Feature("smooth_line_share", "", "share that are lines with no dent in their outline"),
        Feature("linear_count", "", "lines", 0),
        Feature("line_width_mm", "mm", "typical width (calibre) of the lines"),
        Feature("line_irregularity", "", "typical dent in the lines' outline"),
        Feature("lucent_share", "", "share with a hollow centre"),
        Feature("readable_share", "", "share whose shape can be made out"),
        Feature("unreadable_count", "", "too small or faint for a shape", 0),
        Feature("conspicuity", "", "typical contrast to noise", 1),
        Feature("touching_share", "", "share that nearly touch a neighbour"),
        Feature("ragged_count", "", "lines with a ragged outline", 0),
        Feature("ragged_share", "", "share that are lines with a ragged outline"),
        Feature("ragged_width_mm", "mm", "typical width (calibre) of the ragged lines"),
        Feature("fine_count", "", "finer than half a millimetre", 0),
        Feature("line_length_mm", "mm", "typical length of the lines", 1),
        Feature("aim_deg", "degrees", "typical angle between the lines and the way to the nipple", 0),
        Feature("level_share", "", "share that lie level or cup-shaped, seen from the side"),
        Feature("smudge_share", "", "share that are round, not drawn out, seen from above"),
        Feature("track_mm", "mm", "length over which two rows run side by side", 1),
        Feature("rows_mm", "mm", "length over which they do, if what is unlike the rest counts too", 1),
        Feature("track_gap_mm", "mm", "distance between the two rows", 1),
        Feature("knot_count", "", "knots on a thread, at least twice as wide as it", 0),
        Feature("path_mm", "mm", "length of the one smooth curve that all lie on", 1),
        Feature("skin_mm", "mm", "typical depth under the skin line", 1),
        Feature("fold_share", "", "share that lie in the folds of the armpit"),
        Feature("around_contrast", "grey units", "how much denser it is around them than farther away", 0),
    )
}
"""Everything a rulebook may speak of, in the order in which a page lists it."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Group:
    """What is measured of one group on one view.

    Attributes
    ----------
    values : dict of str to float
        A number for each of `FEATURES`; nan where there is nothing to measure (the width of lines where no line is),
        where this view can't know (depth under the skin, but for the tangential view), or where it is `read`
        that counts (how many groups there are, and how many can't be read).
    members : dict of str to ndarray of int
        For features that single out particles, which ones: indices into the pattern's particles.
    side : {"left", "right"}, optional
        Which breast, where the findings hold groups of both.
    """

    values: dict[str, float]
    members: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    side: str | None = None

    def deciding(self, feature: str) -> NDArray[np.int64]:
        """Return the particles that a feature is about: those it singles out, or all that are seen."""
        return self.members.get(feature, self.members.get("count", np.zeros(0, np.int64)))


@dataclass(frozen=True)
class Findings:
    """What is measured on one view, a `Group` a recipe. A number of an only group is an attribute: `seen.count`.

    Attributes
    ----------
    view : str
    groups : tuple of Group
    pixel_mm : float
        Pixel pitch of the view in the plane of the breast: of several views the finest is the best to judge shapes on.
    field_mm : float
        Width of the field that was measured, in mm; infinite where it was measured from the truth.
    side : {"left", "right"}
        Which breast.
    """

    view: str
    groups: tuple[Group, ...]
    pixel_mm: float = math.nan
    field_mm: float = math.inf
    side: str = "left"

    def __getattr__(self, name: str) -> Any:
        if name not in FEATURES:
            raise AttributeError(name)
        if len(self.groups) != 1:
            raise CourseError(
                f"There are {len(self.groups)} groups; ask one of them: findings.groups[0].values[{name!r}]."
            )
        value = self.groups[0].values[name]
        return int(value) if FEATURES[name].places == 0 and value == value and name != "wedge_deg" else value

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)

    def __repr__(self) -> str:
        said = "; ".join(
            "{count:.0f} seen, {size_mm:.2f} mm, over {extent_mm:.0f} mm".format(**group.values)
            for group in self.groups
        )
        return f"Findings({self.view}: {said})"
