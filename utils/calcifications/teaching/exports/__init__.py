"""A deck in the formats that others read, a module each: from questions to text or bytes, nothing else.

Ids are fixed: what was exported again takes the place of what was there, and is no second copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from calcifications.errors import CourseError, pick, shown
from calcifications.teaching.deck import Deck, counted
from calcifications.teaching.exports import anki, dicom, folder, gift, moodle, table
from calcifications.teaching.plates import Asked, drawn
from calcifications.teaching.question import left_out, questions_of
from calcifications.teaching.whole import whole

Tell = Callable[[int, int], None]

_FOLDERS = {"png": folder.files, "dicom": folder.dicom_files}
_RINGED = {"moodle": True, "anki": True, "gift": False}  # whether the pictures with rings go along

FORMATS = ("moodle", "gift", "csv", "anki", *_FOLDERS)
"""What a deck can be exported as: the first four its questions, the others its pictures with what they show."""


def export(deck: Deck, form: str, out: str | Path, tell: Tell = lambda done, of: None) -> str:
    """Write a deck in a format; there must be nothing of that name yet.

    Parameters
    ----------
    deck : Deck
    form : str
        One of `FORMATS`.
    out : str or Path
        A file; for "png" and "dicom" a folder.
    tell : callable
        Told how many questions or cases are done, and of how many, after each.

    Returns
    -------
    str
        What was written and what was left out, in a sentence or two.

    Raises
    ------
    CourseError
        If there is no such format, nothing to write, or something of that name already.
    """
    pick(form, FORMATS, "format")
    path = Path(out)
    if form in _FOLDERS:
        with whole(path) as part:
            part.mkdir(parents=True)
            for name, raw in _FOLDERS[form](deck, tell):
                (part / name).write_bytes(raw)
        return f"{path}: the pictures of {counted(len(deck.slides), 'case')}, and what they show in truth.csv."
    with whole(path) as part:
        return " ".join([f"{path}: {counted(_write(part, form, deck, tell, path), 'question')}.", *left_out(deck)])


def _write(part: Path, form: str, deck: Deck, tell: Tell, path: Path) -> int:
    """Write the questions of a deck into a file, and what lies beside it; return how many they are."""
    of, done = len(deck.slides) * (1 + (form in _RINGED)), count(1)
    cases: list[Asked] = []
    for slide in deck.slides:
        cases.append((slide, [question for asked in slide.asked for question in questions_of(asked)]))
        tell(next(done), of)
    named = [(slide.title or "Case", question) for slide, some in cases for question in some]
    if not named:
        raise CourseError(f"The deck {shown(deck.title)} asks nothing that a file can hold; ask the form of a case.")
    if form == "csv":
        _put(part, table.text(deck.title, named), "utf-8-sig")
        return len(named)
    with drawn(cases, lambda: tell(next(done), of), after=_RINGED[form]) as plate:
        if form == "anki":
            anki.write(part, deck.title, named, plate)
        elif form == "moodle":
            _put(part, moodle.text(deck.title, named, plate))
        else:
            _put(part, gift.text(deck.title, named))
            with whole(path.with_name(path.stem + "_pictures")) as beside:
                beside.mkdir()
                for picture in gift.pictures(named):
                    (beside / picture.name).write_bytes(plate(picture))
    return len(named)


def _put(part: Path, lines: Iterable[str], encoding: str = "utf-8") -> None:
    with part.open("x", encoding=encoding, newline="") as file:
        file.writelines(lines)


__all__ = ["FORMATS", "dicom", "export"]
