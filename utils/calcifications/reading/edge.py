"""Where a particle ends: how far it stands over its edge, and what a wall with gaps encloses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calcifications.reading.detect import Grey, Mask

WEAK, WEAK_SHARE = 0.4, 0.03  # an edge is soft that is less steep than this share of the particle's steeper edges, and
# than is steep in tissue; so little of it may be
RAISED, RAISE, RAISED_PIXELS = 12, 1.4, 3  # there the level is raised so often, each time by so much, so far around


@dataclass(frozen=True)
class Unit:
    """What is known of the unit: noise, and what is steep, in grey units; the others are in pixels."""

    noise: float
    blur: float
    lump: float
    near: int
    rim: float
    steep: float


def relief(soft: Grey, level: Grey, own: Mask, steep: Grey, unit: Unit) -> Grey:
    """Return how far a particle stands over the level of its edge.

    Bright tissue beside it lies over a low level too, but falls off softly: there the level is raised until the edge is
    steep, as calcium's is.
    """
    from scipy import ndimage

    inner = ndimage.binary_erosion(own, iterations=2)
    over = np.where(own, soft / level - 1, -1)
    for _ in range(RAISED):
        solid = ndimage.binary_fill_holes(over > 0)
        edge = solid & ~ndimage.binary_erosion(solid) & inner
        if not edge.any():
            break
        soft_edge = edge & (steep < min(unit.steep, WEAK * float(np.quantile(steep[edge], 0.75))))
        if soft_edge.sum() <= WEAK_SHARE * edge.sum():
            break
        level = np.where(ndimage.binary_dilation(soft_edge, iterations=RAISED_PIXELS), RAISE * level, level)
        over = np.where(own, soft / level - 1, -1)
    return over


def enclosed(wall: Mask, reach: float, light: Mask) -> Mask:
    """Return what a wall encloses, though it has gaps up to twice as wide as a reach, in pixels.

    Within a shell there is light of its near and far wall; between shells that lie about a gap there is none.
    """
    from scipy import ndimage

    wide = np.pad(wall, int(reach) + 2)
    near = ndimage.distance_transform_edt(~wide) <= reach
    hole = ndimage.binary_fill_holes(near) & ~near
    holes, count = ndimage.label(hole)
    lit = ndimage.mean(np.pad(light, int(reach) + 2), holes, np.arange(1, count + 1)) >= 0.5 if count else []
    hole &= np.isin(holes, 1 + np.flatnonzero(lit))
    out = ndimage.distance_transform_edt(~hole) <= reach + 1 if hole.any() else hole
    side = int(reach) + 2
    return out[side:-side, side:-side]
