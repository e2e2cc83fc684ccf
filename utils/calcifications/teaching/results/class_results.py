"""The results of a class: those that belong together, and each of the others with the reason why it is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from calcifications.learning.exam import key_version
from calcifications.teaching.results.file import File
from calcifications.teaching.results.handed import Handed, LeftOut, read
from calcifications.teaching.results.roster import known_by, plain

FEW = 5
"""With fewer results than these the numbers mean little: the course's convention."""


@dataclass(frozen=True)
class ClassResults:
    """The results of a class.

    Attributes
    ----------
    handed : tuple of Handed
        The results that count, one a student, by the student's name.
    left_out : tuple of LeftOut
    missing : tuple of str
        Students of the class list without a result that counts.
    unlisted : tuple of str
        Files of those who are not on the class list.
    notes : tuple of str
        What else is to be known, a sentence each.
    """

    handed: tuple[Handed, ...]
    left_out: tuple[LeftOut, ...]
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def questions(self) -> int:
        """How many questions the exam had; 0 without a result."""
        return len(self.handed[0].questions) if self.handed else 0


def gather(files: Iterable[File], roster: Sequence[str] = (), now: datetime | None = None) -> ClassResults:
    """Read what a class has handed in.

    Parameters
    ----------
    files : iterable of File
    roster : sequence of str
        The names of the class list; none to do without.
    now : datetime, optional
    """
    every = [read(file, now) for file in files]
    listed = {known_by(name): name for name in roster}
    out = [each for each in every if isinstance(each, LeftOut)]
    good = [
        replace(each, student=listed.get(known_by(each.student), each.student))
        for each in every
        if isinstance(each, Handed)
    ]
    for part in (_of_one_exam, _by_one_key, _with_its_questions, _once, _first_tries):
        good, left = part(good)
        out += left
    good.sort(key=lambda each: (plain(each.student), each.file))
    out.sort(key=lambda each: each.file)
    there = {known_by(each.student) for each in good}
    return ClassResults(
        tuple(good),
        tuple(out),
        tuple(name for known, name in listed.items() if known not in there),
        tuple(each.file for each in good if listed and known_by(each.student) not in listed),
        tuple(_notes(good)),
    )


Parted = tuple[list[Handed], list[LeftOut]]


def _left(each: Handed, reason: str, other: str = "") -> LeftOut:
    return LeftOut(each.file, each.student, reason, other)


def _parted(good: list[Handed], wrong: Callable[[Handed], str]) -> Parted:
    """Part those of which nothing is wrong from the others."""
    told = [(each, wrong(each)) for each in good]
    return [each for each, why in told if not why], [_left(each, why) for each, why in told if why]


def _most(values: Iterable[str]) -> str:
    """Return the value that comes most often; of two, the first by the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""


def _of_one_exam(good: list[Handed]) -> Parted:
    exam = _most(each.exam for each in good)
    why = f"is of another exam: {{}}, where most are of {_seal(exam)}"
    return _parted(good, lambda each: "" if each.exam == exam else why.format(_seal(each.exam)))


def _by_one_key(good: list[Handed]) -> Parted:
    key = _most(each.key for each in good)
    why = f"was marked by another version of the key: {{}}, where most have {_seal(key)}"
    return _parted(good, lambda each: "" if each.key == key else why.format(_seal(each.key)))


def _seal(text: str) -> str:
    """Return the beginning of a digest that a file states."""
    return "".join(letter for letter in text[:12] if letter.isalnum()) or "none"


def _with_its_questions(good: list[Handed]) -> Parted:
    def asked(each: Handed) -> str:
        return repr([question.asked for question in each.questions])

    usual = _most(asked(each) for each in good)
    why = "says that it is of this exam, but its questions or their key are others"
    return _parted(good, lambda each: "" if asked(each) == usual else why)


def _once(good: list[Handed]) -> Parted:
    """Leave out what was handed in twice, under whatever name: a sitting is known by the microsecond it began."""
    first: dict[object, Handed] = {}
    out = []
    for each in good:
        sitting = (each.began, each.ended, each.questions)
        if (other := first.setdefault(sitting, each)) is not each:
            whose = "" if known_by(other.student) == known_by(each.student) else ", under another name"
            out.append(_left(each, f"is the same sitting again{whose}; what counts is", other.file))
    return list(first.values()), out


def _first_tries(good: list[Handed]) -> Parted:
    """Of several sittings of one student the first one counts."""
    first: dict[str, Handed] = {}
    out = []
    for each in sorted(good, key=lambda each: (each.began, each.file)):
        other = first.setdefault(known_by(each.student) or f"file {each.file}", each)
        if other is not each:
            out.append(_left(each, "is a later try of the same student; what counts is the first,", other.file))
    return list(first.values()), out


def _notes(good: list[Handed]) -> Iterable[str]:
    if not good:
        return
    if good[0].key != key_version():
        yield (
            f"These were marked by another version of the key ({_seal(good[0].key)}) than this course has now "
            f"({key_version()}): a word may be read otherwise today."
        )
    if len(good) < FEW:
        yield f"With {len(good)} result{'' if len(good) == 1 else 's'} the numbers mean little: read them as stories."
