"""How much a calcification darkens the beam, from tabulated attenuation."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np

ENERGY_KEV = 20.0
SCATTER_FACTOR = 0.7
"""Share of the contrast that scatter behind a grid leaves: the course's convention."""


@cache
def calcium_over_tissue(energy_kev: float = ENERGY_KEV) -> float:
    """Return attenuation of solid hydroxyapatite over half glandular, half fatty tissue, per mm.

    Real particles are porous and mixed with protein: a recipe's density is the share of this that they reach.
    """
    table = tomllib.loads(files(__package__).joinpath("attenuation.toml").read_text(encoding="utf-8"))
    # attenuation falls as a power of energy: a straight line in logarithms between the tabulated energies
    mu = {
        name: np.exp(np.interp(np.log(energy_kev), np.log(table["energy_kev"]), np.log(table[name])))
        for name in ("hydroxyapatite", "glandular", "adipose")
    }
    return float(mu["hydroxyapatite"] - (mu["glandular"] + mu["adipose"]) / 2) / 10


def grey_per_mm(mineral: float = 1.0) -> float:
    """Return grey units (thousandths of the log of attenuation) a mm of particle adds, for a mineral share."""
    return 1000 * SCATTER_FACTOR * mineral * calcium_over_tissue()
