"""Every form as each rulebook reads it at the end of a work-up, on one page: where they agree, part, or say nothing."""

from textwrap import fill

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import calcifications as cx
from calcifications.reading import Reading
from figures.plate import GROUND, INK, RAISED, SOFT, save

DONE = {
    0: ("#2f5d86", "nothing more"),
    2: ("#86662f", "watch, or look closer and then decide"),
    3: ("#9c4a2c", "needle (the leaflet: or watch)"),
}
"""The colour and the words of what is done in the end; the cell's own word says it as well."""
NO_ACTION = "legal1984"  # Le Gal counted what had been cut out, and says nothing of what to do
UNSAID = ("#3a4046", "the paper names no action")
KNOWN = cx.Context(setting="diagnostic")
VIEWS = ("CC", "ML", "CC-mag", "ML-mag", "tangential")  # all that a work-up can bring
SEED, WIDE = 2, 4.6

rows = [(form, cx.Case(cx.preset(form), KNOWN, SEED, VIEWS)) for form in cx.forms()]
figure = Figure(figsize=(13.5, 0.62 * len(rows) + 1.7))
axes = figure.add_axes((0, 0, 1, 1))
axes.set(xlim=(-5.4, WIDE * len(cx.rulebooks()) + 0.2), ylim=(len(rows) + 1.0, -1.0))
axes.axis("off")


def cell(reading: Reading, column: int, row: int) -> None:
    """Fill one cell: the verdict, and the form as this rulebook calls it."""
    silent = reading.category == "none"
    colour, _ = UNSAID if reading.rulebook.id == NO_ACTION else DONE[reading.level] if not silent else (RAISED, "")
    left = column * WIDE
    axes.add_patch(Rectangle((left, row + 0.04), WIDE - 0.1, 0.9, fc=RAISED if silent else colour, ec="none"))
    if silent:
        axes.text(left + WIDE / 2, row + 0.49, "does not say", fontsize=9.5, color=SOFT, ha="center", va="center")
    else:
        axes.text(left + 0.15, row + 0.29, reading.category, fontsize=11, fontweight="bold", va="center")
        axes.text(left + 0.15, row + 0.7, reading.form_phrase, fontsize=8, va="center")


for row, (form, case) in enumerate(rows):
    readings = cx.compare(list(case.findings), KNOWN).readings
    axes.text(-5.25, row + 0.49, form, fontsize=11, fontweight="bold", va="center")
    for column, reading in enumerate(readings):
        cell(reading, column, row)
for column, reading in enumerate(readings):
    title = fill(reading.rulebook.title, 22)
    axes.text((column + 0.5) * WIDE, -0.5, title, fontsize=11, color=INK, ha="center", va="center")
axes.text(-5.25, len(rows) + 0.5, "in the end:", fontsize=10.5, color=SOFT, va="center")
for left, (colour, words) in zip((0, 4.4, 13.2, 20.6), [*DONE.values(), UNSAID], strict=True):
    axes.add_patch(Rectangle((left, len(rows) + 0.3), 0.5, 0.42, fc=colour, ec="none"))
    axes.text(left + 0.7, len(rows) + 0.5, words, fontsize=10.5, color=INK, va="center")
figure.set_facecolor(GROUND)
save(figure, __file__)
