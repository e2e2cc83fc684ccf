"""Putting one case more at the end of a deck's file, which keeps all that a person has written in it."""

from __future__ import annotations

from pathlib import Path

from calcifications.case import Case
from calcifications.errors import CourseError, shown
from calcifications.learning.log_file import refusal
from calcifications.teaching.deck import MOST, Deck, slide_text
from calcifications.teaching.deck_file import parse
from calcifications.teaching.deck_rule import slide_of


def add(case: Case, path: Path) -> int:
    """Put a case at the end of a deck; a deck that is not there yet is begun.

    Parameters
    ----------
    case : Case
    path : Path
        The deck's file.

    Returns
    -------
    int
        Which case of the deck it is, from 1.

    Raises
    ------
    CourseError
        If the deck has mistakes, is full, or has the case already, or the disk refuses.
    """
    slides = Deck.read(path).slides if path.exists() else ()
    codes = [slide.code for slide in slides]
    if case.code in codes:
        raise CourseError(f"This case is in {shown(path.name)} already: case {codes.index(case.code) + 1}.")
    if len(slides) >= MOST:
        raise CourseError(f"{shown(path.name)} is full: a deck has {MOST} cases at most.")
    slide = slide_of(case, len(slides) + 1, ("form", "distribution"))
    try:
        if not slides:
            path.parent.mkdir(parents=True, exist_ok=True)
            Deck("My deck", (slide,)).write(path)
        else:
            more = slide_text(slide) + "\n"
            parse(path.name, path.read_text(encoding="utf-8-sig") + more)  # it may be written in another way
            with path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(more)
    except OSError as refused:
        raise CourseError(f"{shown(path.name)} can't be written: {refusal(refused)}.") from None
    return len(slides) + 1
