"""How calcifications lie: above, a map of the breast from above; below, a close-up of the marked square."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

import calcifications as cx
from figures.plate import ACCENT, BENIGN, GROUND, INK, RAISED, SOFT, Panel, close_up, save, scale_bar

SEED, FIELD_MM = 2, 34.0
BELOW = {
    "diffuse": "at random, everywhere",
    "regional": "many, over 2 cm, no wedge",
    "grouped": "a few in a small spot",
    "linear": "in a line: one duct?",
    "segmental": "a wedge: a lobe's ducts?",
}


def breast_map(axes: Axes, name: str, recipe: cx.Recipe) -> None:
    """Draw the breast's outline with a dot a calcification, the nipple, and the square that the close-up shows."""
    over = cx.overlays(cx.grow(recipe, seed=SEED), "CC")
    dots = over.outlines.mean(axis=1)
    axes.add_patch(Polygon(over.breast, fc=RAISED, ec=SOFT, lw=1.2))
    if name == "segmental":
        axes.add_patch(Polygon(over.wedge, fill=False, ec=ACCENT, lw=1.1, ls=(0, (4, 3))))
    axes.plot(*dots.T, ".", color=INK, ms=2.6, mew=0)
    axes.plot(*over.nipple, "o", color=ACCENT, ms=6)
    middle = (dots.min(axis=0) + dots.max(axis=0)) / 2 - FIELD_MM / 2
    axes.add_patch(Rectangle(middle, FIELD_MM, FIELD_MM, fill=False, ec=BENIGN, lw=1.2))
    low, high = over.breast.min(axis=0) - 5, over.breast.max(axis=0) + 5
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal", facecolor=GROUND)
    axes.axis("off")
    axes.set_title(name, fontsize=13, fontweight="bold", pad=4)


figure = Figure(figsize=(11.4, 5.4), layout="constrained")
figure.get_layout_engine().set(w_pad=0.05, h_pad=0.03, rect=(0, 0.05, 1, 0.92))  # type: ignore[union-attr]
grid = figure.subplots(2, len(BELOW), height_ratios=(1.15, 1))
for column, (name, below) in enumerate(BELOW.items()):
    shown = cx.preset("punctate", name)
    breast_map(grid[0, column], name, shown)
    close_up(grid[1, column], Panel(shown, "", below, seed=SEED), FIELD_MM)
    scale_bar(grid[1, column], FIELD_MM, 10)
save(figure, __file__)
