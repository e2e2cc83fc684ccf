"""The order of thinking: the questions that a reader asks, one after the other, and what one case answers to each."""

from textwrap import fill

from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

import calcifications as cx
from figures.plate import ACCENT, BENIGN, GROUND, INK, RAISED, SOFT, SUSPICIOUS, save

QUESTIONS = (
    ("Is it calcium?", "powder, deodorant, skin?", "wipe, repeat; tangential view"),
    ("Does a form prove itself harmless?", "vessel, popcorn, rim, rod, tea-cup, stitch", "set it aside, read the rest"),
    ("Which form?", "the most worrying one that enough particles show", ""),
    ("How do they lie?", "diffuse, regional, grouped, linear, segmental", ""),
    ("What else is known?", "new, more, stable? a mass? the history there?", ""),
    ("Which category?", "one number for form, place and change together", ""),
    ("What is done?", "nothing, six months, a needle", ""),
)  # fmt: skip
KNOWN = cx.Context(setting="diagnostic", prior="new")
EXAMPLE = cx.Case(cx.preset("fine pleomorphic", "segmental"), KNOWN, seed=2, views=["CC-mag", "ML-mag"]).reading()
SAYS = {
    0: "yes: nothing speaks for an artefact",
    1: "no",
    2: EXAMPLE.morphology,
    3: EXAMPLE.distribution,
    4: "new since the last picture",
    5: EXAMPLE.category,
    6: EXAMPLE.management,
}
WIDE, HIGH, STEP = 46, 7.4, 9.4

figure = Figure(figsize=(11.4, 8.6))
axes = figure.add_axes((0, 0, 1, 1))
axes.set(xlim=(0, 114), ylim=(STEP * len(QUESTIONS) + 5, 0))
axes.axis("off")
axes.text(30, 3, "the question", fontsize=11, color=SOFT, ha="center", va="center")
axes.text(93, 3, "one case, as it answers", fontsize=11, color=SOFT, ha="center", va="center")
for row, (question, hint, aside) in enumerate(QUESTIONS):
    top = 5.5 + row * STEP
    middle = top + HIGH / 2
    style = "round,pad=0,rounding_size=1"
    axes.add_patch(FancyBboxPatch((7, top), WIDE, HIGH, boxstyle=style, fc=RAISED, ec=ACCENT, lw=1.2))
    number = {"boxstyle": "circle,pad=0.3", "fc": ACCENT, "ec": GROUND}
    axes.text(
        7, middle, str(row + 1), fontsize=12, fontweight="bold", color=GROUND, ha="center", va="center", bbox=number
    )
    axes.text(11, middle - 1.3, question, fontsize=13, fontweight="bold", va="center")
    axes.text(11, middle + 1.6, hint, fontsize=10, color=SOFT, va="center")
    if aside:
        arrow = FancyArrowPatch((7 + WIDE, middle), (60.5, middle), arrowstyle="-|>", mutation_scale=12, color=BENIGN)
        axes.add_patch(arrow)
        axes.text(61.5, middle, fill(aside, 17), fontsize=10, color=BENIGN, va="center")
    if row + 1 < len(QUESTIONS):
        axes.add_patch(
            FancyArrowPatch((30, top + HIGH), (30, top + STEP), arrowstyle="-|>", mutation_scale=12, color=SOFT)
        )
    colour = SUSPICIOUS if row > 1 else INK
    axes.text(93, middle, fill(SAYS[row], 26), fontsize=12, color=colour, ha="center", va="center")
    axes.plot([79, 107], [top + HIGH + 1, top + HIGH + 1], color=RAISED, lw=1)
save(figure, __file__)
