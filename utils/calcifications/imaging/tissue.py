"""The background of a mammogram: synthetic breast tissue, without calcifications and without noise.

A breast's tissue is drawn once, on a sheet in mm that is wider than the breast; pictures sample it. So a breast shows
the same tissue at any pixel size and in any field, and other tissue of the same character on another view.

It is made of ground, strands, lobules of fat, glandular islands and broad shading. What a study of real films had left
over: strands branch, wind, and follow the local way of the tissue, which fans from the nipple (`strands`,
`sheet.flow`); lobules' walls give edges about 0.4 mm wide and heavy tails (`lobules`); one hidden number stands behind
all traits and skews dense breasts dark (`density`); film grain is left off, since quantum noise belongs to the view;
skin and pectoral edge belong to the whole breast (`breast_picture`).
"""

from __future__ import annotations

import math
import zlib
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, number, pick, shown, whole
from calcifications.imaging.density import DENSITIES, UNITS_PER_LEVEL, Character
from calcifications.imaging.ground import back, ground
from calcifications.imaging.lobules import lobules
from calcifications.imaging.sheet import NIPPLE_MM, PITCH_MM, POINTS, Field, enlarge, flow, places, sample, smooth
from calcifications.imaging.strands import strands

WIDEST_MM = 300.0  # the long side of the largest detectors
FARTHEST_MM = 150.0  # of a field's middle from the course's origin

STIFF = np.float32(0.55)  # strands follow so much of the ground's detours
CROWDED = np.float32(6)  # where many cross, they are hardly brighter than so many times the mean one
MOST = np.float32(0.7)  # log of the factor by which contrast may rise or fall

# Rings around a place, mm, and by how many film levels it may stand out over all of the ring. The ten brightest specks
# of a real group stand out by 13.
SPECKS = ((0.45, 4.0), (0.9, 6.0))


def tissue(
    seed: int = 0,
    density: str = "b",
    shape: tuple[int, int] = (768, 768),
    pixel_mm: float = 0.07,
    *,
    direction: str = "CC",
    centre_mm: tuple[float, float] = (0.0, 0.0),
) -> Field:
    """Draw a patch of breast tissue; the nipple lies to the right.

    Parameters
    ----------
    seed : int
        Which breast.
    density : {"a", "b", "c", "d"}
        Breast density, from almost entirely fatty to extremely dense.
    shape : (int, int)
        Rows and columns.
    pixel_mm : float
        Size of a pixel in the plane of the breast, mm.
    direction : str
        Where the beam comes from. Each has its own tissue, of the same character; a magnified view has the tissue of
        the plain one.
    centre_mm : (float, float)
        The field's middle, mm towards the nipple and up the picture.

    Returns
    -------
    float32 array of `shape`
        Thousandths of the natural log of attenuation; brighter is denser. Quantum noise belongs to the view.

    Raises
    ------
    CourseError
        If an argument is not one of its choices, or the picture is wider than any detector.
    """
    whole(seed, 0, 2**32 - 1, "tissue's seed")
    pick(density, DENSITIES, "density")
    pixel_mm = number(pixel_mm, 0.01, 1, "pixel size", "mm")
    rows, columns = (
        whole(side, 1, 4096, f"number of {noun}")
        for side, noun in zip(_two(shape, "shape"), ("rows", "columns"), strict=True)
    )
    number(max(rows, columns) * pixel_mm, 0, WIDEST_MM, "picture's longer side", "mm")
    if not isinstance(direction, str):
        raise CourseError(f"The tissue's direction can't be {shown(direction)}; it is the name of a view, such as CC.")
    forward, up = (number(at, -FARTHEST_MM, FARTHEST_MM, "field's middle", "mm") for at in _two(centre_mm, "middle"))
    return sample(sheet(int(seed), density, direction), (rows, columns), pixel_mm, (forward, up))


def _two(value: object, noun: str) -> tuple[object, object]:
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        pair = "two whole numbers, rows and columns" if noun == "shape" else "two numbers, mm towards the nipple and up"
        raise CourseError(f"The picture's {noun} can't be {shown(value)}; it is {pair}.")
    return value[0], value[1]


@lru_cache(maxsize=6)  # 5 MB each
def sheet(seed: int, density: str, direction: str) -> Field:
    """Draw a breast's tissue as one direction shows it, in the picture's units, on the grid of `sheet`."""
    character = Character.of(seed, density)
    rng = np.random.default_rng([seed, zlib.crc32(direction.encode())])
    to_nipple, detour, strength = flow(rng, float(character["wander"]), POINTS // 4)
    twice = 2 * (to_nipple + detour)
    cos2, sin2 = (enlarge(part * strength) for part in (np.cos(twice), np.sin(twice)))

    below = ground(rng, character, cos2, sin2)
    shading = _shading(rng, character, below)
    fat = lobules(rng, character, cos2, sin2)
    threads = back(strands(rng, character, to_nipple + STIFF * detour, strength))
    most = CROWDED * character["strand_peak"]
    detail = below + most * np.tanh(threads / most)
    wander = character["uneven"] * smooth(rng, rng.uniform(3, 12))
    gain = np.tanh((character["link"] / 15 * shading + wander) / MOST)
    detail *= np.exp(MOST * gain)
    levels = _without_specks(detail + fat + shading)
    grey: Field = np.float32(character.mean) + np.float32(UNITS_PER_LEVEL) * levels
    grey.flags.writeable = False
    return grey


def _shading(rng: np.random.Generator, character: Character, below: Field) -> Field:
    """Broad light and dark, and glandular islands, most of them behind the nipple, as bright as they are thick."""
    broad = character["shading"] * smooth(rng, float(character["shading_mm"]), stretch=1.4)
    lobe = rng.uniform(12, 24)
    island = np.float32(0.92) * smooth(rng, lobe) + np.float32(0.38) * smooth(rng, lobe / 4)  # of unit variance again
    y, x = places()[:, None], places()
    disc = 0.5 - ((x - (NIPPLE_MM - 41)) / 45) ** 2 - (y / 45) ** 2
    island += np.maximum(1.5 * disc, -2.5).astype(np.float32)
    island += np.float32(0.05) * below / below.std()  # frayed
    island -= np.float32(NormalDist().inv_cdf(1 - float(character["gland"])))
    edge = character["edge"] * np.exp(np.float32(0.5) * smooth(rng, 15.0))
    thickness = np.sqrt((island + np.sqrt(island**2 + edge**2)) / 2)
    shading: Field = broad + character["rise"] * (thickness - thickness.mean())
    return shading


def _without_specks(levels: Field) -> Field:
    """Sink what stands out on all sides, by chance or at a crossing: it could be taken for a calcification."""
    for radius, peak in SPECKS:
        reach = radius / PITCH_MM
        turns = np.arange(12) * (math.pi / 6)
        steps = zip(np.rint(reach * np.sin(turns)).astype(int), np.rint(reach * np.cos(turns)).astype(int), strict=True)
        ring = np.full_like(levels, -np.inf)
        for step in steps:
            np.maximum(ring, np.roll(levels, step, (0, 1)), out=ring)
        over = levels - ring
        over -= np.float32(peak)

        tops = _tops(over, math.floor(reach))
        near = _around(math.ceil(2 * reach))
        dent = over[tuple(tops.T)][:, None] * np.exp(-2 * (np.hypot(*near.T) / reach) ** 2)
        np.subtract.at(levels, tuple(np.moveaxis((tops[:, None] + near) % POINTS, 2, 0)), dent.astype(np.float32))
    return levels


def _around(reach: int) -> NDArray[np.intp]:
    """Steps to all points within `reach`, shape (n, 2)."""
    steps = np.argwhere(np.ones((2 * reach + 1, 2 * reach + 1))) - reach
    return steps[np.hypot(*steps.T) <= reach]


def _tops(over: Field, reach: int) -> NDArray[np.intp]:
    """Points above 0 that nothing within `reach` is above of, shape (n, 2)."""
    tops = np.argwhere(over > 0)
    for far in (1, reach):  # the next points first, which leaves few
        row, column = np.moveaxis((tops[:, None] + _around(far)) % POINTS, 2, 0)
        tops = tops[over[row, column].max(axis=1) == over[tuple(tops.T)]]
    return tops
