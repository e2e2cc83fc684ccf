"""What lies behind the calcifications: the breast's tissue and edge on a view, and the detector's quantum noise."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from calcifications.imaging.breast_picture import whole_breast
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
    noise = np.random.default_rng([noise_seed, seed]).standard_normal(shape, dtype=np.float32)
    noise *= np.float32(view.noise)
    noise[grey <= 0] = 0  # the detector is full there
    noise += grey
    out: Grey = np.rint(np.clip(noise, 0, _FULL))
    out.flags.writeable = False
    return out
