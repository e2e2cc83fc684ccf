"""Whatever is handed in is read or left out with one sentence; who is missing is told; names stay where they are."""

import copy
import os
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.__main__ import main
from calcifications.errors import CourseError
from calcifications.learning.result import Result
from calcifications.teaching.deck import Deck
from calcifications.teaching.results import roster
from calcifications.teaching.results.again import deck, rules, weak
from calcifications.teaching.results.class_results import FEW, gather
from calcifications.teaching.results.file import File, files_in
from calcifications.teaching.results.handed import Handed, LeftOut, read
from calcifications.teaching.results.labels import Labels
from calcifications.teaching.results.told import labels, left_out, summary
from tests.teaching.sat import PLAN, sat, signed


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """The results of six students, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        exam, chance = PLAN.exam(), np.random.default_rng(1)
        names = ("Ada Lovelace", "Bo Ek", "", "Émile Zola", "<script>alert(1)</script>", "Li Na")
        return {name: sat(tmp_path_factory.mktemp("sitting"), exam, name, chance, 0.5) for name in names}


def handed(name, result):
    return File(name, result.text())


def first_version(result):
    """A result as the first version of the course wrote it."""
    values = copy.deepcopy(result.values) | {"version": 1}
    del values["name"]
    for question in values["questions"]:
        del question["word"], question["said"]
    return signed(values)


def reasons(results):
    return left_out(results, labels(results, numbers=False))


def test_a_student_is_known_by_the_name_in_the_file_else_by_the_file_or_its_folder(some):
    ada, nobody = some["Ada Lovelace"], some[""]
    own = "result-0123456789ab-2026-11-23T10-00-00.123456.txt"
    for name, student in {
        "Bo Ek.txt": "Bo Ek",
        "Bo_Ek.txt": "Bo Ek",
        "Bo Ek_4711_assignsubmission_file/answer.txt": "Bo Ek",
        f"Bo Ek/{own}": "Bo Ek",
        own: "",
    }.items():
        assert read(handed(name, nobody)).student == student
        assert read(handed(name, ada)).student == "Ada Lovelace"


def test_a_result_of_the_first_version_counts_like_any_other(some):
    values = [read(File("a.txt", first_version(result))) for result in some.values()]
    for old, result in zip(values, some.values(), strict=True):
        new = read(handed("a.txt", result))
        assert [each.right for each in old.questions] == [each.right for each in new.questions]
        assert [each.word for each in old.questions if each.kind != "category"] == [
            each.word for each in new.questions if each.kind != "category"
        ]


def test_who_is_missing_and_who_is_not_on_the_list_is_told(some):
    names = roster.names(b"# year 4\nLOVELACE, Ada\nzola; emile\n\nBo Ek\nGrace Hopper\nGrace Hopper\n")
    assert names == ("LOVELACE, Ada", "zola; emile", "Bo Ek", "Grace Hopper")
    found = gather([handed(f"{place}.txt", result) for place, result in enumerate(some.values())], names)
    assert found.missing == ("Grace Hopper",)
    assert {each.student for each in found.handed} >= {"LOVELACE, Ada", "zola; emile", "Bo Ek"}
    assert found.unlisted == ("2.txt", "4.txt", "5.txt")


def test_who_sat_twice_counts_with_the_first_and_who_handed_in_another_s_is_told(some, tmp_path):
    ada = some["Ada Lovelace"]
    again = Result(ada.values | {"began": "2099-01-01T00:00:00+00:00", "ended": "2099-01-01T00:10:00+00:00"})
    copied = Result(ada.values | {"name": "Bo Ek"})
    files = [handed("1.txt", again), handed("2.txt", ada), handed("3.txt", copied)]
    found = gather(files, now=datetime(2100, 1, 1, tzinfo=UTC))
    assert [each.file for each in found.handed] == ["2.txt"]
    assert reasons(found) == [
        "1.txt is a later try of the same student; what counts is the first, 2.txt.",
        "3.txt is the same sitting again, under another name; what counts is 2.txt.",
    ]


def test_a_forged_file_with_a_digest_of_its_own_is_left_out_where_it_contradicts_the_others(some):
    files = [handed(f"{place}.txt", result) for place, result in enumerate(some.values())]
    values = copy.deepcopy(some["Bo Ek"].values)
    more = copy.deepcopy(values) | {"right": values["right"] + 1}
    easier = copy.deepcopy(values) | {"name": "Eve", "began": "2026-01-01T00:00:00+00:00"}
    easier["questions"][0]["key"] = "rim"
    ahead = copy.deepcopy(values) | {"ended": (datetime.now(UTC) + timedelta(days=400)).isoformat()}
    found = gather([*files, *(File(f"x{place}.txt", signed(v)) for place, v in enumerate((more, easier, ahead)))])
    told = reasons(found)
    assert len(found.handed) == len(some)
    assert told[0] == "x0.txt is not as the course writes a result: its score is not that of its questions."
    assert told[1] == "x1.txt says that it is of this exam, but its questions or their key are others."
    assert told[2].endswith("which is still to come.")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_that_is_signed_is_read_or_told_in_one_sentence(some, data):
    values = copy.deepcopy(some["Li Na"].values)
    place = data.draw(st.sampled_from([values, values["questions"][0], values["marked_by"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(ANYTHING)
    told = read(File("a.txt", signed(values)))
    assert isinstance(told, Handed) or told.reason.isprintable()
    assert summary(gather([File("a.txt", signed(values)), File("b.txt", some["Bo Ek"].text())]))


@given(st.binary(max_size=300), st.text(max_size=60))
def test_any_bytes_under_any_name_are_told_in_one_sentence(raw, name):
    found = gather([File(name, raw)])
    (line,) = reasons(found)
    assert isinstance(read(File(name, raw)), LeftOut)
    assert line.isprintable()
    assert "\n" not in summary(found).split("Left out:\n")[1]


def test_a_folder_is_read_with_those_in_it_and_what_is_hidden_is_not(some, tmp_path):
    (tmp_path / "Bo Ek_1_assignsubmission_file").mkdir()
    (tmp_path / "Bo Ek_1_assignsubmission_file" / "a.txt").write_bytes(some[""].text())
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "class.txt").write_text("Bo Ek\nAda Lovelace")
    found = gather(files_in(tmp_path, tmp_path / "class.txt"), roster.read(tmp_path / "class.txt"))
    assert [each.student for each in found.handed] == ["Bo Ek"]
    assert found.missing == ("Ada Lovelace",)
    assert reasons(found) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_what_never_ends_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert reasons(gather(files_in(tmp_path))) == ["pipe is no file that can be read."]


@pytest.mark.parametrize("path", ["", "nowhere", "a\0b", "~nobody/x", "file"])
def test_what_is_no_folder_gets_one_sentence(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError) as told:
        files_in(path or "no such")
    assert "\n" not in str(told.value)


MANY_NAMES = b"\n".join(b"%d" % number for number in range(3000))


@pytest.mark.parametrize("raw", [b"", b"\0\1\2", b"# nobody\n\n", b"a" * 500_000, MANY_NAMES])
def test_what_is_no_class_list_gets_one_sentence(raw):
    with pytest.raises(CourseError, match="class list"):
        roster.names(raw)


def test_an_old_spreadsheet_s_class_list_is_read():
    assert roster.names("Zoë Müller\r\n".encode("cp1252")) == ("Zoë Müller",)


def test_a_few_results_are_told_to_mean_little(some):
    files = [handed(f"{place}.txt", result) for place, result in enumerate(some.values())]
    assert not any("mean little" in note for note in gather(files).notes)
    assert any("With 4 results the numbers mean little" in note for note in gather(files[: FEW - 1]).notes)
    assert gather([]).notes == ()
    assert summary(gather([])).startswith("0 results, 0 files left out")


def test_a_number_is_a_student_s_own_and_says_nothing_of_the_name(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    names = [f"Student {number}" for number in range(300)]
    numbers = Labels(names, numbers=True)
    called = [numbers.student(name, "") for name in names]
    assert len(set(called)) == len(names)
    assert called != sorted(called), "the order of the names would give them away"
    fewer = Labels(names[:200], numbers=True)
    kept = sum(fewer.student(name, "") == number for name, number in zip(names[:200], called, strict=False))
    assert kept >= 195, "who joins later changes nobody's number, but for one in hundreds that were alike"


def test_a_deck_of_what_was_not_known_asks_just_that(some):
    found = gather([handed(f"{place}.txt", result) for place, result in enumerate(some.values())])
    words = weak(found.handed)
    assert {rule.questions for rule in rules(words)} == {(each.kind,) for each in words}
    made = deck(words)
    assert len(made.slides) >= 12
    forms = {each.word for each in words if each.kind == "form"} | {each.taken_for[0] for each in words}
    asked = [question.item.key for slide in made.slides for question in slide.asked if question.kind == "form"]
    assert set(asked) <= forms
    with pytest.raises(CourseError, match="nothing to make a deck of"):
        rules([])


def test_a_class_is_summed_up_on_the_command_line(some, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for place, result in enumerate(some.values()):
        (tmp_path / "in" / f"{place}.txt").write_bytes(result.text())
    (tmp_path / "in" / "x.txt").write_text("nothing")
    (tmp_path / "list.txt").write_text("Grace Hopper")
    assert main(["class", "in", "--list", "list.txt", "--teach", "again.toml"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("6 results, 1 file left out, 1 missing.\n")
    assert "\n  x.txt is no result of an exam.\n" in told
    assert "\n  Grace Hopper\n" in told
    assert Deck.read("again.toml").slides
    assert main(["class", "in", "--teach", "again.toml"]) == 2
    assert capsys.readouterr().err == "There is a file 'again.toml' already; choose another name.\n"
    assert main(["class", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("There is no folder 'nowhere'")
