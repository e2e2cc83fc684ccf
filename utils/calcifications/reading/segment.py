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
NEAR_MM = 0.4
EDGE = 0.2  # of the brightest place so near: there a ball's outline, once sharpened, is as wide as the ball
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
WAIST = 0.93  # the shadow half way being slimmer than this share of the smaller one,
COVERED = 0.91  # and together covering this share of the shadow
MOST_BALLS = 8
NECK = 0.65  # pieces that touch are two if the neck between them is narrower than this share of the slimmer one,
PIECE = 0.4  # each at least this share of the thickest one's width,
KNOT = 1.8  # a knot is so much thicker than its thread
COMPACT = 3.5  # and none larger than so many times the largest disc in it
POND = 0.12  # of the wall's lowest place: how much deeper than that a hollow is
OWN_POND = 0.3  # of the largest one: a smaller hollow is a gap between shells
HOLLOW = 0.06  # of a particle's area: a smaller hollow is a gap between grains
FINE = 3  # pixels are parted so often before an outline is drawn
FINE_PIXELS = 48  # but not those of larger particles, where it would change nothing
_PEDESTAL = 3.0  # sds of noise added before sharpening, which knows no negative light
STRAND_PEAK = 250.0  # grey units: no strand of tissue is as bright;
STRAND = 0.3  # a fainter particle is a place of a strand if that goes on beyond it with this share of its height
BESIDE_MM = 1.5  # but so near a plain particle, it belongs to that
SOFT_MM = 0.1
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


def _joined(basin: Labels, soft: Grey, top: Grey, lump_pixels: float, valley: float = PARTED) -> Labels:
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
        deep = valley if max(area[a], area[b]) < lump_pixels else PARTED_LUMP
        if a != b and high >= deep * min(summit[a], summit[b]):
            root[b] = a
            summit[a] = max(summit[a], summit[b])
            area[a] += area[b]
    return np.array([find(label) for label in range(len(root))], np.int32)


def _waist(deep: Grey, one: Floats, other: Floats) -> bool:
    """Say whether a shadow is slimmer between two discs than they are; a rod is not."""
    column, row = ((one + other) / 2)[:2].astype(int)
    return bool(deep[row, column] < WAIST * min(one[2], other[2]))


def _discs(deep: Grey, solid: Mask) -> Floats:
    """Return the balls that a shadow is the shadow of, shape (n, 3): column, row, radius; none if it is of another."""
    from scipy import ndimage

    middle = (deep == ndimage.maximum_filter(deep, 5)) & (deep >= ALIKE * deep.max())
    discs: list[Floats] = []
    for row, column in sorted(np.argwhere(middle).tolist(), key=lambda at: -deep[at[0], at[1]]):
        disc = np.array([column + 0.5, row + 0.5, deep[row, column]])
        if all(np.hypot(*(disc - other)[:2]) > BESIDE * other[2] and _waist(deep, disc, other) for other in discs):
            discs.append(disc)
    if not 2 <= len(discs) <= MOST_BALLS:
        return np.zeros((0, 3))
    rows, columns = np.indices(solid.shape) + 0.5
    union = np.any([np.hypot(columns - x, rows - y) <= radius for x, y, radius in discs], axis=0)
    return np.array(discs if (union & solid).sum() >= COVERED * (union | solid).sum() else []).reshape(-1, 3)


def _necks(deep: Grey, solid: Mask) -> Labels:
    """Part a shadow of compact pieces at its necks; a line stays whole, however its width varies."""
    from scipy import ndimage
    from skimage.segmentation import watershed

    soft = ndimage.gaussian_filter(deep, 1.0)
    peaks = solid & (soft == ndimage.maximum_filter(soft, 5)) & (soft > PIECE * soft.max())
    seeds, count = ndimage.label(peaks, np.ones((3, 3)))
    whole = solid.astype(np.int32)
    if count < 2:
        return whole
    basin = watershed(-soft, seeds, mask=solid)
    top = np.zeros(count + 1, np.float32)
    top[seeds[peaks]] = soft[peaks]
    joined = _joined(basin, soft, top, np.inf, NECK)[basin]
    for piece in np.unique(joined[joined > 0]):
        mine = joined == piece
        if mine.sum() > COMPACT * np.pi * float(deep[mine].max()) ** 2:
            return _knotted(deep, solid)
    return joined


def _knotted(deep: Grey, solid: Mask) -> Labels:
    """Part a thread from the knot on it: a blob much thicker than the rest."""
    from scipy import ndimage

    ridge = solid & (deep == ndimage.maximum_filter(deep, 3))
    thin, thick = float(np.median(deep[ridge])), float(deep.max())
    if thick < KNOT * thin:
        return solid.astype(np.int32)
    row, column = np.unravel_index(int(deep.argmax()), deep.shape)
    rows, columns = np.indices(deep.shape)
    knot = solid & (np.hypot(rows - row, columns - column) <= 1.2 * thick)
    rest, count = ndimage.label(solid & ~knot)
    area = np.bincount(rest.ravel(), minlength=count + 1)
    rest[(area < np.pi * thin**2)[rest]] = 0  # too little to be a thread
    return np.where(knot, count + 1, rest)


def _outlines(over: Grey, shells: Labels, fine: int) -> list[Floats]:
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
    main = label == 1 + np.argmax(np.bincount(label[label > 0])[1:])
    solid = ndimage.binary_fill_holes(main)
    deep = ndimage.distance_transform_edt(np.pad(solid, 1))[1:-1, 1:-1].astype(np.float32)
    discs = _discs(deep, solid)
    if len(discs):
        return [(disc[:2] + disc[2] * _CIRCLE) / fine for disc in discs]
    pieces = shells * solid if shells.max() > 1 else _necks(deep, solid)
    return [_contour(over, main, pieces == piece) / fine for piece in np.unique(pieces[pieces > 0])]


def _contour(over: Grey, main: Mask, solid: Mask) -> Floats:
    """Return the outline of one piece: others sink below 0, holes rise above it, and one contour is left."""
    from skimage.measure import find_contours

    over = np.where(solid, np.where(main, over, 1), np.minimum(over, -1))
    corners: Floats = max(find_contours(np.pad(over, 1, constant_values=-1), 0), key=len)
    return corners[:-1, ::-1] - 0.5


def _ponds(sharp: Grey, own: Mask) -> tuple[Grey, Mask]:
    """Return the light within a particle, and where it is hollow: where rain would stand in its relief."""
    from scipy import ndimage
    from skimage.morphology import reconstruction

    grey = np.where(own, ndimage.gaussian_filter(sharp, 0.7), 0)
    brim = np.full_like(grey, grey.max())
    brim[[0, -1]], brim[:, [0, -1]] = grey[[0, -1]], grey[:, [0, -1]]
    filled = reconstruction(brim, grey, method="erosion")
    return grey, filled - grey > POND * filled


def _by_pond(pond: Mask, solid: Mask) -> Labels:
    """Part shells that overlap: each has a hollow of its own, and what lies nearest to that."""
    from scipy import ndimage

    seeds, count = ndimage.label(pond)
    whole = solid.astype(np.int32)
    if count < 2:
        return whole
    area = np.bincount(seeds.ravel())
    area[0] = 0
    seeds[~(area >= max(OWN_POND * area.max(), HOLLOW * solid.sum()))[seeds]] = 0
    if len(np.unique(seeds)) < 3:
        return whole
    near = ndimage.distance_transform_edt(seeds == 0, return_distances=False, return_indices=True)
    return np.where(solid, seeds[tuple(near)], 0)


def _lucency(grey: Grey, pond: Mask, own: Mask, outlines: list[Floats]) -> list[float]:
    """Return contrast of the hollow over that of the wall around it, for each outline; 1 if there is no hollow."""
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
    """What is known of the unit: noise in grey units; blur, a lump's area and what is near, in pixels."""

    noise: float
    blur: float
    lump: float
    near: int


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
            level = np.maximum(EDGE * ndimage.maximum_filter(soft * own, unit.near), EDGE_NOISE * unit.noise)
        else:
            level = np.full_like(soft, max(EDGE_LUMP * float(soft[own].max()), GROUND_LUMP))
        solid = ndimage.binary_fill_holes(own & (soft > level))
        grey, pond = _ponds(sharp[box], solid)
        fine = FINE if max(own.shape) < FINE_PIXELS else 1
        outlines = _outlines(np.where(own, soft / level - 1, -1), _by_pond(pond, solid), fine)
        lucencies = _lucency(grey, pond, solid, outlines)
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
    unit = _Unit(
        noise, float(np.hypot(blur_mm / pixel_mm, 12**-0.5)), LUMP_MM2 / pixel_mm**2, 2 * round(NEAR_MM / pixel_mm) + 1
    )
    label, _ = ndimage.label(mask, np.ones((3, 3)))
    margin = 6
    soft = ndimage.gaussian_filter(pixels, SOFT_MM / pixel_mm)
    found: list[tuple[Floats, float, float]] = []
    for number, place in enumerate(ndimage.find_objects(label), 1):
        box = tuple(slice(max(side.start - margin, 0), side.stop + margin) for side in place)
        if not (heart[place] & (label[place] == number)).any():
            continue
        corner = np.array([box[1].start, box[0].start])
        for outline, peak, lucency in _particles(over[box], label[box] == number, heart[box], unit):
            found.append((outline + corner, peak, lucency))
    plain = np.array([outline.mean(axis=0) for outline, peak, _ in found if peak >= STRAND_PEAK]).reshape(-1, 2)

    def believed(outline: Floats, peak: float) -> bool:
        if peak >= STRAND_PEAK:
            return True
        if outline.min() < 1 or (outline.max(axis=0) > np.array(pixels.shape[::-1]) - 1).any():
            return False  # what the picture's edge cuts off can't be told from a strand
        beside = len(plain) and np.hypot(*(plain - outline.mean(axis=0)).T).min() < BESIDE_MM / pixel_mm
        return bool(beside) or strand_height(soft, outline, pixel_mm) <= STRAND * peak

    found = [each for each in found if believed(*each[:2])]
    return Blobs(
        [each[0] for each in found], np.array([each[1] for each in found]), np.array([each[2] for each in found]), noise
    )
