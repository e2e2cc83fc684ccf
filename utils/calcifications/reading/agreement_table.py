"""The table of compared cases, one a row: stored, read, and kept while it grows: a run goes on where it stopped."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import asdict, fields
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO

from calcifications.errors import CourseError
from calcifications.reading.agreement import Agreement, Compared

_COLUMNS = [each.name for each in fields(Compared)]
_NUMBERS, _COUNTS, _FLAGS = ("number",), ("true_count", "seen_count"), ("borderline",)
_DECIDES = ("errors.py", "pattern", "imaging", "lexicon", "reading")  # what a compared case depends on


def _writer(stream: TextIO) -> csv.DictWriter[str]:
    return csv.DictWriter(stream, _COLUMNS, lineterminator="\n")


def store(result: Agreement, file: str | Path) -> None:
    """Store the cases as a table, one a row; where it can't be written is a CourseError."""
    try:
        with Path(file).open("w", encoding="utf-8", newline="") as stream:
            writer = _writer(stream)
            writer.writeheader()
            writer.writerows(asdict(case) for case in result.cases)
    except OSError as error:
        raise CourseError(f"The table can't be written to {str(file)!r}: {error.strerror}.") from error


def stored(file: str | Path) -> Agreement:
    """Read a table that `store` wrote; what is none is a CourseError."""
    try:
        with Path(file).open(encoding="utf-8", newline="") as stream:
            return Agreement(tuple(_case(row) for row in csv.DictReader(stream)))
    except (OSError, TypeError, ValueError) as error:
        raise CourseError(f"There is no table of compared cases in {str(file)!r}.") from error


def _case(row: dict[str, Any]) -> Compared:
    def value(name: str, text: str) -> Any:
        if name in _COUNTS:
            return float(text)
        return int(text) if name in _NUMBERS else text == "True" if name in _FLAGS else text

    return Compared(**{name: value(name, text) for name, text in row.items()})


def _course() -> str:
    """Return what tells this state of the course from another: all that a compared case depends on."""
    root = Path(str(files("calcifications")))
    sources = [path for name in _DECIDES for path in ([root / name] if "." in name else (root / name).rglob("*"))]
    told = hashlib.sha256()
    for path in sorted(path for path in sources if path.suffix in (".py", ".toml")):
        told.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return told.hexdigest()


class Unfinished:
    """A table that grows beside the file that it will be, until it is whole.

    Parameters
    ----------
    file : str or Path
        Where the whole table will be.
    seed : int
        Of its cases: those of another seed, or of another state of the course, are not gone on with.
    """

    def __init__(self, file: str | Path, seed: int) -> None:
        self.file = Path(f"{file}.part")
        self._first = f"seed {seed}, course {_course()}\n"

    def cases(self) -> tuple[Compared, ...]:
        """Return the cases that are known already, and make the file ready for more."""
        known: list[Compared] = []
        try:
            with self.file.open(encoding="utf-8", newline="") as stream:
                if stream.readline() == self._first:
                    lines = [line for line in stream if line.endswith("\n")]  # the last may have been cut off
                    for row in csv.DictReader(lines, _COLUMNS):
                        known.append(_case(row))
        except (OSError, TypeError, ValueError):
            known = []
        if any(case.number != number for number, case in enumerate(known)):
            known = []
        try:
            with self.file.open("w", encoding="utf-8", newline="") as stream:
                stream.write(self._first)
                _writer(stream).writerows(asdict(case) for case in known)
        except OSError as error:
            raise CourseError(f"The table can't be written to {str(self.file)!r}: {error.strerror}.") from error
        return tuple(known)

    def add(self, case: Compared) -> None:
        """Keep one more case."""
        with self.file.open("a", encoding="utf-8", newline="") as stream:
            _writer(stream).writerow(asdict(case))

    def whole(self, result: Agreement) -> None:
        """Store the whole table in its place."""
        store(result, str(self.file).removesuffix(".part"))
        self.file.unlink()
