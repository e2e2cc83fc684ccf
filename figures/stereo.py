"""Why a pair of pictures gives the depth: the rays of both tubes through two specks, and depth against shift."""

from math import cos, radians, sin

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from calcifications.imaging.optics import optics
from calcifications.imaging.view import SOURCE_MM, SWING_DEG
from calcifications.reading.stereo import depth_mm
from figures.plate import ACCENT, BENIGN, INK, RAISED, SOFT, SUSPICIOUS, save

THICK = optics().compressed_mm
SPECKS = ((-9.0, 10.0, BENIGN, "low"), (9.0, 32.0, SUSPICIOUS, "high"))
ANGLE = radians(SWING_DEG)


def rays(axes: Axes) -> None:
    """Draw the compressed breast, two specks in it, and where the two tubes throw their shadows."""
    axes.fill_between([-34, 34], 0, THICK, color=RAISED)
    axes.plot([-40, 40], [0, 0], color=INK, lw=4)
    axes.plot([-34, 34], [THICK, THICK], color=SOFT, lw=2)
    axes.text(-39, -6.5, "detector", color=SOFT)
    axes.text(-33, THICK + 1.2, "paddle", color=SOFT)
    for x, high, colour, name in SPECKS:
        shadows = []
        for side, style in ((-1, "-"), (1, "--")):
            tube = np.array([side * SOURCE_MM * sin(ANGLE), SOURCE_MM * cos(ANGLE)])
            way = np.array([x, high]) - tube
            down = tube + way * (tube[1] / -way[1])
            up = tube + way * ((tube[1] - THICK - 12) / -way[1])
            axes.plot([up[0], down[0]], [up[1], down[1]], style, color=colour, lw=1.3)
            shadows.append(down[0])
        axes.plot(x, high, "o", color=colour, ms=9)
        axes.annotate("", (shadows[0], -2.2), (shadows[1], -2.2), arrowprops={"arrowstyle": "<->", "color": colour})
        shift = abs(shadows[0] - shadows[1])
        axes.text(np.mean(shadows), -6.5, f"{shift:.1f} mm", color=colour, ha="center")
        out = 1 if x > 0 else -1
        axes.text(
            x + 2.5 * out, high, f"{name}: {high:.0f} mm", va="center", ha="left" if x > 0 else "right", color=colour
        )
    axes.set(xlim=(-42, 42), ylim=(-9, THICK + 13), aspect="equal")
    axes.axis("off")
    axes.set_title("a high speck moves farther than a low one", fontsize=12.5, fontweight="bold")


def curve(axes: Axes) -> None:
    """Draw depth against shift, exact and by the rule of thumb, with what a millimetre costs."""
    shift = np.linspace(0, 26, 100)
    axes.plot(shift, depth_mm(shift), color=ACCENT, lw=2.2, label="exact")
    axes.plot(shift, depth_mm(shift, exact=False), "--", color=SOFT, lw=1.6, label="rule of thumb")
    for at in (5.0, 18.0):
        low, high = depth_mm(at - 0.5), depth_mm(at + 0.5)
        axes.fill_betweenx([low, high], 0, at, color=ACCENT, alpha=0.25, lw=0)
        place = (0.5, high + 0.6) if at > 10 else (at + 1, (low + high) / 2 - 1.5)
        axes.text(*place, f"1 mm of shift: {high - low:.1f} mm of depth", color=ACCENT, fontsize=10.5)
    axes.set(
        xlim=(0, 26), ylim=(0, THICK), xlabel="shift between the pictures, mm", ylabel="height over the detector, mm"
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, labelcolor=INK, loc="lower right")
    axes.set_title("an error of aim shows mostly in depth", fontsize=12.5, fontweight="bold")


figure = Figure(figsize=(11.4, 4.7), layout="constrained")
left, right = figure.subplots(1, 2, width_ratios=(1.35, 1))
rays(left)
curve(right)
save(figure, __file__)
