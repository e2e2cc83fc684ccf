"""Finding particles in a picture: what stands out of the tissue, parted into single particles, each with an outline.

The known blur is taken off before outlines are drawn, because the words depend on dents that blur smooths away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calcifications.reading.contour import area
from calcifications.reading.detect import Floats, Grey, Mask, filled, ground, noise_of, stands_out
from calcifications.reading.edge import Unit, enclosed, relief
from calcifications.reading.hollow import by_pond, closed, lucency, ponds
from calcifications.reading.parting import COMPACT_LUMP, NECK_LUMP, Labels, discs, necks, parted
from calcifications.reading.shadow import Shadow
from calcifications.reading.strand import off_strands
from calcifications.reading.thread import MANY, pieces
from calcifications.reading.touching import bodies, dustless, together

SHARPENING = 6  # Richardson-Lucy steps: more begins to sharpen the noise into dents
NEAR_MM = 0.4
EDGE = 0.2  # of the brightest place so near: there a ball's outline, once sharpened, is as wide as the ball
EDGE_FAR = 0.07  # of its brightest place anywhere: a thread seen end-on at one point is so much brighter there
EDGE_LUMP = 0.1  # lumps have thin lobes,
GROUND_LUMP = 60.0  # and tissue under them that is not known to so many grey units
EDGE_NOISE = 2.5  # and no lower than so many sds of noise
SOFTENING = 2.5  # pixels over the root of the contrast to noise: grain would dent the outline of a faint particle
SOFTENED = 10.0  # pixels across: larger ones are softened more, in proportion
SOFTEST = 2.0  # pixels
LUMP_MM2 = 3.0  # a basin of this area, 2 mm across, is a lump's
CAST_MM = 0.5  # no cast of a duct is wider
HOLLOW_LUMPS = 0.3  # from so many lumps' area a particle may be a shell
STEEP_MM, STEEP = 0.07, 4.0  # so many times what is usual in tissue is steep
SHELL_LIGHT = 0.5  # of the level: so bright it is within a shell, mostly
RIM_MM = 0.25  # what lies deeper under the edge that blur gives a particle is particle
FINE = 3  # pixels are parted so often before an outline is drawn
FINE_PIXELS = 48  # but not those of larger particles, where it would change nothing
LEAST_PIXELS = 0.5  # of area: less has no outline to speak of
_PEDESTAL = 3.0  # sds of noise added before sharpening, which knows no negative light
_MARGIN = 6  # pixels around what is sharpened
_TURN = 2 * np.pi * np.arange(64) / 64
_CIRCLE = np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1)


Found = tuple[Floats, float, float]  # an outline, its peak and its lucency


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
    cut : ndarray of bool, shape (n,)
        Whether it is a piece that a thread was cut into.
    noise : float
        Standard deviation of a pixel's noise, in grey units.
    """

    outlines: list[Floats]
    peak: Floats
    lucency: Floats
    cut: Mask
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


def _outlines(over: Grey, shells: Labels, fine: int, lump: bool) -> list[Floats]:
    """Return the outline of a particle in a cut-out, or of those that touch: (corners, 2), columns and rows.

    `over` is above 0 where the particle is, and no less than -1; `shells` are the hollow ones that it may be made of.
    """
    from scipy import ndimage

    if fine > 1:
        over = ndimage.zoom(over, fine, order=3, grid_mode=True, mode="nearest")
        shells = shells.repeat(fine, 0).repeat(fine, 1)
    label, count = ndimage.label(over > 0)
    if not count:
        return []
    light = np.bincount(label.ravel(), np.maximum(over, 0).ravel())
    main = label == 1 + np.argmax(light[1:])
    solid = ndimage.binary_fill_holes(main)
    deep = ndimage.distance_transform_edt(np.pad(solid, 1))[1:-1, 1:-1].astype(np.float32)
    balls = discs(deep, solid)
    if len(balls):
        return [(ball[:2] + ball[2] * _CIRCLE) / fine for ball in balls]
    pieces = shells * solid if shells.max() > 1 else necks(deep, solid, *((COMPACT_LUMP, NECK_LUMP) if lump else ()))
    found = [_contour(over, main, pieces == piece) / fine for piece in np.unique(pieces[pieces > 0])]
    return [outline for outline in found if area(outline) >= LEAST_PIXELS]


def _contour(over: Grey, main: Mask, solid: Mask) -> Floats:
    """Return the outline of one piece: others sink below 0, holes rise above it, and one contour is left."""
    from skimage.measure import find_contours

    over = np.where(solid, np.where(main, over, 1), np.minimum(over, -1))
    contours: list[Floats] = find_contours(np.pad(over, 1, constant_values=-1), 0)
    return max(contours, key=len)[:-1, ::-1] - 0.5 if contours else np.zeros((0, 2))


def _particles(over: Grey, steep: Grey, mask: Mask, heart: Mask, unit: Unit) -> Iterator[Found]:
    """Part a piece of the mask into particles; yield outline, peak and lucency of each."""
    from scipy import ndimage

    sharp = sharpened(over, unit.blur, unit.noise)
    label = parted(sharp, mask, EDGE_NOISE * unit.noise, unit.lump)
    label = closed(label, ponds(sharp, ndimage.binary_fill_holes(label > 0))[1])
    for number, place in enumerate(ndimage.find_objects(label), 1):
        if place is None:
            continue
        box = tuple(slice(max(side.start - 3, 0), side.stop + 3) for side in place)
        main = label[box] == number
        if not heart[box][main].any():
            continue
        # its own pixels, and the dim rim that no particle owns
        own = (main | (label[box] == 0)) & ndimage.binary_dilation(main, iterations=2)
        peak = max(float(over[box][main].max()), unit.noise)
        large = max(main.sum() ** 0.5 / SOFTENED, 1.0)
        soft = ndimage.gaussian_filter(sharp[box], min(SOFTENING * large * (peak / unit.noise) ** -0.5, SOFTEST))
        if main.sum() < unit.lump:
            lowest = max(EDGE_FAR * float(soft[own].max()), EDGE_NOISE * unit.noise)
            level = np.maximum(EDGE * ndimage.maximum_filter(soft * own, unit.near), lowest)
        else:
            level = np.full_like(soft, max(EDGE_LUMP * float(soft[own].max()), GROUND_LUMP))
        over_edge = relief(soft, level, own, steep[box], unit)
        if main.sum() >= HOLLOW_LUMPS * unit.lump:  # a shell's hollow may open into the air where its wall is faint
            deep = enclosed(over_edge > 0, unit.rim, soft >= SHELL_LIGHT * level)
            over_edge[deep] = np.maximum(over_edge[deep], 0.1)
        solid = ndimage.binary_fill_holes(over_edge > 0)
        grey, pond = ponds(sharp[box], solid)
        fine = FINE if max(own.shape) < FINE_PIXELS else 1
        outlines = _outlines(over_edge, by_pond(pond, solid), fine, bool(main.sum() >= unit.lump))
        for outline, clear in zip(outlines, lucency(grey, pond, solid, outlines), strict=True):
            yield outline + np.array([box[1].start, box[0].start]), peak, clear


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
    mask = filled(pixels, mask, inside, pixel_mm)
    over = pixels - ground(pixels, mask, inside, pixel_mm)
    blur, near = float(np.hypot(blur_mm / pixel_mm, 12**-0.5)), 2 * round(NEAR_MM / pixel_mm) + 1
    steep = ndimage.gaussian_gradient_magnitude(pixels, STEEP_MM / pixel_mm)
    tissue = steep[::3, ::3][(inside & ~mask)[::3, ::3]]
    floor = STEEP * float(np.median(tissue)) if len(tissue) else 0.0
    steep = ndimage.maximum_filter(steep, 3)
    unit = Unit(noise, blur, LUMP_MM2 / pixel_mm**2, near, RIM_MM / pixel_mm, floor)
    label, _ = ndimage.label(mask, np.ones((3, 3)))
    found: list[Found] = []
    for number, place in enumerate(ndimage.find_objects(label), 1):
        if not (heart[place] & (label[place] == number)).any():
            continue
        box = tuple(slice(max(side.start - _MARGIN, 0), side.stop + _MARGIN) for side in place)
        corner = np.array([box[1].start, box[0].start])
        for outline, *rest in _particles(over[box], steep[box], label[box] == number, heart[box], unit):
            found.append((outline + corner, *rest))
    outlines, peak = [each[0] for each in found], np.array([each[1] for each in found], float)
    kept = dustless(outlines, peak)
    found = [
        found[kept[each]] for each in off_strands(shadow, [outlines[k] for k in kept], peak[kept], pixel_mm, blur_mm)
    ]
    found = _casts(found, CAST_MM / pixel_mm)
    of_each = [pieces(outline, CAST_MM / pixel_mm, len(found)) for outline, *_ in found]
    many = [len(each) for each in of_each]
    peak, clear = (np.repeat(np.array([each[which] for each in found], float), many) for which in (1, 2))
    cut = np.repeat(np.array(many) > 1, many)
    return Blobs([outline for each in of_each for outline in each], peak, clear, cut, noise)


def _casts(found: list[Found], widest: float) -> list[Found]:
    """Put together the pieces of slim particles; among few, chance lays no two so that they touch."""
    hanging = bodies([outline for outline, *_ in found], widest)
    if len(hanging) >= MANY:
        return found
    whole = []
    for body in hanging:
        parts = [found[each] for each in body]
        outlines = [outline for outline, *_ in parts]
        clear = np.average([part[2] for part in parts], weights=[area(outline) for outline in outlines])
        whole.append((together(outlines), max(part[1] for part in parts), float(clear)) if len(parts) > 1 else parts[0])
    return whole
