"""The result of an exam, as a file to hand in: what was asked, answered and right, and a digest over every byte of it.

The file is JSON, and a last line with its SHA-256. Whoever changes a byte must make a new digest too: that shows a slip
or a plain forgery. It is no proof against somebody who knows how; an instructor who must be sure sits beside.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from calcifications.errors import CourseError, shown
from calcifications.learning.answer import clipped
from calcifications.learning.exam import key_version
from calcifications.learning.items import KINDS
from calcifications.learning.log import COURSE
from calcifications.learning.log_file import refusal
from calcifications.learning.progress import Progress, answered
from calcifications.learning.sitting import Sitting

FORMAT, VERSION = "calcifications exam result", 2
READ = (1, 2)
"""The versions that are read; the first has no name, and its questions no word of the kind beside key and answer."""
_LINE = b"sha256 "
LARGEST = 4_000_000
"""Bytes: no result is larger."""


@dataclass(frozen=True)
class Result:
    """The result of an exam.

    Attributes
    ----------
    values : dict
        All that the file states.
    """

    values: dict[str, Any]

    @classmethod
    def of(cls, sitting: Sitting) -> Result:
        """Return the result of a sitting that has ended."""
        marks = sitting.marks()
        questions: list[dict[str, Any]] = []
        for place, (question, mark) in enumerate(zip(sitting.exam.questions, marks, strict=True)):
            given = sitting.given.get(place)
            questions.append(
                {
                    "kind": question.kind,
                    "case": question.code,
                    "key": mark.key if mark else question.item.key,
                    "answer": mark.chosen if mark else None,
                    "word": question.item.category.word,
                    "said": clipped(mark.logged) if mark else None,
                    "right": bool(mark and mark.right),
                    "points": round(mark.score, 3) if mark else 0,
                    "seconds": given.seconds if given else None,
                }
            )
        began, ended = sitting.began, sitting.ended
        return cls(
            {
                "format": FORMAT,
                "version": VERSION,
                "name": sitting.name,
                "right": sum(each["right"] for each in questions),
                "of": len(questions),
                "points": round(sum(each["points"] for each in questions), 3),
                "course": sitting.course,
                "key": sitting.key,
                "marked_by": {"course": COURSE, "key": key_version()},
                "exam": sitting.exam.seal,
                "minutes": sitting.exam.minutes,
                "used_minutes": round(sitting.used_s / 60, 2),
                "visits": sitting.visits,
                "began": began.isoformat() if began else None,
                "ended": ended.isoformat() if ended else None,
                "questions": questions,
            }
        )

    @property
    def by_kind(self) -> list[tuple[str, int, int]]:
        """Each kind of question: what it asks for, how many were right, and of how many."""
        questions = self.values["questions"]
        asked = Counter(each["kind"] for each in questions)
        right = Counter(each["kind"] for each in questions if each["right"])
        return [(KINDS[kind].title if kind in KINDS else kind, right[kind], many) for kind, many in asked.items()]

    @property
    def told(self) -> str:
        """The result in a few lines."""
        v = self.values
        lines = [
            f"{v['right']} of {v['of']} right, in {v['used_minutes']:g} of {v['minutes']:g} minutes.",
            *(f"  {title}: {right} of {many}" for title, right, many in self.by_kind),
            f"Begun {_minute(v['began'])}, ended {_minute(v['ended'])}, {_visits(v['visits'])}.",
            *([f"Name as given: {clipped(str(v['name']))}."] if v.get("name") else []),
            f"Course {v['course']}, key {v['key']}, exam {str(v['exam'])[:12]}.",
        ]
        if v["marked_by"] != {"course": v["course"], "key": v["key"]}:
            lines.append(
                f"Marked by another version than it was begun with: course {v['marked_by']['course']}, key"
                f" {v['marked_by']['key']}."
            )
        return "\n".join(lines)

    def text(self) -> bytes:
        """Return the file's bytes."""
        body = json.dumps(self.values, indent=1, ensure_ascii=False).encode() + b"\n"
        return body + _LINE + sha256(body).hexdigest().encode() + b"\n"

    @classmethod
    def read(cls, path: str | Path) -> Result:
        """Read a result from its file.

        Raises
        ------
        CourseError
            If it can't be read, is no result, or a byte of it was changed.
        """
        path = Path(path).expanduser()
        try:
            raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError as refused:
            raise CourseError(f"The file {shown(str(path))} can't be read: {refusal(refused)}.") from None
        return cls.from_text(raw, path.name)

    @classmethod
    def from_text(cls, raw: bytes, name: str) -> Result:
        """Read a result from its file's bytes; as `read`."""
        at = raw.rfind(_LINE)
        body, line = raw[:at], raw[at:]
        if at < 0 or FORMAT.encode() not in body:
            raise CourseError(f"{name} is no result of an exam, or it was changed since it was written.")
        if line != _LINE + sha256(body).hexdigest().encode() + b"\n":
            raise CourseError(f"{name} was changed since it was written.")
        try:
            found = cls(json.loads(body))
            whole = found.values["format"] == FORMAT and found.values["version"] in READ and bool(found.told)
        except (ValueError, KeyError, TypeError, RecursionError):
            whole = False
        if not whole:
            raise CourseError(f"{name} is a result of another version of the course, which this one can't read.")
        return found


def _minute(when: str | None) -> str:
    return datetime.fromisoformat(when).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if when else "never"


def _visits(visits: int) -> str:
    return "in one go" if visits <= 1 else f"with {visits - 1} break{'s' if visits > 2 else ''}"


def hand_in(sitting: Sitting, progress: Progress | None = None) -> Result:
    """Write the result of a sitting beside it, and its answers to the learner's log, each once; return the result.

    Raises
    ------
    CourseError
        If the exam has not ended, or the file can't be written.
    """
    result = Result.of(sitting)
    path = result_path(sitting)
    try:
        if not path.exists():
            path.write_bytes(result.text())
    except OSError as refused:
        raise CourseError(f"The result can't be written to {path}: {refusal(refused)}.") from None
    if progress:
        progress.add(*_answers(sitting))
    return result


def result_path(sitting: Sitting) -> Path:
    """Return where the result of a sitting is."""
    return sitting.path.with_name(sitting.path.name.replace("exam-", "result-").replace(".jsonl", ".txt"))


def _answers(sitting: Sitting) -> list[Any]:
    """Return the answers as the log keeps them; the same ones whenever they are asked for."""
    found = []
    for place, mark in enumerate(sitting.marks()):
        if mark:
            given = sitting.given[place]
            once = str(uuid5(NAMESPACE_URL, f"{sitting.path.name} {place}"))
            found.append(answered(sitting.exam.questions[place].item, mark, given.seconds, when=given.when, id=once))
    return found
