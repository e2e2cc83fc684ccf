"""The file of the log: SQLite, its schema and its versions, and what a refusal means.

The file is opened for each piece of work and closed after it, so that two kernels never hold it from each other, and a
file that was set aside or reset is not written to by one who still had it open. It keeps SQLite's rollback journal: the
write-ahead log needs memory that all its users share, which folders on a network don't have.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from platformdirs import user_data_path

from calcifications.errors import CourseError, shown
from calcifications.learning.answer import FIELDS, Answer

UPGRADES: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE IF NOT EXISTS answers (number INTEGER PRIMARY KEY,"
        ' "kind" TEXT NOT NULL, "key" TEXT NOT NULL, "chosen" TEXT NOT NULL, "right" INTEGER NOT NULL,'
        ' "seconds" REAL NOT NULL, "case" TEXT NOT NULL, "course" TEXT NOT NULL, "rulebook" TEXT NOT NULL,'
        ' "when" TEXT NOT NULL, "id" TEXT NOT NULL UNIQUE)',
    ),
    (
        'CREATE INDEX IF NOT EXISTS in_time ON answers ("when", "id")',
        "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, text TEXT NOT NULL)",
    ),
)
"""What brings a file from each version to the next, from an empty one on. Published steps never change.

They do no harm twice: a file whose version was damaged is only brought up to date again.
"""
WAIT_S = 10.0
"""How long a write waits for another window's."""
COLUMNS = ", ".join(f'"{name}"' for name in FIELDS)
BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite may keep beside a file, and must never find beside another."""
_INSERT = f"INSERT OR IGNORE INTO answers ({COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))})"
_REFUSED = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk is full or can't be read",
    sqlite3.SQLITE_BUSY: "another window has been writing for too long",
    sqlite3.SQLITE_LOCKED: "another window has been writing for too long",
    sqlite3.SQLITE_PROTOCOL: "another window has been writing for too long",
    sqlite3.SQLITE_READONLY: "the file can't be written",
    sqlite3.SQLITE_PERM: "the file can't be written",
    sqlite3.SQLITE_CANTOPEN: "the file can't be opened",
}
_LONGEST = 2**24  # bytes of one value: a damaged one may claim any length


class NewerFile(Exception):
    """The file is of a newer course: it may be read, not written."""


def data_folder() -> Path:
    """Return the folder of the log: "progress" in CALCIFICATIONS_HOME, or where the system keeps a user's data."""
    chosen = os.environ.get("CALCIFICATIONS_HOME")
    try:
        return (Path(chosen).expanduser() if chosen else user_data_path("calcifications", False)) / "progress"
    except RuntimeError:
        raise CourseError(
            f"The folder {shown(chosen)} can't be found; set CALCIFICATIONS_HOME to a folder to keep your answers in."
        ) from None


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of a file's schema; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def connected(where: str | Path, *, uri: bool = False) -> Iterator[sqlite3.Connection]:
    """Connect to a file as it is."""
    with closing(sqlite3.connect(where, timeout=WAIT_S, isolation_level=None, uri=uri)) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        try:
            yield connection
        except UnicodeDecodeError as error:  # SQLite quotes what is damaged
            raise sqlite3.DatabaseError("a text can't be read") from error


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a log to read and write, an older one brought up to date first.

    Raises
    ------
    NewerFile
        If a newer course has written it; it is left as it is.
    sqlite3.Error, OSError
        If the system refuses, or the file is damaged; see `refusal`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with connected(path) as connection:
        connection.execute("PRAGMA synchronous = EXTRA")  # a power cut takes nothing back either
        found = version_of(connection)
        if found > len(UPGRADES):
            raise NewerFile
        if found < len(UPGRADES):
            _upgrade(connection)
        yield connection


def _upgrade(connection: sqlite3.Connection) -> None:
    with writing(connection):
        version = version_of(connection)  # another window may have been quicker
        if version > len(UPGRADES):
            raise NewerFile
        for statements in UPGRADES[max(version, 0) :]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(UPGRADES)}")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Do some work whole or not at all; nobody else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            connection.execute("ROLLBACK")
        raise


def insert(connection: sqlite3.Connection, answers: Iterable[Answer]) -> int:
    """Write answers, inside `writing`; return how many of them are new."""
    before = connection.total_changes
    connection.executemany(_INSERT, (answer.row() for answer in answers))
    return connection.total_changes - before


def damaged(error: BaseException) -> bool:
    """Whether an error of SQLite may speak of what is in the file, not of the disk or of another window."""
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.ProgrammingError):
        return False
    code = getattr(error, "sqlite_errorcode", None)  # none where a text is no UTF-8
    return code is None or code & 0xFF not in _REFUSED


def refusal(error: BaseException) -> str:
    """Say in a few words why the system refused."""
    if isinstance(error, sqlite3.Error):
        return _REFUSED.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error))
    return (getattr(error, "strerror", None) or str(error)).lower()
