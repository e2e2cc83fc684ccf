"""A class that really sits an exam: each student answers question after question, and hands in what comes of it."""

import json
from hashlib import sha256

import numpy as np

from calcifications.learning.exam import Plan
from calcifications.learning.result import Result
from calcifications.learning.sitting import Sitting
from calcifications.learning.sitting_lines import head
from tests.apps.answering import right_answer, wrong_answer

PLAN = Plan(("form", "distribution", "category"), minutes=30, number=9, seed=11)
FIRST = ("Ada", "Bo", "Chidi", "Dilek", "Émile", "Farah", "Goran", "Hana", "Iñaki", "Jun")
LAST = ("Ågren", "Brown", "Castro", "Diallo", "Evans", "Fischer", "Ghosh", "Hoang", "Ivanov", "Jensen")


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self):
        return self.now


def name(number):
    """The name of a student, each another one."""
    return f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {number}"


def sat(folder, exam, student, chance, able=0.6):
    """Sit an exam and return its result: an abler student is right more often, and some questions are harder."""
    clock = Clock()
    sitting = Sitting(folder / f"exam-{PLAN.name}-{chance.integers(2**60)}.jsonl", clock, head(exam))
    sitting.exam = exam  # its questions are made once, for all
    sitting.go_on(student)
    for place in range(len(exam.questions)):
        if chance.random() < 0.01:
            break  # runs out of time
        clock.now += float(chance.uniform(5, 90))
        item = sitting.item
        right = chance.random() < np.clip(able + 0.5 * (0.5 - place % 4 / 4), 0.05, 0.98)
        options = [option.word for option in item.options if option.word != item.key]
        wrong = options[int(chance.integers(len(options)))] if options else wrong_answer(item)
        sitting.answer(right_answer(item) if right else wrong, float(chance.uniform(5, 90)))
    sitting.end()
    return Result.of(sitting)


def signed(values):
    """The file of some values, as somebody makes it who knows how."""
    body = json.dumps(values, indent=1, ensure_ascii=False).encode() + b"\n"
    return body + b"sha256 " + sha256(body).hexdigest().encode() + b"\n"
