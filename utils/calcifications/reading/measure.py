"""Measuring a pattern as a view shows it: from the truth, with what the view resolves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown
from calcifications.imaging import View, look, project
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.pattern import Particles, Pattern
from calcifications.reading.findings import FEATURES, Findings, Group
from calcifications.reading.layout import layout
from calcifications.reading.outline import Outlines, outline

# What decides of a single particle. All are the course's convention, after its features table.
READABLE_PIXELS = 4.0  # its longest diameter
READABLE_WIDTH_PIXELS = 2.0  # its width
READABLE_CONTRAST = 5.0  # its peak over the noise
SEEN_CONTRAST = 1.5
IRREGULAR = 0.07  # dent in the outline: between smooth (0.05 at most) and irregular (0.10 at least)
STRETCHED = 1.5
LINE_STRETCH, LINE_LENGTH_MM = 3.0, 0.7
LUCENT = 0.6  # contrast of the centre over that of the rim
LUCENT_PIXELS = 6.0
TISSUE_NOISE = 8.0
"""Grey variation of tissue at the scale of a small particle, in grey units: read off the course's own tissue."""


def _contrast(particles: Particles, seen: Outlines, view: View) -> NDArray[np.float64]:
    """Return each particle's peak contrast over the noise."""
    wall = 1 - particles.hollow**2  # the longest way through a shell: along its inner edge
    depth = np.minimum(seen.depth_mm, seen.longest_mm) * np.sqrt(np.maximum(wall, 0))
    peak = grey_per_mm() * particles.mineral * depth * view.peak_share(seen.width_mm, seen.longest_mm)
    return peak / np.hypot(view.noise, TISSUE_NOISE)


def _spread(values: NDArray[np.float64]) -> float:
    return float(np.std(values) / np.mean(values)) if len(values) > 1 else 0.0


def _median(values: NDArray[np.float64]) -> float:
    return float(np.median(values)) if len(values) else float("nan")


def _group(
    index: NDArray[np.int64],
    shape: Outlines,
    contrast: NDArray[np.float64],
    lucency: NDArray[np.float64],
    view: View,
    nipple: NDArray[np.float64],
    breast_mm2: float,
) -> Group:
    """Measure one group: `index` names its particles."""
    values = dict.fromkeys(FEATURES, float("nan"))
    index = index[contrast[index] >= SEEN_CONTRAST]
    values["count"] = len(index)
    if not len(index):
        return Group(values, {"count": index})
    across = np.sqrt(4 / np.pi * shape.area_mm2[index]) / view.pixel_mm
    long, stretch, dent = shape.longest_mm[index], shape.elongation[index], shape.irregularity[index]
    width = shape.width_mm[index]
    readable = (long >= READABLE_PIXELS * view.pixel_mm) & (width >= READABLE_WIDTH_PIXELS * view.pixel_mm)
    readable &= contrast[index] >= READABLE_CONTRAST
    odd = readable & ((dent >= IRREGULAR) | (stretch > STRETCHED))
    line = readable & (stretch >= LINE_STRETCH) & (long >= LINE_LENGTH_MM)
    lucent = (lucency[index] <= LUCENT) & (across >= LUCENT_PIXELS)
    laid, crowd, apart = layout(shape.centre[index], nipple, breast_mm2)
    np.fill_diagonal(apart, np.inf)
    touching = apart.min(axis=1) - long < 0.5 * long if len(index) > 1 else np.zeros(1, bool)
    clear = max(int(readable.sum()), 1)
    values |= laid | {
        "size_mm": _median(long),
        "largest_mm": float(long.max()),
        "size_spread": _spread(long),
        "elongation": _median(stretch[readable]),
        "irregularity": _median(dent[readable]),
        "odd_share": odd.sum() / clear,
        "odd_count": odd.sum(),
        "shape_spread": _spread(stretch[readable]),
        "linear_share": line.sum() / len(index),
        "linear_count": line.sum(),
        "line_width_mm": _median(width[line]),
        "line_irregularity": _median(dent[line]),
        "lucent_share": lucent.mean(),
        "readable_share": readable.mean(),
        "conspicuity": _median(contrast[index]),
        "touching_share": touching.mean(),
    }
    members = {
        "count": index,
        "count_within_10mm": index[crowd],
        "odd_share": index[odd],
        "odd_count": index[odd],
        "linear_share": index[line],
        "linear_count": index[line],
        "line_width_mm": index[line],
        "line_irregularity": index[line],
        "lucent_share": index[lucent],
        "readable_share": index[readable],
        "touching_share": index[touching],
    }
    return Group({name: float(value) for name, value in values.items()}, members)


def measure(pattern: Pattern, view: str = "CC") -> Findings:
    """Measure what a view shows of a pattern.

    Sizes and shapes are those of the true particles as they project; which of them are seen, and whose shape can be
    made out, depends on the view's pixel, blur and noise.

    Parameters
    ----------
    pattern : Pattern
    view : str
        One of `views()`.

    Returns
    -------
    Findings

    Raises
    ------
    CourseError
        If there is no such view.
    """
    if not isinstance(pattern, Pattern):
        raise CourseError(f"What is measured is a grown pattern, not {shown(pattern)}.")
    seen = look(view, pattern)
    particles = pattern.particles
    shape = outline(particles, seen)
    contrast = _contrast(particles, shape, seen)
    # through the middle of a shell the beam meets two walls; along its inner edge, much more
    lucency = np.sqrt((1 - particles.hollow) / (1 + particles.hollow))
    nipple = project(seen, pattern.breast.nipple)
    x, y = project(seen, pattern.breast.silhouette(seen.axes)).T
    breast_mm2 = float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
    groups = tuple(
        _group(np.flatnonzero(particles.group == number), shape, contrast, lucency, seen, nipple, breast_mm2)
        for number in range(len(pattern.recipes))
    )
    return Findings(seen.name, groups, seen.pixel_mm)
