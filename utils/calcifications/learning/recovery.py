"""What can still be read of a damaged log, or of one that another version of the course has written."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.answer import FIELDS, Answer
from calcifications.learning.log_file import COLUMNS, connected, damaged, opened, version_of

_LEAF = b"\x0d"  # how a page begins that holds rows of a table


@contextmanager
def untouched(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to be read only: it stays as it is, byte by byte."""
    with connected(f"{path.resolve().as_uri()}?mode=ro", uri=True) as connection:
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
    """Return the answers of a damaged file, as far as they can be read, from each of its pages by itself."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "damaged.db"
        shutil.copyfile(path, copy)
        leaves = _give_new_head(copy)
        with connected(copy) as connection:
            connection.text_factory = _lenient
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                connection.execute(f"PRAGMA {pragma}")
            return _understood(row for leaf in leaves for row in _on_leaf(connection, leaf))


def _give_new_head(path: Path) -> list[int]:
    """Replace a file's first page, which tells of all others, by a new log's; return which pages hold rows."""
    new = path.with_name("new.db")
    with opened(new):
        head = bytearray(new.read_bytes())
    size = int.from_bytes(head[16:18], "big")
    pages = max(-(-path.stat().st_size // size), len(head) // size)
    del head[size:]
    head[28:32] = pages.to_bytes(4, "big")
    with path.open("r+b") as file:
        file.write(head)
        file.truncate(pages * size)
        starts = range(size, pages * size, size)
        return [start // size + 1 for start in starts if file.seek(start) and file.read(1) == _LEAF]


def _on_leaf(connection: sqlite3.Connection, leaf: int) -> Iterator[dict[str, Any]]:
    """Give the rows of one page, as if it were the whole table, from both ends up to where it is broken."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = 'answers'", (leaf,))
    connection.execute("PRAGMA writable_schema = RESET")
    for way in ("ASC", "DESC"):
        try:
            for row in connection.execute(f"SELECT {COLUMNS} FROM answers ORDER BY number {way}"):
                yield dict(zip(FIELDS, row, strict=True))
        except UnicodeDecodeError:  # SQLite quotes what is damaged
            continue
        except sqlite3.DatabaseError as error:
            if not damaged(error):
                raise


def _understood(rows: Iterable[dict[str, Any]]) -> list[Answer]:
    found = {}
    for row in rows:
        try:
            answer = Answer.from_row(row)
        except CourseError:
            continue
        found[answer.id] = answer
    return sorted(found.values(), key=lambda answer: answer.moment)


def _lenient(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
