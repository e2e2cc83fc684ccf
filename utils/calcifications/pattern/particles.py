"""The particles themselves: each a small solid made of rounded rods, in mm, in three dimensions.

A particle is one spine of four rods, six grains stuck to it, and two side arms: twelve rounded rods ("capsules", a
grain being a rod of no length). Smooth, round, stretched, ragged and branching particles are the same twelve rods with
other lengths, so every slider morphs them without a jump. A hollow particle has a scaled copy of itself cut out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.pattern.draws import Floats, bell, draws
from calcifications.pattern.recipe import Recipe

_SPINE = np.linspace(-1.0, 1.0, 5)  # nodes along the spine, in half spine lengths
_GRAINS = 6
_ARMS = 2
_MAX_HOLLOW = 0.92  # the thinnest shell: a wall of 8 % of the radius


@dataclass(frozen=True)
class Particles:
    """Particles as rounded rods.

    Attributes
    ----------
    start, end : ndarray of shape (n, 12, 3)
        Ends of the rods in mm.
    radius : ndarray of shape (n, 12, 2)
        Radius at each end in mm.
    centre : ndarray of shape (n, 3)
        Each particle's middle in mm.
    hollow : ndarray of shape (n,)
        Size of the cut-out copy relative to the particle, 0 (solid) to 0.92.
    mineral : ndarray of shape (n,)
        Mineral share, 0 to 1.
    group : ndarray of int, shape (n,)
        Which recipe each came from.
    """

    start: Floats
    end: Floats
    radius: Floats
    centre: Floats
    hollow: Floats
    mineral: Floats
    group: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.centre)

    def some(self, which: NDArray[np.bool_]) -> Particles:
        """Return those that are chosen, by a mask of shape (n,)."""
        return self if which.all() else Particles(**{name: getattr(self, name)[which] for name in self.__annotations__})


def _sphere(one: Floats, other: Floats) -> Floats:
    """Turn two uniform columns into unit vectors, in a last axis of 3."""
    cosine, angle = 2 * one - 1, 2 * np.pi * other
    sine = np.sqrt(1 - cosine**2)
    return np.stack([cosine, sine * np.cos(angle), sine * np.sin(angle)], axis=-1)


def _frames(heading: Floats, roll: Floats) -> Floats:
    """Return rotations, shape (n, 3, 3), that turn the first axis to `heading`, shape (n, 3), after a roll about it."""
    aside = np.cross(heading, np.array([0.0, 0.3, 1.0]))
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    third = np.cross(heading, aside)
    cosine, sine = np.cos(roll)[:, None], np.sin(roll)[:, None]
    return np.stack([heading, cosine * aside + sine * third, cosine * third - sine * aside], axis=2)


_PROBES = _sphere(
    (np.arange(24.0) + 0.5) / 24, np.mod(np.arange(24.0) * 0.6180339887498949, 1.0)
)  # even over the sphere


def shapes(recipe: Recipe, seed: int, heading: Floats) -> tuple[Floats, Floats, Floats]:
    """Shape the particles of a recipe about the origin.

    Parameters
    ----------
    recipe : Recipe
    seed : int
    heading : ndarray of shape (n, 3)
        The way the particles point.

    Returns
    -------
    start, end : ndarray of shape (n, 12, 3)
    radius : ndarray of shape (n, 12, 2)
        All in mm.
    """
    n = len(heading)
    u = draws(seed, "shape", n, 56)
    unlike = recipe.unlikeness
    # one ragged rod among smooth ones would be unlike by its edge, one long one by its stretch: both vary
    stretch = np.maximum(recipe.elongation * np.exp(0.55 * unlike * bell(u[:, 0], u[:, 1])), 1.0)
    ragged = np.clip(recipe.irregularity + 0.5 * unlike * (u[:, 2] - 0.5), 0.0, 1.0)[:, None]
    length = recipe.size_mm * np.sqrt(stretch) * np.clip(1 + recipe.size_spread * bell(u[:, 3], u[:, 4]), 0.25, 3.0)
    half = 0.5 * length / stretch  # half the width
    spine = 0.5 * length - half  # half the spine

    # the spine: five nodes that leave the axis, and whose radius varies, as the edge grows ragged
    off = ragged[:, :, None] * 0.9 * half[:, None, None] * (u[:, 5:15].reshape(n, 5, 2) - 0.5)
    off *= 1 + 0.25 * (stretch[:, None, None] - 1)
    node = np.concatenate([(spine[:, None] * _SPINE)[:, :, None], off], axis=2)
    core = 1 - 0.55 * ragged / stretch[:, None]  # a ragged compact particle is a few grains, not a ball with warts
    girth = half[:, None] * core * (1 + 0.9 * ragged * (u[:, 15:20] - 0.65))

    # grains: sunk in the spine while the edge is smooth, standing out as it grows ragged
    along = spine[:, None] * (2 * u[:, 20:26] - 1)
    grain_radius = half[:, None] * (1 - ragged * (0.5 + 0.3 * u[:, 26:32]))
    reach = half[:, None] * ragged * (0.6 + 1.0 * u[:, 32:38])
    grain = _sphere(u[:, 38:44], u[:, 44:50]) * reach[:, :, None]
    grain[:, :, 0] += along

    # side arms: from the spine outwards at 30 to 60 degrees, no longer than the spine allows
    foot = node[:, [1, 3]]
    angle = np.radians(30 + 30 * u[:, 50:52]) * np.array([1.0, -1.0])
    arm = recipe.branching * spine[:, None] * (0.7 + 0.5 * u[:, 52:54])
    tip = foot + arm[:, :, None] * np.stack([np.cos(angle), np.sin(angle), 0.3 * (u[:, 54:56] - 0.5)], axis=2)
    arm_radius = 0.8 * half[:, None] * np.ones(_ARMS)

    start = np.concatenate([node[:, :-1], grain, foot], axis=1)
    end = np.concatenate([node[:, 1:], grain, tip], axis=1)
    at_start = np.concatenate([girth[:, :-1], grain_radius, arm_radius], axis=1)
    at_end = np.concatenate([girth[:, 1:], grain_radius, 0.8 * arm_radius], axis=1)

    # ragged edges and side arms add length: scale each particle back to the longest diameter that was asked for
    reach_along = np.concatenate([start, end], axis=1) @ np.concatenate([_PROBES, [[1.0, 0.0, 0.0]]]).T
    radii = np.concatenate([at_start, at_end], axis=1)[:, :, None]
    longest = ((reach_along + radii).max(axis=1) - (reach_along - radii).min(axis=1)).max(axis=1)
    scale = (length / longest)[:, None, None]
    roll = _frames(heading, 2 * np.pi * draws(seed, "roll", n, 1)[:, 0])
    turn = np.swapaxes(roll, 1, 2)
    return (start * scale) @ turn, (end * scale) @ turn, np.stack([at_start, at_end], axis=2) * scale


def hollow(recipe: Recipe, count: int) -> Floats:
    """Return how hollow each particle is, shape (count,)."""
    return np.full(count, _MAX_HOLLOW * recipe.lucent_centre)
