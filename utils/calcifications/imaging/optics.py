"""What the unit and its detector do to a picture: numbers from a table that says where each comes from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Optics:
    """The unit's numbers; `optics.toml` holds their units, their sources and how sure they are."""

    energy_kev: float
    scatter_factor: float
    compressed_mm: float
    pixel_mm: float
    overview_pixel_mm: float
    finest_pixel_mm: float
    coarsest_pixel_mm: float
    spot_factor: float
    largest_factor: float
    detector_blur_mm: float
    focal_blur_mm: float
    noise: float
    least_dose: float
    largest_dose: float
    observer_efficiency: float
    observer_threshold: float


@cache
def optics() -> Optics:
    """Return the unit's numbers."""
    table = tomllib.loads(files(__package__).joinpath("optics.toml").read_text(encoding="utf-8"))
    return Optics(**{name: record["value"] for name, record in table.items()})
