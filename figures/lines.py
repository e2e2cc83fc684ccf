"""What lies in a line or in a wedge: three that the form clears, and three that nothing clears."""

import calcifications as cx
from figures.plate import BENIGN, SUSPICIOUS, Panel, plate, save

CLEARED = (("vascular", "linear", 480), ("large rod-like", "segmental", 700), ("suture", "linear", 600))
RAISED = (("fine linear", "linear", 600), ("punctate", "linear", 480), ("fine pleomorphic", "segmental", 480))


def panel(form: str, distribution: str, white: float, colour: str) -> Panel:
    """Return a close-up with what the course's rules read of it, and the category."""
    case = cx.Case(cx.preset(form, distribution), seed=2)
    read = case.reading().after_work_up
    return Panel(case.groups[0], form, f"{read.distribution}: category {read.category}", colour=colour, white=white)


rows = [
    ("the form clears it", [panel(*each, BENIGN) for each in CLEARED]),
    ("nothing clears it", [panel(*each, SUSPICIOUS) for each in RAISED]),
]
save(plate(rows, 35, 10), __file__)
