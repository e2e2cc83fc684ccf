"""Phantoms: blocks that weaken the beam like a breast, with specks of known size in known places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from calcifications.errors import pick
from calcifications.pattern.anatomy import Breast
from calcifications.pattern.grow import Pattern
from calcifications.pattern.particles import Particles
from calcifications.pattern.recipe import Recipe

_SPECKS = 6
_STAR_MM = 2.5  # radius of the star: five specks around one
_APART_MM = 11.0  # between groups: three columns fit a close-up
_COLUMNS = 3


@dataclass(frozen=True)
class Phantom(Pattern):
    """The specks of a phantom, a group a size, the largest first. Other than a breast's, they do not grow.

    Attributes
    ----------
    name : str
    speck_mm : tuple of float
        Diameter of each group's specks.
    thickness_mm : float
        Of the block, in tissue that is half glandular, half fatty.
    must_show : int
        How many groups a unit has to show to pass.
    """

    name: str
    speck_mm: tuple[float, ...]
    thickness_mm: float
    must_show: int

    def __repr__(self) -> str:
        return f"Phantom({self.name}, {len(self.recipes)} groups of {_SPECKS} specks)"


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("phantoms.toml").read_text(encoding="utf-8"))


def phantom(name: str) -> Phantom:
    """Return a phantom: six equal balls a group, one of them in the middle of a star of five.

    Parameters
    ----------
    name : {"acr-digital", "acr-film"}

    Returns
    -------
    Phantom
        A Pattern, to be pictured and measured like one; what lies behind its specks is even.

    Raises
    ------
    CourseError
        If there is no such phantom.
    """
    record = _book()[pick(name, _book(), "phantom")]
    sizes = tuple(record["speck_mm"])
    recipes = tuple(
        Recipe(
            size_mm=size,
            count=_SPECKS,
            size_spread=0.0,
            density=record["mineral_share"],
            extent_mm=2 * _STAR_MM,
            forward_mm=_APART_MM * (number % _COLUMNS - 1),
            across_mm=_APART_MM * (0.5 - number // _COLUMNS),
        )
        for number, size in enumerate(sizes)
    )
    turn = 2 * np.pi * np.arange(_SPECKS - 1) / (_SPECKS - 1)
    star = _STAR_MM * np.stack([np.sin(turn), np.cos(turn), 0 * turn], axis=1)
    star = np.concatenate([star, np.zeros((1, 3))])
    middles = np.array([[each.forward_mm, each.across_mm, each.up_mm] for each in recipes])
    centre = (middles[:, None] + star).reshape(-1, 3)
    radius = np.repeat(sizes, _SPECKS) / 2
    specks = Particles(
        start=centre[:, None],
        end=centre[:, None],
        radius=np.stack([radius, radius], axis=1)[:, None],
        centre=centre,
        hollow=np.zeros(len(centre)),
        mineral=np.full(len(centre), record["mineral_share"]),
        group=np.repeat(np.arange(len(sizes)), _SPECKS),
    )
    return Phantom(specks, recipes, 0, Breast(), name, sizes, record["thickness_mm"], record["must_show"])
