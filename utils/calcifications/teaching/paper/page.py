"""A page of paper that is written from top to bottom, in mm; fpdf2 draws it, and it is tagged: pictures have alt text.

fpdf2 tags pictures alone, and then says that all is tagged; so each line of text is tagged here in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from calcifications.pattern.draws import Floats
from calcifications.teaching.question import Picture
from calcifications.teaching.still import SCALE_MM, grey, in_small, label, taken, towards

if TYPE_CHECKING:
    from fpdf import FPDF
    from PIL.Image import Image

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 274.0, 14.0
"""What a page holds, in mm from its lower left corner."""

STRIP_MM = 12.0
"""Height of what stands below a picture."""

PALE = 90
"""The grey of what matters less, from black to white."""

_FOOT = "Synthetic pictures for learning, not for diagnosis."
_LEADING = 0.48  # mm from line to line, a point of the size
_LINE, _FINE = 0.21, 0.17  # mm: the width of lines
_WHITE = 255
_PRINTED = 240  # dots an inch
_FONTS = {"": "DejaVuSans", "B": "DejaVuSans-Bold", "I": "DejaVuSans-Oblique"}
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)  # fixed, so that the same deck gives the same file

Face = Literal["", "B", "I"]
"""Plain, bold or italic."""


class Paper:
    """Pages of one document, the last one being written.

    Attributes
    ----------
    y : float
        How far up the next line begins, in mm.
    """

    def __init__(self, pdf: FPDF, head: str, side: str) -> None:
        self._pdf, self._head, self._side = pdf, head, side
        self.y = 0.0

    def room(self, height: float) -> None:
        """See to it that so much is left on the page; else begin the next one."""
        if not self._pdf.page or (self.y - height < BOTTOM and self.y < TOP):
            self.turn()

    def turn(self) -> None:
        """Begin the next page."""
        self._pdf.add_page()
        head = self.lines(self._head, 120, 10, "B")
        with self._unread():
            self._text(LEFT, 282, head[0] + ("…" if len(head) > 1 else ""), 10, "B")
            self._text(RIGHT, 282, self._side, 10, align="right")
            self.rule(LEFT, RIGHT, 279)
            self._text(LEFT, 9, _FOOT, 7.5, shade=PALE)
            self._text(RIGHT, 9, f"page {self._pdf.page}", 7.5, shade=PALE, align="right")
        self.y = TOP

    def put(
        self, x: float, y: float, text: str, size: float = 9, face: Face = "", *, shade: int = 0, align: str = "left"
    ) -> None:
        """Write a line that is read aloud; aligned right or to the middle, `x` is its right end or its middle."""
        pdf = self._pdf
        number = pdf.struct_builder.next_mcid_for_page(pdf.page)
        pdf._add_marked_content(struct_type="/P", mcid=number)
        pdf._out(f"/P <</MCID {number}>> BDC")
        self._text(x, y, text, size, face, shade=shade, align=align)
        pdf._out("EMC")

    @contextmanager
    def _unread(self) -> Iterator[None]:
        """What is put down here is not read aloud: it stands on every page."""
        self._pdf._out("/Artifact BMC")
        yield
        self._pdf._out("EMC")

    def _text(
        self, x: float, y: float, text: str, size: float = 9, face: Face = "", *, shade: int = 0, align: str = "left"
    ) -> None:
        wide = self._wide(text, size, face)
        self._pdf.set_text_color(shade)
        self._pdf.text(x - {"left": 0.0, "center": wide / 2, "right": wide}[align], HEIGHT - y, text)

    def rule(self, x: float, to_x: float, y: float) -> None:
        """Draw a level line."""
        self._line([(x, y), (to_x, y)])

    def ring(self, x: float, y: float, text: str) -> None:
        """Draw a circle to be filled in, with its letter."""
        self._pdf.set_draw_color(0)
        self._pdf.set_line_width(_LINE)
        self._pdf.circle(x, HEIGHT - y, 2.6)
        self.put(x, y - 1.0, text, 7.5, shade=PALE, align="center")

    def lines(self, text: str, wide: float, size: float = 9, face: Face = "") -> list[str]:
        """Return a text as the lines that it takes in so many mm; a word that is wider than that is cut."""
        found = [""]
        for word in text.split():
            longer = f"{found[-1]} {word}".lstrip()
            if self._wide(longer, size, face) <= wide:
                found[-1] = longer
                continue
            found += [word] if found[-1] else []
            found[-1] = word
            while self._wide(found[-1], size, face) > wide and len(found[-1]) > 1:
                fits = next(n for n in range(len(found[-1]) - 1, 0, -1) if self._fits(found[-1][:n], wide, size, face))
                found[-1:] = [found[-1][:fits], found[-1][fits:]]
        return found

    def write(
        self,
        text: str,
        size: float = 9,
        x: float = LEFT,
        wide: float = RIGHT - LEFT,
        face: Face = "",
        *,
        shade: int = 0,
    ) -> None:
        """Write a text from here on, and go below it."""
        for line in self.lines(text, wide, size, face):
            self.room(_LEADING * size)
            self.y -= _LEADING * size
            self.put(x, self.y, line, size, face, shade=shade)

    def tall(self, text: str, wide: float, size: float = 9, face: Face = "") -> float:
        """Return how much height a text takes, in mm."""
        return len(self.lines(text, wide, size, face)) * _LEADING * size

    def picture(self, picture: Picture, x: float, wide: float) -> None:
        """Put a picture here, all its pixels, with its name, its scale and the breast in small below it."""
        from PIL.Image import fromarray

        taken_ = taken(picture.look)
        self._image(fromarray(grey(taken_)), x, wide, f"{label(picture.look)}. {picture.alt}")
        foot = self.y - wide
        self.put(x + wide - 1.5, self.y - 4, towards(picture.look), 7, shade=_WHITE, align="right")
        self.put(x, foot - 3.2, label(picture.look), 7, "B")
        self.put(x, foot - 6.2, self.lines(picture.look.plain, wide - STRIP_MM, 6.2)[0], 6.2)
        bar = SCALE_MM / (taken_.pixel_mm * taken_.background.shape[1]) * wide
        self.rule(x, x + bar, foot - 9.2)
        for end in (x, x + bar):
            self._line([(end, foot - 9.9), (end, foot - 8.5)])
        self.put(x + bar + 1, foot - 9.9, f"{SCALE_MM:g} mm", 6.5)
        self._small(picture, x + wide, foot)

    def plate(self, picture: Picture, x: float, wide: float) -> None:
        """Put a picture here with what decides ringed."""
        from PIL.Image import open as opened

        rows, columns = taken(picture.look).background.shape
        dots = round(wide / 25.4 * _PRINTED)  # it shows where, not what: it needs no more
        with opened(BytesIO(picture.plate())) as image:
            small = image.convert("RGB").crop((0, 0, columns, rows)).resize((dots, dots * rows // columns))
        self._image(small, x, wide, picture.alt)

    def _image(self, image: Image, x: float, wide: float, alt: str) -> None:
        self._pdf.image(image, x, HEIGHT - self.y, wide, wide * image.height / image.width, alt_text=alt)

    def _small(self, picture: Picture, right: float, top: float) -> None:
        edge, (half_wide, half_high), places = in_small(picture.look)
        low, high = edge.min(axis=0), edge.max(axis=0)
        factor = (STRIP_MM - 2) / (high - low)[1]
        origin = np.array([right - factor * high[0], top - 1 + factor * low[1]])

        def at(points: Floats) -> list[tuple[float, float]]:
            return [(x, y) for x, y in (origin + np.array([factor, -factor]) * points).tolist()]

        corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) * [half_wide, half_high]
        self._line(at(np.vstack([edge, edge[:1]])), _FINE, PALE)
        self._line(at(corners), _FINE)
        self._pdf.set_fill_color(0)
        for x, y in at(places) if picture.dots else ():
            self._pdf.circle(x, HEIGHT - y, 0.14, style="F")

    def _line(self, points: list[tuple[float, float]], width: float = _LINE, shade: int = 0) -> None:
        self._pdf.set_line_width(width)
        self._pdf.set_draw_color(shade)
        self._pdf.polyline([(x, HEIGHT - y) for x, y in points])

    def _fits(self, text: str, wide: float, size: float, face: Face) -> bool:
        return len(text) == 1 or self._wide(text, size, face) <= wide

    def _wide(self, text: str, size: float, face: Face) -> float:
        """Return how wide a line is, in mm; its type is the next one's too."""
        self._pdf.set_font("DejaVu", face, size)
        return float(self._pdf.get_string_width(text))


@contextmanager
def paper(path: Path, head: str, side: str) -> Iterator[Paper]:
    """Open a document to be written: text in it can be searched, pictures have alt text, and the same is the same file.

    Parameters
    ----------
    path : Path
    head, side : str
        What stands at the top of each page, left and right.
    """
    from fpdf import FPDF
    from matplotlib import get_data_path

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_lang("en-GB")
    pdf.set_title(f"{head}, {side}")
    pdf.set_subject(_FOOT)
    pdf.set_creator("calcifications course")
    pdf.set_creation_date(_WHEN)
    for face, name in _FONTS.items():
        pdf.add_font("DejaVu", face, Path(get_data_path()) / "fonts" / "ttf" / f"{name}.ttf")
    sheet = Paper(pdf, head, side)
    yield sheet
    pdf.output(str(path))
