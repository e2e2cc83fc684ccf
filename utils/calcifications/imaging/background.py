"""What lies behind the calcifications: the breast's tissue and edge on a view, and the detector's quantum noise."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from calcifications.imaging.attenuation import attenuation
from calcifications.imaging.breast_picture import whole_breast
from calcifications.imaging.optics import optics
from calcifications.imaging.solid import Grey
from calcifications.imaging.view import View
from calcifications.pattern import Breast

_FULL = 4095  # the brightest that tissue may be: 12 bits


def _tissue(seed: int, density: str, view: View, shape: tuple[int, int], breast: Breast) -> Grey:
    """Return the breast as far as the field shows it; 0 is air. A right one is drawn as a left one and mirrored."""
    mirror = np.array([-1.0 if view.side == "right" else 1.0, 1.0])
    middle, nipple = mirror * view.centre, mirror * (view.axes @ breast.nipple)
    grey = whole_breast(
        seed,
        density,
        breast.silhouette(view.axes) @ view.axes.T * mirror,
        shape,
        view.pixel_mm,
        direction=view.direction,
        centre_mm=(float(middle[0]), float(middle[1])),
        nipple_mm=(float(nipple[0]), float(nipple[1])),
        pectoral=view.name == "MLO",
    )
    return grey if view.side == "left" else grey[:, ::-1]


@lru_cache(maxsize=12)
def background(seed: int, density: str, noise_seed: int, view: View, shape: tuple[int, int], breast: Breast) -> Grey:
    """Return tissue with quantum noise, in whole grey units. Kept, because it is the same for every slider step."""
    grey = _tissue(seed, density, view, shape, breast)
    noise = _noise([noise_seed, seed], view, shape)
    noise[grey <= 0] = 0  # the detector is full there
    return _detected(noise + grey)


@lru_cache(maxsize=4)
def block(thickness_mm: float, noise_seed: int, view: View, shape: tuple[int, int]) -> Grey:
    """Return an even block of half glandular, half fatty tissue with quantum noise, in whole grey units."""
    per_mm = (attenuation("glandular") + attenuation("adipose")) / 2
    return _detected(
        _noise([noise_seed], view, shape) + np.float32(1000 * optics().scatter_factor * per_mm * thickness_mm)
    )


def _noise(seeds: list[int], view: View, shape: tuple[int, int]) -> Grey:
    return np.float32(view.noise) * np.random.default_rng(seeds).standard_normal(shape, dtype=np.float32)


def _detected(grey: Grey) -> Grey:
    """Return whole numbers that a detector of 12 bits can give, not to be written on."""
    out: Grey = np.rint(np.clip(grey, 0, _FULL))
    out.flags.writeable = False
    return out
