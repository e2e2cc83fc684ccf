"""The page of class results without a page: files come in by drop or folder, and no name leaves where none should."""

import base64
import json
import os

import numpy as np
import pytest

from calcifications.apps import class_results
from calcifications.errors import CourseError
from calcifications.learning.result import LARGEST
from calcifications.teaching.deck_file import parse
from tests.teaching.sat import PLAN, sat

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A folder of the test's own, for the secret behind the numbers."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """What eight students handed in, by file name, and a file that is no result."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        exam, chance = PLAN.exam(), np.random.default_rng(2)
        names = [HOSTILE, *(f"Student {letter}" for letter in "ABCDEFG")]
        some = {
            f"{name[:9]}.txt".replace("<", ""): sat(tmp_path_factory.mktemp("s"), exam, name, chance) for name in names
        }
    return {name: result.text() for name, result in some.items()} | {f"{HOSTILE[:8]}.exe": b"\0" * 9}


def ask(page, **what):
    page.set_state({"asked": {**what, "turn": page.asked.get("turn", 0) + 1}})
    return page.shown


def packed(files):
    return [{"name": name, "bytes64": base64.b64encode(raw).decode()} for name, raw in files.items()]


@pytest.fixture
def page(files):
    opened = class_results()
    ask(opened, files=packed(files))
    return opened


def test_an_empty_page_waits_and_is_stored_without_a_word_of_anyone():
    page = class_results()
    assert repr(page) == "ClassResults(nothing handed in yet)"
    assert page.shown["results"] == 0


def test_files_dropped_and_files_in_a_folder_give_the_same_page(page, files, tmp_path):
    for name, raw in files.items():
        (tmp_path / name.replace("/", "")).write_bytes(raw)
    other = class_results(tmp_path).shown
    shown = page.shown
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    assert {**other, "told": "", "turn": 0} == {**shown, "told": "", "turn": 0}
    assert (shown["results"], len(shown["left_out"])) == (8, 1)
    assert HOSTILE in [student["name"] for student in shown["students"]]


def test_files_come_in_several_messages_and_the_last_brings_the_numbers(files):
    page, every = class_results(), packed(files)
    assert ask(page, files=every[:4], more=True)["results"] == 0
    assert ask(page, files=every[4:], more=False)["results"] == 8
    assert ask(page, files=every)["results"] == 8, "what is there already is there once"
    assert page.shown["files"] == len(files)
    assert ask(page, forget=True)["files"] == 0


def test_two_files_of_one_name_are_two(files):
    page = class_results()
    first, second = list(files.values())[:2]
    ask(page, files=[*packed({"result.txt": first}), *packed({"result.txt": second})])
    assert page.shown["results"] == 2


def test_a_stored_notebook_tells_neither_name_nor_score(page):
    data, _ = page._repr_mimebundle_()
    assert data["text/plain"] == "ClassResults(8 results, 1 file left out)"
    assert "Student" not in data["text/html"]
    assert not [
        kind for kind in data if kind not in ("text/plain", "text/html", "application/vnd.jupyter.widget-view+json")
    ]


def test_where_numbers_stand_for_names_no_name_leaves_the_kernel(page):
    ask(page, list={"name": "c.txt", "bytes64": base64.b64encode(b"Student A\nGrace Hopper").decode()})
    assert page.shown["missing"] == ["Grace Hopper"]
    told = json.dumps(ask(page, numbers=True))
    for name in ("Student", "Grace", "script", ".txt", ".exe"):
        assert name not in told
    assert [student["name"] for student in page.shown["students"]] == sorted(s["name"] for s in page.shown["students"])
    again = class_results(names=False)
    assert again.shown["numbers"]
    assert "Student A" in json.dumps(ask(page, numbers=False))


def test_a_deck_of_what_is_to_be_taught_again_is_one_that_can_be_read(page):
    shown = ask(page, teach=True)
    made = parse("again.toml", shown["file"]["text"])
    assert f"A deck of {made}" in shown["told"]
    assert ask(page, numbers=True)["file"] is None


@pytest.mark.parametrize(
    "what",
    [
        {"files": 3},
        {"files": [{}]},
        {"files": [{"name": 3, "bytes64": "§"}]},
        {"files": [{"name": "a", "problem": 7}]},
        {"files": [{"name": "a\u202e\n" * 99, "bytes64": ""}]},
        {"list": {}},
        {"list": {"bytes64": "AAAA"}},
        {"teach": True},
    ],
)
def test_whatever_the_page_sends_is_told_in_one_sentence(what):
    page = class_results()
    shown = ask(page, **what)
    assert "\n" not in shown["told"]
    assert all(line.isprintable() for line in shown["left_out"])
    assert shown["results"] == 0


def test_what_is_no_folder_no_list_and_no_yes_or_no_is_told(tmp_path):
    for given, said in (
        ({"folder": "nowhere"}, "nowhere"),
        ({"class_list": "no.txt"}, "no.txt"),
        ({"names": "no"}, "'no'"),
    ):
        with pytest.raises(CourseError, match=said):
            class_results(**given)
    assert class_results().largest == LARGEST
