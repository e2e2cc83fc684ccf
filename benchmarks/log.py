"""A log of 100,000 answers: how long until it can be written to and says what comes next."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.table import median, print_limit, print_table
from calcifications.apps.standing_lines import standing_lines
from calcifications.case import Case
from calcifications.learning.answer import Answer
from calcifications.learning.progress import Progress
from calcifications.learning.schedule import Schedule, categories
from calcifications.learning.summary import schedule_of
from calcifications.pattern import forms, preset

ANSWERS = 100_000
SINCE = 400  # of them after the summary that is kept, nearly as many as there can be
START = datetime(2024, 1, 1, 8, tzinfo=UTC)
ROUNDS = 9
LIMIT_MS = 300.0
STANDING_LIMIT_MS = 1000.0


def answers(number: int) -> list[Answer]:
    """Return as many answers, 150 a day, three in four of them right, on cases with codes of the usual length."""
    chance = np.random.default_rng(0)
    words, codes = categories("form", "distribution"), [Case([preset(form)], seed=2**30).code for form in forms()]
    asked, said = chance.integers(len(words), size=(2, number))
    said = np.where(chance.random(number) < 0.75, asked, said)
    seconds = chance.uniform(3, 30, number)
    return [
        Answer(
            words[key].kind, words[key].word, words[chosen].word, key == chosen, float(took),
            f"{codes[each % len(codes)]}{each}", "0.1.0", "birads5",
            START + timedelta(days=each // 150, seconds=20 * (each % 150)),
        )
        for each, (key, chosen, took) in enumerate(zip(asked.tolist(), said.tolist(), seconds, strict=True))
    ]  # fmt: skip


def _took(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return how long some work takes, in ms."""
    out = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        out.append(1000 * (time.perf_counter() - began))
    return out


def run() -> None:
    """Time a long log and print it."""
    with tempfile.TemporaryDirectory() as name:
        folder, given = Path(name), answers(ANSWERS)
        writer = Progress(folder)
        writer.add(*given[:-SINCE])
        schedule_of(writer)
        writer.add(*given[-SINCE:])
        size = (folder / "answers.db").stat().st_size / 1e6

        def opened() -> object:
            return schedule_of(Progress(folder)).next()

        rows = {
            "open, look over, schedule, next question": _took(opened),
            "  of this, open and look over": _took(lambda: Progress(folder)),
            "write an answer": _took(
                lambda: writer.add(Answer("form", "rim", "rim", True, 5.0, "cx2", "0.1.0", "birads5")), 50
            ),
            "the schedule after an answer": _took(lambda: schedule_of(writer)),
            "how am I doing, all its numbers": _took(
                lambda: standing_lines(writer.said(), schedule_of(writer), datetime.now(UTC), UTC), 3
            ),
            "all answers read": _took(writer.answers, 3),
            "the schedule from all answers, no summary": _took(lambda: Schedule(writer.answers()), 3),
        }
        print_table(f"a log of {ANSWERS:,} answers, {size:.0f} MB, in the system's cache", rows)
        print_limit(
            "the log opens, median ms", median(rows["open, look over, schedule, next question"]), LIMIT_MS, at_most=True
        )
        numbers = median(rows["how am I doing, all its numbers"])
        print_limit("how am I doing, median ms", numbers, STANDING_LIMIT_MS, at_most=True)
        same = schedule_of(writer), Schedule(writer.answers())
        told = [sorted(str(each.to_list()) for each in schedule.standings.values()) for schedule in same]
        print_limit("standings that differ from those of all answers", float(told[0] != told[1]), 0, at_most=True)
