"""Arrangements along what is long and thin: several ducts, the wall of an artery, a thread.

Each has the signature told in `arrangement`.
"""

from __future__ import annotations

import numpy as np

from calcifications.pattern.draws import Floats, draws, halves, spaced
from calcifications.pattern.laid import Laid, about, follow
from calcifications.pattern.recipe import Recipe
from calcifications.pattern.tree import DuctTree, Vessel

_DUCTS = 5
_BRANCH_SHARE = 0.5  # length of a branch beside that of the ducts
_ROUND_THE_WALL = 0.3  # radians to either side: further round, a plate would be seen between the tracks
SEGMENTS = 12
"""A thread is laid from one end in this many segments; more particles go between them."""


def ducts(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles end to end along several ducts that lead to the nipple, and now and then in a branch."""
    tree = DuctTree.grown(seed)
    turn, lane = np.divmod(np.arange(count), _DUCTS + 1)
    branch = lane == _DUCTS
    duct = np.where(branch, turn % _DUCTS, lane)
    place = np.where(branch, halves(turn // _DUCTS), halves(turn))
    # the rods of neighbouring ducts do not lie abreast
    place = (place + 0.37 * duct + 0.02 * (draws(seed, "off the place", count, 1)[:, 0] - 0.5)) % 1.0
    along = np.where(branch, (0.2 + 0.8 * place) * _BRANCH_SHARE, place - 0.5) * recipe.extent_mm

    def path(way: Floats) -> Floats:
        # a branch is told by how far it runs back, a duct by how far forward
        return np.where(branch[:, None], tree.branch_at(duct, way), tree.at(duct, way))

    return follow(path, along)


def vessel(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles along both walls of an artery that winds and tapers."""
    artery = Vessel.grown(seed)
    side = np.where(np.arange(count) % 2, -1.0, 1.0)
    angle = _ROUND_THE_WALL * (2 * draws(seed, "round the wall", count, 1)[:, 0] - 1)
    along = (spaced(seed, "place", count, 1)[:, 0] - 0.5) * recipe.extent_mm
    laid = follow(lambda way: artery.wall(way, side, angle), along)
    return laid._replace(heading=about(laid.heading, seed, count, 0.08))


def thread(recipe: Recipe, seed: int, count: int) -> Laid:
    """Lay particles end to end along a thread with a loop: as long as the extent."""
    round_, turn = np.divmod(np.arange(count), SEGMENTS)
    share = (turn + 0.5 + halves(round_)) / SEGMENTS % 1.0
    chance = draws(seed, "thread", 1, 6)[0]
    phase = 2 * np.pi * chance[:3]
    turns = 1.1 + 0.4 * chance[3]

    def curve(way: Floats) -> Floats:
        # a drawn-out coil: it goes back on itself once a turn, so it makes a loop
        angle = 2 * np.pi * turns * way
        x = 0.75 * way + 0.13 * np.sin(angle + phase[0])
        y = 0.2 * np.cos(angle + phase[0]) + 0.06 * np.sin(0.6 * angle + phase[1])
        return np.stack([x, y, 0.12 * np.sin(0.7 * angle + phase[2])], axis=1)

    # places are even along the thread, not along the curve's own parameter
    fine = np.linspace(0, 1, 257)
    points = curve(fine)
    walked = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    # a stitch follows a scar, which runs round the nipple rather than to it
    yaw, pitch = np.pi * (0.3 + 0.4 * chance[4]), 0.9 * (chance[5] - 0.5)
    run = np.array([np.cos(yaw) * np.cos(pitch), np.sin(yaw) * np.cos(pitch), np.sin(pitch)])
    beside = np.array([-np.sin(yaw), np.cos(yaw), 0.0])
    tilted = (beside + np.cross(run, beside)) / np.sqrt(2)  # so that the loop is open from above and from the side
    frame = np.stack([run, tilted, np.cross(run, tilted)])
    middle = (points.max(axis=0) + points.min(axis=0)) / 2

    def path(way: Floats) -> Floats:
        at = (curve(way) - middle) * (recipe.extent_mm / walked[-1])
        return at[:, :1] * frame[0] + at[:, 1:2] * frame[1] + at[:, 2:] * frame[2]

    return follow(path, np.interp(share * walked[-1], walked, fine), step=0.01)
