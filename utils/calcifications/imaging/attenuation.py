"""How much a calcification weakens the beam, from tabulated attenuation."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from calcifications.errors import number, pick
from calcifications.imaging.optics import optics

_THICKEST_MM = 100.0


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("attenuation.toml").read_text(encoding="utf-8"))


def materials() -> list[str]:
    """Return the names of the materials whose attenuation is tabulated."""
    return list(_table()["material"])


@cache
def attenuation(material: str, energy_kev: float | None = None) -> float:
    """Return a material's linear attenuation, per mm.

    Parameters
    ----------
    material : str
        One of `materials()`.
    energy_kev : float, optional
        Photon energy, 15 to 30 keV; by default the course's beam.

    Raises
    ------
    CourseError
        If there is no such material, or the energy lies outside the table.
    """
    table = _table()
    pick(material, materials(), "material")
    energies = table["energy_kev"]
    energy = optics().energy_kev
    if energy_kev is not None:
        energy = number(energy_kev, energies[0], energies[-1], "energy", "keV")
    # it falls as a power of energy: a straight line in logarithms between the tabulated energies
    per_cm = np.exp(np.interp(np.log(energy), np.log(energies), np.log(table["material"][material]["per_cm"])))
    return float(per_cm) / 10


def over_tissue(material: str, energy_kev: float | None = None) -> float:
    """Return a material's attenuation over that of half glandular, half fatty tissue, per mm; see `attenuation`."""
    tissue = (attenuation("glandular", energy_kev) + attenuation("adipose", energy_kev)) / 2
    return attenuation(material, energy_kev) - tissue


def contrast(material: str, thickness_mm: float, energy_kev: float | None = None) -> float:
    """Return the share of the beam that a material takes out in place of as much tissue, without scatter and blur.

    Parameters
    ----------
    material, energy_kev
        See `attenuation`.
    thickness_mm : float
        0 to 100.

    Raises
    ------
    CourseError
        If a value is out of its bounds.
    """
    thickness = number(thickness_mm, 0, _THICKEST_MM, "thickness", "mm")
    return float(1 - np.exp(-over_tissue(material, energy_kev) * thickness))


def calcium_over_tissue(energy_kev: float | None = None) -> float:
    """Return attenuation of solid hydroxyapatite over half glandular, half fatty tissue, per mm.

    Real particles are porous and mixed with protein: a recipe's density is the share of this that they reach.
    """
    return over_tissue("hydroxyapatite", energy_kev)


def mineral_share(material: str, energy_kev: float | None = None) -> float:
    """Return the recipe's density at which a particle weakens the beam as this solid material does."""
    return over_tissue(material, energy_kev) / calcium_over_tissue(energy_kev)


def grey_per_mm(mineral: float = 1.0) -> float:
    """Return grey units (thousandths of the log of attenuation) a mm of particle adds, for a mineral share."""
    return 1000 * optics().scatter_factor * mineral * calcium_over_tissue()
