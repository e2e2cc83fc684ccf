"""What the calcifications sit in: a breast, its nipple, and the ducts that lead to it.

All lengths in mm, in one frame: forward (towards the nipple), across (towards the arm), up (towards the head). The
origin is the middle of the close-up, part way between the chest wall and the nipple.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calcifications.pattern.draws import Floats, draws

FORWARD = np.array([1.0, 0.0, 0.0])


@dataclass(frozen=True)
class Breast:
    """Half an ellipsoid on the chest wall. Its measures are those of an average breast: the course's convention."""

    wall_mm: float = -45.0
    depth_mm: float = 100.0
    half_width_mm: float = 60.0
    half_height_mm: float = 50.0

    @property
    def nipple(self) -> Floats:
        """The nipple's place, shape (3,)."""
        return np.array([self.wall_mm + self.depth_mm, 0.0, 0.0])

    def fill(self, unit: Floats) -> Floats:
        """Map points of the unit cube, shape (n, 3), evenly into the breast."""
        # equal volumes: a uniform cosine and a cube-root radius fill half a ball evenly
        cosine, angle, radius = unit[:, 0], 2 * np.pi * unit[:, 1], 0.93 * np.cbrt(unit[:, 2])
        sine = np.sqrt(1 - cosine**2)
        ball = np.stack([cosine, sine * np.cos(angle), sine * np.sin(angle)], axis=1) * radius[:, None]
        scale = np.array([self.depth_mm, self.half_width_mm, self.half_height_mm])
        return ball * scale + np.array([self.wall_mm, 0.0, 0.0])

    def outline(self, axes: Floats, points: int = 48) -> Floats:
        """Return the breast's outline on a view, shape (points, 2), for view axes of shape (2, 3)."""
        angle = np.linspace(-np.pi / 2, np.pi / 2, points)
        half = abs(axes[1]) @ np.array([0.0, self.half_width_mm, self.half_height_mm])
        return np.stack([self.wall_mm + self.depth_mm * np.cos(angle), half * np.sin(angle)], axis=1)


@dataclass(frozen=True)
class Duct:
    """A winding duct that passes through a point on its way to the nipple."""

    wave_mm: Floats
    phase: Floats

    @classmethod
    def grown(cls, seed: int) -> Duct:
        """Grow the duct of a seed."""
        chance = draws(seed, "duct", 1, 4)[0]
        return cls(wave_mm=0.3 + 0.6 * chance[:2], phase=2 * np.pi * chance[2:])

    def at(self, forward_mm: Floats) -> Floats:
        """Return the duct's points, shape (n, 3), at places along it in mm, shape (n,)."""
        turn = 2 * np.pi * forward_mm[:, None] / np.array([26.0, 34.0]) + self.phase
        sideways = self.wave_mm * (np.sin(turn) - np.sin(self.phase))
        return np.concatenate([forward_mm[:, None], sideways], axis=1)

    def heading(self, forward_mm: Floats) -> Floats:
        """Return the duct's directions, unit vectors of shape (n, 3), at places along it in mm."""
        step = self.at(forward_mm + 0.5) - self.at(forward_mm - 0.5)
        return step / np.linalg.norm(step, axis=1, keepdims=True)
