"""What must be true of the figures: each has a script, and shows what its script would draw today."""

import re
import subprocess
import sys

import pytest

from figures import drawn

ROOT = drawn.HERE.parent
HINT = "python course.py figures draws them anew; then look at them"


def test_no_figure_is_stale():
    assert drawn.stale() == [], HINT


@pytest.mark.parametrize("name", drawn.scripts())
def test_each_script_has_drawn_something_and_says_what(name):
    script = drawn.HERE / f"{name}.py"
    assert re.match(r'"""\w.+', script.read_text(encoding="utf-8"))
    if name != "screenshots":  # two, of other names
        assert [path for path in drawn.HERE.glob(f"{name}.*") if path.suffix in (".png", ".gif")]


def test_every_picture_has_a_script():
    pictures = {path.stem for path in drawn.HERE.iterdir() if path.suffix in (".png", ".gif")}
    assert pictures - set(drawn.scripts()) == {"explorer", "quiz"}  # the screenshots


def test_a_comment_makes_no_figure_stale_but_a_number_does(tmp_path):
    script = tmp_path / "plate.py"
    script.write_text("SIZES = (1, 2)\n")
    before = drawn.gist(script)
    script.write_text("# two sizes, in mm\nSIZES = (1,\n         2)  # all\n")
    assert drawn.gist(script) == before
    script.write_text("SIZES = (1, 3)\n")
    assert drawn.gist(script) != before


def test_a_figure_that_does_not_exist_is_one_sentence():
    asked = subprocess.run(
        [sys.executable, "-m", "figures", "cat"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 2
    assert asked.stderr.startswith("There is no figure 'cat'; choose all, agreement, atlas,")
    assert asked.stderr.count("\n") == 1
