"""Two populations in one picture: a harmless form that catches the eye, and five ragged specks beside it."""

import calcifications as cx
from figures.plate import Panel, plate, save

RAGGED = cx.Recipe(0.3, 5, 0.9, 1.6, 0.5, density=0.9, extent_mm=4, across_mm=10, up_mm=10)
FORMS = (("milk of calcium", 480.0), ("rim", 900.0), ("vascular", 480.0), ("large rod-like", 700.0))


def panel(form: str, white: float, view: str) -> Panel:
    """Return a close-up, with what a work-up reads of each population under the second look."""
    groups = [cx.preset(form), RAGGED]
    read = cx.Case(groups, cx.Context("diagnostic"), seed=2, views=("CC", "ML")).reading()
    below = "\n".join(f"{each.morphology}: {each.category}" for each in read.populations) if view == "ML" else ""
    return Panel(groups, form if view == "CC" else "", below, view=view, white=white)


rows = [
    (name, [panel(*each, view) for each in FORMS]) for name, view in (("from above", "CC"), ("from the side", "ML"))
]
save(plate(rows, 34, 10), __file__)
