"""The recipe of one group of calcifications: the positions of the sliders, with their units and bounds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import ceil
from typing import Any

from calcifications.errors import CourseError, number, pick, whole

ARRANGEMENTS = {
    "lobule": "in one small spot",
    "duct": "along one duct",
    "lobe": "in a duct and its branches",
    "area": "over a large area",
    "breast": "all over the breast",
    "column": "one behind the other, seen from above",
    "ducts": "along several ducts",
    "vessel": "in the wall of an artery",
    "skin": "in the skin",
    "thread": "along a thread",
    "fold": "in the folds of the armpit's skin",
}
"""Where a recipe lays its particles: anatomy, not a verdict. The distribution word is measured afterwards."""


AROUND = {
    "nothing": "nothing",
    "density": "a vague density",
    "mass": "a round mass",
    "distortion": "threads drawn together",
}
"""What tissue may lie around a group."""

BREASTS = ("left", "right")
MOST = 5000  # particles in one group; the slider ends far below


@dataclass(frozen=True)
class Slider:
    """One number of a recipe: its bounds and what a learner calls it.

    `log` sliders move by factors, not by steps, because a tenth of a millimetre matters at 0.3 and not at 5.
    """

    name: str
    low: float
    high: float
    step: float
    unit: str
    label: str
    term: str
    log: bool = False
    places: int = 2


SLIDERS = (
    Slider("size_mm", 0.05, 8.0, 0.01, "mm", "Size", "longest diameter, if not stretched", log=True),
    Slider("count", 1, 120, 1, "", "Count", "number of calcifications", places=0),
    Slider("irregularity", 0.0, 1.0, 0.01, "", "Edge", "smooth to irregular margin"),
    Slider("elongation", 1.0, 8.0, 0.1, "", "Stretch", "elongation: length to width", places=1),
    Slider("unlikeness", 0.0, 1.0, 0.01, "", "Unlike each other", "pleomorphism: shapes differ"),
    Slider("branching", 0.0, 1.0, 0.01, "", "Side arms", "branching"),
    Slider("lucent_centre", 0.0, 1.0, 0.01, "", "Hollow", "lucent centre"),
    Slider("size_spread", 0.0, 0.6, 0.01, "", "Mixed sizes", "spread of size: sd to mean"),
    Slider("density", 0.05, 1.0, 0.01, "", "Density", "mineral share of the particle"),
    Slider("extent_mm", 2.0, 40.0, 0.5, "mm", "Spread out", "extent of the arrangement", places=1),
    Slider("settled", 0.0, 1.0, 0.01, "", "Settled", "sediment lying level in tiny cysts"),
    Slider("knots", 0.0, 1.0, 0.01, "", "Knots", "knots of a stitch"),
    Slider("around_strength", 0.0, 1.0, 0.01, "", "Tissue around", "faint to plain density, mass or distortion"),
)
"""The sliders of a recipe, in the order in which a page shows them."""

_CROWDED = ("lobule", "area", "column")  # a ball holds only so many; elsewhere they merge, as in life
_PLACES = ("forward_mm", "across_mm", "up_mm")
_FIELD_HALF_MM = 60.0


@dataclass(frozen=True)
class Recipe:
    """The slider positions of one group of calcifications.

    Parameters
    ----------
    size_mm : float
        Longest diameter of a typical particle in mm, 0.05 to 8. A particle stretched by `elongation` keeps its area,
        so it grows longer than this by the square root of the stretch.
    count : int
        Number of particles, 1 to 5000 (the slider ends at 120).
    irregularity : float
        Edge, 0 smooth to 1 ragged.
    elongation : float
        Length to width of a typical particle, 1 to 8.
    unlikeness : float
        How much the particles' shapes differ from each other, 0 to 1. Not their sizes: that is `size_spread`.
    branching : float
        Length of the side arms of stretched particles, 0 none to 1.
    lucent_centre : float
        Hollowness, 0 solid to 1 a thin shell.
    size_spread : float
        Spread of the particles' sizes, standard deviation over mean, 0 to 0.6.
    density : float
        Mineral share of a particle, 0.05 to 1 (solid hydroxyapatite). Solid calcium oxalate (weddellite) weakens the
        beam as much as a share of a third.
    arrangement : str
        The anatomy that the particles lie in, one of `ARRANGEMENTS`.
    extent_mm : float
        Length of that arrangement in mm, 2 to 40 (the breast has its own size).
    forward_mm, across_mm, up_mm : float
        Where the group's centre lies in the field, in mm: towards the nipple, towards the arm, towards the head.
    settled : float
        Sediment, 0 none to 1: the mineral lies level at the bottom of a tiny cyst as wide as the particle.
    knots : float
        How far the knots of a thread swell, 0 to 1.
    around : {"nothing", "density", "mass", "distortion"}
        The tissue around the group.
    around_strength : float
        How plain that is, 0 to 1.
    breast : {"left", "right"}
        Which breast the group lies in.

    Raises
    ------
    CourseError
        If any value is out of its bounds, or the particles take more room than there is; all mistakes are named, one
        a line.
    """

    size_mm: float = 0.35
    count: int = 9
    irregularity: float = 0.0
    elongation: float = 1.0
    unlikeness: float = 0.0
    branching: float = 0.0
    lucent_centre: float = 0.0
    size_spread: float = 0.12
    density: float = 0.5
    arrangement: str = "lobule"
    extent_mm: float = 8.0
    forward_mm: float = 0.0
    across_mm: float = 0.0
    up_mm: float = 0.0
    settled: float = 0.0
    knots: float = 0.0
    around: str = "nothing"
    around_strength: float = 0.0
    breast: str = "left"

    def __post_init__(self) -> None:
        mistakes: list[str] = []

        def keep(name: str, check: Any, *args: Any) -> None:
            try:
                object.__setattr__(self, name, check(getattr(self, name), *args))
            except CourseError as error:
                mistakes.append(str(error))

        for slider in SLIDERS:
            if slider.name == "count":
                keep("count", whole, int(slider.low), MOST, "count")
            else:
                noun = slider.name.removesuffix("_mm").replace("_", " ")
                keep(slider.name, number, slider.low, slider.high, noun, slider.unit)
        for place in _PLACES:
            keep(place, number, -_FIELD_HALF_MM, _FIELD_HALF_MM, place.removesuffix("_mm"), "mm")
        keep("arrangement", pick, ARRANGEMENTS, "arrangement")
        keep("around", pick, AROUND, "kind of tissue around a group")
        keep("breast", pick, BREASTS, "breast")
        if not mistakes and self.room_mm > self.extent_mm:
            mistakes.append(
                f"{self.count} calcifications of {self.size_mm:g} mm do not fit into {self.extent_mm:g} mm; "
                f"they need {self.room_mm:.1f} mm."
            )
        if mistakes:
            raise CourseError("\n".join(mistakes))

    @property
    def room_mm(self) -> float:
        """The smallest extent, in mm, that may be asked for; 0 where any will do. Half of what is solid may merge."""
        # a stretched particle keeps its area, so its volume falls with the root of the stretch
        volume = self.count * self.size_mm**3 / self.elongation**0.5
        return float((volume / 2) ** (1 / 3)) if self.arrangement in _CROWDED else 0.0

    @classmethod
    def spread_out(cls, values: dict[str, Any]) -> Recipe:
        """Build a recipe whose particles find room: if they don't, its extent grows, in steps of the slider.

        Raises
        ------
        CourseError
            If the values have another mistake, or the particles need more room than the slider goes to.
        """
        (extent,) = (slider for slider in SLIDERS if slider.name == "extent_mm")
        asked = values.get("extent_mm", cls.extent_mm)
        room = cls.from_dict({**values, "extent_mm": extent.high}).room_mm
        if isinstance(asked, (int, float)) and extent.low <= asked < room:
            asked = min(ceil(room / extent.step) * extent.step, extent.high)
        return cls.from_dict({**values, "extent_mm": asked})

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain numbers and words, in their order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Recipe:
        """Build a recipe from `to_dict`'s form; unknown names are a CourseError."""
        known = [field.name for field in fields(cls)]
        for name in values:
            pick(name, known, "slider")
        return cls(**values)
