"""Particles' rods as a beam meets them: balls, the way they stretch, and how long the beam's way through them is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import View, project
from calcifications.pattern import Particles

Floats = NDArray[np.float64]
Single = NDArray[np.float32]

_BETWEEN = np.linspace(0, 1, 6)[1:-1].astype(np.float32)  # a rod is looked at as six balls: no dents between them


@dataclass(frozen=True)
class Rods:
    """Rods of some particles about their own middles, as a beam meets them; the particles' axis is the last.

    Attributes
    ----------
    ends : ndarray of shape (3, 24, n)
        All rods' starts, then all rods' ends: to the right, up, and towards the tube, in mm.
    girth : ndarray of shape (24, n)
        The radius there.
    """

    ends: Floats
    girth: Floats

    @classmethod
    def of(cls, particles: Particles, view: View) -> Rods:
        """Turn particles to a view whose rays are parallel."""
        off = (np.concatenate([particles.start, particles.end], axis=1) - particles.centre[:, None]).T
        ends = (np.vstack([view.axes, view.beam]) @ off.reshape(3, -1)).reshape(off.shape)
        return cls(ends, np.concatenate([particles.radius[:, :, 0].T, particles.radius[:, :, 1].T]))

    def swung(self, particles: Particles, view: View) -> Rods:
        """Return them as a swung tube's rays, which are not parallel, throw them on the detector."""
        points = np.concatenate([particles.start, particles.end], axis=1)
        flat = (project(view, points) - project(view, particles.centre)[:, None]).T
        return Rods(np.concatenate([flat, self.ends[2:]]), self.girth)

    def balls(self) -> tuple[Single, Single, int]:
        """Return what the rods look like as balls, those at their ends first. A grain, whose ends are one, is one ball.

        Returns
        -------
        middle : ndarray of float32, shape (3, balls, n)
        radius : ndarray of float32, shape (balls, n)
            Single precision: a ten-thousandth of a pixel, at half the cost.
        ends : int
            How many balls lie at ends.
        """
        start, end = np.split(np.concatenate([self.ends, self.girth[None]]), 2, axis=1)
        rod = np.abs(end[:2] - start[:2]).max(axis=(0, 2)) > 1e-9
        step = (end[:, rod] - start[:, rod]).astype(np.float32)
        ends = np.concatenate([start, end[:, rod]], axis=1).astype(np.float32)
        between = [ends[:, : len(rod)][:, rod] + step * share for share in _BETWEEN]
        ball = np.concatenate([ends, *between], axis=1)
        return ball[:3], ball[3], ends.shape[1]

    def stretch(self) -> tuple[Floats, Floats]:
        """Return each particle's long direction, and its rough half axes, shape (2, n) each."""
        x, y = self.ends[:2] - self.ends[:2].mean(axis=1, keepdims=True)
        round_part = (self.girth**2).mean(axis=0) / 4
        xx, yy, xy = (x * x).mean(axis=0) + round_part, (y * y).mean(axis=0) + round_part, (x * y).mean(axis=0)
        angle = np.arctan2(2 * xy, xx - yy) / 2
        spread = np.hypot(xx - yy, 2 * xy)
        axes = np.sqrt(np.maximum(np.stack([xx + yy + spread, xx + yy - spread]), 1e-12))
        return np.stack([np.cos(angle), np.sin(angle)]), axes

    def depth(self) -> Single:
        """Return the longest way of the beam through each particle, were it solid, shape (n,).

        It is looked for in the middle and where the thickest ball lies, among balls at the ends and middles of rods.
        """
        ends, girth = self.ends.astype(np.float32), self.girth.astype(np.float32)
        rods = ends.shape[1] // 2
        x, y, z = np.concatenate([ends, (ends[:, :rods] + ends[:, rods:]) / 2], axis=1)
        girth = np.concatenate([girth, (girth[:rods] + girth[rods:]) / 2])
        thickest = girth.argmax(axis=0), np.arange(girth.shape[1])
        square = girth**2
        longest = np.zeros(girth.shape[1], np.float32)
        with np.errstate(invalid="ignore"):  # where the beam misses a ball its way is not a number, and is passed over
            for at_x, at_y in ((np.float32(0), np.float32(0)), (x[thickest], y[thickest])):
                half = np.sqrt(square - (x - at_x) ** 2 - (y - at_y) ** 2)
                way = np.fmax.reduce(z + half, axis=0) - np.fmin.reduce(z - half, axis=0)
                longest = np.fmax(longest, way)
        return longest
