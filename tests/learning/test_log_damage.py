"""A damaged log: it is set aside, what is whole comes back, and the log goes on."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.learning import log_file
from calcifications.learning.progress import Progress
from tests.learning.answers import plain
from tests.learning.logs import WRITES, aside, filled, process


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
