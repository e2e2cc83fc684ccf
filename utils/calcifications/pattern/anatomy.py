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

    @property
    def semi_axes(self) -> Floats:
        """The half ellipsoid's semi-axes in mm, shape (3,)."""
        return np.array([self.depth_mm, self.half_width_mm, self.half_height_mm])

    @property
    def wall(self) -> Floats:
        """The middle of the chest wall, from which the breast bulges, shape (3,)."""
        return np.array([self.wall_mm, 0.0, 0.0])

    def silhouette(self, axes: Floats, points: int = 96) -> Floats:
        """Return the points of the surface that are seen as its edge along view axes of shape (2, 3).

        Returns
        -------
        ndarray of shape (points, 3)
            In mm, all the way round; those on the chest wall are its edge.
        """
        turn = 2 * np.pi * np.arange(points) / points
        way = np.cos(turn)[:, None] * axes[0] + np.sin(turn)[:, None] * axes[1]
        way = np.where(way * [1.0, 0, 0] < 0, 0.0, way)  # nothing lies behind the chest wall
        reach = np.linalg.norm(way * self.semi_axes, axis=1, keepdims=True)
        # the point of an ellipsoid that lies farthest along a way; straight back, the middle of the wall
        return self.wall + np.divide(way * self.semi_axes**2, reach, out=np.zeros_like(way), where=reach > 1e-9)

    def normal(self, place: Floats) -> Floats:
        """Return the way out through the skin nearest to places of shape (..., 3): unit vectors of that shape."""
        steep = (place - self.wall) / self.semi_axes**2
        return steep / np.maximum(np.linalg.norm(steep, axis=-1, keepdims=True), 1e-12)

    def under_skin(self, place: Floats) -> Floats:
        """Return how deep places of shape (..., 3) lie under the skin, in mm, shape (...); below 0 is outside.

        Exact on the skin and to a few per cent near it (one step along the gradient).
        """
        scaled = (place - self.wall) / self.semi_axes
        radius = np.maximum(np.linalg.norm(scaled, axis=-1), 1e-9)
        slope = np.linalg.norm(scaled / self.semi_axes, axis=-1) / radius
        return (1 - radius) / np.maximum(slope, 1e-12)

    def on_skin(self, forward_mm: float, across_mm: float) -> Floats:
        """Return the point of the upper skin over a place of the view from above, shape (3,)."""
        x, y = (forward_mm - self.wall_mm) / self.depth_mm, across_mm / self.half_width_mm
        return np.array([forward_mm, across_mm, self.half_height_mm * np.sqrt(max(1 - x * x - y * y, 0.0))])

    @property
    def armpit(self) -> Floats:
        """The place just under the skin where the breast runs into the armpit, shape (3,)."""
        return np.array([self.wall_mm + 8.0, 0.85 * self.half_width_mm, 0.5 * self.half_height_mm])

    def holds(self, place: Floats) -> bool:
        """Whether a place of shape (3,) lies between the chest wall and the skin."""
        return bool(place[0] >= self.wall_mm and self.under_skin(place) >= 0)


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
