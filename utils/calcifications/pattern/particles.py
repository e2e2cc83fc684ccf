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
from calcifications.pattern.sediment import sediment

_SPINE = np.linspace(-1.0, 1.0, 5)  # nodes along the spine, in half spine lengths
_GRAINS = 6
_ARMS = 2
_HOLD = 0.98  # of the radii of a grain and of the spine: no farther apart are their middles, so that they hold
_MAX_HOLLOW = 0.92  # the thinnest shell: a wall of 8 % of the radius
_MOST_BOW = 2.0  # how far round its own path a particle bends at most, in radians


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


# the ways along which a particle's diameter is probed: even over the sphere, and along its own axis; shape (3, 25)
_WAYS = np.concatenate(
    [_sphere((np.arange(24.0) + 0.5) / 24, np.mod(np.arange(24.0) * 0.6180339887498949, 1.0)), [[1.0, 0.0, 0.0]]]
).T
_AT_ONCE = 1024  # particles that are shaped at once: so many fit a processor's cache, which saves a third of the time


def shapes(recipe: Recipe, seed: int, heading: Floats, bend: Floats | None = None) -> tuple[Floats, Floats, Floats]:
    """Shape the particles of a recipe about the origin.

    Parameters
    ----------
    recipe : Recipe
    seed : int
    heading : ndarray of shape (n, 3)
        The way the particles point.
    bend : ndarray of shape (n, 3), optional
        The curvature of the path that they follow, in 1/mm.

    Returns
    -------
    start, end : ndarray of shape (n, 12, 3)
    radius : ndarray of shape (n, 12, 2)
        All in mm.
    """
    n = len(heading)
    parts = [
        _shapes(recipe, seed, slice(first, min(first + _AT_ONCE, n)), heading, bend) for first in range(0, n, _AT_ONCE)
    ]
    start, end, radius = (part[0] if len(part) == 1 else np.concatenate(part) for part in zip(*parts, strict=True))
    return start, end, radius


def _shapes(
    recipe: Recipe, seed: int, rows: slice, every_heading: Floats, every_bend: Floats | None
) -> tuple[Floats, Floats, Floats]:
    """Shape some of the particles: those of the rows."""
    heading, total = every_heading[rows], len(every_heading)
    n = len(heading)
    u = draws(seed, "shape", total, 56)[rows]
    unlike = recipe.unlikeness
    # one ragged rod among smooth ones would be unlike by its edge, one long one by its stretch: both vary
    stretch = np.maximum(recipe.elongation * np.exp(0.55 * unlike * bell(u[:, 0], u[:, 1])), 1.0)
    ragged = np.clip(recipe.irregularity + 0.5 * unlike * (u[:, 2] - 0.5), 0.0, 1.0)[:, None]
    length = recipe.size_mm * np.sqrt(stretch) * np.clip(1 + recipe.size_spread * bell(u[:, 3], u[:, 4]), 0.25, 3.0)
    half = 0.5 * length / stretch  # half the width
    spine = 0.5 * length - half  # half the spine

    # the spine: five nodes that leave the axis, and whose radius varies, as the edge grows ragged
    zigzag = (0.9 + 1.5 / stretch) * (0.75 + 0.25 * stretch)
    off = (ragged[:, 0] * zigzag * half)[:, None, None] * (u[:, 5:15].reshape(n, 5, 2) - 0.5)
    node = np.concatenate([(spine[:, None] * _SPINE)[:, :, None], off], axis=2)
    core = 1 - 0.5 * ragged / stretch[:, None]  # a ragged compact particle is a few grains, not a ball with warts
    girth = half[:, None] * core * (1 + 0.9 * ragged * (u[:, 15:20] - 0.65))

    # grains: sunk in the spine while the edge is smooth, standing out as it grows ragged, but never off it
    at, thick = _along_spine(node, girth, u[:, 20:26])
    grain_radius = half[:, None] * (1 - ragged * (0.25 + 0.3 * u[:, 26:32]))
    reach = np.minimum(half[:, None] * ragged * (1.6 + 1.0 * u[:, 32:38]), _HOLD * (thick + grain_radius))
    grain = at + _sphere(u[:, 38:44], u[:, 44:50]) * reach[:, :, None]

    # side arms: from the spine outwards at 30 to 60 degrees, no longer than the spine allows
    foot = node[:, [1, 3]]
    angle = np.radians(30 + 30 * u[:, 50:52]) * np.array([1.0, -1.0])
    arm = recipe.branching * spine[:, None] * (0.7 + 0.5 * u[:, 52:54])
    tip = foot + arm[:, :, None] * np.stack([np.cos(angle), np.sin(angle), 0.3 * (u[:, 54:56] - 0.5)], axis=2)
    arm_radius = 0.8 * half[:, None] * np.ones(_ARMS)

    # ragged edges and side arms add length: scale each particle back to the longest diameter that was asked for
    tip_radius = 0.8 * arm_radius
    longest = _longest(
        np.concatenate([node, grain, foot, tip], axis=1),
        np.concatenate([girth, grain_radius, arm_radius, tip_radius], axis=1),
    )
    scale = (length / longest)[:, None, None]
    start = np.concatenate([node[:, :-1], grain, foot], axis=1)
    end = np.concatenate([node[:, 1:], grain, tip], axis=1)
    at_start = np.concatenate([girth[:, :-1], grain_radius, arm_radius], axis=1)
    at_end = np.concatenate([girth[:, 1:], grain_radius, tip_radius], axis=1)
    start, end, radius = start * scale, end * scale, np.stack([at_start, at_end], axis=2) * scale
    if recipe.knots:
        tied = np.arange(total)[rows] % 4 == 1
        chance = draws(seed, "knot", total, 4 * _GRAINS)[rows][tied]
        _knot((start, end, radius), tied, half * scale[:, 0, 0], stretch, recipe.knots, chance)
    turn = np.swapaxes(_frames(heading, 2 * np.pi * draws(seed, "roll", total, 1)[rows, 0]), 1, 2)
    ahead = start[:, :, :1], end[:, :, :1]
    start, end = start @ turn, end @ turn
    if every_bend is not None:
        bend = every_bend[rows]
        # a longer rod than the path's turn stays a rod: it bows by no more than a share of its length
        bow = bend / np.sqrt(1 + (np.linalg.norm(bend, axis=1) * length / _MOST_BOW)[:, None] ** 2)
        start += bow[:, None] * ahead[0] ** 2 / 2
        end += bow[:, None] * ahead[1] ** 2 / 2
    if recipe.settled:
        chance = draws(seed, "sediment", total, 2)[rows]
        for own, level in zip((start, end, radius), sediment(length, chance), strict=True):
            own += recipe.settled * (level - own)
    return start, end, radius


def _along_spine(node: Floats, girth: Floats, share: Floats) -> tuple[Floats, Floats]:
    """Return places on the spines, shape (n, grains, 3), and radii there; shares of the way along them are given."""
    way = share * (len(_SPINE) - 1)
    before = way.astype(int)
    part = way - before
    row = np.arange(len(node))[:, None]
    at = node[row, before] + part[:, :, None] * (node[row, before + 1] - node[row, before])
    return at, girth[row, before] + part * (girth[row, before + 1] - girth[row, before])


def _longest(ball: Floats, radius: Floats) -> Floats:
    """Return the longest diameter, shape (n,), of particles of balls of shapes (n, balls, 3) and (n, balls)."""
    reach, girth = ball @ _WAYS, radius[:, :, None]
    most, least = reach[:, 0] + girth[:, 0], reach[:, 0] - girth[:, 0]
    for each in range(1, ball.shape[1]):  # numpy's own maximum over a middle axis is several times as slow
        np.maximum(most, reach[:, each] + girth[:, each], out=most)
        np.minimum(least, reach[:, each] - girth[:, each], out=least)
    longest: Floats = (most - least).max(axis=1)
    return longest


def _knot(
    rods: tuple[Floats, Floats, Floats],
    tied: NDArray[np.bool_],
    half: Floats,
    stretch: Floats,
    share: float,
    chance: Floats,
) -> None:
    """Tie knots into some particles, in place: their grains swell in the middle, their side arms become tails.

    A round particle has no thread to tie, so it stays as it is; the knot of a long one is over twice as wide as it.
    """
    start, end, radius = rods
    long = (1 - 1 / stretch[tied])[:, None]
    wide = half[tied, None] * (1 + 1.7 * long)
    one, other, far, turn = np.split(chance, 4, axis=1)
    lump = _sphere(one, other) * (0.3 * wide * far)[:, :, None]
    grains, tails = slice(4, 4 + _GRAINS), slice(4 + _GRAINS, None)
    for points in (start, end):
        points[tied, grains] += share * (lump - points[tied, grains])
    radius[tied, grains] += share * (0.75 * wide[:, :, None] - radius[tied, grains])
    angle = np.radians(40 + 30 * turn[:, :_ARMS])
    way = np.stack([np.cos(angle) * [1, -1], np.sin(angle), np.zeros_like(angle)], axis=2)
    start[tied, tails] -= share * start[tied, tails]
    end[tied, tails] += share * (2.2 * (wide * long)[:, :, None] * way - end[tied, tails])
    radius[tied, tails] += share * (np.array([0.8, 0.5]) * half[tied, None, None] - radius[tied, tails])


def hollow(recipe: Recipe, count: int) -> Floats:
    """Return how hollow each particle is, shape (count,). Sediment has no centre to be hollow."""
    return np.full(count, _MAX_HOLLOW * recipe.lucent_centre * (1 - recipe.settled))
