"""A long log gives its schedule at once, and always the one that the answers make."""

import json
import random
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.learning import summary
from calcifications.learning.log import Log
from calcifications.learning.progress import Progress
from calcifications.learning.schedule import Schedule
from calcifications.learning.summary import schedule_of
from tests.learning.answers import in_order, plain

WORDS = ("amorphous", "punctate", "rim")


def answers(number, seed=0):
    """Answers over some weeks, some of them wrong or slow."""
    chance = random.Random(seed)
    return [
        plain(each, chance.choice(WORDS), chance.choice(WORDS), seconds=chance.uniform(2, 40), after=timedelta(hours=1))
        for each in range(number)
    ]


def alike(one, other):
    """Whether two schedules know the same, so that they say the same."""
    kept = [sorted(json.dumps(s.to_list()) for s in each.standings.values()) for each in (one, other)]
    return kept[0] == kept[1] and (one.count, one.moment) == (other.count, other.moment)


@pytest.fixture
def long(tmp_path):
    """A log for which a summary is kept."""
    progress = Progress(tmp_path)
    progress.add(*answers(summary._OFTEN + 20))
    schedule_of(progress)
    assert progress.kept("schedule")
    return progress


def test_the_summary_is_used_and_says_what_the_answers_say(long, monkeypatch):
    whole, read = Schedule(long.answers()), []
    monkeypatch.setattr(
        Log, "read", lambda self, after=None, read_it=Log.read: read.append(after) or read_it(self, after)
    )
    assert alike(schedule_of(long), whole)
    assert None not in read  # not all answers were read


def test_later_answers_are_taken_in_after_the_summary(long):
    long.add(*(plain(5000 + number, "rim") for number in range(7)))
    assert alike(schedule_of(long), Schedule(long.answers()))


def test_an_older_answer_that_was_merged_in_makes_the_summary_void(long, tmp_path):
    other = Progress(tmp_path / "other")
    other.add(replace(plain(0, "vascular"), when=plain(10).when))
    other.export(tmp_path / "file")
    long.merge(tmp_path / "file")
    schedule = schedule_of(long)
    assert schedule.count == summary._OFTEN + 21
    assert alike(schedule, Schedule(long.answers()))


def test_another_measure_of_fluency_makes_the_summary_void(long):
    assert alike(schedule_of(long, fluent_s=40), Schedule(long.answers(), fluent_s=40))


def test_another_version_of_the_scheduler_makes_the_summary_void(long, monkeypatch):
    text = long.kept("schedule").replace("rim", "popcorn")
    long.keep("schedule", text)
    assert not alike(schedule_of(long), Schedule(long.answers()))
    monkeypatch.setattr(summary, "_MADE_BY", ["2"])
    assert alike(schedule_of(long), Schedule(long.answers()))


@pytest.mark.parametrize("text", ["", "{}", "[]", "[1, 2, 3, 4, 5]", "no JSON", "null"])
def test_a_spoiled_summary_is_worked_out_again(long, text):
    long.keep("schedule", text)
    assert alike(schedule_of(long), Schedule(long.answers()))


def test_a_summary_that_was_lost_is_worked_out_again(long, tmp_path):
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection, connection:
        connection.execute("DELETE FROM kept")
    assert alike(schedule_of(long), Schedule(long.answers()))
    assert long.kept("schedule")


def test_answers_that_wait_for_the_disk_count_and_are_in_no_summary(long):
    before = long.kept("schedule")
    long.waiting = [plain(6000 + number, "rim", after=timedelta(hours=1)) for number in range(summary._OFTEN)]
    assert alike(schedule_of(long), Schedule(long.answers()))
    long.waiting = [replace(plain(1, "rim"), when=plain(3).when)]  # the clock went back
    assert alike(schedule_of(long), Schedule(long.answers()))
    assert long.kept("schedule") == before


def test_after_a_reset_the_schedule_begins_anew(long):
    long.reset(confirmed=True)
    assert schedule_of(long).count == 0


@given(st.integers(0, 100), st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_order_of_writing_does_not_matter(seed, number, order):
    given_ = answers(number, seed)
    mixed = order.sample(given_, len(given_))
    with tempfile.TemporaryDirectory() as name:
        progress = Progress(Path(name))
        for part in (mixed[: number // 2], mixed[number // 2 :]):
            progress.add(*part)
            schedule_of(progress)
        assert alike(schedule_of(progress), Schedule(in_order(given_)))
