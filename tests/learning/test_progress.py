"""The log of answers: nothing that was answered is lost, whatever happens to the process or the disk."""

import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from calcifications.errors import CourseError
from calcifications.learning import log_file
from calcifications.learning.log_file import data_folder
from calcifications.learning.progress import Progress, answered
from calcifications.learning.session import Session
from tests.learning.answers import plain
from tests.learning.logs import WRITES, aside, filled, old_file, process


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path)


def test_an_answer_is_on_the_disk_when_add_returns(progress, tmp_path):
    answer = plain()
    assert progress.add(answer)
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection:
        assert connection.execute("SELECT id FROM answers").fetchall() == [(answer.id,)]


def test_what_a_question_was_answered_is_logged_with_the_case_and_the_rulebook(progress):
    question = Session(("form",), seed=3).item
    wrong = next(option.word for option in question.options if option.word != question.key)
    progress.add(answered(question, question.mark(wrong), 4.5))
    (logged,) = progress.answers()
    assert (logged.kind, logged.key, logged.chosen, logged.right) == ("form", question.key, wrong, False)
    assert (logged.seconds, logged.case, logged.rulebook) == (4.5, question.case.code, "birads5")


def test_a_kernel_that_is_killed_loses_no_answer_it_had_confirmed(tmp_path):
    writer = process(WRITES, tmp_path, 100_000)
    confirmed = [writer.stdout.readline().strip() for _ in range(40)]
    writer.kill()  # as kill -9 does
    confirmed += writer.stdout.read().split("\n")[:-1]
    writer.wait()
    writer.stdout.close()
    logged = {answer.id for answer in Progress(tmp_path).answers()}
    assert set(confirmed) <= logged
    assert len(logged) <= len(confirmed) + 1  # one may have been on its way
    assert Progress(tmp_path).notes == ()


def test_two_kernels_write_a_hundred_answers_each_at_once_and_all_are_there(tmp_path):
    writers = [process(WRITES, tmp_path, 100) for _ in range(2)]
    said = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert {answer.id for answer in Progress(tmp_path).answers()} == {*said[0], *said[1]}
    assert Progress(tmp_path).count() == 200


def test_two_tabs_see_each_others_answers(tmp_path):
    one, other = Progress(tmp_path), Progress(tmp_path)
    answers = [plain(0), plain(1)]
    one.add(answers[0])
    other.add(answers[1])
    assert one.answers() == other.answers() == answers


def test_on_a_full_disk_an_answer_waits_and_is_written_with_the_next(tmp_path, progress):
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    progress.add(plain(0))
    size = (tmp_path / "answers.db").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))  # no file may grow beyond it: so does a full disk
    try:
        more = [plain(number) for number in range(1, 60)]
        written = [progress.add(answer) for answer in more]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not all(written)
    assert not written[-1]
    assert "the disk is full" in progress.trouble
    assert progress.trouble.count(". ") == 0
    assert len(progress.answers()) == 60  # none is forgotten meanwhile
    assert progress.add(plain(60))
    assert progress.trouble == ""
    assert progress.waiting == []
    assert Progress(tmp_path).count() == 61
    assert Progress(tmp_path).notes == ()


def test_a_window_that_writes_for_too_long_does_not_cost_an_answer(tmp_path, progress, monkeypatch):
    monkeypatch.setattr(log_file, "WAIT_S", 0.05)
    with closing(sqlite3.connect(tmp_path / "answers.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not progress.add(plain(0))
        assert "another window" in progress.trouble
    assert progress.add(plain(1))
    assert progress.count() == 2


def test_a_reset_asks_first_and_keeps_a_dated_copy_that_can_be_taken_back(tmp_path):
    answers = filled(tmp_path, 10)
    progress = Progress(tmp_path)
    with pytest.raises(CourseError, match="10 answers"):
        progress.reset()
    assert progress.count() == 10
    copy = progress.reset(confirmed=True)
    assert progress.answers() == []
    assert time.strftime("%Y-", time.gmtime()) in copy.name
    assert progress.merge(copy) == 10
    assert progress.answers() == answers


def test_after_a_reset_not_even_a_recovery_finds_the_answers_again(tmp_path):
    answers = filled(tmp_path)
    progress = Progress(tmp_path)
    progress.reset(confirmed=True)
    path = tmp_path / "answers.db"
    assert answers[0].id.encode() not in path.read_bytes()
    path.write_bytes(b"\xa5" * 4096 + path.read_bytes()[4096:])
    assert Progress(tmp_path).answers() == []
    assert len(aside(tmp_path)) == 1


def test_after_a_reset_nothing_comes_back_by_itself(tmp_path):
    old_file(tmp_path / "old", [plain(0)])
    progress = Progress(tmp_path)
    shutil.move(tmp_path / "old" / "answers.db", tmp_path / "answers.schema1.db")
    progress.add(plain(1))
    copy = progress.reset(confirmed=True)
    assert Progress(tmp_path).answers() == []
    assert Progress(tmp_path / "new").merge(copy) == 2


def test_a_reset_that_cant_keep_its_copy_takes_nothing_out(tmp_path, monkeypatch):
    answers = filled(tmp_path, 10)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("calcifications.learning.progress.write_answers", full)
    with pytest.raises(CourseError, match="no space left"):
        Progress(tmp_path).reset(confirmed=True)
    assert Progress(tmp_path).answers() == answers


def test_a_folder_that_cant_be_made_keeps_answers_waiting_in_memory(tmp_path):
    (tmp_path / "taken").write_text("a file, where the folder should be")
    progress = Progress(tmp_path / "taken")
    assert not progress.add(plain(0))
    assert "can't be written" in progress.trouble
    assert len(progress.answers()) == 1
    (tmp_path / "taken").unlink()
    assert progress.add(plain(1))
    assert Progress(tmp_path / "taken").count() == 2


def test_the_log_is_in_the_folder_that_is_named_or_in_the_systems_for_data(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine" / "progress"
    Progress().add(plain())
    assert (tmp_path / "mine" / "progress" / "answers.db").exists()
    monkeypatch.delenv("CALCIFICATIONS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert tmp_path in data_folder().parents
