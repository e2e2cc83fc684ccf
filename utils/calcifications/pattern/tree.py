"""What runs through a breast: the ducts, which branch on their way from the nipple to the lobules, and an artery.

Their measures are the course's convention, within what is common in an adult breast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.pattern.anatomy import Breast, Duct
from calcifications.pattern.draws import Floats, draws

_AIMS_DEG = np.array([0.0, -6.5, 6.5, -13.0, 13.0])  # of the ducts that one close-up holds, the middle one first
_WIGGLE_DEG = 2.5
_DEPTH_DEG = 7.0
_LEAVES_MM = 4.0  # over this way a branch turns out of its duct


@dataclass(frozen=True)
class DuctTree:
    """Five neighbouring ducts, each with a branch; all lead to the nipple, and each branch ends in a lobule.

    The middle duct is `Duct.grown(seed)`, which passes through the middle of the close-up.

    Attributes
    ----------
    ducts : Duct
        The waves of all five, shape (5, 2) each.
    aim : ndarray of shape (5, 2)
        Across and up, in mm a mm on the way back from the nipple.
    fork_mm : ndarray of shape (5,)
        Where, forward, the branch leaves.
    lean : ndarray of shape (5, 2)
        Across and up, in mm a mm, by which the branch runs away from its duct.
    """

    ducts: Duct
    aim: Floats
    fork_mm: Floats
    lean: Floats

    @classmethod
    def grown(cls, seed: int) -> DuctTree:
        """Grow the ducts of a seed."""
        chance = draws(seed, "duct", len(_AIMS_DEG), 4)  # its first row is that of `Duct.grown`
        free = draws(seed, "tree", len(_AIMS_DEG), 5)
        middle = (_AIMS_DEG == 0)[:, None]
        across = _AIMS_DEG + _WIGGLE_DEG * (2 * free[:, 0] - 1)
        aim = np.tan(np.radians(np.stack([across, _DEPTH_DEG * (2 * free[:, 1] - 1)], axis=1)))
        turn = 2 * np.pi * free[:, 2]
        return cls(
            ducts=Duct(wave_mm=0.3 + 0.6 * chance[:, :2], phase=2 * np.pi * chance[:, 2:]),
            aim=np.where(middle, 0.0, aim),
            fork_mm=12.0 * (free[:, 3] - 0.3),
            lean=(0.35 + 0.25 * free[:, 4:]) * np.stack([np.cos(turn), np.sin(turn)], axis=1),
        )

    def at(self, duct: NDArray[np.int64], forward_mm: Floats) -> Floats:
        """Return points, shape (n, 3), of the ducts numbered, shape (n,), at places forward in mm, shape (n,)."""
        which = Duct(self.ducts.wave_mm[duct], self.ducts.phase[duct])
        back = Breast().nipple[0] - forward_mm[:, None]
        out = which.at(forward_mm)
        out[:, 1:] += self.aim[duct] * back
        return out

    def branch_at(self, duct: NDArray[np.int64], back_mm: Floats) -> Floats:
        """Return points, shape (n, 3), of the ducts' branches at places behind the fork in mm, shape (n,)."""
        out = self.at(duct, self.fork_mm[duct] - back_mm)
        away = np.sqrt(np.square(back_mm) + _LEAVES_MM**2) - _LEAVES_MM  # leaves as a tangent, then runs straight
        out[:, 1:] += self.lean[duct] * away[:, None]
        return out

    def lobules(self, branch_mm: float) -> Floats:
        """Return the lobules at the ends of branches of a length in mm, shape (5, 3)."""
        number = np.arange(len(self.fork_mm))
        return self.branch_at(number, np.full(len(number), branch_mm))


_SIDE = np.array([0.0, 1.0, 1.0]) / np.sqrt(2)
"""Where a calcified artery's plates lie. Medial calcium lies all round the wall, but it is seen where the beam runs
along the wall: as two tracks. Plates on these two sides are seen apart from above, obliquely and from the side."""
_ACROSS_THE_SIDE = np.array([0.0, 1.0, -1.0]) / np.sqrt(2)


@dataclass(frozen=True)
class Vessel:
    """An artery that passes through the middle of the close-up, winds, and tapers towards the nipple.

    Attributes
    ----------
    course : ndarray of shape (3,)
        The way it runs on the whole, a unit vector: across the ducts.
    beside : ndarray of shape (3,)
        Square to that way and to the sides on which its plates lie.
    wave_mm, length_mm, phase : ndarray of shape (2,)
        Of its two windings, in the plane of the course and out of it.
    """

    course: Floats
    beside: Floats
    wave_mm: Floats
    length_mm: Floats
    phase: Floats

    @classmethod
    def grown(cls, seed: int) -> Vessel:
        """Grow the artery of a seed."""
        chance = draws(seed, "vessel", 1, 8)[0]
        slope = np.radians(24 + 14 * chance[0]) * np.where(chance[1] < 0.5, -1, 1)
        course = np.cos(slope) * np.array([1.0, 0.0, 0.0]) + np.sin(slope) * _ACROSS_THE_SIDE
        return cls(
            course=course,
            beside=np.cross(_SIDE, course),
            wave_mm=np.array([2.2, 0.7]) + 0.3 * chance[2:4],
            length_mm=np.array([24.0, 15.0]) + 3 * chance[4:6],
            phase=2 * np.pi * chance[6:],
        )

    def at(self, along_mm: Floats) -> Floats:
        """Return points of its middle line, shape (n, 3), at places along the course in mm, shape (n,)."""
        wave = self.wave_mm * (np.sin(2 * np.pi * along_mm[:, None] / self.length_mm + self.phase) - np.sin(self.phase))
        return along_mm[:, None] * self.course + wave[:, :1] * self.beside + wave[:, 1:] * _SIDE

    def radius_mm(self, along_mm: Floats) -> Floats:
        """Return its radius, shape (n,): from 1.5 mm, 2 cm behind the middle, to 0.9 mm, 2 cm before it."""
        return 1.2 - 0.015 * along_mm

    def wall(self, along_mm: Floats, side: Floats, angle: Floats) -> Floats:
        """Return points of its wall, shape (n, 3), on either side (-1 or 1), turned round the tube by an angle."""
        ahead = self.at(along_mm + 0.1) - self.at(along_mm - 0.1)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        out = _SIDE - ahead * (ahead @ _SIDE)[:, None]
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        round_ = np.cos(angle)[:, None] * out + np.sin(angle)[:, None] * np.cross(ahead, out)
        return self.at(along_mm) + (side * self.radius_mm(along_mm))[:, None] * round_
