"""Marks: calcifications as one view shows them, whoever made them out, the truth or a reader of pixels."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# What decides of a single mark. All are the course's convention, after its features table.
IRREGULAR = 0.07  # dent in the outline: between smooth (0.05 at most) and irregular (0.10 at least)
RAGGED = 0.10  # of a line: a smooth rod never measures more than 0.06
STRETCHED, DRAWN = 1.5, 2.0  # long to short axis: from here on no longer round, and no oval dot either
LINE_STRETCH, LINE_LENGTH_MM = 3.0, 0.7
FINE_MM = 0.5
PLAQUE_MM = 1.0  # what a scar is made of is coarse, usually over a millimetre
SHELLS = 4  # so many are rims: more of them are no longer proved by their form alone
LUMP_MM, LOBED, LUMP_CONTRAST = 2.5, 0.03, 8.0  # what popcorn is made of
FEW = 0.3  # of a group, less than this share


@dataclass(frozen=True)
class Marks:
    """What is seen of each particle, a row a particle.

    Attributes
    ----------
    index : ndarray of int, shape (n,)
        Which particle of the pattern, or of the picture, each mark is.
    place : ndarray of shape (n, 2)
        Middles on the view, to the right and up, in mm.
    longest_mm, width_mm, breadth_mm : ndarray of shape (n,)
        Longest diameter; area over longest diameter; reach across the long axis.
    elongation, dent, angle : ndarray of shape (n,)
        Long to short axis by second moments; 1 - area / convex area; the long axis's angle to the picture's
        horizontal, in radians, -pi/2 to pi/2.
    drawn_out : ndarray of shape (n,)
        Elongation as the view's blur leaves it: what is too small to be resolved is round.
    conspicuity : ndarray of shape (n,)
        Peak contrast over noise.
    lucent, readable : ndarray of bool, shape (n,)
        Whether a hollow centre is seen; whether the shape can be made out at all.
    """

    index: NDArray[np.int64]
    place: Floats
    longest_mm: Floats
    width_mm: Floats
    breadth_mm: Floats
    elongation: Floats
    dent: Floats
    angle: Floats
    drawn_out: Floats
    conspicuity: Floats
    lucent: Flags
    readable: Flags

    def __len__(self) -> int:
        return len(self.index)

    def where(self, which: Flags) -> Marks:
        """Return some of the marks."""
        return Marks(**{each.name: getattr(self, each.name)[which] for each in fields(self)})

    @cached_property
    def irregular(self) -> Flags:
        """Which have a dented outline."""
        return self.readable & (self.dent >= IRREGULAR)

    @cached_property
    def odd(self) -> Flags:
        """Which are irregular or stretched."""
        return self.irregular | (self.readable & (self.elongation > STRETCHED))

    @cached_property
    def drawn(self) -> Flags:
        """Which are irregular or drawn out, twice as long as wide or more."""
        return self.irregular | (self.readable & (self.elongation >= DRAWN))

    @cached_property
    def line(self) -> Flags:
        """Which are lines."""
        return self.readable & (self.elongation >= LINE_STRETCH) & (self.longest_mm >= LINE_LENGTH_MM)

    @cached_property
    def ragged(self) -> Flags:
        """Which are lines with a ragged outline."""
        return self.line & (self.dent >= RAGGED)

    @cached_property
    def plaque(self) -> Flags:
        """Which are coarse plaques: dented, a millimetre or more, and no lines."""
        return self.irregular & (self.longest_mm >= PLAQUE_MM) & ~self.line

    @cached_property
    def scar(self) -> Flags:
        """Which may be part of a scar: coarse plaques, and smooth shells of a millimetre or more, if a few at most."""
        shell = self.lucent & ~self.irregular & (self.longest_mm >= PLAQUE_MM) & ~self.line
        return self.plaque | (shell & (shell.sum() <= SHELLS))

    @cached_property
    def lump(self) -> Flags:
        """Which are large, plain and lobed, and no lines."""
        return (self.longest_mm >= LUMP_MM) & (self.dent >= LOBED) & (self.conspicuity > LUMP_CONTRAST) & ~self.line

    @cached_property
    def proving(self) -> Flags:
        """Which may prove a harmless cause: those with no dented outline.

        Where more than a few are dented none proves it. So what is added with a dented outline, and is more worrisome
        than what is there, never helps to prove it.
        """
        return ~self.irregular & (self.irregular.sum() < FEW * len(self))
