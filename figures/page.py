"""A map of the course's page: where to look for what."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

import calcifications as cx
from figures.plate import ACCENT, GROUND, INK, RAISED, SOFT, Panel, close_up, save, scale_bar

figure = Figure(figsize=(11.4, 6.1))
axes = figure.add_axes((0, 0, 1, 1))
axes.set(xlim=(0, 114), ylim=(61, 0))
axes.axis("off")
axes.set_zorder(2)  # above the picture


def box(x: float, y: float, width: float, height: float, edge: str = SOFT) -> None:
    """Draw a box."""
    axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle="round,pad=0,rounding_size=0.8", fc=RAISED, ec=edge))


def say(x: float, y: float, text: str, size: float = 10, colour: str = INK, weight: str = "normal") -> None:
    """Write from a point to the right."""
    axes.text(x, y, text, fontsize=size, color=colour, va="center", fontweight=weight)


def number(x: float, y: float, which: int) -> None:
    """Put a numbered disc."""
    axes.text(
        x, y, str(which), fontsize=11, fontweight="bold", color=GROUND, ha="center", va="center",
        bbox={"boxstyle": "circle,pad=0.28", "fc": ACCENT, "ec": GROUND},
    )  # fmt: skip


choices = ((13, 24, "Show me"), (39, 18, "lying"), (59, 24, "View"), (85, 23.5, "This is"))
for x, width, text in ((4, 3.4, "↶"), (8.2, 3.4, "↷"), *choices):
    box(x, 2, width, 4)
    say(x + (1 if width < 4 else 1.5), 4, text)
number(112, 4, 1)

for row, (name, share) in enumerate(
    (
        ("Size", 0.38),
        ("Count", 0.08),
        ("Edge", 0.0),
        ("Stretch", 0.0),
        ("Unlike each other", 0.0),
        ("Hollow", 0.0),
        ("Spread out", 0.2),
    )
):
    y = 11 + 6.4 * row
    say(4, y, name, weight="bold")
    axes.plot([4, 24], [y + 2.6, y + 2.6], color=SOFT, lw=2)
    axes.plot(4 + 20 * share, y + 2.6, "o", color=ACCENT, ms=8)
number(27.4, 9.6, 2)

picture = figure.add_axes((30 / 114, 1 - 51.5 / 61, 42 / 114, 42 / 61))
close_up(picture, Panel(cx.Recipe(size_mm=0.4), "", ""), 34, 512)
scale_bar(picture, 34, 10)
picture.text(0.03, 0.95, "L CC · from above", transform=picture.transAxes, fontsize=10, va="center")
picture.text(0.97, 0.95, "nipple →", transform=picture.transAxes, fontsize=10, va="center", ha="right")
for row, tool in enumerate("◐+−L R O ?".replace(" ", "")):
    axes.text(28.2, 18 + 3.1 * row, tool, fontsize=10, color=SOFT, ha="center", va="center")
number(33, 16, 3)
number(69.5, 44.2, 4)
box(31.2, 40.8, 7.4, 9.6)
axes.plot([32, 32, 34, 36.4, 37.8, 36.4, 34, 32], [49.4, 41.6, 41.9, 43.2, 45.5, 47.8, 49.1, 49.4], color=SOFT, lw=1.2)
axes.plot([33.4, 35.8, 35.8, 33.4, 33.4], [44.3, 44.3, 46.7, 46.7, 44.3], color="white", lw=1.2)
number(40.3, 42.2, 5)
say(30.5, 54.3, "☐  Outlines, circles    ☐  Whole breast", colour=SOFT)
box(61, 52.5, 11, 3.6)
say(62, 54.3, "Another breast", size=8.5)

say(75.5, 12, "Read by", size=9, colour=SOFT)
box(83, 9.8, 26, 4.4)
say(84.5, 12, "BI-RADS")
number(111.4, 12, 6)
for y, left, right in ((19.6, "tiny smooth dots", "punctate"), (23, "a small cluster", "grouped")):
    say(75.5, y, left, colour=SOFT)
    axes.text(109, y, right, fontsize=10, fontweight="bold", va="center", ha="right")
    axes.plot([75.5, 109], [y + 1.7, y + 1.7], color=SOFT, lw=0.5)
say(75.5, 28, "0", size=24, weight="bold")
say(80, 27, "incomplete: recall, magnify,")
say(80, 29.4, "compare with earlier pictures")
say(75.5, 32.8, "After work-up: 3, probably benign")
number(111.4, 27.6, 7)
for x, text in ((75.5, "Why"), (81, "What would change it"), (96, "Rulebooks"), (104, "Evidence")):
    say(x, 36.6, text, size=8.5, colour=INK if text == "Why" else SOFT, weight="bold" if text == "Why" else "normal")
axes.plot([75.5, 109.5], [38.4, 38.4], color=SOFT, lw=0.5)
axes.plot([75.5, 79], [38.4, 38.4], color=ACCENT, lw=2)
for y, name, title, ask in (
    (41.2, "Form", "Smooth dots under half a millimetre", "typical longest diameter   0.39 mm ✓ less than 0.50"),
    (49, "Where", "Five or more within 1 cm", "most within 1 cm of each other   9 ✓ at least 5"),
):
    say(75.5, y, name, size=9.5, colour=SOFT)
    say(80.5, y, title, size=9.5, weight="bold")
    say(75.5, y + 2.6, ask, size=8.5)
    say(75.5, y + 5, "▸ Source", size=8.5, colour=SOFT)
number(111.4, 36.6, 8)
say(4, 58.6, "Schematic images for learning, not for diagnosis.   Case code  cx2-eNqLjo420DM21bH…", size=9, colour=SOFT)
for x, width, text in ((62, 7, "Copy"), (78, 14, "Colours"), (94, 10, "Present")):
    box(x, 56.8, width, 3.6)
    say(x + 1.2, 58.6, text, size=8.5)
number(72, 58.6, 9)
number(107, 58.6, 10)
save(figure, __file__)
