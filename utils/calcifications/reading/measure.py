"""Measuring a pattern as a view shows it: from the truth, with what the view resolves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown
from calcifications.imaging import View, look
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.pattern import Particles, Pattern
from calcifications.reading.findings import Findings, Group
from calcifications.reading.group import measured
from calcifications.reading.marks import Floats, Marks
from calcifications.reading.outline import Outlines
from calcifications.reading.projection import Projection, Projections

# What a view makes out of a single particle. All are the course's convention, after its features table.
READABLE_PIXELS = 4.0  # its longest diameter
READABLE_WIDTH_PIXELS = 2.0  # its width
READABLE_CONTRAST = 5.0  # its peak over the noise
SEEN_CONTRAST = 2.0  # of the fainter, nine in ten are not found in the picture either
LUCENT = 0.6  # contrast of the centre over that of the rim
LUCENT_PIXELS = 6.0
TISSUE_NOISE = 8.0
"""Grey variation of tissue at the scale of a small particle, in grey units: read off the course's own tissue."""
_STRAIGHT = 0.999  # the beam's share straight down, of a view from above
_BLUR_WIDTH = 2.355  # of a Gaussian of standard deviation 1, at half its height


def _contrast(particles: Particles, seen: Outlines, view: View) -> Floats:
    """Return each particle's peak contrast over the noise."""
    # through the middle of a shell the beam meets two walls; along its inner edge more, in a rim as wide as the wall,
    # of which blur leaves less
    through, shell = np.ones(len(particles)), particles.hollow > 0
    hollow, width, longest = particles.hollow[shell], seen.width_mm[shell], seen.longest_mm[shell]
    wall_mm = (1 - hollow) * np.sqrt(seen.area_mm2[shell] / np.pi)
    rim = (np.sqrt(1 - hollow**2) - (1 - hollow)) * view.peak_share(np.minimum(wall_mm, width), longest)
    through[shell] = 1 - hollow + rim
    peak = grey_per_mm() * particles.mineral * seen.depth_mm * through * view.peak_share(seen.width_mm, seen.longest_mm)
    return peak / np.hypot(view.noise, TISSUE_NOISE)


def marks(
    index: NDArray[np.int64],
    shape: Outlines,
    contrast: Floats,
    lucency: Floats,
    view: View,
) -> Marks:
    """Return what a view makes out of outlined particles, those that it shows at all.

    Parameters
    ----------
    index : ndarray of int, shape (n,)
        Which particles these are.
    shape : Outlines
    contrast : ndarray of shape (n,)
        Peak contrast over the noise.
    lucency : ndarray of shape (n,)
        Contrast of the centre over that of the rim.
    view : View
    """
    across = np.sqrt(4 / np.pi * shape.area_mm2) / view.pixel_mm
    readable = shape.longest_mm >= READABLE_PIXELS * view.pixel_mm
    readable &= shape.width_mm >= READABLE_WIDTH_PIXELS * view.pixel_mm
    readable &= contrast >= READABLE_CONTRAST
    blur = _BLUR_WIDTH * view.blur_mm
    return Marks(
        index=index,
        place=shape.centre,
        longest_mm=shape.longest_mm,
        width_mm=shape.width_mm,
        breadth_mm=shape.breadth_mm,
        elongation=shape.elongation,
        dent=shape.dent,
        angle=shape.angle,
        drawn_out=np.hypot(shape.longest_mm, blur) / np.hypot(shape.longest_mm / shape.elongation, blur),
        conspicuity=contrast,
        lucent=readable & (lucency <= LUCENT) & (across >= LUCENT_PIXELS),
        readable=readable,
    ).where(contrast >= SEEN_CONTRAST)


def _group(seen_along: Projection, view: View) -> Group:
    """Measure one group of a pattern, as its beam shows it, on a view."""
    particles, shape = seen_along.particles, seen_along.shape
    contrast = _contrast(particles, shape, view)
    # through the middle of a shell the beam meets two walls; along its inner edge, much more
    lucency = np.sqrt((1 - particles.hollow) / (1 + particles.hollow))
    shows = contrast >= SEEN_CONTRAST
    seen = marks(seen_along.index, shape, contrast, lucency, view)
    known, placement = {}, None
    if shows.any():
        known, placement = dict(seen_along.known(shows)), seen_along.placement(shows)
        if view.name == "tangential":
            known["skin_mm"] = seen_along.skin_mm(shows)
    return measured(
        seen,
        seen_along.nipple,
        seen_along.breast_mm2,
        lateral=view.true_lateral,
        above=bool(view.beam[2] > _STRAIGHT) and not view.swing_deg,
        known=known,
        side=view.side,
        placement=placement,
    )


def measure(
    pattern: Pattern,
    view: str | View = "CC",
    *,
    side: str | None = None,
    pixel_mm: float | None = None,
    magnification: float | None = None,
    dose: float = 1.0,
    field: str = "close-up",
    along: Projections | None = None,
) -> Findings:
    """Measure what a view shows of a pattern.

    Sizes and shapes are those of the true particles as they project; which of them are seen, and whose shape can be
    made out, depends on the view's pixel, blur and noise. Nothing lies outside the field.

    Parameters
    ----------
    pattern : Pattern
    view : str or View
        One of `views()`, or a View that was aimed.
    side : {"left", "right"}, optional
        Only the groups of this breast; by default those of both, each on its own breast's picture.
    pixel_mm, magnification, dose, field
        As in `radiograph`.
    along : Projections, optional
        The pattern's, where several views of it are measured: what those of one beam share is worked out once.

    Returns
    -------
    Findings

    Raises
    ------
    CourseError
        If there is no such view, or a value is out of its bounds.
    """
    if not isinstance(pattern, Pattern):
        raise CourseError(f"What is measured is a grown pattern, not {shown(pattern)}.")

    def aimed(breast: str | None) -> View:
        return look(view, pattern, side=breast, pixel_mm=pixel_mm, magnification=magnification, dose=dose, field=field)

    first = aimed(side)
    only = first.side if side or isinstance(view, View) else None
    at = {first.side: first}
    along = along or Projections(pattern)
    groups = []
    for number, recipe in enumerate(pattern.recipes):
        if only in (None, recipe.breast):
            at[recipe.breast] = at.get(recipe.breast) or aimed(recipe.breast)
            groups.append(_group(along.of(number, at[recipe.breast]), at[recipe.breast]))
    return Findings(first.name, tuple(groups), first.pixel_mm, side=first.side)
