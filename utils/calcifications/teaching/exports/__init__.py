"""A deck in the formats that others read, a module each: from questions to text or bytes, nothing else.

Ids are fixed: what was exported again takes the place of what was there, and is no second copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from calcifications.errors import CourseError, pick, shown
from calcifications.teaching.deck import Deck, counted
from calcifications.teaching.exports import anki, dicom, folder, gift, moodle, table
from calcifications.teaching.question import Question, left_out, questions
from calcifications.teaching.whole import whole

Tell = Callable[[int, int], None]
Named = tuple[str, Question]

_TEXTS = {"moodle": moodle.text, "gift": gift.text, "csv": table.text}
_FOLDERS = {"png": folder.files, "dicom": folder.dicom_files}

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
    taken = _Counted(deck, tell)
    if not taken.of:
        raise CourseError(f"The deck {shown(deck.title)} asks nothing that a file can hold; ask the form of a case.")
    with whole(path) as part:
        if form == "anki":
            anki.write(part, deck.title, taken)
        else:
            with part.open("x", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as file:
                file.writelines(_TEXTS[form](deck.title, taken))
        if form == "gift":
            _pictures(path.with_name(path.stem + "_pictures"), deck)
    return " ".join([f"{path}: {counted(taken.of, 'question')}.", *left_out(deck)])


def _pictures(folder: Path, deck: Deck) -> None:
    with whole(folder) as part:
        part.mkdir()
        for name, raw in gift.pictures(question for _, question in questions(deck)):
            (part / name).write_bytes(raw)


class _Counted:
    """The questions of a deck, counted as they are taken."""

    def __init__(self, deck: Deck, tell: Tell) -> None:
        self._deck, self._tell, self.done = deck, tell, 0
        self.of = sum(1 for _ in questions(deck))

    def __iter__(self) -> Iterator[Named]:
        for named in questions(self._deck):
            yield named
            self.done += 1
            self._tell(self.done, self.of)


__all__ = ["FORMATS", "dicom", "export"]
