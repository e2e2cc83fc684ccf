"""Progress: a learner's answers. The log only grows, and an answer is on the disk before the feedback to it shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError, shown
from calcifications.learning.answer import NO_CASE, SLOWEST_S, Answer, clipped
from calcifications.learning.items import Feedback, Item
from calcifications.learning.log import COURSE, REFUSALS, Log, Moment, rows
from calcifications.learning.log_file import data_folder, refusal, writing
from calcifications.learning.said import Said, said_in
from calcifications.learning.transfer import read_answers, write_answers


class Progress:
    """One learner's answers.

    Parameters
    ----------
    folder : Path, optional
        Where they are kept; by default "progress" in CALCIFICATIONS_HOME or in the system's folder of a user's data.

    Attributes
    ----------
    waiting : list of Answer
        Answers that the disk has refused so far; they are written with the next one.
    trouble : str
        One sentence on why answers wait; empty if none do.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._log = Log(data_folder() if folder is None else Path(folder))
        self.waiting: list[Answer] = []
        self.trouble = ""
        try:
            self._log.check()
            self._log.gather()
        except REFUSALS as error:
            self._refused(error)

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence each on what happened to the log: a damaged file set aside, a newer one left alone."""
        return tuple(self._log.notes)

    def add(self, *answers: Answer) -> bool:
        """Write answers, and those that wait; return whether they are on the disk.

        They are committed when this returns. If the disk refuses, `trouble` says so in one sentence, and the answers
        wait for the next call.
        """
        self.waiting += answers
        try:
            if self.trouble:
                self._log.gather()
            self._log.write(self.waiting)
        except REFUSALS as error:
            self._refused(error)
            return False
        self.waiting, self.trouble = [], ""
        return True

    def answers(self, after: Moment | None = None) -> list[Answer]:
        """Return the answers, or those after a moment, in the order in which they were given; those that wait too.

        Raises
        ------
        CourseError
            If the log can't be read.
        """
        found = {answer.id: answer for answer in self.waiting if after is None or answer.moment > after}
        with self._told():
            found |= {answer.id: answer for answer in self._log.read(after)}
        return sorted(found.values(), key=lambda answer: answer.moment)

    def said(self) -> list[Answer] | list[Said]:
        """Return what `answers` returns, as far as numbers are made of it, and much faster where the log is long.

        Raises
        ------
        CourseError
            If the log can't be read.
        """
        with self._told():
            found = None if self.waiting or self._log.newer else self._log.ask(said_in, None)
        return self.answers() if found is None else found

    def count(self, until: Moment | None = None) -> int:
        """Return how many answers are on the disk, or how many up to a moment."""
        where, values = ('WHERE ("when", "id") <= (?, ?)', until) if until else ("", ())
        counted = f"SELECT count(*) FROM answers {where}"
        with self._told():
            if self._log.newer:
                return sum(until is None or answer.moment <= until for answer in self._log.read())
            return self._log.ask(lambda connection: int(connection.execute(counted, values).fetchone()[0]), 0)

    def kept(self, name: str) -> str:
        """Return a text that was kept beside the answers, to be checked before it is trusted; empty without one."""
        with self._told():
            row = self._log.ask(lambda c: c.execute("SELECT text FROM kept WHERE name = ?", (name,)).fetchone(), None)
        return str(row[0]) if row else ""

    def keep(self, name: str, text: str) -> None:
        """Keep a text that can be worked out again from the answers; a disk that refuses it does no harm."""

        def work(connection: sqlite3.Connection) -> None:
            with writing(connection):
                connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, text))

        with suppress(*REFUSALS):
            self._log.do(work)

    def export(self, path: str | Path) -> int:
        """Write all answers to a new file, as `transfer` describes it; return how many.

        Raises
        ------
        CourseError
            If there is such a file already, or it can't be written.
        """
        target, answers = Path(path).expanduser(), self.answers()
        if target.exists():
            raise CourseError(f"There is a {shown(str(target))} already; choose another name.")
        try:
            write_answers(target, answers, COURSE)
        except OSError as error:
            raise CourseError(f"The file {shown(str(target))} can't be written: {refusal(error)}.") from None
        return len(answers)

    def merge(self, path: str | Path) -> int:
        """Import answers from an exported file; return how many are new. An answer that is there already counts once.

        Raises
        ------
        CourseError
            If the file is none, damaged, or contradicts the log: one sentence, with the line. Nothing is imported then.
        """
        answers = read_answers(Path(path).expanduser())
        known = {answer.id: answer for answer in self.answers()}
        for answer in answers:
            if known.get(answer.id, answer) != answer:
                raise CourseError(
                    f"{Path(path).name}: the log has another answer with the id {answer.id!r}. Nothing was imported."
                )
        try:
            self._log.write(answers)
        except REFUSALS as error:
            raise CourseError(f"Nothing was imported: {refusal(error)}.") from None
        return len({answer.id for answer in answers} - known.keys())

    def reset(self, *, confirmed: bool = False) -> Path:
        """Begin an empty log; return the dated copy of the old one, which `merge` reads.

        Raises
        ------
        CourseError
            If it is not confirmed, the copy can't be written, or the log is of a newer course.
        """
        log = self._log
        if confirmed is not True:
            raise CourseError(
                f"A reset takes {self.count()} answers out of the log (a copy stays); say confirmed=True to do it."
            )
        if log.newer:
            raise CourseError(f"{log.newer.name} was written by a newer version of the course; reset it there.")
        copy = log.dated("before-reset", ".jsonl")

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("PRAGMA secure_delete = ON")  # or a recovery would find them again
            with writing(connection):
                answers = {answer.id: answer for answer in (*self.waiting, *rows(connection))}
                write_answers(copy, sorted(answers.values(), key=lambda answer: answer.moment), COURSE)
                connection.execute("DELETE FROM answers")
                connection.execute("DELETE FROM kept")
                for side in log.sides():  # its answers are in the copy, and would come back
                    side.replace(log.dated(f"{side.stem.split('.')[1]}-before-reset", ".db"))

        try:
            log.gather()
            log.do(work)
        except REFUSALS as error:
            raise CourseError(f"The log was not reset: {refusal(error)}.") from None
        self.waiting, self.trouble = [], ""
        return copy

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in one sentence what the system refuses."""
        try:
            yield
        except REFUSALS as error:
            raise CourseError(f"Your answers in {self._log.path} can't be read: {refusal(error)}.") from None

    def _refused(self, error: BaseException) -> None:
        self.trouble = (
            f"Your answers can't be written to {self._log.path} just now ({refusal(error)});"
            " they are kept here and written with the next one, so leave this window open."
        )


def answered(item: Item, feedback: Feedback, seconds: float, **how: Any) -> Answer:
    """Return the answer to an item as the log keeps it: filed under the item's category.

    Parameters
    ----------
    item : Item
    feedback : Feedback
        What the item's `mark` made of the answer.
    seconds : float
        From the picture to the answer, s.
    **how
        `when` and `id` of the `Answer`, where it was not given just now.
    """
    kind, word = item.category
    case = item.code if item.case else NO_CASE
    return Answer(
        kind, word, clipped(feedback.logged), feedback.right, min(seconds, SLOWEST_S), case, COURSE, item.rulebook,
        **how,
    )  # fmt: skip
