"""Strands of tissue: what tells a bright place of a strand from a faint particle."""

from __future__ import annotations

import numpy as np

from calcifications.reading.contour import Floats, numbers
from calcifications.reading.detect import Grey
from calcifications.reading.shadow import Shadow

PEAK, SHARP = 250.0, 0.12  # grey units: no strand of tissue is as bright and has an edge that is so steep;
# a fainter one is told from a strand by its height and shape, by how steep its edge is, by whether a strand goes on
# beyond it, and by the tissue's texture. Weights by logistic regression on 13,000 places, in pictures of other patterns
# and of bare tissue; the limits below were then set by trial.
WEIGHT = {"peak": 9.2, "area_mm2": -1.2, "elongation": -3.2, "beyond": -6.7, "sharp": 7.9, "texture": -1.8}
SURE = 45.0
COMPANY, COMPANY_MM, ENOUGH = 2.6, 4.0, 2  # it is believed more with sure ones so near, up to so many,
ALIKE = 2.0  # that are no more than so many times as bright,
BELIEVED = 45.2  # and from this on: of 72 pictures of bare tissue, five show such places
SCALE_MM, AROUND_MM, LEAST = 0.12, 4.0, 0.1  # of the tissue's texture, and the share of it that must be there to tell
SOFT_MM, EDGE_MM = 0.1, 0.06
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


def off_strands(shadow: Shadow, outlines: list[Floats], peak: Floats, pixel_mm: float, blur_mm: float) -> list[int]:
    """Return which particles are none of a strand's bright places.

    Parameters
    ----------
    shadow : Shadow
    outlines : list of ndarray of shape (corners, 2)
        Columns and rows, in pixels.
    peak : ndarray of shape (n,)
        Grey units over the ground.
    pixel_mm, blur_mm : float
    """
    from scipy import ndimage

    pixels = shadow.flat
    soft = ndimage.gaussian_filter(pixels, SOFT_MM / pixel_mm)
    finest = max(EDGE_MM / pixel_mm, 0.5)
    steep = ndimage.gaussian_gradient_magnitude(pixels, finest)
    edge = np.sqrt(2 * np.pi) * np.hypot(blur_mm / pixel_mm, finest)  # the steepest place of an edge, once blurred
    busy = _texture(shadow, pixel_mm)
    most = np.array(pixels.shape[::-1]) - 1

    def evidence(number: int) -> float:
        outline, high = outlines[number], float(peak[number])
        column, row = (outline - 0.5).T
        sharp = edge * float(np.median(ndimage.map_coordinates(steep, [row, column], order=1, mode="nearest"))) / high
        if high >= PEAK and sharp >= SHARP:
            return np.inf
        if outline.min() < 1 or (outline.max(axis=0) > most).any():
            return -np.inf  # what the picture's edge cuts off can't be told from a strand
        area, _, elongation, *_ = numbers(outline)
        values = {
            "beyond": _height(soft, outline, pixel_mm) / high,
            "sharp": sharp,
            "peak": np.log(high),
            "area_mm2": np.log(max(area * pixel_mm**2, 1e-3)),
            "elongation": np.log(elongation),
            "texture": np.log(max(float(busy[tuple(outline.mean(axis=0).astype(int)[::-1])]), 0.5)),
        }
        return float(sum(WEIGHT[name] * value for name, value in values.items()))

    if not outlines:
        return []
    weight = np.array([evidence(number) for number in range(len(outlines))])
    middle = np.array([outline.mean(axis=0) for outline in outlines]) * pixel_mm
    sure = np.flatnonzero(weight > SURE)
    apart = np.linalg.norm(middle[:, None] - middle[sure], axis=2)
    company = (apart <= COMPANY_MM) & (apart > 0) & (peak[sure] <= ALIKE * peak[:, None])
    weight += COMPANY * np.log1p(np.minimum(company.sum(axis=1), ENOUGH))
    return [int(number) for number in np.flatnonzero(weight > BELIEVED)]


def _texture(shadow: Shadow, pixel_mm: float) -> Grey:
    """Return how much tissue varies around each place at the scale of a particle, in grey units."""
    from scipy import ndimage

    at = SCALE_MM / pixel_mm
    band = ndimage.gaussian_filter(shadow.flat, at) - ndimage.gaussian_filter(shadow.flat, 1.6 * at)
    plain = shadow.inside & (np.abs(band) < 3 * 1.4826 * np.median(np.abs(band[::3, ::3])) + 1e-6)
    share = ndimage.uniform_filter(plain.astype(np.float32), AROUND_MM / pixel_mm)
    power = ndimage.uniform_filter((plain * band**2).astype(np.float32), AROUND_MM / pixel_mm)
    known = share > LEAST
    out: Grey = np.sqrt(np.maximum(power, 0) / np.maximum(share, LEAST))
    return np.where(known, out, np.median(out[known]) if known.any() else 1.0).astype(np.float32)
