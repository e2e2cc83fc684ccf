"""Aiming under stereotaxis: targets in a compressed breast, and where two crosses on the pair put the needle.

The tube swings across the way to the nipple, so a speck moves up or down the picture, and not along it. How far says
how high it lies; the formula, exact and as a rule of thumb, is in `reading.stereo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import Radiograph, View, project, radiograph
from calcifications.imaging.view import SOURCE_MM, SWING_DEG, height
from calcifications.pattern import Pattern, Recipe, grow, preset
from calcifications.reading.stereo import depth_mm

Floats = NDArray[np.float64]

PAIR = ("stereo-left", "stereo-right")
"""The views of the pair, in the order in which they stand."""

NOTCH_MM = 20.0
"""Length of the needle's notch along the needle: a course convention."""

REACH_MM = 5.0
"""How far to the side of the needle tissue is drawn into the notch: a course convention."""

ENOUGH = 0.5
"""The share of the specks that a sample should hold at least: a course convention."""

_LIES_MM = (-28.0, 16.0)  # up and down in the breast: both pictures show what lies there
_ASIDE_MM = 3.0  # to every side of the middle of the field
_APART_MM = 16.0  # between the heights of two groups that lie over each other

TASKS: tuple[tuple[str, tuple[Recipe, ...]], ...] = (
    ("the one dense ball", (Recipe(size_mm=1.0, count=1, density=1.0),)),
    ("the middle of the group of specks", (preset("fine pleomorphic"),)),
    ("the middle of the haze", (preset("amorphous"),)),
    (
        "the middle of the ragged specks, not of the smooth dots that lie higher or lower",
        (preset("coarse heterogeneous"), Recipe(size_mm=0.35, count=10, density=0.9, extent_mm=7.0)),
    ),
)
"""What is aimed at, in words and as recipes; the first recipe is the target."""


@dataclass(frozen=True)
class Shot:
    """Where two crosses put the needle, and what its notch would hold there.

    Attributes
    ----------
    shift_mm : float
        How far the crosses lie from each other along the tube's swing.
    depth_mm, thumb_mm : float
        Height over the detector by the exact formula, and by the rule of thumb.
    crossed_mm : float
        How far they lie from each other along the way to the nipple: one and the same speck does not move that way.
    off_depth_mm, off_aside_mm : float
        How far the needle is from the target's middle: too high if positive, and to the side.
    cost_mm : float
        Depth that one more millimetre of error in one picture would cost here.
    held : ndarray of bool
        Which of the target's specks would lie in the notch.
    place : ndarray of shape (2,)
        Where the needle stands, seen from above: to the nipple, and to the arm, in mm.
    """

    shift_mm: float
    depth_mm: float
    thumb_mm: float
    crossed_mm: float
    off_depth_mm: float
    off_aside_mm: float
    cost_mm: float
    held: NDArray[np.bool_]
    place: Floats

    @property
    def right(self) -> bool:
        """Whether the sample holds enough of the target."""
        return bool(self.held.mean() >= ENOUGH)

    @property
    def just(self) -> bool:
        """Whether it does so only just: the target's middle lies in the outer half of the notch."""
        return self.right and abs(self.off_depth_mm) > NOTCH_MM / 4


@dataclass(frozen=True)
class Target:
    """One target, and the pair of pictures of it.

    Attributes
    ----------
    words : str
        What is to be aimed at.
    pattern : Pattern
        The first group is the target.
    tissue : str
        The breast's density.
    """

    words: str
    pattern: Pattern
    tissue: str = "a"

    @classmethod
    def drawn(cls, number: int, seed: int) -> Target:
        """Draw the target of a number, 0 and up, in a place that chance decides."""
        words, recipes = TASKS[number % len(TASKS)]
        chance = np.random.default_rng([seed, number])
        low, high = _LIES_MM
        up = chance.uniform(low, high)
        aside = chance.uniform(-_ASIDE_MM, _ASIDE_MM, (len(recipes), 2)).round(1)
        # a second group lies on the side where there is more room
        ups = [up, up + _APART_MM if up < (low + high) / 2 else up - _APART_MM]
        placed = [
            Recipe(**recipe.to_dict() | {"forward_mm": x, "across_mm": y, "up_mm": round(z, 1)})
            for recipe, (x, y), z in zip(recipes, aside.tolist(), ups, strict=False)
        ]
        return cls(words, grow(placed, int(chance.integers(2**31))))

    @cached_property
    def pictures(self) -> tuple[Radiograph, ...]:
        """The pair."""
        return tuple(radiograph(self.pattern, view, tissue=self.tissue, noise_seed=n) for n, view in enumerate(PAIR))

    @property
    def _view(self) -> View:
        return self.pictures[0].view

    @cached_property
    def specks(self) -> Floats:
        """The target's specks, shape (n, 3): to the nipple, to the arm, and the height over the detector, in mm."""
        ours = self.pattern.particles.centre[self.pattern.particles.group == 0]
        return np.column_stack([ours @ self._view.axes.T, height(self._view, ours)])

    @property
    def middle(self) -> Floats:
        """The middle of the target, shape (3,), as `specks`."""
        middle: Floats = self.specks.mean(axis=0)
        return middle

    def shares(self, points: Floats) -> Floats:
        """Return where points of the breast, shape (..., 3) in mm, show: shares across and down, shape (2, ..., 2)."""
        return np.stack([_share(picture, project(picture.view, points)) for picture in self.pictures])

    def shot(self, crosses: Sequence[Sequence[float]]) -> Shot:
        """Say where the needle goes.

        Parameters
        ----------
        crosses : sequence of two sequences of two float
            A place in each picture, as shares of it across and down.
        """
        one, other = (_mm(picture, np.asarray(at, float)) for picture, at in zip(self.pictures, crosses, strict=True))
        shift = float(one[1] - other[1])
        deep = depth_mm(shift)
        # what lies higher is drawn larger: back from the detector to its own height
        place = (one + other) / 2 * (1 - deep / (SOURCE_MM * cos(radians(SWING_DEG))))
        off = place - self.middle[:2]
        aside = np.linalg.norm(self.specks[:, :2] - place, axis=1)
        along = np.abs(self.specks[:, 2] - deep)
        return Shot(
            shift_mm=shift,
            depth_mm=deep,
            thumb_mm=depth_mm(shift, exact=False),
            crossed_mm=float(abs(one[0] - other[0])),
            off_depth_mm=float(deep - self.middle[2]),
            off_aside_mm=float(np.linalg.norm(off)),
            cost_mm=depth_mm(shift + 0.5) - depth_mm(shift - 0.5),
            held=(aside <= REACH_MM) & (along <= NOTCH_MM / 2),
            place=place,
        )


def _half(picture: Radiograph) -> Floats:
    """Return half of a picture's width and height in mm."""
    rows, columns = picture.background.shape
    return np.array([columns, rows]) * picture.pixel_mm / 2


def _share(picture: Radiograph, mm: Floats) -> Floats:
    """Turn mm about the middle of the field, shape (..., 2), into shares across and down."""
    share: Floats = (1 + mm * [1, -1] / _half(picture)) / 2
    return share


def _mm(picture: Radiograph, share: Floats) -> Floats:
    """Turn shares across and down into mm on the detector, in the breast's own frame."""
    mm: Floats = (2 * share - 1) * _half(picture) * [1, -1] + picture.view.centre
    return mm
