"""A short moving picture: the edge slider goes to and fro, the same specks change, and the words follow."""

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import calcifications as cx
from figures.plate import ACCENT, INK, RAISED, SOFT, Panel, close_up, scale_bar

FRAMES, REST, FRAME_MS, FIELD_MM, DPI = 20, 5, 110, 8, 90  # it rests at both ends
COLOURS = 96
KNOWN = cx.Context(setting="diagnostic")


def frame(edge: float) -> Image.Image:
    """Return one picture: the slider at `edge`, the specks, and what the rules say of them at the end of a work-up."""
    recipe = cx.Recipe(0.45, 11, edge, 1 + 0.6 * edge, 0.5 * edge, density=1.0, extent_mm=5.5)
    reading = cx.Case(recipe, KNOWN, seed=2, views=["CC-mag", "ML-mag"]).reading()
    figure = Figure(figsize=(8.6, 4.6), dpi=DPI)
    close_up(figure.add_axes((0.0, 0.0, 4.6 / 8.6, 1)), Panel(recipe, "", "", view="CC-mag"), FIELD_MM)
    scale_bar(figure.axes[0], FIELD_MM, 2)
    axes = figure.add_axes((4.85 / 8.6, 0, 3.5 / 8.6, 1))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    axes.text(0, 0.84, "Edge", fontsize=17, fontweight="bold")
    axes.plot([0, 1], [0.77, 0.77], color=RAISED, lw=6, solid_capstyle="round")
    axes.plot([0, edge], [0.77, 0.77], color=ACCENT, lw=6, solid_capstyle="round")
    axes.plot(edge, 0.77, "o", color=ACCENT, ms=16, clip_on=False)
    axes.text(0, 0.53, reading.form_phrase, fontsize=19, color=INK, fontweight="bold")
    axes.text(0, 0.45, reading.distribution_phrase, fontsize=15, color=SOFT)
    axes.text(0, 0.24, reading.category, fontsize=34, color=ACCENT, fontweight="bold")
    axes.text(0, 0.14, reading.management, fontsize=13, color=INK)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


there = [frame(float(edge)) for edge in np.linspace(0, 1, FRAMES)]
shown = [*[there[0]] * REST, *there, *[there[-1]] * REST, *there[::-1]]
both = Image.new("RGB", (there[0].width, 2 * there[0].height))
both.paste(there[0])
both.paste(there[-1], (0, there[0].height))
one = both.quantize(COLOURS)  # one palette for all: what stands still doesn't flicker
first, *others = [each.quantize(palette=one, dither=Image.Dither.NONE) for each in shown]
first.save(
    Path(__file__).with_suffix(".gif"), save_all=True, append_images=others, duration=FRAME_MS, loop=0, optimize=True
)
