"""The breast's shadow in a picture: what is breast and what is air, and how deep a place lies under the skin line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]

AIR = 150.0  # grey units: the thinnest edge of a breast is far brighter
AIR_SHARE = 0.002  # of the picture: less is a dark speck
EDGE_PIXELS = 4  # the outermost ones of the breast belong half to the air
ROUND_MM = 22.0  # so far from the skin line the breast grows thicker
NIPPLE_MM = 55.0  # from a close-up's middle, to the right in a left breast: the standard distance
BREAST_MM2 = 9400.0  # of an average breast, in a close-up, which does not show it


@dataclass(frozen=True)
class Shadow:
    """A picture with the breast's own rounding taken off.

    Attributes
    ----------
    flat : ndarray of float32
        Grey values; near the skin line, over what is usual so deep under it. Air is 0 there.
    inside : ndarray of bool
        What is breast, but for its very edge.
    depth : ndarray of float32 or None
        Pixels to the nearest air; None if the field shows no air.
    """

    flat: Grey
    inside: Mask
    depth: Grey | None

    @classmethod
    def of(cls, pixels: Grey, pixel_mm: float) -> Shadow:
        """Find the breast in a picture."""
        from scipy import ndimage

        air = pixels < AIR
        if air.mean() < AIR_SHARE:
            return cls(pixels, np.ones(pixels.shape, bool), None)
        breast = ndimage.binary_fill_holes(~ndimage.binary_opening(air, iterations=2))
        depth = ndimage.distance_transform_edt(breast).astype(np.float32)
        step = np.minimum(depth, ROUND_MM / pixel_mm)
        whole = np.arange(int(step.max()) + 1)
        usual = np.interp(step, whole, ndimage.median(pixels, np.rint(step).astype(np.int32), whole))
        inside = depth > EDGE_PIXELS
        return cls(np.where(inside, pixels - usual, 0).astype(np.float32), inside, depth)

    def area_mm2(self, pixel_mm: float, *, whole: bool) -> float:
        """Return the breast's area: as the picture shows it if it holds the whole breast, else an average one's."""
        if not whole or self.depth is None:
            return BREAST_MM2
        return float((self.depth > 0).sum()) * pixel_mm**2

    def nipple(self, pixel_mm: float, side: str, *, whole: bool) -> NDArray[np.float64]:
        """Return the nipple, in mm to the right and up of the middle: the breast's tip, if the picture shows that."""
        way = 1.0 if side == "left" else -1.0
        if not whole or self.depth is None:
            return np.array([way * NIPPLE_MM, 0.0])
        rows, columns = np.nonzero(self.depth > 0)
        tip = columns.max() if side == "left" else columns.min()
        row = rows[np.abs(columns - tip) < 1 / pixel_mm].mean()
        return np.array([tip - self.depth.shape[1] / 2, self.depth.shape[0] / 2 - row]) * pixel_mm
