"""The learner's copies: renewed when the course changes, and nothing of theirs is ever lost."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from launch.lessons import note, renew, sources, sources_of


def lesson(*cells: str, outputs: int = 0) -> bytes:
    """A stored lesson with these cells; `outputs` stands for what running it leaves behind."""
    body = [
        {
            "cell_type": "code",
            "source": cell.splitlines(keepends=True),
            "execution_count": outputs,
            "outputs": [outputs],
        }
        for cell in cells
    ]
    return json.dumps({"cells": body, "metadata": {"run": outputs}, "nbformat": 4, "nbformat_minor": 5}).encode()


def start(home: Path, course: Path) -> list[str]:
    """What a start does to the learner's folder; returns the names of the lessons that are new there."""
    fresh = renew(home, course)
    note(home, course)
    return [path.name for path in fresh]


@pytest.fixture
def course(tmp_path):
    """A course with two lessons, a figure and its script."""
    for name, content in {
        "notebooks/00_start_here.ipynb": lesson("# Hello"),
        "notebooks/01_size.ipynb": lesson("# Size", "explore()"),
        "notebooks/notes.txt": b"for teachers",
        "figures/explorer.png": b"picture",
        "figures/explorer.py": b"draw()",
    }.items():
        (tmp_path / "course" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / name).write_bytes(content)
    return tmp_path / "course"


def test_the_instructors_notebooks_lie_in_a_folder_of_their_own_and_are_kept_like_lessons(course, home):
    (course / "notebooks/instructor").mkdir()
    (course / "notebooks/instructor/1_plan.ipynb").write_bytes(lesson("# Plan"))
    assert "1_plan.ipynb" in start(home, course)
    mine = home / "notebooks" / "instructor" / "1_plan.ipynb"
    mine.write_bytes(lesson("# My plan"))
    assert start(home, course) == []
    (course / "notebooks/instructor/1_plan.ipynb").write_bytes(lesson("# Another plan"))
    assert start(home, course) == ["1_plan.ipynb"]
    assert sources(mine) == sources_of(lesson("# Another plan"))
    (aside,) = [path for path in mine.parent.iterdir() if path != mine]
    assert sources(aside) == sources_of(lesson("# My plan"))


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def mine(home):
    """The learner's copy of the lesson on size."""
    return home / "notebooks" / "01_size.ipynb"


def kept(mine: Path) -> list[Path]:
    return sorted(mine.parent.glob("01_size (mine, *"))


def test_a_first_start_copies_lessons_and_pictures_and_nothing_else(course, home):
    assert start(home, course) == ["00_start_here.ipynb", "01_size.ipynb"]
    copied = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert copied - {".course/shipped.json"} == {
        "notebooks/00_start_here.ipynb",
        "notebooks/01_size.ipynb",
        "figures/explorer.png",
    }


def test_a_second_start_touches_nothing(course, home, mine):
    start(home, course)
    mine.write_bytes(lesson("# Size", "explore()", "my_idea()"))
    assert start(home, course) == []
    assert sources(mine) == sources_of(lesson("# Size", "explore()", "my_idea()"))
    assert not kept(mine)


def test_a_lesson_that_was_only_run_is_renewed_without_a_word(course, home, mine):
    start(home, course)
    mine.write_bytes(lesson("# Size", "explore()", outputs=7))
    (course / "notebooks/01_size.ipynb").write_bytes(lesson("# Size, once more"))
    assert start(home, course) == ["01_size.ipynb"]
    assert mine.read_bytes() == lesson("# Size, once more")
    assert not kept(mine)


def test_a_changed_lesson_is_kept_beside_the_new_one_each_time_under_a_name_of_its_own(course, home, mine, capsys):
    start(home, course)
    for edition in ("one", "two", "three"):
        mine.write_bytes(lesson(f"my {edition}"))
        (course / "notebooks/01_size.ipynb").write_bytes(lesson(f"edition {edition}"))
        start(home, course)
        assert mine.read_bytes() == lesson(f"edition {edition}")
    assert {path.read_bytes() for path in kept(mine)} == {lesson("my one"), lesson("my two"), lesson("my three")}
    said = capsys.readouterr().out
    assert all(path.name in said for path in kept(mine))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"cells": 3}', b'{"cells": [{}]}', b"\xff\xfe", b"null"])
def test_a_damaged_copy_is_replaced_and_kept_as_it_is(course, home, mine, damage):
    start(home, course)
    mine.write_bytes(damage)
    assert start(home, course) == ["01_size.ipynb"]
    assert mine.read_bytes() == lesson("# Size", "explore()")
    assert [path.read_bytes() for path in kept(mine)] == [damage]


def test_a_start_that_was_interrupted_before_signing_is_done_again(course, home, mine):
    renew(home, course)  # and no note
    assert start(home, course) == ["00_start_here.ipynb", "01_size.ipynb"]
    assert not kept(mine)


def test_without_its_notes_the_course_keeps_what_it_does_not_know(course, home, mine):
    start(home, course)
    (home / ".course/shipped.json").write_text("{ torn")
    mine.write_bytes(lesson("my own"))
    start(home, course)
    assert [path.read_bytes() for path in kept(mine)] == [lesson("my own")]


@pytest.mark.parametrize("edited", [False, True])
def test_a_lesson_the_course_gave_up_goes_unless_the_learner_changed_it(course, home, mine, edited):
    start(home, course)
    if edited:
        mine.write_bytes(lesson("my own"))
    (course / "notebooks/01_size.ipynb").unlink()
    start(home, course)
    assert not mine.exists()
    assert bool(kept(mine)) is edited
    assert start(home, course) == []


def test_a_new_picture_replaces_the_old_one_and_others_stay(course, home):
    start(home, course)
    (home / "figures/holiday.png").write_bytes(b"sea")
    (course / "figures/explorer.png").write_bytes(b"better picture")
    start(home, course)
    assert (home / "figures/explorer.png").read_bytes() == b"better picture"
    assert (home / "figures/holiday.png").read_bytes() == b"sea"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.one_of(st.binary(max_size=20), st.text(max_size=5).map(lesson)), min_size=1, max_size=4))
def test_whatever_a_learner_leaves_behind_is_found_again(tmp_path_factory, texts):
    course, home = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("home")
    (course / "notebooks").mkdir()
    for edition, text in enumerate(texts):
        (course / "notebooks/01_size.ipynb").write_bytes(lesson(f"edition {edition}"))
        start(home, course)
        (home / "notebooks/01_size.ipynb").write_bytes(text)
    (course / "notebooks/01_size.ipynb").write_bytes(lesson("the last edition"))
    start(home, course)
    found = {path.read_bytes() for path in (home / "notebooks").iterdir()}
    assert lesson("the last edition") in found
    assert set(texts) <= found | {lesson(f"edition {edition}") for edition in range(len(texts))}
