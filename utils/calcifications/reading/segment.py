"""Finding particles in a picture: what stands out of the tissue, parted into single particles, each with an outline.

The known blur is taken off before outlines are drawn, because the words depend on dents that blur smooths away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.reading.detect import Floats, Grey, Mask, ground, noise_of, stands_out, strand_height
from calcifications.reading.shadow import Shadow

Labels = NDArray[np.int32]

SHARPENING = 6  # Richardson-Lucy steps: more begins to sharpen the noise into dents
EDGE = 0.2  # of the particle's own peak: there a ball's outline, once sharpened, is as wide as the ball
EDGE_LUMP = 0.1  # lumps have thin lobes,
GROUND_LUMP = 60.0  # and tissue under them that is not known to so many grey units
EDGE_NOISE = 2.5  # and no lower than so many sds of noise
SOFTENING = 2.5  # pixels over the root of the contrast to noise: grain would dent the outline of a faint particle
SOFTENED = 10.0  # pixels across: larger ones are softened more, in proportion
SOFTEST = 2.0  # pixels
PARTED = 0.5  # two peaks are two particles if a valley of less than this share of the lower one lies between
PARTED_LUMP = 0.15  # but a lump is lobed: only a deep valley parts it from what it touches
LUMP_MM2 = 3.0  # a basin of this area, 2 mm across, is a lump's
ALIKE = 0.5  # balls that overlap are balls still: each at least this share of the largest one's radius,
BESIDE = 0.8  # its middle farther than this from another's, in radii,
COVERED = 0.91  # and together covering this share of the shadow
MOST_BALLS = 4
POND = 0.12  # of the wall's lowest place: how much deeper than that a hollow is
HOLLOW = 0.06  # of a particle's area: a smaller hollow is a gap between grains
FINE = 3  # pixels are parted so often before an outline is drawn
FINE_PIXELS = 48  # but not those of larger particles, where it would change nothing
_PEDESTAL = 3.0  # sds of noise added before sharpening, which knows no negative light
STRAND_PEAK = 180.0  # grey units: no strand of tissue is as bright;
STRAND = 0.3  # a fainter particle is a place of a strand if that goes on beyond it with this share of its height
SOFT_MM, BEYOND_MM = 0.1, 0.15
_TURN = 2 * np.pi * np.arange(64) / 64
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)


@dataclass(frozen=True)
class Blobs:
    """The particles found in a picture.

    Attributes
    ----------
    outlines : list of ndarray of shape (corners, 2)
        Columns and rows, in pixels, the first pixel's middle being (0.5, 0.5).
    peak : ndarray of shape (n,)
        How far each stands out at its brightest, in grey units.
    lucency : ndarray of shape (n,)
        Contrast of the middle over that of the rim: 1 if it is solid.
    noise : float
        Standard deviation of a pixel's noise, in grey units.
    """

    outlines: list[Floats]
    peak: Floats
    lucency: Floats
    noise: float


def sharpened(over: Grey, blur_pixels: float, noise: float) -> Grey:
    """Take a Gaussian blur off a picture without its ground (Richardson 1972, Lucy 1974)."""
    from scipy import ndimage

    def blurred(grey: Grey) -> Grey:
        out: Grey = ndimage.gaussian_filter(grey, blur_pixels, truncate=3)
        return out

    lifted = np.maximum(over + np.float32(_PEDESTAL * noise), 1)
    sharp = lifted
    for _ in range(SHARPENING):
        sharp = sharp * blurred(lifted / blurred(sharp))
    return sharp - np.float32(_PEDESTAL * noise)


def parted(sharp: Grey, mask: Mask, floor: float, lump_pixels: float) -> Labels:
    """Label single particles: basins of the peaks, joined where no deep valley lies between them."""
    from scipy import ndimage
    from skimage.segmentation import watershed

    soft = ndimage.gaussian_filter(sharp, 0.7)
    inside = mask & (soft > floor)
    peaks = inside & (soft == ndimage.maximum_filter(soft, 3))
    seeds, count = ndimage.label(peaks, np.ones((3, 3)))
    if not count:
        return np.zeros(mask.shape, np.int32)
    basin = watershed(-soft, seeds, mask=inside)
    top = np.zeros(count + 1, np.float32)
    top[seeds[peaks]] = soft[peaks]
    return _joined(basin, soft, top, lump_pixels)[basin]


def _joined(basin: Labels, soft: Grey, top: Grey, lump_pixels: float) -> Labels:
    """Return the particle of each basin: the highest passes are crossed first."""
    area = np.bincount(basin.ravel(), minlength=len(top)).tolist()
    passes: dict[tuple[int, int], float] = {}
    for here, there in (((slice(1, None), slice(None)), (slice(None, -1), slice(None))),
                        ((slice(None), slice(1, None)), (slice(None), slice(None, -1)))):  # fmt: skip
        one, other = basin[here], basin[there]
        rows, columns = np.nonzero((one != other) & (one > 0) & (other > 0))
        height = np.minimum(soft[here], soft[there])[rows, columns]
        for a, b, high in zip(one[rows, columns].tolist(), other[rows, columns].tolist(), height.tolist(), strict=True):
            pair = (a, b) if a < b else (b, a)
            passes[pair] = max(passes.get(pair, 0.0), high)
    root = list(range(len(top)))

    def find(label: int) -> int:
        while root[label] != label:
            label = root[label]
        return label

    summit = top.tolist()
    for (a, b), high in sorted(passes.items(), key=lambda item: -item[1]):
        a, b = find(a), find(b)
        deep = PARTED if max(area[a], area[b]) < lump_pixels else PARTED_LUMP
        if a != b and high >= deep * min(summit[a], summit[b]):
            root[b] = a
            summit[a] = max(summit[a], summit[b])
            area[a] += area[b]
    return np.array([find(label) for label in range(len(root))], np.int32)


def _discs(solid: Mask) -> Floats:
    """Return the balls that a shadow is the shadow of, shape (n, 3): column, row, radius; none if it is of another."""
    from scipy import ndimage

    deep = ndimage.distance_transform_edt(np.pad(solid, 1))[1:-1, 1:-1]
    middle = (deep == ndimage.maximum_filter(deep, 5)) & (deep >= ALIKE * deep.max())
    discs: list[Floats] = []
    for row, column in sorted(np.argwhere(middle).tolist(), key=lambda at: -deep[at[0], at[1]]):
        disc = np.array([column + 0.5, row + 0.5, deep[row, column]])
        if all(np.hypot(*(disc - other)[:2]) > BESIDE * other[2] for other in discs):
            discs.append(disc)
    if not 2 <= len(discs) <= MOST_BALLS:
        return np.zeros((0, 3))
    rows, columns = np.indices(solid.shape) + 0.5
    union = np.any([np.hypot(columns - x, rows - y) <= radius for x, y, radius in discs], axis=0)
    return np.array(discs if (union & solid).sum() >= COVERED * (union | solid).sum() else []).reshape(-1, 3)


def _outlines(soft: Grey, own: Mask, level: float, fine: int) -> list[Floats]:
    """Return the outline of a particle in a cut-out, or of balls that overlap: (corners, 2), columns and rows."""
    from scipy import ndimage
    from skimage.measure import find_contours

    grey = np.where(own, soft, 0)
    if fine > 1:
        grey = ndimage.zoom(grey, fine, order=3, grid_mode=True, mode="nearest")
    label, count = ndimage.label(grey > level)
    if not count:
        return []
    main = label == label.flat[np.argmax(grey)]
    solid = ndimage.binary_fill_holes(main)
    discs = _discs(solid)
    if len(discs):
        return [(disc[:2] + disc[2] * _CIRCLE) / fine for disc in discs]
    # other pieces sink below the level, holes rise above it: one closed contour is left
    grey = np.where(main, grey, np.where(solid, level + 1, np.minimum(grey, level - 1)))
    contour = max(find_contours(np.pad(grey, 1, constant_values=level - 1), level), key=len)
    return [(contour[:-1, ::-1] - 0.5) / fine]


def _lucency(sharp: Grey, own: Mask, outlines: list[Floats]) -> list[float]:
    """Return contrast of the hollow over that of the wall around it, for each outline; 1 if there is no hollow."""
    from scipy import ndimage
    from skimage.morphology import reconstruction

    grey = np.where(own, ndimage.gaussian_filter(sharp, 0.7), 0)
    brim = np.full_like(grey, grey.max())
    brim[[0, -1]], brim[:, [0, -1]] = grey[[0, -1]], grey[:, [0, -1]]
    # a hollow is where rain would stand
    filled = reconstruction(brim, grey, method="erosion")
    pond = filled - grey > POND * filled
    rows, columns = np.indices(own.shape) + 0.5
    out = []
    for outline in outlines:
        middle = outline.mean(axis=0)
        reach = np.hypot(*(outline - middle).T).max()
        mine = own & (np.hypot(columns - middle[0], rows - middle[1]) <= reach)
        inside = pond & mine
        hollow = inside.sum() > HOLLOW * mine.sum()
        out.append(float(np.median(grey[inside]) / np.quantile(grey[mine], 0.9)) if hollow else 1.0)
    return out


@dataclass(frozen=True)
class _Unit:
    """What is known of the unit that took the picture: noise in grey units, blur in pixels, a lump's area in pixels."""

    noise: float
    blur: float
    lump: float


def _particles(over: Grey, mask: Mask, heart: Mask, unit: _Unit) -> Iterator[tuple[Floats, float, float]]:
    """Part a piece of the mask into particles; yield outline, peak and lucency of each."""
    from scipy import ndimage

    sharp = sharpened(over, unit.blur, unit.noise)
    label = parted(sharp, mask, EDGE_NOISE * unit.noise, unit.lump)
    for number, place in enumerate(ndimage.find_objects(label), 1):
        if place is None:
            continue
        box = tuple(slice(max(side.start - 3, 0), side.stop + 3) for side in place)
        main = label[box] == number
        if not heart[box][main].any():
            continue
        # its own pixels, and the dim rim that no particle owns
        own = (main | (label[box] == 0)) & ndimage.binary_dilation(main, iterations=2)
        peak = float(over[box][main].max())
        large = max(main.sum() ** 0.5 / SOFTENED, 1.0)
        soft = ndimage.gaussian_filter(sharp[box], min(SOFTENING * large * (peak / unit.noise) ** -0.5, SOFTEST))
        if main.sum() < unit.lump:
            level = max(EDGE * float(soft[own].max()), EDGE_NOISE * unit.noise)
        else:
            level = max(EDGE_LUMP * float(soft[own].max()), GROUND_LUMP)
        outlines = _outlines(soft, own, level, FINE if max(own.shape) < FINE_PIXELS else 1)
        lucencies = _lucency(sharp[box], ndimage.binary_fill_holes(own & (soft > level)), outlines)
        for outline, lucency in zip(outlines, lucencies, strict=True):
            yield outline + np.array([box[1].start, box[0].start]), peak, lucency


def blobs(shadow: Shadow, pixel_mm: float, blur_mm: float) -> Blobs:
    """Find the particles of a picture.

    Parameters
    ----------
    shadow : Shadow
    pixel_mm : float
    blur_mm : float
        Standard deviation of the blur in mm.

    Returns
    -------
    Blobs
    """
    from scipy import ndimage

    pixels, inside = shadow.flat, shadow.inside
    noise = noise_of(pixels, inside)
    mask, heart = stands_out(pixels, inside, pixel_mm)
    over = pixels - ground(pixels, mask, inside, pixel_mm)
    unit = _Unit(noise, float(np.hypot(blur_mm / pixel_mm, 12**-0.5)), LUMP_MM2 / pixel_mm**2)
    label, _ = ndimage.label(mask, np.ones((3, 3)))
    margin = 6
    soft = ndimage.gaussian_filter(pixels, SOFT_MM / pixel_mm)
    found: list[tuple[Floats, float, float]] = []
    for number, place in enumerate(ndimage.find_objects(label), 1):
        box = tuple(slice(max(side.start - margin, 0), side.stop + margin) for side in place)
        corner = np.array([box[1].start, box[0].start])
        for outline, peak, lucency in _particles(over[box], label[box] == number, heart[box], unit):
            outline = outline + corner
            if peak < STRAND_PEAK:
                middle = outline.mean(axis=0)
                reach = float(np.hypot(*(outline - middle).T).max()) + BEYOND_MM / pixel_mm
                if strand_height(soft, middle, reach, pixel_mm) > STRAND * peak:
                    continue
            found.append((outline, peak, lucency))
    return Blobs(
        [each[0] for each in found], np.array([each[1] for each in found]), np.array([each[2] for each in found]), noise
    )
