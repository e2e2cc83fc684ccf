"""What the lines of a sitting's file hold: the questions and what seals them, and an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calcifications.learning.exam import Exam, Question, key_version
from calcifications.learning.log import COURSE

VERSION = 1
SEALED = ("seal", "course", "key")
"""What is on the lines of visits and answers too: an exam that is made again is known by it."""


def head(exam: Exam) -> dict[str, Any]:
    """Return the line for an exam that is made now."""
    return {
        "exam": VERSION,
        "questions": [question.to_list() for question in exam.questions],
        "minutes": exam.minutes,
        "course": COURSE,
        "key": key_version(),
        "seal": exam.seal,
    }


def exam_of(line: dict[str, Any]) -> Exam:
    """Return the exam that such a line holds."""
    return Exam(tuple(Question(*values) for values in line["questions"]), float(line["minutes"]))


def whole_head(line: dict[str, Any]) -> bool:
    """Say whether a line of a file is such a line, and undamaged."""
    try:
        known = all(isinstance(line[name], str) for name in SEALED)
        return known and line["exam"] == VERSION and exam_of(line).seal == line["seal"]
    except (KeyError, TypeError, ValueError):
        return False


@dataclass(frozen=True)
class Given:
    """One answer of a sitting.

    Attributes
    ----------
    answer : JSON value
    seconds : float
        From the picture to the answer, s.
    when : datetime
    """

    answer: Any
    seconds: float
    when: datetime
