"""What can still be read of a damaged log, or of one that another version of the course has written."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.answer import FIELDS, Answer
from calcifications.learning.log_file import COLUMNS, damaged, opened, version_of

_SHORTEST_ROW = 60  # bytes: no answer takes less, so a file can't hold more of them than its size over this
_PATIENCE_S = 120.0
_HEADER = 100  # bytes
_LONGEST_FILE = 2**31  # a damaged header may tell of any length


@contextmanager
def untouched(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to be read only: it stays as it is, byte by byte."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        yield connection


def sound(path: Path) -> bool:
    """Whether a log holds together and every answer in it can be read."""
    try:
        with untouched(path) as connection:
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                return False
            if version_of(connection) == 0:
                return connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
            if not set(FIELDS) <= {row[1] for row in connection.execute("PRAGMA table_info(answers)")}:
                return False  # SQLite takes the name of a column that isn't there for a text
            for row in connection.execute(f"SELECT {COLUMNS} FROM answers"):
                Answer.from_row(dict(zip(FIELDS, row, strict=True)))
            connection.execute("SELECT name, text FROM kept").fetchall()
    except CourseError:
        return False
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
        return False
    return True


def readable(path: Path) -> list[Answer]:
    """Return the answers of a file of another version, as far as they are understood; the file stays as it is."""
    try:
        with untouched(path) as connection:
            connection.row_factory = sqlite3.Row
            return _understood(dict(row) for row in connection.execute("SELECT * FROM answers"))
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
        return recovered(path)


def recovered(path: Path) -> list[Answer]:
    """Return the answers of a damaged file, as far as they can be read: by SQLite's own tool, else one by one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "damaged.db"
        shutil.copyfile(path, copy)
        _lengthen(copy)
        found = _found(copy)
        if not found:  # the first page says what the others are
            _give_new_head(copy)
            found = _found(copy)
        return found


def _found(path: Path) -> list[Answer]:
    by_tool = _by_tool(path)
    return _row_by_row(path) if by_tool is None else by_tool


def _give_new_head(path: Path) -> None:
    """Replace the first page by a new log's: every log's tables begin at the same pages."""
    new = path.with_name("new.db")
    with opened(new):
        head = bytearray(new.read_bytes()[: int.from_bytes(new.read_bytes()[16:18], "big")])
    head[28:32] = (path.stat().st_size // len(head)).to_bytes(4, "big")
    with path.open("r+b") as file:
        file.write(head)


def _lengthen(path: Path) -> None:
    """Give a file that was cut short the length that its header tells of: SQLite refuses it all otherwise."""
    with path.open("r+b") as file:
        header = file.read(_HEADER)
        if header.startswith(b"SQLite format 3\0") and len(header) == _HEADER:
            page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
            length = (65_536 if page == 1 else page) * pages
            if path.stat().st_size < length <= _LONGEST_FILE:
                file.truncate(length)


def _understood(rows: Iterable[dict[str, Any]]) -> list[Answer]:
    found = {}
    for row in rows:
        try:
            answer = Answer.from_row(row)
        except CourseError:
            continue
        found[answer.id] = answer
    return sorted(found.values(), key=lambda answer: answer.moment)


def _by_tool(path: Path) -> list[Answer] | None:
    """Return what `sqlite3 FILE .recover` finds; None where there is no such tool, or it gave up."""
    tool = shutil.which("sqlite3")
    if tool is None:
        return None
    fresh = path.with_name("fresh.db")
    fresh.unlink(missing_ok=True)

    def run(*words: str, told: bytes = b"") -> bytes:
        command = [tool, "-batch", *words]
        return subprocess.run(command, input=told, check=True, capture_output=True, timeout=_PATIENCE_S).stdout

    try:
        run(str(fresh), told=run("-readonly", str(path), ".recover"))
        with untouched(fresh) as connection:
            return _understood(_rows_anywhere(connection)) or None
    except (OSError, subprocess.SubprocessError, sqlite3.DatabaseError):
        return None


def _rows_anywhere(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Give the rows of every table: where the schema is lost, answers end up in a table of finds."""
    connection.text_factory = _lenient
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        quoted = table.replace('"', '""')
        for row in connection.execute(f'SELECT * FROM "{quoted}"'):
            yield _named(row)


def _named(row: Sequence[Any]) -> dict[str, Any]:
    """Name a row's values: the answer's fields are the last, whatever numbers stand before them."""
    while row and row[-1] is None:
        row = row[:-1]
    return dict(zip(FIELDS, row[-len(FIELDS) :], strict=False))


def _row_by_row(path: Path) -> list[Answer]:
    """Ask for each answer by its number, so that a broken page takes only its own with it."""

    def rows() -> Iterator[dict[str, Any]]:
        with untouched(path) as connection:
            connection.text_factory = _lenient
            for number in range(1, path.stat().st_size // _SHORTEST_ROW + 1):
                try:
                    row = connection.execute(f"SELECT {COLUMNS} FROM answers WHERE number = ?", (number,)).fetchone()
                except sqlite3.DatabaseError as error:
                    if not damaged(error):
                        raise
                    if number == 1 and not _has_answers(connection):
                        return
                    continue
                if row:
                    yield dict(zip(FIELDS, row, strict=True))

    try:
        return _understood(rows())
    except sqlite3.DatabaseError as error:
        if not damaged(error):
            raise
        return []


def _has_answers(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT * FROM answers LIMIT 0")
    except sqlite3.DatabaseError:
        return False
    return True


def _lenient(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
