"""One result that was handed in: what its file says, or in one sentence why it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.exam import MOST
from calcifications.learning.items import KINDS
from calcifications.learning.result import FORMAT, READ, Result
from calcifications.teaching.results.file import File, one_line

_AHEAD = timedelta(days=1)  # clocks of different computers
_LONGEST = 4000  # letters of any text in a result: the longest case code


@dataclass(frozen=True)
class Answered:
    """One question of a result.

    Attributes
    ----------
    kind, case, key : str
        What was asked, of which case, and the right answer.
    word : str
        What is learned by it: a word of the kind of question; empty where the file doesn't say.
    answer : str
        What was answered; empty without an answer.
    said : str
        The word of the kind that was answered; empty where it was none.
    right : bool
    seconds : float or None
    """

    kind: str
    case: str
    key: str
    word: str
    answer: str
    said: str
    right: bool
    seconds: float | None

    @property
    def title(self) -> str:
        """What the kind of question asks for, in words."""
        return KINDS[self.kind].title if self.kind in KINDS else self.kind

    @property
    def asked(self) -> tuple[str, str, str]:
        """By what it is known in every result of the exam."""
        return self.kind, self.case, self.key


@dataclass(frozen=True)
class Handed:
    """A result that can be read.

    Attributes
    ----------
    file, student : str
        Its file, and whose it is; empty if nothing says so.
    exam, key : str
        The exam's seal, and the version of the key that it was marked by.
    began, ended : datetime
    minutes : float
        That were used.
    visits : int
    questions : tuple of Answered
    """

    file: str
    student: str
    exam: str
    key: str
    began: datetime
    ended: datetime
    minutes: float
    visits: int
    questions: tuple[Answered, ...]

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(each.right for each in self.questions)


@dataclass(frozen=True)
class LeftOut:
    """A file that is left out.

    Attributes
    ----------
    file, student : str
    reason : str
        The end of a sentence that begins with the file's name.
    other : str
        The file that the sentence ends with, where it names one.
    """

    file: str
    student: str
    reason: str
    other: str = ""


def read(file: File, now: datetime | None = None) -> Handed | LeftOut:
    """Read a file that was handed in."""
    try:
        if file.problem:
            raise CourseError(file.problem)
        return _handed(file, _result(file.raw).values, now or datetime.now(UTC))
    except CourseError as mistake:
        return LeftOut(file.name, file.student, str(mistake))


def _result(raw: bytes) -> Result:
    """Read a result, or say what is wrong as an instructor needs to know it."""
    if not raw.strip():
        raise CourseError("is empty")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise CourseError("is no text file, so it is no result")
    if FORMAT not in text:
        raise CourseError("is no result of an exam")
    if not text.rstrip().rpartition("\n")[2].startswith("sha256 "):
        raise CourseError("is cut off: its last line is missing")
    try:
        return Result.from_text(raw, "It")
    except CourseError as mistake:
        if "another version" in str(mistake):
            versions = " and ".join(map(str, READ))
            raise CourseError(f"was written by another version of the course; this one reads {versions}") from None
        raise CourseError("was changed since it was written") from None


class _Odd(CourseError):
    """A value that no result has."""

    def __init__(self, what: str) -> None:
        super().__init__(f"is not as the course writes a result: {what}")


def _handed(file: File, values: Mapping[str, Any], now: datetime) -> Handed:
    """Take the values of a result, each of which may be anything: its digest shows only that they came together."""
    rows = values.get("questions")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST or not all(isinstance(row, dict) for row in rows):
        raise _Odd("it has no questions")
    began, ended = (_time(values, name) for name in ("began", "ended"))
    if max(began, ended) > now + _AHEAD:
        raise CourseError(f"says that it ended on {ended:%Y-%m-%d}, which is still to come")
    handed = Handed(
        file.name,
        one_line(_text(values, "name", default="")) or file.student,
        _text(values, "exam"),
        _text(values.get("marked_by"), "key"),
        began,
        ended,
        _number(values, "used_minutes"),
        int(_number(values, "visits")),
        tuple(_answered(row) for row in rows),
    )
    if (values.get("right"), values.get("of")) != (handed.right, len(rows)):
        raise _Odd("its score is not that of its questions")
    return handed


def _answered(row: Mapping[str, Any]) -> Answered:
    kind, key, answer = _text(row, "kind"), _text(row, "key"), _text(row, "answer", default="")
    if not isinstance(row.get("right"), bool) or (row["right"] and not answer):
        raise _Odd("it does not say whether each answer is right")
    words = KINDS[kind].words() if kind in KINDS else ()
    word, said = (
        # a result of the first version says only what was right and answered, which may be no word of the kind
        _text(row, name, default="") if name in row else each if each in words else ""
        for name, each in (("word", key), ("said", answer))
    )
    seconds = None if row.get("seconds") is None else _number(row, "seconds")
    return Answered(kind, _text(row, "case"), key, word, answer, said, row["right"], seconds)


def _text(table: Any, name: str, default: str | None = None) -> str:
    value = table.get(name) if isinstance(table, dict) else None
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _Odd(f"its {name!r} is no text")
    return value


def _number(table: Mapping[str, Any], name: str) -> float:
    value = table.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e7:
        raise _Odd(f"its {name!r} is no number")
    return float(value)


def _time(table: Mapping[str, Any], name: str) -> datetime:
    try:
        return datetime.fromisoformat(_text(table, name)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Odd(f"its {name!r} is no time") from None
