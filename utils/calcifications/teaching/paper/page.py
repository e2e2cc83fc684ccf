"""A page of paper that is written from top to bottom, in mm; matplotlib draws it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np

from calcifications.teaching.question import Picture
from calcifications.teaching.still import SCALE_MM, grey, in_small, label, taken, towards

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 274.0, 14.0
"""What a page holds, in mm from its lower left corner."""

STRIP_MM = 12.0
"""Height of what stands below a picture."""

_FOOT = "Synthetic pictures for learning, not for diagnosis."
_MM_A_LETTER = 0.187  # of the page's type, on average, a point of its size
_BOLDER = 1.16
_LEADING = 0.48  # mm from line to line, a point of the size
_PALE = "0.35"
_PRINTED = 240  # dots an inch


class Paper:
    """Pages of one document, the last one being written.

    Attributes
    ----------
    y : float
        How far up the next line begins, in mm.
    """

    def __init__(self, pdf: PdfPages, head: str, side: str) -> None:
        self._pdf, self._head, self._side = pdf, head, side
        self._number = 0
        self._figure: Figure | None = None
        self._sheet: Axes
        self.y = 0.0

    def room(self, height: float) -> None:
        """See to it that so much is left on the page; else begin the next one."""
        if self._figure is None or (self.y - height < BOTTOM and self.y < TOP):
            self.turn()

    def turn(self) -> None:
        """Begin the next page."""
        from matplotlib.figure import Figure

        self.finish()
        self._number += 1
        self._figure = Figure(figsize=(WIDTH / 25.4, HEIGHT / 25.4))
        self._sheet = self._figure.add_axes((0, 0, 1, 1), frameon=False, xticks=[], yticks=[])
        self._sheet.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), zorder=2)  # over the pictures
        head = self._head if len(self._head) <= 70 else self._head[:69] + "…"
        self.put(LEFT, 282, head, 10, weight="bold")
        self.put(RIGHT, 282, self._side, 10, ha="right")
        self.rule(LEFT, RIGHT, 279)
        self.put(LEFT, 9, _FOOT, 7.5, color=_PALE)
        self.put(RIGHT, 9, f"page {self._number}", 7.5, ha="right", color=_PALE)
        self.y = TOP

    def finish(self) -> None:
        """Put the page that is being written into the document."""
        if self._figure is not None:
            self._pdf.savefig(self._figure)  # type: ignore[no-untyped-call]
            self._figure = None

    def put(self, x: float, y: float, text: str, size: float = 9, **how: Any) -> None:
        """Write a line; a dollar sign is one."""
        self._sheet.text(x, y, text, fontsize=size, parse_math=False, va="baseline", **how)

    def rule(self, x: float, to_x: float, y: float, **how: Any) -> None:
        """Draw a level line."""
        self._sheet.plot([x, to_x], [y, y], color="black", lw=0.6, **how)

    def ring(self, x: float, y: float, text: str) -> None:
        """Draw a circle to be filled in, with its letter."""
        from matplotlib.patches import Circle

        self._sheet.add_patch(Circle((x, y), 2.6, fill=False, lw=0.7))
        self.put(x, y - 1.0, text, 7.5, ha="center", color=_PALE)

    def lines(self, text: str, wide: float, size: float = 9, *, bold: bool = False) -> list[str]:
        """Return a text as the lines that it takes in so many mm."""
        letter = _MM_A_LETTER * size * (_BOLDER if bold else 1)
        return wrap(text, max(int(wide / letter), 8)) or [""]

    def write(self, text: str, size: float = 9, x: float = LEFT, wide: float = RIGHT - LEFT, **how: Any) -> None:
        """Write a text from here on, and go below it."""
        for line in self.lines(text, wide, size, bold=how.get("weight") == "bold"):
            self.room(_LEADING * size)
            self.y -= _LEADING * size
            self.put(x, self.y, line, size, **how)

    def tall(self, text: str, wide: float, size: float = 9, *, bold: bool = False) -> float:
        """Return how much height a text takes, in mm."""
        return len(self.lines(text, wide, size, bold=bold)) * _LEADING * size

    def image(self, pixels: Any, x: float, wide: float) -> None:
        """Put pixels on the page with their top here, one for one, whatever their size on paper."""
        assert self._figure is not None
        high = wide * pixels.shape[0] / pixels.shape[1]
        place = (x / WIDTH, (self.y - high) / HEIGHT, wide / WIDTH, high / HEIGHT)
        axes = self._figure.add_axes(place, xticks=[], yticks=[], frameon=False)
        axes.imshow(pixels, cmap="gray", vmin=0, vmax=255, interpolation="none", aspect="auto")

    def picture(self, picture: Picture, x: float, wide: float) -> None:
        """Put a picture here, with its name, its scale and the breast in small below it."""
        taken_ = taken(picture.look)
        self.image(grey(taken_), x, wide)
        foot = self.y - wide
        self.put(x + wide - 1.5, self.y - 4, towards(picture.look), 7, ha="right", color="white")
        self.put(x, foot - 3.2, label(picture.look), 7, weight="bold")
        self.put(x, foot - 6.2, self.lines(picture.look.plain, wide - STRIP_MM, 6.2)[0], 6.2)
        bar = SCALE_MM / (taken_.pixel_mm * taken_.background.shape[1]) * wide
        self.rule(x, x + bar, foot - 9.2, solid_capstyle="butt")
        for end in (x, x + bar):
            self._sheet.plot([end, end], [foot - 9.9, foot - 8.5], color="black", lw=0.6)
        self.put(x + bar + 1, foot - 9.9, f"{SCALE_MM:g} mm", 6.5)
        self._small(picture, x + wide, foot)

    def _small(self, picture: Picture, right: float, top: float) -> None:
        edge, (half_wide, half_high), places = in_small(picture.look)
        low, high = edge.min(axis=0), edge.max(axis=0)
        factor = (STRIP_MM - 2) / (high - low)[1]
        origin = np.array([right - factor * high[0], top - 1 + factor * low[1]])
        flip = np.array([factor, -factor])
        x, y = (origin + flip * np.vstack([edge, edge[:1]])).T
        self._sheet.plot(x, y, color=_PALE, lw=0.5)
        across, up = np.array([-1, 1, 1, -1, -1]) * half_wide, np.array([-1, -1, 1, 1, -1]) * half_high
        self._sheet.plot(origin[0] + factor * across, origin[1] + factor * up, color="black", lw=0.5)
        if picture.dots:
            x, y = (origin + flip * places).T
            self._sheet.plot(x, y, ".", color="black", ms=0.8, mew=0)

    def plate(self, picture: Picture, x: float, wide: float) -> None:
        """Put a picture here with what decides ringed."""
        from PIL.Image import open as opened

        rows, columns = taken(picture.look).background.shape
        dots = round(wide / 25.4 * _PRINTED)  # it shows where, not what: it needs no more
        with opened(BytesIO(picture.plate())) as image:
            small = image.convert("RGB").crop((0, 0, columns, rows)).resize((dots, dots * rows // columns))
            self.image(np.asarray(small), x, wide)


@contextmanager
def paper(path: Path, head: str, side: str) -> Iterator[Paper]:
    """Open a document to be written: text in it can be searched, and it holds no date.

    Parameters
    ----------
    path : Path
    head, side : str
        What stands at the top of each page, left and right.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_pdf import PdfPages

    about = {"Title": f"{head}, {side}", "Subject": _FOOT, "CreationDate": None, "Creator": "calcifications course"}
    with rc_context({"pdf.fonttype": 42, "font.family": "DejaVu Sans"}), PdfPages(path, metadata=about) as pdf:
        sheet = Paper(pdf, head, side)
        yield sheet
        sheet.finish()
