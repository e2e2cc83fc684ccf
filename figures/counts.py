"""Count and distance: what is called a group, and what is not."""

from dataclasses import replace

import calcifications as cx
from figures.plate import Panel, plate, save

DOTS = cx.Recipe(size_mm=0.4, size_spread=0.1, density=0.6)
LINES = cx.preset("fine linear", "grouped")
SHOWN = (  # name, recipe, diameter of the circle in mm
    ("four dots", replace(DOTS, count=4), 10),
    ("five dots", replace(DOTS, count=5), 10),
    ("five, farther apart", replace(DOTS, count=5, extent_mm=18), 10),
    ("twelve, within 2 cm", replace(DOTS, count=12, extent_mm=18), 20),
    ("thirty, over a larger area", replace(DOTS, count=30, extent_mm=30, arrangement="area"), 20),
    ("three ragged lines", replace(LINES, count=3), 10),
)


def panel(name: str, recipe: cx.Recipe, circle_mm: float) -> Panel:
    """Return a close-up with its word by the course's rules, and the two measures that decide."""
    case = cx.Case(recipe, seed=2)
    seen, word = case.findings[0], case.reading().distribution_phrase
    below = f"{word}\n{seen.count_within_10mm} within 1 cm; {seen.extent_mm:.0f} mm across"
    return Panel(recipe, name, below, circle_mm=circle_mm)


panels = [panel(*each) for each in SHOWN]
save(plate([("", panels[:3]), ("", panels[3:])], 32, 10), __file__)
