"""What must be true of the command line: one sentence a mistake, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from calcifications.__main__ import main
from calcifications.learning.exam import Plan
from calcifications.learning.result import hand_in, result_path
from calcifications.learning.sitting import Sitting
from calcifications.reading.case_table import COLUMNS

BIRADS5 = files("calcifications.reading").joinpath("rulebooks", "birads5.toml").read_text(encoding="utf-8")
THREE_MISTAKES = (
    BIRADS5.replace('{ feature = "lucent_share"', '{ feature = "lucency"', 1)
    .replace('step = "distribution"', 'step = "where"', 1)
    .replace('source = ["S1", "S2", "S7"]', 'source = ["S1000"]', 1)
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in an empty folder; return its exit code, what it printed, and what it complained of."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        before = sorted(tmp_path.rglob("*"))
        try:
            code = main(words)
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        assert sorted(tmp_path.rglob("*")) == before
        return (code, *capsys.readouterr())

    return command


# --- Real cases ---


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no file 'cases.csv'"),
        (b"", "'cases.csv' is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "'cases.csv' is not a table of text in UTF-8"),
        (",".join(COLUMNS[:-1]).encode() + b"\n", f"'cases.csv' lacks the column {COLUMNS[-1]} "),
        (b"name;age\nx;3\n", "'cases.csv' lacks the columns "),
    ],
    ids=["missing", "empty", "image", "one column lacks", "another table"],
)
def test_a_table_that_cannot_be_read_gets_one_sentence(run: Run, content: bytes | None, sentence: str) -> None:
    if content is not None:
        Path("cases.csv").write_bytes(content)
    code, printed, told = run("cases", "cases.csv")
    assert (code, printed) == (2, "")
    assert sentence in told
    assert told.count("\n") == 1
    assert told.endswith(".\n")


def test_a_folder_is_no_table(run: Run) -> None:
    Path("cases.csv").mkdir()
    assert run("cases", "cases.csv")[0] == 2


def test_a_table_is_read_and_the_figures_printed(run: Run) -> None:
    rows = ["P1,LEFT,CC,1,calcification,PLEOMORPHIC,CLUSTERED,4,MALIGNANT"]
    rows += ["P2,LEFT,CC,1,calcification,PUNCTATE,CLUSTERED,3,BENIGN"]
    Path("cases.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    code, printed, told = run("cases", "cases.csv")
    assert (code, told) == (0, "")
    assert "2 lesions" in printed


# --- Rulebooks ---


def test_three_mistakes_in_a_rulebook_are_told_in_three_lines(run: Run) -> None:
    Path("mine.toml").write_text(THREE_MISTAKES, encoding="utf-8")
    code, printed, told = run("rules", "check", "mine.toml")
    assert (code, printed) == (2, "")
    lines = told.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("mine.toml, rule '") and line.endswith(".") for line in lines)
    for wrong in ("'lucency'", "'where'", "'S1000'"):
        assert sum(wrong in line for line in lines) == 1


def test_a_rulebook_without_a_mistake_is_said_to_be_so(run: Run) -> None:
    Path("mine.toml").write_text(BIRADS5, encoding="utf-8")
    code, printed, told = run("rules", "check", "mine.toml")
    assert (code, told) == (0, "")
    assert printed.startswith("mine.toml: BI-RADS, ")
    assert printed.endswith(" rules, no mistake found.\n")


@pytest.mark.parametrize("name", ["missing.toml", "missing"])
def test_a_rulebook_that_is_not_there_gets_one_sentence(run: Run, name: str) -> None:
    code, printed, told = run("rules", "check", name)
    assert (code, printed) == (2, "")
    assert told == "The rulebook file 'missing.toml' can't be read; give the path of a TOML file.\n"


def test_a_picture_is_no_rulebook(run: Run) -> None:
    Path("mine.toml").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run("rules", "check", "mine.toml") == (2, "", "mine.toml is not a text file in UTF-8.\n")


# --- The result of an exam ---


def test_a_result_is_printed_and_one_changed_byte_is_told(run: Run) -> None:
    sitting = Sitting.new(Plan(("form",), minutes=1, number=1), Path("exams"))
    sitting.go_on()
    sitting.end()
    hand_in(sitting)
    path = result_path(sitting)
    code, printed, told = run("result", str(path))
    assert (code, told) == (0, "")
    assert printed.startswith("0 of 1 right")
    path.write_bytes(path.read_bytes().replace(b'"right": 0', b'"right": 1'))
    assert run("result", str(path)) == (2, "", f"{path.name} was changed since it was written.\n")
    assert run("result", "nothing.txt")[0] == 2


# --- The command itself ---


@pytest.mark.parametrize("words", [(), ("case",), ("cases",), ("rules",), ("rules", "check")])
def test_half_a_command_is_told_how_it_goes_on(run: Run, words: tuple[str, ...]) -> None:
    code, printed, told = run(*words)
    assert (code, printed) == (2, "")
    assert told.startswith("usage: calcifications")


@pytest.mark.parametrize("words", [("--help",), ("cases", "--help"), ("rules", "check", "--help")])
def test_help_is_help(run: Run, words: tuple[str, ...]) -> None:
    code, printed, told = run(*words)
    assert (code, told) == (0, "")
    assert printed.startswith("usage: calcifications")


def test_it_runs_as_a_module_without_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "calcifications", "cases", "nothing.csv"]
    found = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1] / "utils")}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=found, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
