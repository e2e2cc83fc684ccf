"""Strands of tissue: what tells a bright place of a strand from a faint particle."""

from __future__ import annotations

import numpy as np

from calcifications.reading.detect import Floats, Grey

PEAK = 250.0  # grey units: no strand of tissue is as bright;
SHARE = 0.3  # a fainter particle is a place of a strand if that goes on beyond it with this share of its height
BESIDE_MM, BESIDE_PEAK = 2.0, 150.0  # but so near a plain particle, and so bright, it belongs to that
SOFT_MM = 0.1
LONG, BEYOND_MM = 2.5, 0.15  # length to width from which rays start at the ends, and how far off them
FOLLOWED_MM, SIDE_MM, RAYS = 0.9, 0.45, 36  # how far a strand is followed, and what lies beside it


def _height(soft: Grey, outline: Floats, pixel_mm: float) -> float:
    """Return how high a strand stands that passes through a particle and goes on beyond it, in grey units.

    Rays go out from the particle, all around or from the ends of a long one. Along a strand the picture is brighter
    than on both sides of the ray; specks in a row are brighter only here and there, so the median along the ray tells.

    Parameters
    ----------
    soft : ndarray of float32
        The picture, a little blurred.
    outline : ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    pixel_mm : float
    """
    from scipy import ndimage

    middle = outline.mean(axis=0)
    spread, axes = np.linalg.eigh(np.cov((outline - middle).T))
    along = (outline - middle) @ axes[:, 1]
    long = spread[1] > LONG**2 * spread[0]
    starts = np.array([outline[along.argmin()], outline[along.argmax()]]) if long else np.array([middle, middle])
    reach = (0.0 if long else float(np.hypot(*(outline - middle).T).max())) + BEYOND_MM / pixel_mm
    turn = 2 * np.pi * np.arange(RAYS) / RAYS
    way = np.stack([np.cos(turn), np.sin(turn)])  # columns and rows, (2, rays)
    aside = np.stack([-way[1], way[0]]) * SIDE_MM / pixel_mm
    heights = []
    for start in starts[: 2 if long else 1]:
        place = (start - 0.5)[:, None, None] + way[:, :, None] * (reach + np.arange(0, FOLLOWED_MM / pixel_mm))
        on, left, right = (
            ndimage.map_coordinates(soft, (place + side * aside[:, :, None])[::-1], order=1, mode="nearest")
            for side in (0, -1, 1)
        )
        heights.append(np.median(on - (left + right) / 2, axis=1))
    if long:
        forward = way.T @ axes[:, 1]
        ahead, behind = heights[1][forward > 0.6].max(), heights[0][forward < -0.6].max()
        return float(min(ahead, behind))
    back = np.roll(heights[0], RAYS // 2)
    beyond = np.max([np.roll(back, turned) for turned in (-2, -1, 0, 1, 2)], axis=0)  # it may bend a little
    return float(np.minimum(heights[0], beyond).max())


def off_strands(pixels: Grey, outlines: list[Floats], peak: Floats, pixel_mm: float) -> list[int]:
    """Return which particles are none of a strand's bright places.

    Parameters
    ----------
    pixels : ndarray of float32
    outlines : list of ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    peak : ndarray of shape (n,)
        Grey units over the ground.
    pixel_mm : float
    """
    from scipy import ndimage

    soft = ndimage.gaussian_filter(pixels, SOFT_MM / pixel_mm)
    middle = np.array([outline.mean(axis=0) for outline in outlines]).reshape(-1, 2)
    plain = middle[peak >= PEAK]
    edge = np.array(pixels.shape[::-1]) - 1

    def believed(number: int) -> bool:
        outline = outlines[number]
        if peak[number] >= PEAK:
            return True
        if outline.min() < 1 or (outline.max(axis=0) > edge).any():
            return False  # what the picture's edge cuts off can't be told from a strand
        if (
            peak[number] >= BESIDE_PEAK
            and len(plain)
            and np.hypot(*(plain - middle[number]).T).min() < BESIDE_MM / pixel_mm
        ):
            return True
        return _height(soft, outline, pixel_mm) <= SHARE * peak[number]

    return [number for number in range(len(outlines)) if believed(number)]
