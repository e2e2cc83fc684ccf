"""How a breast is looked at: the direction of the beam, and what the detector resolves."""

from __future__ import annotations

from dataclasses import dataclass
from math import erf

import numpy as np

from calcifications.errors import pick
from calcifications.pattern.draws import Floats


@dataclass(frozen=True)
class View:
    """One way of looking.

    Attributes
    ----------
    name, plain : str
        The field's name and what it means.
    toward : tuple of 3 float
        Which way is up in the picture; the picture's other axis always points to the nipple.
    pixel_mm : float
        Pixel pitch in the plane of the breast, in mm.
    blur_mm : float
        Standard deviation of the blur of focal spot and detector, in the plane of the breast, in mm.
    noise : float
        Standard deviation of quantum noise a pixel, in grey units (thousandths of the log of attenuation).
    top : str
        What lies at the top of the picture.
    """

    name: str
    plain: str
    toward: tuple[float, float, float]
    pixel_mm: float
    blur_mm: float
    noise: float
    top: str

    @property
    def axes(self) -> Floats:
        """The picture's axes in the breast's frame, shape (2, 3): to the nipple, and up the picture."""
        return np.array([(1.0, 0.0, 0.0), self.toward])

    def peak_share(self, width_mm: Floats, length_mm: Floats) -> Floats:
        """Return the share of a particle's peak contrast that blur leaves, for widths and lengths of shape (n,)."""
        scale = 1 / (2 * np.sqrt(2) * self.blur_mm)
        return _erf(width_mm * scale) * _erf(length_mm * scale)


_erf = np.vectorize(erf, otypes=[float])

_PIXEL_MM, _BLUR_MM, _NOISE = 0.07, 0.055, 12.0
_FACTOR = 1.8  # spot magnification, within the usual 1.5 to 2
_SIDE, _HEAD = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)

_ALL = (
    View("CC", "from above", _SIDE, _PIXEL_MM, _BLUR_MM, _NOISE, "armpit side"),
    View("ML", "from the side, a true 90-degree lateral", _HEAD, _PIXEL_MM, _BLUR_MM, _NOISE, "head"),
    View("CC-mag", "from above, magnified 1.8 times", _SIDE, _PIXEL_MM / _FACTOR, 0.035, _NOISE, "armpit side"),
    View("ML-mag", "from the side, magnified 1.8 times", _HEAD, _PIXEL_MM / _FACTOR, 0.035, _NOISE, "head"),
)
_VIEWS = {view.name: view for view in _ALL}


def views() -> list[str]:
    """Return the names of the views that the course can take so far."""
    return list(_VIEWS)


def view_named(name: str) -> View:
    """Return a view by name; an unknown one is a CourseError."""
    return _VIEWS[pick(name, _VIEWS, "view")]
