"""The specimen picture as a drawing: six cores from around a needle that was aimed well, and from one aimed too high.

The specks are those of a grown group, each in the core of the side on which it lay, at the height at which it lay.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from calcifications.apps.aim_target import NOTCH_MM, REACH_MM, Shot, Target
from figures.plate import INK, RAISED, SOFT, save

CORES = 6
WIDE_MM, APART_MM = 3.0, 4.4


def cores(axes: Axes, target: Target, shot: Shot, title: str) -> None:
    """Draw the cores of one needle, with the specks that its notch held."""
    aside = target.specks[:, :2] - shot.place
    side = np.floor((np.arctan2(aside[:, 1], aside[:, 0]) / (2 * np.pi) % 1) * CORES).astype(int)
    along = target.specks[:, 2] - shot.depth_mm
    with_calcium = len(set(side[shot.held].tolist()))
    for core in range(CORES):
        x = core * APART_MM
        style = f"round,pad=0,rounding_size={WIDE_MM / 2.2}"
        axes.add_patch(FancyBboxPatch((x, -NOTCH_MM / 2), WIDE_MM, NOTCH_MM, boxstyle=style, fc=RAISED, ec=SOFT, lw=1))
        ours = shot.held & (side == core)
        out = np.linalg.norm(aside[ours], axis=1) / REACH_MM * WIDE_MM
        axes.plot(x + np.clip(out, 0.5, WIDE_MM - 0.5), along[ours], "o", color=INK, ms=4)
        axes.text(x + WIDE_MM / 2, -NOTCH_MM / 2 - 1.6, str(core + 1), color=SOFT, ha="center", fontsize=10)
    axes.set_title(f"{title}\n{with_calcium or 'none'} of {CORES} cores with calcium", fontsize=12.5, pad=6)
    axes.set(xlim=(-0.8, CORES * APART_MM), ylim=(-NOTCH_MM / 2 - 3, NOTCH_MM / 2 + 0.6), aspect="equal")
    axes.axis("off")


target = Target.drawn(1, 3)
group = target.pattern.particles.centre[target.pattern.particles.group == 0]
well = target.shares(group.mean(axis=0))
high = well - [[0.0, 0.2], [0.0, 0.0]]  # one cross too far up its picture
figure = Figure(figsize=(11.4, 4.6), layout="constrained")
for axes, crosses, name in zip(figure.subplots(1, 2), (well, high), ("aimed well", "aimed too high"), strict=True):
    shot = target.shot(crosses.tolist())
    cores(axes, target, shot, f"{name}: {abs(shot.off_depth_mm):.0f} mm off in depth")
save(figure, __file__)
