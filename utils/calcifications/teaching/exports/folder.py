"""A folder of pictures, one pixel for one of the picture's, and a table of what they show in truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from calcifications.imaging import view_named
from calcifications.learning.items import Look
from calcifications.learning.items.cases import as_shown
from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.exports import dicom, table
from calcifications.teaching.plates import by_breast
from calcifications.teaching.still import png, taken

MEASURED = ("count", "count_within_10mm", "extent_mm", "size_mm", "smallest_mm", "largest_mm", "conspicuity")
"""What is told of the first group on each picture."""

COLUMNS = (
    "file", "case", "view", "side", "pixel_mm", "rows", "columns", "density", "form", "distribution", "category",
    "management", "borderline", "rulebook", *MEASURED, "code",
)  # fmt: skip


def files(deck: Deck, tell: Callable[[int, int], None], suffix: str = ".png") -> Iterator[tuple[str, bytes]]:
    """Return the pictures of a deck as PNG, and the table, each with its name.

    Parameters
    ----------
    deck : Deck
    tell : callable
        Told how many cases are done, and of how many, after each.
    suffix : {".png", ".dcm"}
    """
    rows: dict[int, list[str]] = {}
    for done, place in enumerate(by_breast(deck.slides), 1):
        slide, number = deck.slides[place], place + 1
        rows[place] = []
        for look in looks(slide):
            name = f"case-{number:03d}-{look.name}{suffix}"
            yield name, png(look) if suffix == ".png" else dicom.file(look, number)
            rows[place].append(table.line([name, *_truth(slide, number, look)]))
        tell(done, len(deck.slides))
    lines = [table.line(COLUMNS), *(line for place in sorted(rows) for line in rows[place])]
    yield "truth.csv", "".join(lines).encode("utf-8-sig")


def dicom_files(deck: Deck, tell: Callable[[int, int], None]) -> Iterator[tuple[str, bytes]]:
    """Return the pictures of a deck as DICOM, and the table; as `files`."""
    yield from files(deck, tell, ".dcm")


def looks(slide: Slide) -> list[Look]:
    """Return the pictures of a case, a view each."""
    return [Look(view, view_named(view).plain, slide.case, view) for view in slide.case.views]


def _truth(slide: Slide, number: int, look: Look) -> Iterator[Any]:
    reading, picture = as_shown(slide.case), taken(look)
    rows, columns = picture.background.shape
    yield from (slide.title or f"Case {number}", look.name, picture.view.side, f"{picture.pixel_mm:.4f}", rows, columns)
    yield from (slide.case.tissue, reading.morphology, reading.distribution, reading.category, reading.management)
    yield " | ".join(map(str, reading.borderline))
    yield reading.rulebook.id
    values = look.findings.groups[reading.group].values
    yield from (f"{values[name]:.3g}" for name in MEASURED)
    yield slide.code
