"""The files that were handed in: from a folder, or dropped into the page."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calcifications.errors import CourseError, shown
from calcifications.learning.log_file import refusal
from calcifications.learning.result import LARGEST

MOST = 2000
"""The most files that are looked at."""

_DEEPEST = 3  # folders below folders: what comes from a learning platform lies in one a student
_OWN = re.compile(r"result-[0-9a-f]{12}-\d{4}-.*")  # the name that the course gives it, which names nobody
_PLATFORM = re.compile(r"_\d+_assignsubmission_.*")  # what Moodle puts behind a student's name


@dataclass(frozen=True)
class File:
    """A file that was handed in.

    Attributes
    ----------
    name : str
        Its path below the folder.
    raw : bytes
        What it holds; nothing where it could not be read.
    problem : str
        Why it can't be read, as the end of a sentence; empty if it can.
    """

    name: str
    raw: bytes = b""
    problem: str = ""

    @property
    def student(self) -> str:
        """Whose it is, going by the name of the file or of the folder that it lies in; empty if neither says so."""
        *folders, last = self.name.split("/")
        stem = last.rsplit(".", 1)[0]
        named = folders[-1] if folders and (_OWN.fullmatch(stem) or _PLATFORM.search(folders[-1])) else stem
        named = _PLATFORM.sub("", named)
        return "" if _OWN.fullmatch(named) else one_line(named.replace("_", " "))


def one_line(text: str) -> str:
    """Return a person's text on one line, without what can't be printed or turns the direction of what follows."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:100]


def dropped(name: str, raw: bytes | None) -> File:
    """Return a file that was dropped into the page; None where it was too large to be sent."""
    return File(name, raw) if raw is not None else File(name, problem=TOO_LARGE)


def files_in(folder: str | Path, besides: Path | None = None) -> list[File]:
    """Return the files of a folder and of those in it, by name; hidden ones are no one's.

    Parameters
    ----------
    folder : str or Path
    besides : Path, optional
        A file that is none of them: the class list may lie there too.

    Raises
    ------
    CourseError
        If it is no folder that can be read, or holds more than `MOST` files.
    """
    try:
        root = Path(folder).expanduser()
        if not root.is_dir():
            raise CourseError(f"There is no folder {shown(str(folder))}; name the one with the students' result files.")
        paths = [path for path in _below(root) if not (besides and path.samefile(besides))]
    except (OSError, RuntimeError, ValueError, TypeError) as refused:
        if isinstance(refused, CourseError):
            raise
        raise CourseError(f"The folder {shown(str(folder))} can't be read.") from None
    if len(paths) > MOST:
        raise CourseError(f"The folder {shown(str(folder))} holds more than {MOST} files; name the one of one class.")
    return [_taken(path, path.relative_to(root).as_posix()) for path in paths]


def _below(root: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(root):
        deep = len(Path(here).relative_to(root).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and deep < _DEEPEST)
        yield from (Path(here) / name for name in sorted(names) if not name.startswith("."))


def _taken(path: Path, name: str) -> File:
    """Read a file, if it is one: what never ends, such as a pipe, is left alone."""
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode):
            return File(name, problem="is no file that can be read")
        if known.st_size > LARGEST:
            return File(name, problem=TOO_LARGE)
        return File(name, path.read_bytes())
    except OSError as refused:
        return File(name, problem=f"can't be read: {refusal(refused)}")


TOO_LARGE = f"is larger than a result can be: at most {LARGEST // 1_000_000} MB"
