"""Hollows: where rain would stand in a particle's relief. Each shell has one, and a solid particle none."""

from __future__ import annotations

import numpy as np

from calcifications.reading.detect import Floats, Grey, Mask
from calcifications.reading.parting import Labels

POND = 0.12  # of the wall's lowest place: how much deeper than that a hollow is
WALL = 0.2  # of the brightest: a lower wall is none
OWN_POND = 0.3  # of the largest one: a smaller hollow is a gap between shells
POND_PIXELS = 12  # in a smaller one nothing can be made out
CORE, CORE_PIXELS = 0.6, 4.0  # what lies so deep within an outline, of the deepest, is its core, if that is so deep
HOLLOW = 0.06  # of a particle's area: a smaller hollow is a gap between grains


def ponds(sharp: Grey, own: Mask) -> tuple[Grey, Mask]:
    """Return the light within a particle, and where it is hollow: where rain would stand in its relief."""
    from scipy import ndimage
    from skimage.morphology import reconstruction

    grey = np.where(own, ndimage.gaussian_filter(sharp, 0.7), 0)
    brim = np.full_like(grey, grey.max())
    brim[[0, -1]], brim[:, [0, -1]] = grey[[0, -1]], grey[:, [0, -1]]
    filled = reconstruction(brim, grey, method="erosion")
    return grey, (filled - grey > POND * filled) & (filled > WALL * grey.max())


def closed(label: Labels, pond: Mask) -> Labels:
    """Join the pieces of a wall around one hollow: a shell is not as bright all around."""
    from scipy import ndimage

    hollows, _ = ndimage.label(pond)
    for number, place in enumerate(ndimage.find_objects(hollows), 1):
        box = tuple(slice(max(side.start - 2, 0), side.stop + 2) for side in place)
        mine = hollows[box] == number
        if mine.sum() < POND_PIXELS:
            continue
        around = np.unique(label[box][ndimage.binary_dilation(mine, iterations=2)])
        around = around[around > 0]
        if len(around) > 1:
            label = np.where(np.isin(label, around), around[0], label)
    return label


def by_pond(pond: Mask, solid: Mask) -> Labels:
    """Part shells that overlap: each has a hollow of its own, and what lies nearest to that."""
    from scipy import ndimage

    seeds, count = ndimage.label(pond)
    whole = solid.astype(np.int32)
    if count < 2:
        return whole
    area, own = np.bincount(seeds.ravel()), np.bincount(_nearest(seeds)[solid], minlength=count + 1)
    area[0] = 0
    seeds[~(area >= np.maximum(OWN_POND * area.max(), HOLLOW * own))[seeds]] = 0
    if len(np.unique(seeds)) < 3:
        return whole
    return np.where(solid, _nearest(seeds), 0)


def _nearest(seeds: Labels) -> Labels:
    """Return for each pixel which seed lies nearest to it."""
    from scipy import ndimage

    near = ndimage.distance_transform_edt(seeds == 0, return_distances=False, return_indices=True)
    return seeds[tuple(near)]


def lucency(grey: Grey, pond: Mask, own: Mask, outlines: list[Floats]) -> list[float]:
    """Return contrast of the hollow, or of the core, over that of the wall around it, for each outline."""
    rows, columns = np.indices(own.shape) + 0.5
    out = []
    for outline in outlines:
        middle = outline.mean(axis=0)
        reach = np.hypot(*(outline - middle).T).max()
        mine = own & (np.hypot(columns - middle[0], rows - middle[1]) <= reach)
        wall = float(np.quantile(grey[mine], 0.9)) if mine.any() else np.inf
        inside = pond & mine
        hollow = inside.sum() > HOLLOW * mine.sum()
        clear = float(np.median(grey[inside])) / wall if hollow else 1.0
        out.append(min(clear, _core(grey, outline, wall)))
    return out


def _core(grey: Grey, outline: Floats, wall: float) -> float:
    """Return the light at the core of an outline over that of its wall: a leaking shell has no hollow, but a core."""
    from scipy import ndimage
    from skimage.draw import polygon2mask

    inside = polygon2mask(grey.shape, outline[:, ::-1] - 0.5)
    deep = ndimage.distance_transform_edt(inside)
    if deep.max() < CORE_PIXELS:
        return 1.0
    return float(np.median(grey[deep > CORE * deep.max()])) / wall
