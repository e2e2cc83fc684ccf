"""Parting what touches: peaks with a valley between, balls that overlap, compact pieces with a neck."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.reading.detect import Floats, Grey, Mask

Labels = NDArray[np.int32]

PARTED = 0.5  # two peaks are two particles if a valley of less than this share of the lower one lies between
PARTED_LUMP = 0.15  # but a lump is lobed: only a deep valley parts it from what it touches
ALIKE = 0.5  # balls that overlap are balls still: each at least this share of the largest one's radius,
BESIDE = 0.8  # its middle farther than this from another's, in radii,
WAIST = 0.93  # the shadow half way being slimmer than this share of the smaller one,
COVERED = 0.91  # and together covering this share of the shadow
MOST_BALLS = 8
NECK = 0.65  # pieces that touch are two if the neck between them is narrower than this share of the slimmer one,
PIECE = 0.4  # each at least this share of the thickest one's width,
NECK_LUMP, COMPACT_LUMP = 0.78, 7.0  # lumps are lobed
SHELL, NECK_SHELL = (
    0.3,
    0.85,
)  # of a lump's area: from that on a shadow may be a shell's; it has no neck as slim as this
SHELL_NEAR, SHELL_EDGE = 0.5, 0.15  # of a lump's width around, a shell's edge is so bright, of the brightest
COMPACT = 3.5  # and none larger than so many times the largest disc in it


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
    label = _joined(basin, soft, top, lump_pixels)[basin]
    return _shells(label, soft, lump_pixels) if label.max() > 1 else label


def _shells(label: Labels, soft: Grey, lump_pixels: float) -> Labels:
    """Join the pieces of a wall that is not as bright all around: between them the shadow has no neck."""
    from scipy import ndimage

    reach = 2 * round(SHELL_NEAR * lump_pixels**0.5) + 1
    solid = ndimage.binary_fill_holes((label > 0) & (soft > SHELL_EDGE * ndimage.maximum_filter(soft, reach)))
    bodies, _ = ndimage.label(solid)
    large = np.flatnonzero(np.bincount(bodies.ravel()) >= SHELL * lump_pixels)
    large = large[large > 0]
    if not len(large):
        return label
    solid &= np.isin(bodies, large)
    deep = ndimage.distance_transform_edt(solid).astype(np.float32)
    names, flat = np.unique(label, return_inverse=True)
    inner = np.where(solid, flat.reshape(label.shape), 0).astype(np.int32)
    top = np.zeros(len(names), np.float32)
    np.maximum.at(top, inner.ravel(), deep.ravel())
    return names[_joined(inner, deep, top, np.inf, NECK_SHELL)][flat.reshape(label.shape)]


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


def discs(deep: Grey, solid: Mask) -> Floats:
    """Return the balls that a shadow is the shadow of, shape (n, 3): column, row, radius; none if it is of another."""
    from scipy import ndimage

    middle = (deep == ndimage.maximum_filter(deep, 5)) & (deep >= ALIKE * deep.max())
    found: list[Floats] = []
    for row, column in sorted(np.argwhere(middle).tolist(), key=lambda at: -deep[at[0], at[1]]):
        disc = np.array([column + 0.5, row + 0.5, deep[row, column]])
        if all(np.hypot(*(disc - other)[:2]) > BESIDE * other[2] and _waist(deep, disc, other) for other in found):
            found.append(disc)
    if not 2 <= len(found) <= MOST_BALLS:
        return np.zeros((0, 3))
    rows, columns = np.indices(solid.shape) + 0.5
    union = np.any([np.hypot(columns - x, rows - y) <= radius for x, y, radius in found], axis=0)
    return np.array(found if (union & solid).sum() >= COVERED * (union | solid).sum() else []).reshape(-1, 3)


def necks(deep: Grey, solid: Mask, compact: float = COMPACT, neck: float = NECK) -> Labels:
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
    joined = _joined(basin, soft, top, np.inf, neck)[basin]
    for piece in np.unique(joined[joined > 0]):
        mine = joined == piece
        if mine.sum() > compact * np.pi * float(deep[mine].max()) ** 2:
            return whole
    return joined
