"""Lobules: fat in rounded cells between thin curved walls, as Cooper's ligaments hold it."""

from __future__ import annotations

import numpy as np

from calcifications.imaging.density import Character
from calcifications.imaging.sheet import PITCH_MM, Field, smooth

KINDS = 4  # of cells: as few as let no two of a kind touch
GENTLE = 0.3  # where the lead rises by less than this over a cell's size, its wall is no wider
FRAY_MM, FRAYED_MM = 0.25, 2.5  # by how much walls are out of line, and over which length
ROUNDED = 0.08  # of the lead: so that fat ends in an edge, not in a crease


def lobules(rng: np.random.Generator, character: Character, cos2: Field, sin2: Field) -> Field:
    """Two layers of fat in cells, over one another, with walls between the cells.

    Each place belongs to that one of four smooth fields which is highest there; where two tie runs a wall, and three
    walls meet at a point, as in foam. The lowest field makes a second layer. Walls are brighter where they run as the
    tissue does, and come and go.

    Parameters
    ----------
    rng : numpy Generator
    character : Character
        Size and depth of the lobules, and the brightness of their walls.
    cos2, sin2 : float32 arrays
        Of twice the angle at which the tissue runs.

    Returns
    -------
    float32 array
        Film grey levels, to be added.
    """
    size = float(character["lobule"])
    fields = [smooth(rng, size, stretch=1.35) for _ in range(KINDS)]
    high, low = np.maximum(fields[0], fields[1]), np.minimum(fields[0], fields[1])
    next_high, next_low = low.copy(), high.copy()
    for field in fields[2:]:
        np.maximum(next_high, np.minimum(high, field), out=next_high)
        np.minimum(next_low, np.maximum(low, field), out=next_low)
        np.maximum(high, field, out=high)
        np.minimum(low, field, out=low)
    fray = np.float32(FRAY_MM) * smooth(rng, FRAYED_MM)
    total = np.zeros_like(high)
    for lead in (high - next_high, next_low - low):
        patches = np.clip(smooth(rng, 2.5 * size) - np.float32(0.1), 0, 2)
        layer = _walls(lead, fray, character, cos2, sin2)
        layer *= np.maximum(smooth(rng, size), 0)
        layer *= character["wall"]
        lead += np.float32(ROUNDED)
        layer -= character["depth"] * np.sqrt(lead, out=lead)  # fat: as thick as a rounded body, and dark
        layer *= patches
        total += layer
    return total


def _walls(lead: Field, fray: Field, character: Character, cos2: Field, sin2: Field) -> Field:
    """Walls of unit brightness where the lead is 0."""
    down, across = (np.roll(lead, -1, axis) - np.roll(lead, 1, axis) for axis in (0, 1))
    along = -2 * down
    along *= across
    along *= sin2
    down *= down
    across *= across
    along += (down - across) * cos2
    slope = np.add(down, across, out=down)
    slope += np.float32(1e-9)
    along /= slope  # 1 where the wall runs as the tissue does, -1 across it
    slope += np.float32((2 * PITCH_MM * GENTLE / float(character["lobule"])) ** 2)
    np.sqrt(slope, out=slope)
    off = np.divide(lead, slope, out=slope)  # the steeper the lead rises, the nearer its wall
    off *= np.float32(2 * PITCH_MM)  # mm
    off += fray
    off *= off
    off *= np.float32(-0.5 / float(character["wall_mm"]) ** 2)
    walls = np.exp(off, out=off)
    along *= np.float32(0.4)
    along += np.float32(0.6)
    walls *= along
    return walls
