"""Answers on their way from one computer to another: a text file, one line of JSON an answer.

The first line says what the file is: its format, the format's version, the course's, and how many answers follow. Each
other line is one answer with the fields of `Answer`: "when" in ISO 8601, "right" 1 or 0, "seconds" in s. Fields that a
reader doesn't know are left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from calcifications.errors import CourseError, shown
from calcifications.learning.answer import Answer

FORMAT, VERSION = "calcifications answers", 1
_LONGEST_LINE = 65_536
_MOST = 1_000_000


def write_answers(path: Path, answers: Sequence[Answer], course: str) -> None:
    """Write answers to a file, whole or not at all.

    Raises
    ------
    OSError
        If the system refuses; whatever was at `path` is still there.
    """
    first = json.dumps({"format": FORMAT, "version": VERSION, "course": course, "answers": len(answers)})
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in (first, *(answer.line() for answer in answers)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def read_answers(path: Path) -> list[Answer]:
    """Read a file of answers.

    Raises
    ------
    CourseError
        If it can't be read, is no such file, is damaged or of a newer version: one sentence, with the line.
    """
    try:
        with path.open("rb") as file:
            return _answers(file, path.name)
    except OSError as refused:
        said = refused.strerror or str(refused)
        raise CourseError(f"The file {shown(str(path))} can't be read: {said.lower()}.") from None


def _answers(file: BinaryIO, name: str) -> list[Answer]:
    expected = _expected(_object(file.readline(_LONGEST_LINE), name, 1), name)
    found: dict[str, Answer] = {}
    number = 1
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if not line.strip():
            continue
        row = _object(line, name, number)
        try:
            answer = Answer.from_row(row)
        except CourseError as mistake:
            raise CourseError(f"{name}, line {number}: {mistake} Nothing was imported.") from None
        if found.setdefault(answer.id, answer) != answer:
            raise CourseError(f"{name}, line {number}: another answer has the id {answer.id!r}. Nothing was imported.")
        if len(found) > _MOST:
            raise CourseError(f"{name} has more than {_MOST} answers. Nothing was imported.")
    if len(found) != expected:
        raise CourseError(
            f"{name}, line {number}: the file ends after {len(found)} answers, and its first line tells of {expected}."
            " Nothing was imported."
        )
    return list(found.values())


def _expected(first: dict[str, Any], name: str) -> int:
    """Return how many answers the first line tells of."""
    version, answers = first.get("version"), first.get("answers")
    if first.get("format") != FORMAT or type(version) is not int or type(answers) is not int:
        raise CourseError(f"{name}, line 1: this is no export of answers, which starts with its format {FORMAT!r}.")
    if version != VERSION:
        raise CourseError(f"{name} is of version {version} of its format, and this course reads version {VERSION}.")
    return answers


def _object(line: bytes, name: str, number: int) -> dict[str, Any]:
    """Read one line of JSON."""
    try:
        values = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise CourseError(f"{name}, line {number}: {shown(line)} is no line of an export. Nothing was imported.")
    return values
