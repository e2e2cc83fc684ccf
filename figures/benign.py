"""Six forms that prove their own harmless cause, at one scale."""

import calcifications as cx
from figures.plate import BENIGN, Panel, plate, save


def panel(form: str, below: str, view: str = "CC", white: float = 480.0) -> Panel:
    """Return a form as the course's own preset shows it."""
    return Panel(cx.preset(form), form, below, view=view, colour=BENIGN, white=white)


UPPER = [
    panel("vascular", "two tracks along an artery"),
    panel("large rod-like", "smooth rods, to the nipple", white=650),
    panel("suture", "a thread with knots"),
]
LOWER = [
    panel("skin", "small rings in the skin"),
    panel("dystrophic", "rough plaques with clear centres", white=800),
    panel("milk of calcium", "level in tiny cysts (ML)", view="ML"),
]

save(plate([("", UPPER), ("", LOWER)], 30, 10), __file__)
