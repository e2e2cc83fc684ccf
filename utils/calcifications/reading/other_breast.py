"""The other breast, where its picture is there too: whether it shows the like."""

from __future__ import annotations

from collections.abc import Sequence

from calcifications.reading.reading import Reading

NUMEROUS = 3  # groups in each breast: the lexicon's "numerous" has no number, this one is the course's convention


def other_breast(number: int, readings: Sequence[Reading], sides: Sequence[str]) -> str:
    """Return what the other breast shows beside one population.

    Only words that are sure count as alike, because what is alike in both breasts may lower a category.

    Parameters
    ----------
    number : int
        Which of the readings.
    readings : sequence of Reading
        One a population, of both breasts.
    sides : sequence of {"left", "right"}
        Which breast each is of.

    Returns
    -------
    {"diffuse", "alike groups", "nothing alike"}
        A choice of `Context.other_breast`.
    """
    own = readings[number]
    alike = [
        side
        for side, one in zip(sides, readings, strict=True)
        if (one.morphology, one.distribution) == (own.morphology, own.distribution) and not one.borderline
    ]
    there = sum(side != sides[number] for side in alike)
    here = len(alike) - there
    if own.distribution == "diffuse" and here and there:
        return "diffuse"
    return "alike groups" if min(here, there) >= NUMEROUS else "nothing alike"
