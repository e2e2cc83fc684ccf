"""Measuring a pattern as a view shows it: from the truth, with what the view resolves."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown
from calcifications.imaging import View, look, project
from calcifications.imaging.attenuation import grey_per_mm
from calcifications.pattern import Particles, Pattern
from calcifications.reading.around import around_contrast
from calcifications.reading.findings import Findings, Group
from calcifications.reading.group import measured
from calcifications.reading.marks import Floats, Marks
from calcifications.reading.outline import Outlines, outline, unbowed_dent

# What a view makes out of a single particle. All are the course's convention, after its features table.
READABLE_PIXELS = 4.0  # its longest diameter
READABLE_WIDTH_PIXELS = 2.0  # its width
READABLE_CONTRAST = 5.0  # its peak over the noise
SEEN_CONTRAST = 2.0  # of the fainter, nine in ten are not found in the picture either
LUCENT = 0.6  # contrast of the centre over that of the rim
LUCENT_PIXELS = 6.0
TISSUE_NOISE = 8.0
"""Grey variation of tissue at the scale of a small particle, in grey units: read off the course's own tissue."""
ARMPIT_MM, FOLD_MM = 18.0, 10.0  # how far the folds of the armpit reach along the skin, and into the breast's shadow
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
    aside = (
        shape.polygon[:, :, 1] * np.cos(shape.angle)[:, None] - shape.polygon[:, :, 0] * np.sin(shape.angle)[:, None]
    )
    blur = _BLUR_WIDTH * view.blur_mm
    return Marks(
        index=index,
        place=shape.centre,
        longest_mm=shape.longest_mm,
        width_mm=shape.width_mm,
        breadth_mm=np.ptp(aside, axis=1),
        elongation=shape.elongation,
        dent=unbowed_dent(shape),
        angle=shape.angle,
        drawn_out=np.hypot(shape.longest_mm, blur) / np.hypot(shape.longest_mm / shape.elongation, blur),
        conspicuity=contrast,
        lucent=readable & (lucency <= LUCENT) & (across >= LUCENT_PIXELS),
        readable=readable,
    ).where(contrast >= SEEN_CONTRAST)


def skin_mm(place: Floats, pattern: Pattern, view: View) -> float:
    """Return how deep marks at places of shape (n, 2) typically lie under the skin line of a view, in mm."""
    edge = project(view, pattern.breast.silhouette(view.axes))
    start, step = edge, np.roll(edge, -1, axis=0) - edge
    off = place[:, None] - start
    along = np.clip((off * step).sum(axis=2) / np.maximum((step**2).sum(axis=1), 1e-12), 0, 1)
    return float(np.median(np.linalg.norm(off - along[:, :, None] * step, axis=2).min(axis=1)))


def _known(shown_: Marks, pattern: Pattern, view: View) -> dict[str, float]:
    """Measure what is no matter of the marks alone."""
    if not len(shown_):
        return {}
    place = pattern.particles.centre[shown_.index]
    folds = np.linalg.norm(place - pattern.breast.armpit, axis=1) <= ARMPIT_MM
    known = {
        "fold_share": float((folds & (pattern.breast.under_skin(place) <= FOLD_MM)).mean()),
        "around_contrast": around_contrast(pattern, view, shown_.place.mean(axis=0)),
    }
    if view.name == "tangential":
        known["skin_mm"] = skin_mm(shown_.place, pattern, view)
    return known


def group_of(
    seen: Marks,
    view: View,
    nipple: Floats,
    breast_mm2: float,
    known: dict[str, float] | None = None,
) -> Group:
    """Measure one group of marks on a view; `measured` says what the other arguments are."""
    straight_down = bool(view.beam[2] > _STRAIGHT) and not view.swing_deg
    return measured(
        seen, nipple, breast_mm2, lateral=view.true_lateral, above=straight_down, known=known, side=view.side
    )


def _group(number: int, pattern: Pattern, view: View) -> Group:
    """Measure one group of a pattern."""
    index = np.flatnonzero(pattern.particles.group == number)
    some = Particles(**{each.name: getattr(pattern.particles, each.name)[index] for each in fields(Particles)})
    shape = outline(some, view)
    # through the middle of a shell the beam meets two walls; along its inner edge, much more
    lucency = np.sqrt((1 - some.hollow) / (1 + some.hollow))
    seen = marks(index, shape, _contrast(some, shape, view), lucency, view)
    x, y = project(view, pattern.breast.silhouette(view.axes)).T
    breast_mm2 = float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
    return group_of(seen, view, project(view, pattern.breast.nipple), breast_mm2, _known(seen, pattern, view))


def measure(
    pattern: Pattern,
    view: str | View = "CC",
    *,
    side: str | None = None,
    pixel_mm: float | None = None,
    magnification: float | None = None,
    dose: float = 1.0,
    field: str = "close-up",
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
    groups = []
    for number, recipe in enumerate(pattern.recipes):
        if only in (None, recipe.breast):
            at[recipe.breast] = at.get(recipe.breast) or aimed(recipe.breast)
            groups.append(_group(number, pattern, at[recipe.breast]))
    return Findings(first.name, tuple(groups), first.pixel_mm, side=first.side)
