"""What the figures have in common: dark plates of close-ups, all of one plate at the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

import calcifications as cx
from calcifications.apps.still import window

INK, SOFT, GROUND, RAISED, ACCENT = "#f2efe8", "#b9b5ac", "#15181b", "#24292e", "#f2b84b"
BENIGN, SUSPICIOUS = "#7cc4ff", "#ffb38a"
"""The colours of the explorer. They never carry meaning alone: a word stands beside each."""
DPI = 150
mpl.rcParams.update(
    {
        "font.family": "DejaVu Sans",
        "font.size": 11,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.edgecolor": SOFT,
        "axes.facecolor": GROUND,
        "figure.facecolor": GROUND,
        "svg.hashsalt": "calcifications",
    }
)


@dataclass(frozen=True)
class Panel:
    """One close-up: what is grown, and what stands above and below it.

    `circle_mm` draws a circle of that diameter about the most that lie within 1 cm; `white` is how many grey units
    above the tissue are shown as white: more for large dense lumps, so that they keep their shape.
    """

    recipe: cx.Recipe
    above: str
    below: str
    seed: int = 2
    view: str = "CC"
    circle_mm: float | None = None
    colour: str = INK
    white: float = 480.0


def close_up(axes: Axes, panel: Panel, field_mm: float, side: int = 1024) -> None:
    """Draw a square of `field_mm` with the group in its middle, cut from a picture of `side` pixels."""
    pattern = cx.grow(panel.recipe, seed=panel.seed)
    picture = cx.radiograph(pattern, panel.view, shape=(side, side))
    over = cx.overlays(pattern, panel.view, shape=(side, side))
    grey = picture.pixels
    points = over.to_pixels(over.outlines.reshape(-1, 2))
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    half = field_mm / picture.pixel_mm / 2
    # the tissue that shows is windowed as in the explorer, so that specks are the brightest thing in it
    rows, columns = (slice(max(int(at - half), 0), int(at + half)) for at in (y, x))
    cut = replace(picture, background=picture.background[rows, columns])
    black, white = window(cut)
    white += panel.white - Panel.white
    axes.imshow(grey, cmap="gray", vmin=black, vmax=white, interpolation="bicubic")
    axes.set(xlim=(x - half, x + half), ylim=(y + half, y - half), xticks=[], yticks=[])
    if panel.circle_mm:
        place = over.to_pixels(over.circles[0, :2])
        axes.add_patch(
            Circle(place, panel.circle_mm / picture.pixel_mm / 2, fill=False, ec=INK, lw=1.3, ls=(0, (5, 4)))
        )
    axes.set_title(panel.above, fontsize=12, color=panel.colour, fontweight="bold", pad=5)
    for line, text in enumerate(panel.below.split("\n")):  # one by one: a baseline each, whatever letters hang below it
        height = axes.bbox.height / axes.figure.dpi * 72
        axes.text(0.5, -(15 + 14 * line) / height, text, fontsize=10.5, ha="center", transform=axes.transAxes)
    for spine in axes.spines.values():
        spine.set_visible(False)


def scale_bar(axes: Axes, field_mm: float, bar_mm: float) -> None:
    """Draw a bar of `bar_mm` into the lower right corner of a close-up."""
    share = bar_mm / field_mm
    axes.plot([0.95 - share, 0.95], [0.06, 0.06], color="white", lw=2.5, transform=axes.transAxes)
    name = f"{bar_mm / 10:g} cm" if bar_mm >= 10 else f"{bar_mm:g} mm"
    axes.text(0.95 - share / 2, 0.085, name, color="white", ha="center", fontsize=10, transform=axes.transAxes)


def plate(rows: Sequence[tuple[str, Sequence[Panel]]], field_mm: float, bar_mm: float) -> Figure:
    """Draw rows of close-ups, each with its name at the left ("" for none), all at the same scale."""
    columns = max(len(panels) for _, panels in rows)
    side = 11.0 / columns
    figure = Figure(figsize=(11.4, len(rows) * (side + 0.72) + 0.1), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.06, h_pad=0.06)  # type: ignore[union-attr]
    grid = figure.subplots(len(rows), columns, squeeze=False)
    for (name, panels), line in zip(rows, grid, strict=True):
        for place, axes in enumerate(line):
            if place >= len(panels):
                axes.axis("off")
                continue
            close_up(axes, panels[place], field_mm)
            scale_bar(axes, field_mm, bar_mm)
        line[0].set_ylabel(name, fontsize=12, color=SOFT, labelpad=8)
    return figure


def save(figure: Figure, script: str) -> None:
    """Save a figure beside the script that drew it, under its name."""
    figure.savefig(Path(script).with_suffix(".png"), dpi=DPI, metadata={"Software": None})
