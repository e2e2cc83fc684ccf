"""A picture as it stands in a file: the grey of the viewer's first window, a scale and the breast in small below it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import Z_HUFFMAN_ONLY

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import Radiograph, project
from calcifications.learning.items import Look
from calcifications.pattern.draws import Floats
from calcifications.reading.outline import outline
from calcifications.teaching.window import screen, window

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SCALE_MM = 10.0
"""How long the bar is that stands below a picture."""

MAP_MM = 2.0
"""How coarsely the small map shows where particles lie."""

_STRIP, _MARGIN = 96, 10  # px: height of what stands below the picture, and its margin
_INK, _QUIET = 254, 150
_RING, _YELLOW = 255, (255, 214, 10)  # the last level of a plate is the colour of rings
_OFF_MM = 0.35  # from a particle to the ring about it


@lru_cache(maxsize=100)
def taken(look: Look) -> Radiograph:
    """Return the picture of a look; the last ones are kept, 1 MB each: an exam on paper shows each four times."""
    return look.picture


def grey(picture: Radiograph) -> NDArray[np.uint8]:
    """Return what a screen shows of a picture, 0 to 255, shape (rows, columns)."""
    pixels = picture.background.copy()  # not `pixels`, which the picture would keep
    row, column, height, width = picture.box
    pixels[row : row + height, column : column + width] += picture.layer
    return screen(pixels, *window(picture))


def label(look: Look) -> str:
    """Return what is written on a picture: the breast's side and the view, or what the question calls it."""
    view = taken(look).view
    return f"{view.side[0].upper()} {view.name}" if look.name == view.name else f"{look.name}: {view.name}"


def towards(look: Look) -> str:
    """Return what lies to one side of a picture, with an arrow."""
    view = taken(look).view
    out = "skin" if view.name == "tangential" else "nipple"
    return f"{out} →" if view.side == "left" else f"← {out}"


def in_small(look: Look) -> tuple[Floats, tuple[float, float], Floats]:
    """Return the breast in small, in mm to the right and down about the middle of the picture.

    Returns
    -------
    outline : ndarray of shape (points, 2)
    half : tuple of float
        Half the width and half the height of the picture.
    dots : ndarray of shape (n, 2)
        Where particles lie, too coarsely to be counted.
    """
    picture, pattern = taken(look), look.pattern
    flip = np.array([1.0, -1.0])
    edge = project(picture.view, pattern.breast.silhouette(picture.view.axes)) * flip
    places = project(picture.view, pattern.particles.centre[pattern.of_breast(picture.view.side)]) * flip
    rows, columns = (side * picture.pixel_mm / 2 for side in picture.background.shape)
    return edge, (columns, rows), np.unique(np.rint(places / MAP_MM), axis=0) * MAP_MM


def png(look: Look) -> bytes:
    """Return a picture alone as the bytes of a PNG file, grey, one pixel for one of the picture's."""
    from PIL.Image import fromarray

    return _bytes(fromarray(grey(taken(look))), taken(look).pixel_mm)


def plate(look: Look, dots: bool = True, where: tuple[int, ...] = ()) -> bytes:
    """Return a picture with its scale and the breast in small below it, as the bytes of a PNG file.

    Parameters
    ----------
    look : Look
    dots : bool
        Whether the small breast shows where particles lie.
    where : tuple of int
        The particles that are ringed.
    """
    out = _bare(look, dots)
    if where:
        from PIL.ImageDraw import Draw

        out = out.copy()
        _rings(Draw(out), look, where)
    return _bytes(out, taken(look).pixel_mm)


@lru_cache(maxsize=12)  # those of two cases, 0.3 MB each: several questions are asked of the same picture
def _bare(look: Look, dots: bool) -> Image:
    """Draw a plate without rings, in greys and one colour: a byte a pixel is soon written."""
    from PIL.Image import fromarray, frombytes, new
    from PIL.ImageDraw import Draw

    picture = taken(look)
    rows, columns = picture.background.shape
    out = new("L", (columns, rows + _STRIP))
    out.paste(fromarray(np.minimum(grey(picture), _INK)))
    draw = Draw(out)
    draw.text((_MARGIN, rows + 8), f"{label(look)}, {look.plain}", fill=_INK, font=_font(16))
    draw.text((columns - _MARGIN, 8), towards(look), fill=_INK, font=_font(16), anchor="ra")
    bar, level = SCALE_MM / picture.pixel_mm, rows + 50
    draw.line([(_MARGIN, level), (_MARGIN + bar, level)], fill=_INK, width=3)
    for end in (_MARGIN, _MARGIN + bar):
        draw.line([(end, level - 5), (end, level + 5)], fill=_INK, width=2)
    draw.text((_MARGIN + bar + 8, level), f"{SCALE_MM:g} mm", fill=_INK, font=_font(16), anchor="lm")
    draw.text((_MARGIN, rows + 70), "Synthetic picture for learning, not for diagnosis", fill=_QUIET, font=_font(14))
    _draw_small(draw, look, (columns, rows), dots=dots)
    coloured = frombytes("P", out.size, out.tobytes())
    coloured.putpalette([level for shade in range(_RING) for level in (shade,) * 3] + [*_YELLOW])
    return coloured


def _rings(draw: ImageDraw, look: Look, where: tuple[int, ...]) -> None:
    """Draw a ring about each of some particles, wide enough to leave it to be seen."""
    picture = taken(look)
    chosen = np.zeros(len(look.pattern.particles), dtype=bool)
    chosen[list(where)] = True
    seen = outline(look.pattern.particles.some(chosen), picture.view)
    rows, columns = picture.background.shape
    for edge in seen.centre[:, None] + seen.polygon:
        middle = edge.mean(axis=0)
        away = np.linalg.norm(edge - middle, axis=1, keepdims=True)
        ring = middle + (edge - middle) * (1 + _OFF_MM / np.maximum(away, 1e-6))
        points = np.array([columns / 2, rows / 2]) + ring * np.array([1, -1]) / picture.pixel_mm
        draw.line([*map(tuple, points.tolist()), tuple(points[0].tolist())], fill=_RING, width=2)


def _draw_small(draw: ImageDraw, look: Look, corner: tuple[int, int], *, dots: bool) -> None:
    """Draw the breast in small below the picture's right edge."""
    edge, (half_wide, half_high), places = in_small(look)
    low, high = edge.min(axis=0), edge.max(axis=0)
    factor = (_STRIP - 2 * 6) / (high - low)[1]
    origin = np.array([corner[0] - _MARGIN - factor * high[0], corner[1] + 6 - factor * low[1]])
    points = [(float(x), float(y)) for x, y in origin + factor * edge]
    draw.line([*points, points[0]], fill=_QUIET, width=1)
    x, y = origin.tolist()
    box = [x - factor * half_wide, y - factor * half_high, x + factor * half_wide, y + factor * half_high]
    draw.rectangle(box, outline=_INK)
    for across, down in (origin + factor * places).tolist() if dots else ():
        draw.ellipse([across - 1, down - 1, across + 1, down + 1], fill=_INK)


@lru_cache(maxsize=4)
def _font(size: int):  # type: ignore[no-untyped-def]
    from matplotlib import get_data_path
    from PIL.ImageFont import truetype

    return truetype(Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", size)


def _bytes(image: Image, pixel_mm: float) -> bytes:
    out = BytesIO()
    dots_an_inch = 25.4 / pixel_mm  # the true size, for a ruler
    # noise repeats nothing: to look for what comes again would only take time
    image.save(out, "png", compress_level=1, compress_type=Z_HUFFMAN_ONLY, dpi=(dots_an_inch, dots_an_inch))
    return out.getvalue()
