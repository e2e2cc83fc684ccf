"""Milk of calcium: what lies level at the bottom of a tiny cyst, whichever way the particle pointed.

The sediment is a cup: six spokes from a thick hub to a thinner rim of six chords, all with their tops near one level.
From above it is a thin disc, a faint round smudge; from the side a dense bar with a round bottom, the tea-cup.
"""

from __future__ import annotations

import numpy as np

from calcifications.pattern.draws import Floats

_SPOKES = 6
_RIM, _RIM_RADIUS = 0.84, 0.16  # of the cyst's radius: the rim touches the cyst's wall
_HUB_RADIUS, _SPOKE, _SPOKE_RADIUS = 0.25, 0.5, 0.22
_MOST_RISE = 0.2  # how far the rim can climb up the wall


def sediment(width_mm: Floats, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the sediment of cysts of these widths, shape (n,), about its own middle; two numbers of chance each.

    Returns
    -------
    start, end : ndarray of shape (n, 12, 3)
    radius : ndarray of shape (n, 12, 2)
        In mm; the last axis of the first two is forward, across, up.
    """
    n = len(width_mm)
    angle = 2 * np.pi * (chance[:, :1] + np.arange(_SPOKES) / _SPOKES)
    way = np.stack([np.cos(angle), np.sin(angle)], axis=2)
    rise = _MOST_RISE * chance[:, 1, None]

    def at(share: float, height: Floats) -> Floats:
        level = np.broadcast_to(height, (n, _SPOKES))[:, :, None]
        return np.concatenate([share * way, level], axis=2)

    # tops are level: a thick part hangs lower; the rim stands over the rest by its rise
    hub = at(0.0, np.array(-_HUB_RADIUS))
    tip = at(_SPOKE, np.array(-_SPOKE_RADIUS) + 0.5 * rise)
    rim = at(_RIM, np.array(-_RIM_RADIUS) + rise)
    start = np.concatenate([hub, rim], axis=1)
    end = np.concatenate([tip, np.roll(rim, -1, axis=1)], axis=1)
    middle = (rise - 2 * _HUB_RADIUS) / 2  # of its lowest and its highest point
    start[:, :, 2] -= middle
    end[:, :, 2] -= middle
    radius = np.empty((n, 2 * _SPOKES, 2))
    radius[:, :_SPOKES] = _HUB_RADIUS, _SPOKE_RADIUS
    radius[:, _SPOKES:] = _RIM_RADIUS
    half = width_mm[:, None, None] / 2
    return start * half, end * half, radius * half
