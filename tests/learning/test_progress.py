"""The log of answers: nothing that was answered is lost, whatever happens to the process, the disk or the file."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.learning import log_file
from calcifications.learning.log_file import UPGRADES, data_folder
from calcifications.learning.progress import Progress, answered
from calcifications.learning.session import Session
from tests.learning.answers import plain

HERE = Path(__file__).resolve().parents[2]


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path)


def filled(folder, number=300):
    """A log with answers in it, and those answers."""
    answers = [plain(each, case) for each, case in enumerate(["amorphous", "punctate"] * (number // 2))]
    assert Progress(folder).add(*answers)
    return answers


def process(code, *words):
    """A Python process of its own, as another kernel is."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE / "utils"), str(HERE)])}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], env=env, stdout=subprocess.PIPE, text=True)


WRITES = """
import sys
from pathlib import Path
from calcifications.learning.progress import Progress
from tests.learning.answers import plain
progress = Progress(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    answer = plain(number)
    assert progress.add(answer), progress.trouble
    print(answer.id, flush=True)
"""


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


def test_a_folder_that_cant_be_made_keeps_answers_waiting_in_memory(tmp_path):
    (tmp_path / "taken").write_text("a file, where the folder should be")
    progress = Progress(tmp_path / "taken")
    assert not progress.add(plain(0))
    assert "can't be written" in progress.trouble
    assert len(progress.answers()) == 1
    (tmp_path / "taken").unlink()
    assert progress.add(plain(1))
    assert Progress(tmp_path / "taken").count() == 2


def test_a_window_that_writes_for_too_long_does_not_cost_an_answer(tmp_path, progress, monkeypatch):
    monkeypatch.setattr(log_file, "WAIT_S", 0.05)
    with closing(sqlite3.connect(tmp_path / "answers.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert not progress.add(plain(0))
        assert "another window" in progress.trouble
    assert progress.add(plain(1))
    assert progress.count() == 2


def aside(folder):
    return sorted(path.name for path in folder.glob("answers.damaged-*.db"))


@pytest.mark.parametrize("page", [1, 3, 8, 20])
def test_a_damaged_page_takes_only_its_own_answers_with_it(tmp_path, page):
    answers = filled(tmp_path)
    path = tmp_path / "answers.db"
    with path.open("r+b") as file:
        file.seek(page * 4096)
        file.write(b"\xa5" * 4096)
    damaged = path.read_bytes()
    progress = Progress(tmp_path)
    new = plain(1000)
    assert progress.add(new)
    left = progress.answers()
    assert {answer.id for answer in left} <= {answer.id for answer in [*answers, new]}
    assert new in left
    assert len(left) >= len(answers) - 40
    (kept,) = aside(tmp_path)
    assert (tmp_path / kept).read_bytes() == damaged
    (note,) = progress.notes
    assert kept in note
    assert note.count(". ") == 0
    assert Progress(tmp_path).notes == ()


SPOILED = {  # how a file is damaged, and the share of its answers that it must still give back
    "cut in half": (lambda data: data[: len(data) // 2], 0.3),
    "cut short": (lambda data: data[:1000], 0),
    "not SQLite at all": (lambda data: b"answers\n" * 5000, 0),
    "zeros": (lambda data: b"\0" * len(data), 0),
    "header overwritten": (lambda data: data[:16] + b"\xff" * 84 + data[100:], 1),
    "schema overwritten": (lambda data: data[:100] + b"\0" * 3996 + data[4096:], 1),
    "first pages overwritten": (lambda data: b"\xa5" * 3 * 4096 + data[3 * 4096 :], 0.95),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_damaged_file_is_set_aside_and_gives_back_what_it_still_holds(tmp_path, how):
    answers = filled(tmp_path)
    spoil, share = SPOILED[how]
    path = tmp_path / "answers.db"
    path.write_bytes(spoil(path.read_bytes()))
    spoiled = path.read_bytes()
    progress = Progress(tmp_path)
    new = plain(1000)
    assert progress.add(new)
    left = progress.answers()
    assert set(left) <= {*answers, new}
    assert new in left
    assert len(left) - 1 >= share * len(answers)
    (kept,) = aside(tmp_path)
    assert (tmp_path / kept).read_bytes() == spoiled
    (note,) = progress.notes
    assert kept in note
    assert f"{len(left) - 1} answers could be read" in note
    assert not list(tmp_path.glob("*.recovered-*"))
    assert Progress(tmp_path).notes == ()


def test_what_the_course_never_wrote_is_left_out_and_the_rest_kept(tmp_path):
    answers = filled(tmp_path, 10)
    with closing(sqlite3.connect(tmp_path / "answers.db")) as connection, connection:
        connection.execute("UPDATE answers SET seconds = 'soon' WHERE number = 4")
        connection.execute("UPDATE answers SET chosen = CAST(x'ff41' AS TEXT) WHERE number = 5")
    progress = Progress(tmp_path)
    assert progress.answers() == [*answers[:3], *answers[5:]]
    assert "8 answers could be read" in progress.notes[0]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=1, max_size=200)), max_size=12),
    st.integers(0, 60_000) | st.none(),
)
def test_no_damage_stops_the_log(wrongs, end):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = filled(folder, 100)
        data = bytearray((folder / "answers.db").read_bytes())
        for place, wrong in wrongs:
            place %= len(data)
            data[place : place + len(wrong)] = wrong
        (folder / "answers.db").write_bytes(data[:end])
        progress = Progress(folder)
        new = plain(1000)
        assert progress.add(new)
        assert new in progress.answers()
        if not wrongs and end is None:
            assert progress.answers() == [*answers, new]


def test_an_answer_that_is_broken_takes_no_more_than_its_neighbours_with_it(tmp_path):
    answers = filled(tmp_path, 10)
    path = tmp_path / "answers.db"
    data = bytearray(path.read_bytes())
    leaf = 4096  # the second page: a table as short as this has one
    assert data[leaf] == 0x0D
    data[leaf + 8 + 2 * 5 : leaf + 8 + 2 * 6] = b"\xff\xff"  # where the sixth answer is
    path.write_bytes(data)
    found = Progress(tmp_path).answers()
    assert {*answers[:4], *answers[7:]} <= set(found) <= {*answers[:5], *answers[6:]}


def test_what_sqlite_keeps_beside_a_file_goes_aside_with_it_and_never_into_another(tmp_path):
    filled(tmp_path, 10)
    path = tmp_path / "answers.db"
    path.write_bytes(b"not SQLite" * 5000)
    (tmp_path / "answers.db-journal").write_bytes(bytes(600))  # of a course that keeps its journal
    Progress(tmp_path)
    (kept,) = aside(tmp_path)
    assert not (tmp_path / "answers.db-journal").exists()
    assert (tmp_path / f"{kept}-journal").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows renames no file that is open")
def test_an_answer_on_its_way_into_a_file_that_is_set_aside_is_written_to_the_new_one(tmp_path, monkeypatch):
    progress = Progress(tmp_path)
    plainly, path = log_file.insert, tmp_path / "answers.db"

    def slowly(connection, answers):
        written = plainly(connection, answers)
        if not (tmp_path / "aside").exists():  # another window sets it aside
            path.replace(tmp_path / "aside")
        return written

    monkeypatch.setattr("calcifications.learning.log.insert", slowly)
    answer = plain(0)
    assert progress.add(answer)
    assert Progress(tmp_path).answers() == [answer]


def test_a_kernel_that_was_killed_while_mending_leaves_its_finds_for_the_next(tmp_path):
    answers = filled(tmp_path / "one", 10)
    Progress(tmp_path / "one").export(tmp_path / "finds.jsonl")
    (tmp_path / "two").mkdir()
    shutil.move(tmp_path / "finds.jsonl", tmp_path / "two" / "answers.recovered-2026-11-02.jsonl")
    assert Progress(tmp_path / "two").answers() == answers
    assert not list((tmp_path / "two").glob("*.recovered-*"))


def test_two_kernels_that_find_the_damage_at_once_set_one_file_aside(tmp_path):
    filled(tmp_path, 3000)
    path = tmp_path / "answers.db"
    with path.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xa5" * 4096 * 3)
    writers = [process(WRITES, tmp_path, 30) for _ in range(2)]
    said = [writer.communicate()[0].split() for writer in writers]
    assert {*said[0], *said[1]} <= {answer.id for answer in Progress(tmp_path).answers()}
    assert len(aside(tmp_path)) <= 1


def old_file(folder, answers):
    """The file of a course whose schema was 1."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "answers.db")) as connection, connection:
        for statement in UPGRADES[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        log_file.insert(connection, answers)


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


def test_the_log_is_in_the_folder_that_is_named_or_in_the_systems_for_data(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine" / "progress"
    Progress().add(plain())
    assert (tmp_path / "mine" / "progress" / "answers.db").exists()
    monkeypatch.delenv("CALCIFICATIONS_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert tmp_path in data_folder().parents
