"""The ladder of sizes: the same five dots from 0.1 to 2 mm, on a contact view and magnified."""

import calcifications as cx
from figures.plate import Panel, plate, save

SIZES_MM = (0.1, 0.15, 0.2, 0.3, 0.5, 1.0, 2.0)


def ladder(view: str) -> list[Panel]:
    """Return one row: each size with the word that the course's rules give it on this view."""
    panels = []
    for size in SIZES_MM:
        recipe = cx.Recipe(size_mm=size, count=5, size_spread=0.1, density=0.6, extent_mm=8)
        word = cx.Case(recipe, seed=2, views=(view,)).reading().morphology
        panels.append(Panel(recipe, f"{size:g} mm", word, view=view))
    return panels


save(plate([("contact view (CC)", ladder("CC")), ("magnified (CC-mag)", ladder("CC-mag"))], 9, 5), __file__)
