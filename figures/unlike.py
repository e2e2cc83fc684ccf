"""Unlike sizes are not unlike shapes: one slider moved in each row."""

from dataclasses import replace

import calcifications as cx
from figures.plate import Panel, plate, save

DOTS = cx.Recipe(size_mm=0.7, count=12, size_spread=0.0, density=0.8)


def row(slider: str, values: tuple[float, ...]) -> list[Panel]:
    """Return a row of close-ups, with the word that the course's rules give each."""
    recipes = [replace(DOTS, **{slider: value}) for value in values]
    return [
        Panel(recipe, f"{value:.2f}", cx.Case(recipe, seed=2).reading().morphology)
        for recipe, value in zip(recipes, values, strict=True)
    ]


save(
    plate(
        [
            ("“Mixed sizes” moved", row("size_spread", (0.0, 0.15, 0.3, 0.45))),
            ("“Edge” moved", row("irregularity", (0.0, 0.2, 0.7, 1.0))),
        ],
        9,
        5,
    ),
    __file__,
)
