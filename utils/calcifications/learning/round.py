"""A round of questions that was left in its midst, kept beside the answers: whoever comes back goes on there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.asked import Asked
from calcifications.learning.exam import key_version
from calcifications.learning.log import COURSE
from calcifications.learning.progress import Progress

KEPT = timedelta(hours=12)
"""A round that was left for longer begins anew."""


@dataclass(frozen=True)
class Round:
    """How far a round has come.

    Attributes
    ----------
    marks : tuple of bool
        Whether each answer was right, in this round and in those before it.
    asked : Asked or None
        The question on screen; None where it has its answer.
    """

    marks: tuple[bool, ...]
    asked: Asked | None


def name_of(*arguments: Any) -> str:
    """Return the name under which the round of a quiz is kept: the same arguments are the same quiz."""
    return "round-" + sha256(json.dumps(arguments).encode()).hexdigest()[:16]


def keep(progress: Progress, name: str, so_far: Round | None) -> None:
    """Keep how far a round has come; None where there is none to go on with."""
    text = ""
    if so_far:
        now, asked = datetime.now(UTC).isoformat(), so_far.asked.to_list() if so_far.asked else None
        text = json.dumps([COURSE, key_version(), now, so_far.marks, asked])
    progress.keep(name, text)


def kept(progress: Progress, name: str, length: int) -> Round | None:
    """Return the round that was left, if it was left lately and by this version of the course.

    Parameters
    ----------
    progress : Progress
    name : str
        From `name_of`.
    length : int
        How many questions make a round.
    """
    try:
        course, key, when, marks, asked = json.loads(progress.kept(name))
        age = datetime.now(UTC) - datetime.fromisoformat(when)
        if (course, key) != (COURSE, key_version()) or not timedelta(0) <= age <= KEPT:
            return None
        found = Round(tuple(mark is True for mark in marks), Asked.from_list(asked) if asked else None)
    except (CourseError, ValueError, TypeError):  # none, or not of this course's making
        return None
    return found if len(found.marks) % length else None
