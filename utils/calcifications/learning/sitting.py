"""A sitting: one learner's way through an exam, in a file that only grows and is on the disk before the page goes on.

The first line holds the questions, and what seals them is on other lines too. Each other line is an answer, the time
used so far (every few seconds), or the end. After a crash it is opened again at the same question, with the time that
was left; the time in between does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.answer import clipped
from calcifications.learning.exam import Exam, Plan
from calcifications.learning.items import Feedback, Item
from calcifications.learning.lines import add_line, read_lines
from calcifications.learning.log_file import data_folder
from calcifications.learning.sitting_lines import SEALED, Given, exam_of, head, whole_head

MOST_LETTERS = 100
"""Letters of a learner's name."""

_GRACE_S = 2.0  # an answer that was on its way when the time was over


class Sitting:
    """One learner's way through an exam.

    Parameters
    ----------
    path : Path
        Its file.
    clock : callable
        Seconds that only grow.
    first : dict, optional
        The first line, where there is no file yet; it is written when the time begins.
    plan : Plan, optional
        What the exam was to be: where the first line is damaged, its questions are made again from this.

    Attributes
    ----------
    exam : Exam
    course, key : str
        The versions of the course and of the rulebooks with which it was begun.
    name : str
        The learner's, as it was last given; empty if it was not.
    began, ended : datetime or None
    given : dict of int to Given
        The answers by the number of their question, from 0.
    visits : int
        How often it was opened and gone on with: more than once after a crash.
    note : str
        One sentence where the file was damaged, and what became of it; empty if it was not.

    Raises
    ------
    CourseError
        If the file can't be read, or was written by another version of the course.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = monotonic,
        first: dict[str, Any] | None = None,
        plan: Plan | None = None,
    ) -> None:
        self.path = path
        self.note = ""
        self._first = first  # the first line, until there is a file
        self._plan = plan
        self._clock = clock
        self._since: float | None = None
        self._before = 0.0  # s used in earlier visits
        self.exam: Exam
        self._read()

    @classmethod
    def of(cls, plan: Plan, folder: Path | None = None, clock: Callable[[], float] = monotonic) -> Sitting:
        """Return the last sitting of a plan, begun or ended; a new one if there is none.

        Raises
        ------
        CourseError
            If the folder can't be read or written, or the exam can't be made.
        """
        before = sorted(_folder(folder).glob(f"exam-{plan.name}-*.jsonl"))
        return cls(before[-1], clock, plan=plan) if before else cls.new(plan, folder, clock)

    @classmethod
    def new(cls, plan: Plan, folder: Path | None = None, clock: Callable[[], float] = monotonic) -> Sitting:
        """Make the questions of a plan, for a sitting that has not begun; there is no file until then."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%f")
        path = _folder(folder) / f"exam-{plan.name}-{stamp}.jsonl"
        return cls(path, clock, head(plan.exam()))

    def _read(self) -> None:
        lines = [self._first] if self._first and not self.path.exists() else list(read_lines(self.path))
        first = next((line for line in lines if whole_head(line)), None) or self._mended(lines)
        exam = exam_of(first)
        if getattr(self, "exam", None) != exam:  # else it keeps the questions that are made already
            self.exam = exam
        self.course, self.key = str(first["course"]), str(first["key"])
        self.given: dict[int, Given] = {}
        self.began: datetime | None = None
        self.ended: datetime | None = None
        self.visits = 0
        self.name = ""
        used = 0.0
        for line in lines:
            try:
                when = datetime.fromisoformat(line["when"])
                if "answer" in line and self.ended is None:
                    # of two windows that answer the same question, the first counts
                    self.given.setdefault(int(line["question"]), Given(line["answer"], float(line["seconds"]), when))
                elif "visit" in line:
                    self.visits += 1
                    self.name = str(line.get("name") or self.name)
                    self.began = self.began or when
                elif "end" in line:
                    self.ended = self.ended or when
                used = max(used, float(line.get("used", 0)))
            except (KeyError, TypeError, ValueError):
                continue  # half a line, written as the lights went out
        self._used = used

    def _mended(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Return a damaged first line, made again from the plan, if the other lines say that it was this one."""
        first = head(self._plan.exam()) if self._plan else {}
        begun = [line for line in lines if first and all(line.get(name) == first[name] for name in SEALED)]
        if not begun:
            raise CourseError(
                f"The exam in {self.path.name} is damaged, or of another version of the course; move the file away to"
                " sit the exam anew."
            )
        self.note = (
            f"The questions in {self.path.name} were damaged and were made again; no answer that could be read is lost."
        )
        add_line(self.path, first)
        return first

    @property
    def _seals(self) -> dict[str, str]:
        return dict(zip(SEALED, (self.exam.seal, self.course, self.key), strict=True))

    @property
    def used_s(self) -> float:
        """How much of the time is used, s; it stands still while nobody sits there."""
        running = 0.0 if self._since is None or self.ended else self._clock() - self._since
        return max(self._used, self._before + running)

    @property
    def left_s(self) -> float:
        """How much of the time is left, s."""
        return max(60 * self.exam.minutes - self.used_s, 0.0)

    @property
    def running(self) -> bool:
        """Whether somebody sits there now, and the time runs."""
        return self._since is not None and self.ended is None

    @property
    def place(self) -> int:
        """The number of the first question without an answer, from 0; as many as there are once all have one."""
        return next(
            (each for each in range(len(self.exam.questions)) if each not in self.given), len(self.exam.questions)
        )

    @property
    def item(self) -> Item:
        """The question that is to be answered."""
        return self.exam.questions[self.place].item

    def go_on(self, name: str = "") -> None:
        """Let the time run, for the first time or again.

        Parameters
        ----------
        name : str
            The learner's, for the result; empty leaves the one that was given before.

        Raises
        ------
        CourseError
            If the disk refuses, as in all that writes; nothing has changed then.
        """
        self._read()
        if self.ended is None and self._since is None:
            given = {"name": clipped(name)[:MOST_LETTERS]} if name.strip() else {}
            self._put(visit=self.visits + 1, **given, **self._seals)
            self._before, self._since = self._used, self._clock()

    def tick(self) -> None:
        """Keep how much time is used; end the exam if it is over."""
        if self.running:
            self._put()
            if self.left_s <= 0:
                self.end("the time was over")

    def answer(self, answer: Any, seconds: float) -> None:
        """Keep an answer to the question that is to be answered; the exam ends with the last.

        Raises
        ------
        CourseError
            If it can't be an answer to the question, nobody sits there, or the time is over.
        """
        place = self.place
        self._read()  # another window may have answered
        if not self.running or self.place != place:
            raise CourseError("This question has its answer, or the exam is over; load the page again.")
        if self.used_s > 60 * self.exam.minutes + _GRACE_S:
            self.end("the time was over")
            raise CourseError("The time was over before this answer came; it is not counted.")
        self.item.mark(answer)
        self._put(question=place, answer=answer, seconds=round(seconds, 1), **self._seals)
        if self.place == len(self.exam.questions):
            self.end("all questions are answered")

    def end(self, why: str = "handed in") -> None:
        """End the exam; questions without an answer count as wrong."""
        self._read()
        if self.ended is None:
            self._put(end=why)

    def marks(self) -> list[Feedback | None]:
        """Return what is said to each answer; None where there is none.

        Raises
        ------
        CourseError
            If the exam has not ended: nothing is said before.
        """
        if self.ended is None:
            raise CourseError("Nothing is said to the answers of an exam before it has ended.")
        return [self._mark(place) for place in range(len(self.exam.questions))]

    def _mark(self, place: int) -> Feedback | None:
        try:
            return self.exam.questions[place].item.mark(self.given[place].answer) if place in self.given else None
        except CourseError:  # no page has sent it
            return None

    def _put(self, **what: Any) -> None:
        if self._first and not self.path.exists():
            add_line(self.path, self._first)
        add_line(self.path, {**what, "used": round(self.used_s, 1), "when": datetime.now(UTC).isoformat()})
        self._read()


def _folder(folder: Path | None) -> Path:
    return data_folder().with_name("exams") if folder is None else folder
