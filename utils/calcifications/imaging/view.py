"""How a breast is looked at: the direction of the beam, and what the detector resolves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import cos, radians, sin, sqrt

import numpy as np

from calcifications.errors import CourseError, number, pick, shown
from calcifications.imaging.optics import optics
from calcifications.pattern import BREASTS, Pattern
from calcifications.pattern.draws import Floats

Vector = tuple[float, float, float]

SOURCE_MM = 650.0  # from the tube's focus to the pivot in the detector's plane
SWING_DEG = 15.0


@dataclass(frozen=True)
class View:
    """One way of looking.

    Attributes
    ----------
    name, plain : str
        The field's name and what it means.
    right, up : tuple of 3 float
        The picture's axes in the breast's frame: unit vectors. In a left breast's picture the nipple lies to the right,
        in a right breast's to the left.
    pixel_mm : float
        Pixel pitch in the plane of the breast, in mm.
    blur_mm : float
        Standard deviation of the blur of focal spot and detector, in the plane of the breast, in mm.
    noise : float
        Standard deviation of quantum noise a pixel, in grey units (thousandths of the log of attenuation).
    top : str
        What lies at the top of the picture.
    side : {"left", "right"}
        Which breast it shows.
    centre : tuple of 2 float
        Where the middle of the field lies along the axes, in mm.
    swing_deg : float
        How far the tube has swung towards the top of the picture, for a stereo pair.
    half_mm : float
        How far the breast reaches from the origin along the beam, before it is compressed, in mm.
    whole : bool
        Whether the field holds the whole breast.
    """

    name: str
    plain: str
    right: Vector
    up: Vector
    pixel_mm: float
    blur_mm: float
    noise: float
    top: str
    side: str = "left"
    centre: tuple[float, float] = (0.0, 0.0)
    swing_deg: float = 0.0
    half_mm: float = 50.0
    whole: bool = False

    @cached_property
    def axes(self) -> Floats:
        """The picture's axes in the breast's frame, shape (2, 3): to the right, and up the picture."""
        axes = np.array([self.right, self.up])
        axes.flags.writeable = False
        return axes

    @cached_property
    def beam(self) -> Floats:
        """The way to the tube, a unit vector of shape (3,)."""
        beam: Floats = np.cross(self.right, self.up)
        if self.side == "right":  # a right breast is a left one in a mirror
            beam = -beam
        beam.flags.writeable = False
        return beam

    @property
    def direction(self) -> str:
        """Where the beam comes from: views of one direction show the same tissue, magnified or swung a little."""
        plain = "CC" if self.swing_deg else self.name.removesuffix("-mag")
        return plain if self.side == "left" else f"{plain}, right"

    @property
    def true_lateral(self) -> bool:
        """Whether the picture's upright axis is the way that gravity pulls, and the beam level."""
        return self.up == _HEAD and not self.swing_deg

    def peak_share(self, width_mm: Floats, length_mm: Floats) -> Floats:
        """Return the share of a particle's peak contrast that blur leaves, for widths and lengths of shape (n,)."""
        scale = _BULGE / (2 * np.sqrt(2 * (self.blur_mm**2 + self.pixel_mm**2 / 12)))
        from scipy.special import erf

        share: Floats = erf(width_mm * scale) * erf(length_mm * scale)
        return share


_BULGE = 0.82  # a ball, thin at its edge, is blurred like a box of so much its width, which holds as much

_NIPPLE: Vector = (1.0, 0.0, 0.0)
_SIDE, _HEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
_OBLIQUE = (0.0, sqrt(0.5), sqrt(0.5))


def _blur(factor: float) -> float:
    """Return the blur in the plane of the breast: the detector's shrinks, the focal spot's grows with magnification."""
    detector, spot = optics().detector_blur_mm, optics().focal_blur_mm
    return float(np.hypot(detector / factor, spot * (factor - 1) / factor))


def _view(name: str, plain: str, up: Vector, top: str, factor: float = 1.0, swing: float = 0.0) -> View:
    pixel = optics().pixel_mm / factor
    return View(name, plain, _NIPPLE, up, pixel, _blur(factor), optics().noise, top, swing_deg=swing)


@cache
def _views() -> dict[str, View]:
    spot, side = optics().spot_factor, "armpit side"
    swung = f"from above, the tube swung {SWING_DEG:.0f}° "
    every = (
        _view("CC", "from above", _SIDE, side),
        _view("MLO", "obliquely, from the upper inner side", _OBLIQUE, "armpit"),
        _view("ML", "from the side, a true 90-degree lateral", _HEAD, "head"),
        _view("CC-mag", f"from above, magnified {spot} times", _SIDE, side, spot),
        _view("ML-mag", f"from the side, magnified {spot} times", _HEAD, "head", spot),
        _view("tangential", "along the skin, with the group's skin in profile", _SIDE, side),
        _view("stereo-left", swung + "away from the armpit", _SIDE, side, swing=-SWING_DEG),
        _view("stereo-right", swung + "to the armpit", _SIDE, side, swing=SWING_DEG),
    )
    return {view.name: view for view in every}


SCREENING = ("CC", "MLO")
"""The routine pictures."""

WORK_UP = ("CC", "ML", "CC-mag", "ML-mag", "tangential")
"""The pictures that a full work-up ends with; they are read together."""


def views() -> list[str]:
    """Return the names of the views that the course can take."""
    return list(_views())


def view_named(name: str) -> View:
    """Return a view of a left breast by name, aimed at the middle of it; an unknown one is a CourseError."""
    return _views()[pick(name, _views(), "view")]


def look(
    view: str | View,
    pattern: Pattern,
    *,
    side: str | None = None,
    pixel_mm: float | None = None,
    magnification: float | None = None,
    dose: float = 1.0,
    field: str = "close-up",
) -> View:
    """Aim a view at a pattern.

    Parameters
    ----------
    view : str or View
        One of `views()`; a View that was aimed before is returned as it is.
    pattern : Pattern
    side : {"left", "right"}, optional
        Which breast; by default the first group's.
    pixel_mm : float, optional
        Pixel pitch of the detector, 0.05 to 0.1 mm.
    magnification : float, optional
        1 (contact) to 2; by default the view's own.
    dose : float
        Beside the nominal dose, 0.1 to 10.
    field : {"close-up", "breast"}
        The surroundings of the first group's place, or the whole breast.

    Returns
    -------
    View

    Raises
    ------
    CourseError
        If there is no such view, or a value is out of its bounds.
    """
    if not isinstance(pattern, Pattern):
        raise CourseError(f"A view is aimed at a grown pattern, not at {shown(pattern)}.")
    if isinstance(view, View):
        return view
    seen = view_named(view)
    side = pattern.recipes[0].breast if side is None else pick(side, BREASTS, "breast")
    whole = pick(field, ("close-up", "breast"), "field") == "breast"
    unit = optics()
    pitch = unit.overview_pixel_mm if whole else unit.pixel_mm
    if pixel_mm is not None:
        pitch = number(pixel_mm, unit.finest_pixel_mm, unit.coarsest_pixel_mm, "pixel pitch", "mm")
    factor = unit.pixel_mm / seen.pixel_mm
    if magnification is not None:
        factor = number(magnification, 1.0, unit.largest_factor, "magnification")
    dose = number(dose, unit.least_dose, unit.largest_dose, "dose")
    if seen.name == "tangential":
        seen = _tangential(seen, pattern, side)
    if side == "right":
        seen = replace(seen, right=(-seen.right[0], -seen.right[1], -seen.right[2]))
    middle = seen.axes @ pattern.anchor(side)
    if whole:
        edge = pattern.breast.silhouette(seen.axes) @ seen.axes.T
        middle = (edge.max(axis=0) + edge.min(axis=0)) / 2
    return replace(
        seen,
        side=side,
        pixel_mm=pitch / factor,
        blur_mm=_blur(factor),
        noise=unit.noise * unit.pixel_mm / pitch / sqrt(dose),
        centre=(float(middle[0]), float(middle[1])),
        half_mm=float(np.linalg.norm(pattern.breast.semi_axes * seen.beam)),
        whole=whole,
    )


def _tangential(view: View, pattern: Pattern, side: str) -> View:
    """Turn the beam so that it grazes the skin nearest to a breast's calcifications; that skin lies to the right."""
    here = pattern.of_breast(side)
    place = pattern.particles.centre[here].mean(axis=0) if here.any() else pattern.anchor(side)
    out = pattern.breast.normal(place)
    up = np.array([0.0, 1.0, 0.0]) if abs(out[1]) < 0.7 else np.array([0.0, 0.0, 1.0])
    up -= (up @ out) * out
    up /= np.linalg.norm(up)
    return replace(view, right=_vector(out), up=_vector(up))


def _vector(way: Floats) -> Vector:
    x, y, z = way.tolist()
    return x, y, z


def height(view: View, points: Floats) -> Floats:
    """Return how high points of shape (..., 3) lie over the detector in the compressed breast, in mm, shape (...).

    Compression presses the breast to the optics' thickness; what lies between is taken to sink in proportion.
    """
    return (points @ view.beam / view.half_mm + 1) * optics().compressed_mm / 2


def project(view: View, points: Floats) -> Floats:
    """Project points of shape (..., 3) in mm onto a view.

    Returns
    -------
    ndarray of shape (..., 2)
        To the right and up, in mm about the middle of the field. The tube is far enough away to take its rays as
        parallel, except for a stereo pair, whose whole point is that they are not.
    """
    flat = points @ view.axes.T
    if view.swing_deg:
        # the ray from the tube, turned about a pivot in the detector's plane, through the point, to the detector
        high = SOURCE_MM * cos(radians(view.swing_deg))
        tube = np.array([0.0, SOURCE_MM * sin(radians(view.swing_deg))])
        flat = tube + (flat - tube) * (high / (high - height(view, points)))[..., None]
    return flat - np.array(view.centre)
