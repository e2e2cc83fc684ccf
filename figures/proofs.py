"""The same calcium on two views: above, what it looks like first; below, the look that decides."""

from dataclasses import replace

import calcifications as cx
from figures.plate import Panel, plate, save

MILK, SKIN, HAZE = cx.preset("milk of calcium"), cx.preset("skin"), cx.Recipe(size_mm=0.2, count=14, density=0.8)
COLUMN = replace(cx.preset("punctate"), arrangement="column")
FIRST = [
    Panel(MILK, "milk of calcium", "CC: faint round smudges"),
    Panel(SKIN, "skin", "CC: rings, it seems, in the breast"),
    Panel(HAZE, "a haze", "CC: no shape to be made out"),
    Panel(COLUMN, "a group?", "CC: twelve dots together"),
]
DECIDES = [
    Panel(MILK, "", "ML: level, like tea in a cup", view="ML"),
    Panel(SKIN, "", "tangential: in the skin", view="tangential"),
    Panel(HAZE, "", "CC-mag: smooth dots", view="CC-mag"),
    Panel(COLUMN, "", "ML: far apart, no group", view="ML"),
]

save(plate([("first look", FIRST), ("the look that decides", DECIDES)], 15, 5), __file__)
