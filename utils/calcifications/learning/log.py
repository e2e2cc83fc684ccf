"""The log in its folder: one file, what other versions keep beside it, and what happens if it is damaged.

- ``answers.db``: the log.
- ``answers.schema2.db``: what a course of schema 2 has logged since a newer course took ``answers.db`` over.
- ``answers.damaged-DATE.db``: a damaged log, set aside.
- ``answers.recovered-DATE.jsonl``: what could be read of it, until it is back in the log.
- ``answers.lock``: held by whoever sets a log aside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from calcifications.errors import CourseError
from calcifications.learning.answer import FIELDS, Answer
from calcifications.learning.log_file import (
    BESIDE,
    COLUMNS,
    UPGRADES,
    WAIT_S,
    NewerFile,
    damaged,
    insert,
    opened,
    writing,
)
from calcifications.learning.recovery import readable, recovered, sound
from calcifications.learning.transfer import read_answers, write_answers

T = TypeVar("T")
Moment = tuple[str, str]

try:
    COURSE = version("calcifications")
except PackageNotFoundError:  # run from its folder
    COURSE = "not installed"
REFUSALS = (sqlite3.OperationalError, OSError)
"""What is raised where the system refuses: the disk is full, another window writes for too long."""
_NAME = "answers"
_TRIES = 3


class Log:
    """The log of answers in a folder.

    Attributes
    ----------
    path : Path
        The file that is written.
    newer : Path or None
        A file of a newer course, which is only read.
    notes : list of str
        A sentence each on what happened to the log: a damaged file set aside, a newer one left alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"{_NAME}.db"
        self.newer: Path | None = None
        self.notes: list[str] = []

    def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work on the open log; a damaged file is set aside first, a newer one left alone.

        Raises
        ------
        sqlite3.OperationalError, OSError
            If the system refuses.
        """
        for tries in range(_TRIES + 1):
            try:
                with opened(self.path) as connection:
                    return work(connection)
            except NewerFile:
                self._leave_alone()
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                if tries == _TRIES:
                    raise sqlite3.OperationalError(str(error)) from error
                self._set_aside()
        raise sqlite3.OperationalError("every file of the log is of a newer course")

    def check(self) -> None:
        """Look the file over, so that damage is met here and not in mid-lesson."""

        def work(connection: sqlite3.Connection) -> None:
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                raise sqlite3.DatabaseError(said)

        self.ask(work, None)

    def ask(self, work: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        """Do some work that only reads; where no answer was ever written, `nothing` is known."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return nothing
        return self.do(work)

    def write(self, answers: Sequence[Answer]) -> None:
        """Commit answers; those that are there already are not written twice."""

        def work(connection: sqlite3.Connection) -> None:
            with writing(connection):
                insert(connection, answers)

        before = None
        while before is None or before != self._file():
            before = self._file()  # if it is another one afterwards, it was set aside while this window waited
            self.do(work)

    def read(self, after: Moment | None = None) -> list[Answer]:
        """Return the answers on the disk, or those after a moment, in the order of their moments."""
        found: list[Answer] = self.ask(lambda connection: rows(connection, after), [])
        if self.newer:
            others = {answer.id: answer for answer in [*readable(self.newer), *found]}
            found = [answer for answer in others.values() if after is None or answer.moment > after]
        return sorted(found, key=lambda answer: answer.moment)

    def gather(self) -> None:
        """Take in what older versions of the course have logged beside this one, and what was recovered."""
        for side in self.sides():
            self.write(readable(side))
        for found in sorted(self.folder.glob(f"{_NAME}.recovered-*.jsonl")):
            with suppress(CourseError):  # another window may have been quicker
                self.write(read_answers(found))
                found.unlink(missing_ok=True)

    def sides(self) -> list[Path]:
        """Return the logs that older versions of the course have kept beside this one."""
        if self.newer:
            return []
        paths = (self.folder / f"{_NAME}.schema{older}.db" for older in range(1, len(UPGRADES) + 1))
        return [path for path in paths if path.exists()]

    def dated(self, what: str, ending: str) -> Path:
        """Return a name with the date in it, for something that is kept beside the log."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%f")
        return self.folder / f"{_NAME}.{what}-{stamp}{ending}"

    def _file(self) -> tuple[int, int] | None:
        """Return which file is at the path now."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        return stat.st_dev, stat.st_ino

    def _leave_alone(self) -> None:
        self.newer, self.path = self.path, self.folder / f"{_NAME}.schema{len(UPGRADES)}.db"
        self.notes.append(
            f"{self.newer.name} was written by a newer version of the course; it is only read, and your answers go"
            f" to {self.path.name}, from where the newer course takes them."
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only window that sets a file aside; the system lets go of the lock if this one is killed."""
        with closing(sqlite3.connect(self.folder / f"{_NAME}.lock", timeout=6 * WAIT_S, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield

    def _set_aside(self) -> None:
        """Keep a damaged file under another name, and what can be read of it in a file for `gather`."""
        with self._alone():
            if not self.path.exists() or sound(self.path):
                return  # another window was quicker
            aside = self.dated("damaged", ".db")
            state = _state(self.path)
            answers = recovered(self.path)
            write_answers(self.dated("recovered", ".jsonl"), answers, COURSE)
            for ending in (*BESIDE, ""):  # the journal first: a new file must not find it
                with suppress(FileNotFoundError):
                    self.path.with_name(self.path.name + ending).replace(aside.with_name(aside.name + ending))
            if _state(aside) != state:  # another window wrote to it meanwhile
                answers = recovered(aside)
                write_answers(self.dated("recovered", ".jsonl"), answers, COURSE)
        many = f"{len(answers)} answer{'' if len(answers) == 1 else 's'}"
        self.notes.append(f"The log of your answers was damaged: it is kept as {aside.name}, and {many} could be read.")
        self.gather()


def _state(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def rows(connection: sqlite3.Connection, after: Moment | None = None) -> list[Answer]:
    """Return the answers of an open log, or those after a moment, in no order."""
    where, values = ('WHERE ("when", "id") > (?, ?)', after) if after else ("", ())
    try:
        found = connection.execute(f"SELECT {COLUMNS} FROM answers {where}", values)
        return [Answer.from_row(dict(zip(FIELDS, row, strict=True))) for row in found]
    except CourseError as mistake:  # what the course never wrote
        raise sqlite3.DatabaseError(str(mistake)) from mistake
