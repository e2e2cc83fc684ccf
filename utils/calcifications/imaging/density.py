"""Breast density, and all that goes with it: one hidden number a breast, from fatty (0) to dense (1).

The numbers are fitted, not anatomical: with them spectrum, anisotropy, kurtosis and coherence match those of 207 normal
films (mini-MIAS: Suckling et al. 1994, scanned at 0.2 mm), in their means and by how much films differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

# The tissue counts in grey levels of an 8-bit film scan, the course in thousandths of log attenuation. A speck of
# 0.35 mm, half mineral, peaks at about 150 of these after blur, and real calcifications at 24 levels over their tissue.
UNITS_PER_LEVEL = 6.0

# Middle of each class, on the way from fatty to dense, and its grey value: a course convention. The films are classed
# fatty ("a" here), glandular ("c") and dense ("d"); "b" lies between the first two.
DENSITIES = {"a": 0.10, "b": 0.37, "c": 0.63, "d": 0.90}
MEANS = {"a": 1900.0, "b": 2000.0, "c": 2150.0, "d": 2300.0}
WITHIN = 0.08  # by how much breasts of one class differ
FARTHEST = 2.0  # a draw is at most so many sd from the middle


@dataclass(frozen=True)
class Trait:
    """What is drawn once a breast: its middle in fatty and in dense breasts, and by how much breasts differ."""

    fatty: float
    dense: float
    spread: float
    times: bool = True  # the spread is a factor exp(sd), otherwise a sd

    def draw(self, rng: np.random.Generator, dense: float) -> float:
        """Draw the trait for a breast of this density, 0 to 1."""
        middle = self.fatty + (self.dense - self.fatty) * dense
        off = self.spread * float(np.clip(rng.standard_normal(), -FARTHEST, FARTHEST))
        return middle * math.exp(off) if self.times else middle + off


# Brightness in film grey levels, lengths in mm.
TRAITS = {
    # the ground
    "beta": Trait(2.48, 2.8, 0.38, times=False),  # exponent of its power spectrum: higher is smoother
    "power": Trait(7.8, 4.6, 0.45),  # at 1 cycle/mm, for white noise on pixels of 0.2 mm
    "skew": Trait(0.12, -0.20, 0.1, times=False),  # above 0 bright threads on dark fat, below 0 dark fat between them
    "drawn_out": Trait(0.2, 0.21, 0.2),  # along the way the tissue runs; from 0.4 on it looks embossed
    "wander": Trait(0.68, 0.68, 0.35),  # of that way, beside the way to the nipple, rad
    # strands
    "strands": Trait(110, 75, 0.5),  # per 1000 mm2
    "strand_peak": Trait(1.75, 1.0, 0.58),  # their mean brightness
    "strand_spread": Trait(0.65, 0.5, 0.35),  # of their courses, rad
    # lobules of fat
    "lobule": Trait(6.5, 6.5, 0.35),  # size
    "depth": Trait(4.0, 10.0, 0.55),  # how dark they are
    "wall": Trait(2.1, 1.7, 0.5),  # brightness of their walls
    "wall_mm": Trait(0.25, 0.25, 0.3),  # sigma of a wall's profile
    # broad light and dark
    "gland": Trait(0.04, 0.79, 0.0),  # share of the breast that glandular islands cover
    "rise": Trait(10.5, 22.0, 0.75),  # of an island over the fat around it
    "edge": Trait(0.17, 0.17, 0.5),  # vagueness of an island's edge
    "shading": Trait(14.0, 14.0, 0.6),  # height of the broad light and dark
    "shading_mm": Trait(25.0, 25.0, 0.25),  # and its length
    # contrast
    "uneven": Trait(0.36, 0.4, 0.6),  # by how much it wanders
    "link": Trait(0.0, 0.0, 0.2, times=False),  # how it goes with the shading, per 15 levels
}


@dataclass(frozen=True)
class Character:
    """What one breast's tissue is like on every view: a grey value, and a number for each trait."""

    mean: float
    traits: dict[str, float]

    def __getitem__(self, trait: str) -> np.float32:
        return np.float32(self.traits[trait])

    @classmethod
    def of(cls, seed: int, density: str) -> Character:
        """Draw the character of the breast of a seed."""
        rng = np.random.default_rng([seed, 1])
        dense = DENSITIES[density] + WITHIN * float(np.clip(rng.standard_normal(), -FARTHEST, FARTHEST))
        dense = min(max(dense, 0.0), 1.0)
        mean = float(np.interp(dense, list(DENSITIES.values()), list(MEANS.values())))
        return cls(mean, {name: trait.draw(rng, dense) for name, trait in TRAITS.items()})
