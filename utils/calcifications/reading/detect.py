"""What stands out of the tissue: small sharp things at any scale, and the ground they lie on.

Tissue is coarse and soft, calcium is small and sharp. What stands out at any scale from a speck's to a lump's is
masked, and the ground under the mask is filled in from around it; what is left over the ground is calcium.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

SCALES_MM = (0.06, 0.12, 0.24, 0.48, 0.96, 1.92)  # of the band-pass filters: from a speck to the middle of a lump
HEART_MM = 0.24  # a particle stands out at one of the scales up to this: lumps do by their edges, grain around them not
AROUND_MM = 4.0
STANDS_OUT = 4.3  # sds of the answers around; much of tissue does too: what of it is a particle, `strand` weighs
STANDS_OUT_LARGE = 5.0  # and so much at scales larger than a speck's, where tissue is bright here and there
SPECK_MM = 0.12
FAINT = 3.8  # what stands out less is believed in company, as readers do: with so many specks within so many mm
COMPANY, COMPANY_MM = 4, 4.0
LEAST_BREAST = 0.01  # of the picture: in less there is nothing to compare with
GROUND_MM = 0.25  # no detail of the ground is finer
GAP_MM, OVER = 0.4, 3.0  # half of a gap in a shell, and how many sds of the tissue its inside stands up
_PLAIN = 3.0  # sds: what answers no more than this is tissue and noise,
_PLAIN_VARIANCE = 0.973  # whose variance is then this share of all


def noise_of(pixels: Grey, inside: Mask) -> float:
    """Return the noise of a pixel: of second differences both ways, which tissue hardly has."""
    second = pixels[:-2] - 2 * pixels[1:-1] + pixels[2:]
    second = second[:, :-2] - 2 * second[:, 1:-1] + second[:, 2:]
    seen = np.abs(second[::2, ::2][inside[1:-1:2, 1:-1:2]])
    return max(float(1.4826 * np.median(seen)) / 6, 1e-3) if len(seen) else 1.0


def _halved(grey: Grey) -> Grey:
    """Sum two by two pixels; an odd edge is doubled."""
    grey = np.pad(grey, [(0, side % 2) for side in grey.shape], mode="edge")
    rows, columns = grey.shape
    return grey.reshape(rows // 2, 2, columns // 2, 2).sum(axis=(1, 3))


def _doubled(grey: Grey, shape: tuple[int, ...]) -> Grey:
    """Interpolate to twice as many pixels, cut to a shape."""
    for axis, side in enumerate(shape):
        place = np.clip((np.arange(side) - 0.5) / 2, 0, grey.shape[axis] - 1)
        low = np.minimum(place.astype(int), max(grey.shape[axis] - 2, 0))
        share = (place - low).astype(np.float32)
        share = share[:, None] if axis == 0 else share
        above = np.minimum(low + 1, grey.shape[axis] - 1)
        grey = grey.take(low, axis) * (1 - share) + grey.take(above, axis) * share
    return grey


def _answer(pixels: Grey, inside: Mask, sigma: float, around: float) -> Grey:
    """Return how far each place stands out at a scale, in sds of the answers around it."""
    from scipy import ndimage

    narrow = ndimage.gaussian_filter(pixels, sigma, truncate=3)
    band = narrow - ndimage.gaussian_filter(pixels, 1.6 * sigma, truncate=3)  # 1.6: nearest to a Laplacian
    sample = band[::3, ::3][inside[::3, ::3]]
    band -= np.median(sample)
    band /= 1.4826 * np.median(np.abs(sample)) + 1e-6
    # some places are busier than others: the answers around decide, without those that stand out themselves
    plain = (inside & (np.abs(band) < _PLAIN)).astype(np.float32)
    power = ndimage.uniform_filter(plain * band**2, around) + 1e-3
    share = ndimage.uniform_filter(plain, around) + 1e-3
    band /= np.sqrt(power / (share * np.float32(_PLAIN_VARIANCE)))
    band[~inside] = 0
    return band


def _in_company(answer: Grey, within: float) -> Mask:
    """Mark faint peaks that have others around them."""
    from scipy import ndimage
    from scipy.spatial import KDTree

    peak = (answer > FAINT) & (answer == ndimage.maximum_filter(answer, 5))
    place = np.argwhere(peak)
    if len(place) <= COMPANY:
        return np.zeros_like(peak)
    near = KDTree(place).query(place, COMPANY + 1)[0][:, -1]
    peak[tuple(place[near > within].T)] = False
    return peak


def stands_out(pixels: Grey, inside: Mask, pixel_mm: float) -> tuple[Mask, Mask]:
    """Mask what stands out at any of the scales, with the soft rim that blur gives it; and the hearts of particles."""
    from scipy import ndimage

    mask, heart = np.zeros((2, *pixels.shape), bool)
    if inside.mean() < LEAST_BREAST:
        return mask, heart
    coarse, within, factor = np.asarray(pixels, np.float32), inside, 1
    for scale in SCALES_MM:
        while scale / pixel_mm / factor > 3 and min(coarse.shape) > 64:
            coarse, factor = _halved(coarse) / np.float32(4), factor * 2
            within = inside[::factor, ::factor]
        unit = 1 / pixel_mm / factor
        answer = _answer(coarse, within, max(scale * unit, 0.5), max(AROUND_MM, 8 * scale) * unit)
        hit = answer > (STANDS_OUT if scale <= SPECK_MM else STANDS_OUT_LARGE)
        if scale <= SPECK_MM:
            hit |= _in_company(answer, COMPANY_MM * unit)
        if not hit.any():
            continue
        rim = ndimage.maximum_filter(hit, 5)
        for target, part in ((mask, rim), (heart, hit))[: 2 if scale <= HEART_MM else 1]:
            target |= part.repeat(factor, 0).repeat(factor, 1)[: mask.shape[0], : mask.shape[1]]
    return ndimage.binary_fill_holes(mask & inside), heart


def ground(pixels: Grey, mask: Mask, inside: Mask, pixel_mm: float) -> Grey:
    """Return the tissue alone: under the mask, filled in from around it, first roughly, then ever more finely."""
    from scipy import ndimage

    clear = (inside & ~ndimage.maximum_filter(mask, 5)).astype(np.float32)
    levels = [(pixels * clear, clear)]
    while min(levels[-1][0].shape) > 8:
        levels.append((_halved(levels[-1][0]), _halved(levels[-1][1])))
    grey, weight = levels[-1]
    filled = np.full(grey.shape, grey.sum() / max(weight.sum(), 1), np.float32)
    for number in range(len(levels) - 1, -1, -1):
        grey, weight = levels[number]
        filled = _doubled(filled, grey.shape) if filled.shape != grey.shape else filled
        share = np.minimum(weight / 4.0**number, 1)
        filled = share * grey / np.maximum(weight, 1e-6) + (1 - share) * filled
    smooth: Grey = ndimage.gaussian_filter(filled, GROUND_MM / pixel_mm)
    return smooth


def filled(pixels: Grey, mask: Mask, inside: Mask, pixel_mm: float) -> Mask:
    """Return the mask with the insides of faint shells, whose walls it has gaps in: they lie over the ground too."""
    from scipy import ndimage

    reach = 2 * round(GAP_MM / pixel_mm) + 1
    near = ndimage.maximum_filter(mask, reach)
    hole = ndimage.binary_fill_holes(near) & ~near
    if not hole.any():
        return mask
    closed = ndimage.maximum_filter(hole, reach) & inside
    # what may be a shell's inside must not count as ground when that is asked
    over = ndimage.gaussian_filter(pixels - ground(pixels, mask | closed, inside, pixel_mm), SPECK_MM / pixel_mm / 2)
    tissue = over[::3, ::3][(inside & ~near)[::3, ::3]]
    level = OVER * 1.4826 * float(np.median(np.abs(tissue))) if len(tissue) else np.inf
    out: Mask = ndimage.binary_fill_holes(mask | (closed & (over > level)))
    return out
