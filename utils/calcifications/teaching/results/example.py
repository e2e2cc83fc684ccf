"""A class that never was: students made of chance sit a real exam, to show the page before there is a class."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from calcifications.learning.confusion import near, pair
from calcifications.learning.exam import Exam, Plan
from calcifications.learning.items import Item
from calcifications.learning.result import Result
from calcifications.learning.sitting import Sitting
from calcifications.learning.sitting_lines import head
from calcifications.teaching.results.file import File

STUDENTS = 24
_PLAN = Plan(("form", "distribution"), minutes=20, number=10, seed=2026)
_KNOWN, _APART = 0.62, 0.18  # how much a student knows: the mean, and by how much they differ
_HARD = 0.45  # how much harder the hardest question is than the easiest


class _Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@lru_cache(maxsize=1)
def example() -> tuple[File, ...]:
    """Return what an invented class handed in, but for the times always the same, and three files that don't count."""
    chance, exam = np.random.default_rng(_PLAN.seed), _PLAN.exam()
    with TemporaryDirectory(prefix="calcifications-") as folder:
        results = [_sat(Path(folder), exam, f"Student {number:02}", chance) for number in range(1, STUDENTS + 1)]
    last = results[-1].text()
    return (
        *(File(f"{result.values['name']}.txt", result.text()) for result in results),
        File("Student 03 (copy).txt", results[2].text()),
        File("Student 25.txt", last[: len(last) // 3]),
        File("Student 26.txt", last.replace(b'"right": false', b'"right": true', 1)),
    )


def _sat(folder: Path, exam: Exam, name: str, chance: np.random.Generator) -> Result:
    """Let a student answer; who does not know a word says one that is easily taken for it."""
    clock = _Clock()
    sitting = Sitting(folder / f"{name}.jsonl", clock, head(exam))
    sitting.exam = exam  # its questions are made once, for all
    sitting.go_on(name)
    knows = float(chance.normal(_KNOWN, _APART))
    for place, question in enumerate(exam.questions):
        seconds = float(chance.uniform(8, 70))
        clock.now += seconds
        right = chance.random() < knows + _HARD * (0.5 - place * 7 % 10 / 10)
        sitting.answer(question.item.key if right else _mistaken(question.item, chance), seconds)
    return Result.of(sitting)


def _mistaken(item: Item, chance: np.random.Generator) -> str:
    wrong = [option.word for option in item.options if option.word != item.key]
    close = [word for word in wrong if pair(word, item.key) in near(item.kind)]
    return str(chance.choice(close or wrong))
