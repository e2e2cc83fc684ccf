"""The pictures of a deck's questions, each drawn once: breast by breast, for tissue is what takes the time.

They wait on the disk, not in memory: those of a thousand questions take a gigabyte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from calcifications.teaching.deck import Slide
from calcifications.teaching.question import Picture, Question

Plate = Callable[[Picture], bytes]
"""Gives a picture as the bytes of a PNG file."""

Asked = tuple[Slide, list[Question]]
"""A case, and its questions that a file can hold."""


def by_breast(slides: Sequence[Slide]) -> list[int]:
    """Return the places of cases in the order in which their pictures are soon drawn: by breast, then by tissue."""
    return sorted(range(len(slides)), key=lambda place: (slides[place].case.seed, slides[place].case.tissue))


@contextmanager
def drawn(cases: Sequence[Asked], tell: Callable[[], None], *, after: bool) -> Iterator[Plate]:
    """Draw the pictures of some questions, and give what reads them; afterwards they are gone.

    Parameters
    ----------
    cases : sequence of (Slide, list of Question)
    tell : callable
        Told after each case.
    after : bool
        Whether those with rings are drawn too.
    """
    with TemporaryDirectory(prefix="calcifications-") as folder:
        for place in by_breast([slide for slide, _ in cases]):
            for question in cases[place][1]:
                for picture in (*question.pictures, *(question.after if after else ())):
                    path = Path(folder) / picture.name
                    if not path.exists():
                        path.write_bytes(picture.plate())
            tell()
        yield lambda picture: (Path(folder) / picture.name).read_bytes()
