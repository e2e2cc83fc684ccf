"""What a page shows of a picture beside its grey values: labels, the breast in small, and the overlays.

Points go to the page as whole tenths of a pixel, each as the step from the one before it: a third of the bytes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calcifications.apps.still import window
from calcifications.imaging import Radiograph, View, project
from calcifications.pattern import Pattern
from calcifications.reading.overlays import KINDS, drawable, overlays

Json = dict[str, Any]
Floats = NDArray[np.float64]

OVERLAYS = {
    "outline": "Outlines",
    "circles": "1 and 2 cm circles",
    "extent": "Largest distance",
    "duct": "Duct",
    "wedge": "Wedge to the nipple",
    "vessel": "Artery",
}
"""The overlays that a page can switch, and what it calls them."""

USUAL = ("outline", "circles")
"""Those that come when overlays are first switched on."""

_CIRCLES = {"1 cm": 5.0, "2 cm": 10.0}  # radius in mm
_FINE_PX = 1.0  # corners of an outline that lie nearer to each other show nothing more


def switches() -> list[Json]:
    """Return the overlays for the page: kind, name, and whether it comes at first."""
    return [{"kind": kind, "name": OVERLAYS[kind], "usual": kind in USUAL} for kind in KINDS]


def _steps(points: Floats) -> list[int]:
    """Return points of shape (n, 2) as the page takes them."""
    tenths = np.rint(10 * points).astype(int)
    steps: list[int] = np.diff(tenths, axis=0, prepend=np.zeros((1, 2), int)).ravel().tolist()
    return steps


def _thinned(corners: Floats) -> Floats:
    """Leave out corners of an outline, shape (40, 2) in pixels, that its size makes needless."""
    around = np.linalg.norm(np.diff(corners, axis=0), axis=1).mean()
    every = next((each for each in (4, 2) if each * around <= _FINE_PX), 1)
    return corners[::every]


def shapes(pattern: Pattern, picture: Radiograph, kinds: Collection[str]) -> list[Json]:
    """Return the overlays of some kinds, each with its kind, in picture pixels."""
    if not kinds:
        return []
    over = overlays(pattern, picture.view, shape=picture.background.shape)
    out: list[Json] = []
    for number, corners in enumerate(over.to_pixels(over.outlines) if "outline" in kinds else ()):
        out.append({"kind": "outline", "number": number, "points": _steps(_thinned(corners))})
    for x, y, _ in over.circles if "circles" in kinds else ():
        column, row = np.round(over.to_pixels(np.array([x, y])), 1).tolist()
        for text, radius in _CIRCLES.items():
            out.append({"kind": "circles", "x": column, "y": row, "r": round(radius / over.pixel_mm, 1), "text": text})
    lines = {
        "extent": [(ends, f"{np.linalg.norm(ends[1] - ends[0]):.1f} mm") for ends in over.extents],
        "duct": [(path, "") for path in over.ducts],
        "vessel": [(wall, "") for wall in over.vessels],
    }
    for kind, paths in lines.items():
        for points, text in paths if kind in kinds else ():
            out.append({"kind": kind, "points": _steps(over.to_pixels(points)), "open": True, "text": text})
    if "wedge" in kinds and len(over.wedge):
        out.append({"kind": "wedge", "points": _steps(over.to_pixels(over.wedge))})
    return out


def labels(view: View) -> Json:
    """Return what is written on a picture: which view it is, and which way the nipple lies."""
    out = "skin" if view.name == "tangential" else "nipple"
    return {
        "id": view.name,
        "name": f"{view.side[0].upper()} {view.name}",
        "plain": view.plain,
        "top": view.top,
        "toward": f"{out} →" if view.side == "left" else f"← {out}",
    }


def breast_map(pattern: Pattern, picture: Radiograph) -> Json:
    """Return the whole breast in small, in mm: its outline, the field of the picture, and every particle's place.

    It is not needed beside a picture that shows the whole breast itself.
    """
    edge = project(picture.view, pattern.breast.silhouette(picture.view.axes))
    rows, columns = (side * picture.pixel_mm / 2 for side in picture.background.shape)
    flip = np.array([1.0, -1.0])
    here = pattern.of_breast(picture.view.side)
    return {
        "needed": not picture.view.whole,
        "outline": np.round(edge * flip, 1).tolist(),
        "field": [-columns, -rows, 2 * columns, 2 * rows],
        "dots": np.round(project(picture.view, pattern.particles.centre[here]) * flip, 1).tolist(),
    }


def picture_lines(pattern: Pattern, picture: Radiograph) -> Json:
    """Return what a viewer needs of a picture beside grey values, overlays and alt text."""
    return {
        "box": picture.box,
        "shape": picture.background.shape,
        "window": window(picture),
        "pixel_mm": picture.pixel_mm,
        "view": labels(picture.view),
        "map": breast_map(pattern, picture),
    }


def switched(pattern: Pattern, picture: Radiograph, kinds: Collection[str]) -> Json:
    """Return the overlays that are switched on, and which kinds this pattern has."""
    return {"shapes": shapes(pattern, picture, kinds), "has": drawable(pattern, picture.view.side)}
