"""Sediment in tiny cysts: level or cup-shaped from the true side, round smudges from above."""

from __future__ import annotations

import numpy as np

from calcifications.reading.marks import Flags, Marks

LEVEL_DEG = 15.0
LEVEL_STRETCH = 2.0
SMUDGE_STRETCH = 1.4
"""After the course's features table: what is level, and what is not drawn out."""


def level(marks: Marks) -> Flags:
    """Return which marks lie level or cup-shaped to gravity, shape (n,); means something on a true lateral only."""
    return (marks.drawn_out >= LEVEL_STRETCH) & (np.abs(marks.angle) <= np.radians(LEVEL_DEG))


def smudge(marks: Marks) -> Flags:
    """Return which marks are round, not drawn out, shape (n,); means something from straight above only."""
    return marks.drawn_out <= SMUDGE_STRETCH
