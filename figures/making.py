"""How a picture is made: what grew, its shadow, the tissue, and the sum of all with blur and grain."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

import calcifications as cx
from calcifications.apps.still import window
from figures.plate import GROUND, INK, SOFT, save, scale_bar

SEED, FIELD_MM, SIDE = 5, 14.0, 512
BELOW = ("1. grown in three dimensions", "2. their shadow, blurred", "3. the tissue", "4. the sum, with grain")


def show(axes: Axes, picture: object, black: float, white: float, half_mm: float) -> None:
    """Draw grey values of a square of the given half width, cut to the field."""
    axes.imshow(picture, cmap="gray", vmin=black, vmax=white, extent=(-half_mm, half_mm, -half_mm, half_mm))


pattern = cx.grow(cx.preset("fine pleomorphic"), seed=SEED)
picture = cx.radiograph(pattern, shape=(SIDE, SIDE))
half = SIDE * picture.pixel_mm / 2
black, white = window(picture)
shadow = picture.pixels - picture.background
still = cx.tissue(seed=SEED, density="b", shape=(SIDE, SIDE), pixel_mm=picture.pixel_mm)

figure = Figure(figsize=(11.4, 3.45), layout="constrained")
figure.get_layout_engine().set(w_pad=0.06, rect=(0, 0.08, 1, 0.92))  # type: ignore[union-attr]
parts = figure.subplots(1, len(BELOW))
over = cx.overlays(pattern, "CC")
middle = over.outlines.reshape(-1, 2).mean(axis=0)
for outline in over.outlines:
    parts[0].add_patch(Polygon(outline, fc=INK, ec=SOFT, lw=0.6))
show(parts[1], shadow, 0, white - black, half)
brighter = picture.background.mean() - still.mean()
show(parts[2], still + brighter, black, white, half)
show(parts[3], picture.pixels, black, white, half)
for axes, below in zip(parts, BELOW, strict=True):
    low = middle - FIELD_MM / 2
    axes.set(xlim=(low[0], low[0] + FIELD_MM), ylim=(low[1], low[1] + FIELD_MM), xticks=[], yticks=[], aspect="equal")
    axes.set_facecolor(GROUND)
    axes.text(0.5, -0.11, below, transform=axes.transAxes, ha="center", fontsize=11.5, color=INK)
    scale_bar(axes, FIELD_MM, 5)
    for spine in axes.spines.values():
        spine.set_color(SOFT)
save(figure, __file__)
