"""Answers that go from one computer to another: each counts once, and a bad file changes nothing."""

import json
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.learning.answer import FIELDS, Answer
from calcifications.learning.log import COURSE
from calcifications.learning.progress import Progress
from calcifications.learning.transfer import read_answers, write_answers
from tests.learning.answers import any_answer, any_log, in_order, plain


@given(any_answer)
def test_an_answer_comes_back_from_its_line_as_it_was(answer):
    assert Answer.from_row(json.loads(answer.line())) == answer


@given(any_answer, any_answer)
def test_answers_are_put_in_order_by_their_time(one, other):
    assert (one.when < other.when) == (one.stamp < other.stamp)


@given(any_log, any_log, any_log)
def test_merging_in_any_order_and_twice_gives_the_same_log(one, other, third):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, log in enumerate([one, other, third]):
            write_answers(folder / f"{number}", log, "0.1.0")
        logs = []
        for order in ("012", "210", "10210"):
            progress = Progress(folder / f"log-{order}")
            new = sum(progress.merge(folder / file) for file in order)
            logs.append(progress.answers())
            assert new == len(logs[-1])
        assert logs[0] == logs[1] == logs[2] == in_order([*one, *other, *third])


def test_an_export_read_by_another_computer_is_the_same_log(tmp_path):
    mine, theirs = Progress(tmp_path / "mine"), Progress(tmp_path / "theirs")
    mine.add(plain(0), plain(1))
    theirs.add(plain(2))
    assert mine.export(tmp_path / "file") == 2
    assert theirs.merge(tmp_path / "file") == 2
    assert theirs.merge(tmp_path / "file") == 0
    assert len(theirs.answers()) == 3


def test_an_export_says_what_it_is_and_holds_every_field(tmp_path):
    progress = Progress(tmp_path)
    progress.add(plain(0, "amorphous", "punctate"))
    progress.export(tmp_path / "file")
    first, line = map(json.loads, (tmp_path / "file").read_text().splitlines())
    assert first == {"format": "calcifications answers", "version": 1, "course": COURSE, "answers": 1}
    assert set(line) == set(FIELDS)


def test_an_export_never_writes_over_a_file(tmp_path):
    (tmp_path / "thesis").write_text("years of work")
    with pytest.raises(CourseError, match="another name"):
        Progress(tmp_path).export(tmp_path / "thesis")
    assert (tmp_path / "thesis").read_text() == "years of work"
    with pytest.raises(CourseError, match="can't be written"):
        Progress(tmp_path).export(tmp_path / "nowhere" / "file")


@given(answers=st.lists(any_answer, min_size=1, max_size=4, unique_by=lambda a: a.id), data=st.data())
def test_a_damaged_export_gets_one_sentence_and_changes_nothing(answers, data):
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        progress = Progress(Path(name) / "log")
        mine = plain(0)
        progress.add(mine)
        write_answers(file, answers, "0.1.0")
        whole = file.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1))
        gap, wrong = data.draw(st.integers(1, 300)), data.draw(st.binary(max_size=40))
        file.write_bytes(whole[:place] + wrong + whole[place + gap :])
        said = problem(progress, file)
        if said:
            assert "\n" not in said
            assert re.search("line|version|id", said)
            assert progress.answers() == [mine]
        else:  # a letter of a word was changed, say
            assert len(progress.answers()) == 1 + len(answers)


def problem(progress, file):
    """What is said to a file; nothing if it was taken."""
    try:
        progress.merge(file)
    except CourseError as told:
        return str(told)
    return ""


@given(st.binary(max_size=200))
def test_a_file_that_is_no_export_gets_one_sentence(content):
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "file"
        file.write_bytes(content)
        with pytest.raises(CourseError, match="line 1") as told:
            read_answers(file)
        assert "\n" not in str(told.value)


def exported(tmp_path, **changed):
    """An export of three answers, the second with other values."""
    rows = [dict(zip(FIELDS, plain(number).row(), strict=True)) for number in range(3)]
    rows[1] |= changed
    first = {"format": "calcifications answers", "version": 1, "course": "9", "answers": 3}
    (tmp_path / "file").write_text("\n".join(map(json.dumps, [first, *rows])))
    return tmp_path / "file"


@pytest.mark.parametrize(
    "changed",
    [
        {"seconds": -1},
        {"seconds": float("nan")},
        {"seconds": "soon"},
        {"seconds": 10**400},
        {"right": "yes"},
        {"right": 2},
        {"right": None},
        {"when": "yesterday"},
        {"when": 5},
        {"when": "2026-11-02T08:00:00"},
        {"when": "9999-12-31T23:59:59-10:00"},
        {"when": "0001-01-01T00:00:00+10:00"},
        {"id": "1"},
        {"id": None},
        {"id": "B734ADA4-5003-4E34-854B-98574860E909\n"},
        {"key": ""},
        {"key": ["amorphous"]},
        {"chosen": "two\nlines"},
        {"chosen": "\ud800"},
        {"kind": "x" * 61},
        {"case": "x" * 4001},
    ],
    ids=str,
)
def test_a_hostile_value_is_named_with_its_line(tmp_path, changed):
    progress = Progress(tmp_path / "log")
    with pytest.raises(CourseError, match=r"^file, line 3: ") as told:
        progress.merge(exported(tmp_path, **changed))
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 300
    assert progress.count() == 0


@pytest.mark.parametrize("line", ["[" * 60_000, "5", "x" * 200_000, "9" * 60_000, '{"kind": "form"}'])
def test_a_hostile_line_is_named(tmp_path, line):
    file = exported(tmp_path)
    file.write_text("\n".join([*file.read_text().splitlines()[:2], line]))
    with pytest.raises(CourseError, match=r"^file, line 3: ") as told:
        read_answers(file)
    assert len(str(told.value)) < 300


def test_a_file_that_was_cut_short_says_so(tmp_path):
    file = exported(tmp_path)
    file.write_text("\n".join(file.read_text().splitlines()[:3]))
    with pytest.raises(CourseError, match="ends after 2 answers, and its first line tells of 3"):
        read_answers(file)


def test_an_export_of_a_newer_format_is_not_guessed_at(tmp_path):
    file = exported(tmp_path)
    file.write_text(file.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(CourseError, match=r"version 2 .* reads version 1"):
        read_answers(file)


def test_what_a_newer_course_adds_to_an_answer_is_left_out(tmp_path):
    assert len(read_answers(exported(tmp_path, certainty=0.5))) == 3


def test_an_editor_that_marks_its_files_and_ends_lines_otherwise_does_no_harm(tmp_path):
    file = exported(tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_answers(file)) == 3


def test_an_id_that_stands_for_two_answers_is_refused_and_the_log_stays_right(tmp_path):
    progress = Progress(tmp_path / "log")
    mine = plain(0, "amorphous", "punctate")
    progress.add(mine)
    write_answers(tmp_path / "file", [replace(mine, right=True, chosen="amorphous")], "0.1.0")
    with pytest.raises(CourseError, match="another answer with the id"):
        progress.merge(tmp_path / "file")
    assert progress.answers() == [mine]
    lines = (tmp_path / "file").read_text().splitlines()
    twice = [lines[0].replace('"answers": 1', '"answers": 2'), lines[1], mine.line()]
    (tmp_path / "file").write_text("\n".join(twice))
    with pytest.raises(CourseError, match="line 3: another answer"):
        read_answers(tmp_path / "file")


def test_a_file_that_cant_be_read_gets_one_sentence(tmp_path):
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CourseError, match="can't be read"):
            Progress(tmp_path / "log").merge(path)


@given(st.datetimes(datetime(2001, 1, 1), datetime(2199, 1, 1)), st.integers(-12, 14))
def test_a_time_is_the_same_moment_in_any_zone(moment, hours):
    there = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert replace(plain(0), when=there).when == there
    assert replace(plain(0), when=there).when.tzinfo is UTC
