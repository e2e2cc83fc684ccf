"""From marks to a group's numbers: the same for marks of the truth and for marks found in pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.reading.findings import FEATURES, Group
from calcifications.reading.marks import FINE_MM, Floats, Marks
from calcifications.reading.paths import knots, path
from calcifications.reading.placement import Placement
from calcifications.reading.sediment import level, smudge


def _spread(values: NDArray[np.float64]) -> float:
    return float(np.std(values) / np.mean(values)) if len(values) > 1 else 0.0


def _median(values: NDArray[np.float64]) -> float:
    n = len(values)  # numpy's own takes a hundred times as long over a few numbers
    return float(np.sort(values)[[(n - 1) // 2, n // 2]].mean()) if n else float("nan")


def _aim_deg(marks: Marks, nipple: Floats) -> float:
    """Return the typical angle between lines and their way to the nipple, 0 to 90."""
    way = nipple - marks.place[marks.line]
    off = np.abs(marks.angle[marks.line] - np.arctan2(way[:, 1], way[:, 0])) % np.pi
    return _median(np.degrees(np.minimum(off, np.pi - off)))


def measured(
    marks: Marks,
    nipple: Floats,
    breast_mm2: float,
    *,
    lateral: bool = False,
    above: bool = False,
    known: dict[str, float] | None = None,
    side: str | None = None,
    placement: Placement | None = None,
) -> Group:
    """Measure one group.

    Parameters
    ----------
    marks : Marks
    nipple : ndarray of shape (2,)
        The nipple on the same view, in mm: also where it lies out of the picture.
    breast_mm2 : float
        Area of the breast on the view.
    lateral, above : bool
        Whether the view is a true lateral, or looks straight down: only these can tell sediment.
    known : dict of str to float, optional
        What was measured beside the marks, such as the depth under the skin.
    side : {"left", "right"}, optional
        Which breast.
    placement : Placement, optional
        Where the marks lie, if that was worked out before.
    """
    values = dict.fromkeys(FEATURES, float("nan"))
    values["count"] = len(marks)
    if not len(marks):
        return Group(values, {"count": marks.index}, side)
    long, stretch, width = marks.longest_mm, marks.elongation, marks.width_mm
    readable, irregular, odd, line, ragged = marks.readable, marks.irregular, marks.odd, marks.line, marks.ragged
    thread, fine = path(marks), long < FINE_MM
    knot = knots(marks) & thread.on
    placement = placement or Placement.of(marks.place, nipple, breast_mm2)
    touching = placement.nearest_mm - long < 0.5 * long
    clear = max(int(readable.sum()), 1)
    values |= placement.layout | {
        "size_mm": _median(long),
        "largest_mm": float(long.max()),
        "smallest_mm": float(long.min()),
        "size_spread": _spread(long),
        "elongation": _median(stretch[readable]),
        "irregularity": _median(marks.dent[readable]),
        "irregular_share": irregular.sum() / clear,
        "odd_share": odd.sum() / clear,
        "drawn_share": marks.drawn.sum() / clear,
        "odd_count": odd.sum(),
        # one dented particle more must not hide that the smooth ones differ
        "shape_spread": max(_spread(stretch[readable]), _spread(stretch[readable & ~irregular])),
        "plaque_share": marks.plaque.sum() / clear,
        "scar_share": marks.scar.mean(),
        "lump_share": marks.lump.mean(),
        "linear_share": line.mean(),
        "smooth_line_share": (line & ~irregular).mean(),
        "linear_count": line.sum(),
        "line_width_mm": _median(width[line]),
        "line_irregularity": _median(marks.dent[line]),
        "line_length_mm": _median(long[line]),
        "aim_deg": _aim_deg(marks, nipple),
        "ragged_count": ragged.sum(),
        "ragged_share": ragged.mean(),
        "ragged_width_mm": _median(width[ragged]),
        "lucent_share": marks.lucent.mean(),
        "readable_share": readable.mean(),
        "fine_count": fine.sum(),
        "conspicuity": _median(marks.conspicuity),
        "touching_share": touching.mean(),
        "knot_count": knot.sum(),
        "path_mm": thread.length_mm,
    }
    track = placement.rows(marks.proving)
    rows = placement.rows(np.ones(len(marks), bool))
    values |= {"track_mm": track.length_mm, "rows_mm": rows.length_mm, "track_gap_mm": track.gap_mm}
    members = {
        "count": marks.index,
        "count_within_10mm": marks.index[placement.crowd],
        "track_mm": marks.index[track.members],
        "rows_mm": marks.index[rows.members],
    }
    chosen = {
        "irregular_share": irregular, "odd_share": odd, "odd_count": odd, "linear_share": line, "linear_count": line,
        "line_width_mm": line, "line_irregularity": line, "line_length_mm": line, "aim_deg": line,
        "ragged_count": ragged, "ragged_share": ragged, "ragged_width_mm": ragged, "lucent_share": marks.lucent,
        "smooth_line_share": line & ~irregular,
        "readable_share": readable, "fine_count": fine, "touching_share": touching, "knot_count": knot,
        "plaque_share": marks.plaque, "scar_share": marks.scar, "lump_share": marks.lump, "drawn_share": marks.drawn,
    }  # fmt: skip
    if lateral:
        chosen["level_share"] = level(marks)
        values["level_share"] = chosen["level_share"].mean()
    if above:
        chosen["smudge_share"] = smudge(marks)
        values["smudge_share"] = chosen["smudge_share"].mean()
    members |= {name: marks.index[which] for name, which in chosen.items()}
    return Group({name: float(value) for name, value in (values | (known or {})).items()}, members, side)
