"""Older and newer versions of the course: the one is brought up to date, the other left alone."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from calcifications.errors import CourseError
from calcifications.learning import log_file
from calcifications.learning.log_file import UPGRADES
from calcifications.learning.progress import Progress
from tests.learning.answers import plain
from tests.learning.logs import aside, filled, old_file


def test_an_older_file_is_brought_up_to_date(tmp_path):
    answers = [plain(number) for number in range(5)]
    old_file(tmp_path, answers)
    progress = Progress(tmp_path)
    assert progress.answers() == answers
    progress.keep("name", "text")
    assert progress.kept("name") == "text"
    assert progress.notes == ()


@pytest.mark.parametrize("version", [0, 1, -5])
def test_a_version_that_was_damaged_costs_no_answer(tmp_path, version):
    answers = filled(tmp_path, 10)
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    progress = Progress(tmp_path)
    new = plain(1000)
    assert progress.add(new)
    assert progress.answers() == [*answers, new]


def test_a_table_of_somebody_elses_is_set_aside(tmp_path):
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection, connection:
        connection.execute("CREATE TABLE answers (question TEXT)")
    progress = Progress(tmp_path)
    assert progress.add(plain(0))
    assert progress.count() == 1
    assert len(aside(tmp_path)) == 1


def test_an_update_that_fails_half_way_leaves_the_older_file_as_it_was(tmp_path, monkeypatch):
    answers = [plain(number) for number in range(5)]
    old_file(tmp_path, answers)
    before = (tmp_path / "answers.db").read_bytes()

    class FullDisk(sqlite3.OperationalError):
        sqlite_errorcode = sqlite3.SQLITE_FULL

    class Refuses(sqlite3.Connection):
        def execute(self, statement, *values):
            if statement.startswith("CREATE TABLE IF NOT EXISTS kept"):
                raise FullDisk("database or disk is full")
            return super().execute(statement, *values)

    plainly = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *words, **named: plainly(*words, factory=Refuses, **named))
    assert "the disk is full" in Progress(tmp_path).trouble
    monkeypatch.undo()
    assert (tmp_path / "answers.db").read_bytes() == before
    assert Progress(tmp_path).answers() == answers


def newer_file(folder):
    """The file of a course that is ahead: another version, one column more and a table that nobody knows yet."""
    answers = filled(folder, 6)
    with closing(sqlite3.connect(folder / "answers.db")) as connection, connection:
        connection.execute("ALTER TABLE answers ADD COLUMN certainty REAL DEFAULT 0.5")
        connection.execute("CREATE TABLE exams (name TEXT)")
        connection.execute("PRAGMA user_version = 99")
    return answers


def test_a_newer_file_is_read_and_not_touched_and_answers_go_beside_it(tmp_path):
    answers = newer_file(tmp_path)
    before = (tmp_path / "answers.db").read_bytes()
    progress = Progress(tmp_path)
    mine = plain(1000)
    assert progress.add(mine)
    assert progress.answers() == [*answers, mine]
    assert progress.count() == 7
    assert Progress(tmp_path).answers() == [*answers, mine]
    assert (tmp_path / "answers.db").read_bytes() == before
    assert "newer version" in progress.notes[0]
    with pytest.raises(CourseError, match="newer version"):
        progress.reset(confirmed=True)


def test_a_newer_course_takes_in_what_an_older_one_logged_beside(tmp_path, monkeypatch):
    answers = newer_file(tmp_path)
    mine = plain(1000)
    Progress(tmp_path).add(mine)
    ahead = tuple(() for _ in range(99 - len(UPGRADES)))
    monkeypatch.setattr(log_file, "UPGRADES", UPGRADES + ahead)
    monkeypatch.setattr("calcifications.learning.log.UPGRADES", UPGRADES + ahead)
    for _ in range(2):
        assert Progress(tmp_path).answers() == [*answers, mine]


def test_what_an_older_course_logged_beside_changes_no_answer_of_the_log(tmp_path):
    mine = plain(0, "rim", "skin")
    Progress(tmp_path).add(mine)
    old_file(tmp_path / "old", [replace(mine, chosen="rim", right=True), plain(1)])
    shutil.move(tmp_path / "old" / "answers.db", tmp_path / "answers.schema1.db")
    found = Progress(tmp_path).answers()
    assert found[0] == mine
    assert len(found) == 2


def test_a_newer_file_whose_answers_are_not_understood_is_left_alone_too(tmp_path):
    newer_file(tmp_path)
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection, connection:
        connection.execute("ALTER TABLE answers RENAME TO given")
    before = (tmp_path / "answers.db").read_bytes()
    progress = Progress(tmp_path)
    assert progress.add(plain(0))
    assert len(progress.answers()) >= 1
    assert (tmp_path / "answers.db").read_bytes() == before


def test_a_course_that_is_updated_in_mid_session_is_noticed(tmp_path):
    progress = Progress(tmp_path)
    progress.add(plain(0))
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert progress.add(plain(1))
    assert progress.count() == 2
    assert "newer version" in progress.notes[0]
