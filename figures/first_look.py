"""Four things that calcium can be, at one scale: three that are mostly harmless, and one that is not."""

import calcifications as cx
from figures.plate import BENIGN, SUSPICIOUS, Panel, plate, save

PANELS = [
    Panel(cx.preset("rim"), "an eggshell", "dead fat, or the wall of a cyst\nharmless", 5, colour=BENIGN, white=650),
    Panel(cx.preset("popcorn"), "popcorn", "a shrinking fibroadenoma\nharmless", 4, colour=BENIGN, white=1100),
    Panel(cx.preset("round"), "smooth dots", "calcium in the lobules\nmostly harmless", 2, colour=BENIGN),
    Panel(cx.preset("fine linear"), "ragged lines", "may fill a duct\nmay be cancer", 4, colour=SUSPICIOUS),
]
save(plate([("", PANELS)], 14, 5), __file__)
