"""Where in the breast calcifications lie, in a report's words: side, clock and depth."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.items.cases import as_shown, one_of
from calcifications.reading.report import DEPTHS, SIDES

NEAR_DEG = 20.0
"""So many degrees of the clock beside an hour, it is accepted. The course's convention."""
NEAR_SHARE = 0.05
"""So near to the border of two depths, as a share of the way from nipple to chest wall, both are accepted."""
ALL_OVER = "all over"
HOURS = tuple(f"{hour} o'clock" for hour in (12, *range(1, 12)))
_AWAY_MM = (18.0, 32.0)  # how far beside the way from the nipple straight back a group is put
_FORWARD_MM = (-25.0, 20.0)
_TRIES = 12


@dataclass(frozen=True)
class Place:
    """Where calcifications lie.

    Attributes
    ----------
    side : str
    outward_mm, upward_mm : float
        From the way that leads from the nipple straight back: to the patient's arm, and to her head.
    behind_mm : float
        Behind the nipple.
    share : float
        Of the way from the nipple to the chest wall.
    everywhere : bool
        Whether they lie all over the breast: then there is no clock.
    """

    side: str
    outward_mm: float
    upward_mm: float
    behind_mm: float
    share: float
    everywhere: bool

    @property
    def sides(self) -> tuple[str, ...]:
        """What is right of the side."""
        return (f"{self.side} breast",)

    @property
    def turn_deg(self) -> float:
        """The angle from 12 o'clock, clockwise, as one faces the patient."""
        outward = self.outward_mm if self.side == "left" else -self.outward_mm
        return math.degrees(math.atan2(outward, self.upward_mm)) % 360

    @property
    def clocks(self) -> tuple[str, ...]:
        """What is right of the clock, the nearest hour first."""
        if self.everywhere:
            return (ALL_OVER,)
        off = [abs((self.turn_deg - 30 * hour + 180) % 360 - 180) for hour in range(12)]
        near = sorted(range(12), key=off.__getitem__)
        return tuple(HOURS[hour] for hour in near if off[hour] <= NEAR_DEG)

    @property
    def depths(self) -> tuple[str, ...]:
        """What is right of the depth, the part that it lies in first."""
        if self.everywhere:
            return (ALL_OVER,)
        near = [self._part(self.share + beside) for beside in (0.0, -NEAR_SHARE, NEAR_SHARE)]
        return tuple(f"{DEPTHS[part]} depth" for part in dict.fromkeys(near))

    @staticmethod
    def _part(share: float) -> int:
        return min(max(int(len(DEPTHS) * share), 0), len(DEPTHS) - 1)

    def told(self) -> str:
        """Say where they lie, and how that is read off the pictures."""
        if self.everywhere:
            return "They lie all over the breast: a report names no clock and no depth then."
        up, out = ("above" if self.upward_mm > 0 else "below"), ("outer" if self.outward_mm > 0 else "inner")
        return (
            f"From above they lie {abs(self.outward_mm):.0f} mm to the {out} side, from the side "
            f"{abs(self.upward_mm):.0f} mm {up} the nipple: {' or '.join(self.clocks)}, as one faces her {self.side} "
            f"breast. That is {self.behind_mm:.0f} mm behind the nipple: {' or '.join(self.depths)}."
        )


def place_of(case: Case) -> Place:
    """Return where a case's calcifications lie, from where they were grown."""
    pattern = case.pattern
    across = pattern.particles.centre.mean(axis=0)
    nipple = pattern.breast.nipple
    behind = float(nipple[0] - across[0])
    share = behind / float(nipple[0] - pattern.breast.wall_mm)
    everywhere = as_shown(case).distribution == "diffuse"
    return Place(case.groups[0].breast, float(across[1]), float(across[2]), behind, share, everywhere)


def sides() -> tuple[str, ...]:
    """Return what can be said of the side."""
    return tuple(f"{side} breast" for side in SIDES)


def depths() -> tuple[str, ...]:
    """Return what can be said of the depth."""
    return (*(f"{depth} depth" for depth in DEPTHS), ALL_OVER)


def put_somewhere(case: Case, chance: np.random.Generator) -> Case:
    """Put a case's group into either breast and away from its middle, where the breast has room for it."""
    for _ in range(_TRIES):
        turn, away = chance.uniform(0, 2 * np.pi), chance.uniform(*_AWAY_MM)
        forward = round(float(chance.uniform(*_FORWARD_MM)), 1)
        across, up = (round(float(away * part), 1) for part in (np.cos(turn), np.sin(turn)))
        breast = one_of(chance, SIDES)
        (alone,) = case.groups
        moved = replace(case, recipes=(replace(alone, forward_mm=forward, across_mm=across, up_mm=up, breast=breast),))
        with suppress(CourseError):  # outside the breast
            if moved.pattern:
                return moved
    return case


def clear(place: Place) -> bool:
    """Say whether the clock can be told: of what lies right behind the nipple it can't."""
    return place.everywhere or math.hypot(place.outward_mm, place.upward_mm) >= _AWAY_MM[0] / 2
