"""Lobules: fat in rounded cells between thin curved ligament walls, as Cooper's ligaments hold it."""

from __future__ import annotations

import numpy as np

from calcifications.imaging.density import Character
from calcifications.imaging.sheet import PITCH_MM, Field, smooth

KINDS = 4  # of cells: as few as let no two of a kind touch
GENTLE = 0.3  # where the lead rises by less than this over a cell's size, the wall is no wider


def lobules(rng: np.random.Generator, character: Character, cos2: Field, sin2: Field) -> tuple[Field, Field]:
    """Cells of fat with walls of ligament, as foam has: three walls meet at a point.

    Each place belongs to that one of four smooth fields which is highest there; where two tie runs a wall. Walls are
    brighter where they run as the tissue does, and break off where the next ones hide them.

    Parameters
    ----------
    rng : numpy Generator
    character : Character
        Their size and depth, and the brightness of their walls.
    cos2, sin2 : float32 arrays
        Of twice the angle at which the tissue runs.

    Returns
    -------
    fat, walls : float32 arrays
        Film grey levels.
    """
    size, width = float(character["lobule"]), float(character["wall_mm"])
    fields = [smooth(rng, size, stretch=1.35) for _ in range(KINDS)]
    first, second = np.maximum(fields[0], fields[1]), np.minimum(fields[0], fields[1])
    for field in fields[2:]:
        np.maximum(second, np.minimum(first, field), out=second)
        np.maximum(first, field, out=first)
    lead = first - second

    # how far off the wall is, from how steeply the lead rises
    down, across = (np.roll(lead, -1, axis) - np.roll(lead, 1, axis) for axis in (0, 1))
    down2, across2 = down * down, across * across
    slope2 = down2 + across2
    slope2 += np.float32(1e-9)
    # 1 where the wall runs along the tissue, -1 across it
    along = ((down2 - across2) * cos2 - 2 * down * across * sin2) / slope2
    slope2 += np.float32((2 * PITCH_MM * GENTLE / size) ** 2)
    walls = np.exp(lead * lead / slope2 * np.float32(-2 * (PITCH_MM / width) ** 2))

    patches = np.clip(smooth(rng, 2.5 * size) + np.float32(0.2), 0, 2)
    walls *= character["wall"] * patches * (np.float32(0.5) + np.float32(0.5) * along)
    fat = -character["depth"] * np.sqrt(lead + np.float32(0.01)) * patches  # as thick as a rounded body, and dark
    return fat, walls
