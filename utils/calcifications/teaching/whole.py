"""What is written is there whole or not at all: it has its name only once it is done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calcifications.errors import CourseError, shown


@contextmanager
def whole(out: str | Path) -> Iterator[Path]:
    """Give a path to write a file or a folder to, which then gets its name; nothing is left of half a one.

    Raises
    ------
    CourseError
        If there is something of that name already.
    """
    path = Path(out)
    if path.exists():
        raise CourseError(f"There is {shown(str(out))} already; choose another name.")
    part = path.with_name(path.name + ".part")
    _remove(part)  # of one that was stopped
    try:
        yield part
        part.rename(path)
    finally:
        _remove(part)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
