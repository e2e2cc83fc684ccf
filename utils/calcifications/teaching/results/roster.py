"""The class list: a text file with a name a line, so that the page can say who is missing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from calcifications.errors import CourseError, shown
from calcifications.teaching.results.file import one_line

MOST = 2000
"""The most names of a class list."""

_LARGEST = 400_000  # bytes


def plain(name: str) -> str:
    """Return a name in small letters without accents and commas."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace(",", " ").replace(";", " ").split())


def known_by(name: str) -> str:
    """Return what a name is recognised by: its words in any order, whatever their case, accents and commas."""
    return " ".join(sorted(plain(name).split()))


def names(raw: bytes) -> tuple[str, ...]:
    """Return the names of a class list, each once, in its order; lines that begin with # say nothing.

    Raises
    ------
    CourseError
        If it is no list of names.
    """
    if len(raw) > _LARGEST or b"\0" in raw:
        raise CourseError("The class list is no list of names: it is a text file with a name a line.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # as some spreadsheets write it
    lines = (one_line(line.strip().strip('"')) for line in text.splitlines() if not line.lstrip().startswith("#"))
    found = {known_by(line): line for line in lines if line}
    if not found or len(found) > MOST:
        raise CourseError(f"The class list has {len(found)} names; it is a text file with a name a line, 1 to {MOST}.")
    return tuple(found.values())


def read(path: str | Path) -> tuple[str, ...]:
    """Read a class list from its file; as `names`."""
    try:
        return names(Path(path).expanduser().read_bytes())
    except (OSError, RuntimeError, ValueError) as refused:
        if isinstance(refused, CourseError):
            raise
        raise CourseError(f"The class list {shown(str(path))} can't be read; give a text file of names.") from None
