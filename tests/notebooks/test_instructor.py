"""What must be true of the instructors' notebooks: short cells, stored outputs, plain words, sound links."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from notebooks import refresh
from tests.notebooks.lessons import NOTEBOOKS
from tests.notebooks.reading_level import school_year, sentences
from tests.notebooks.test_lessons import BUTTON, code_cells, outputs, prose
from tests.notebooks.test_traceable import strays
from tests.notebooks.texts import lesson_texts

INSTRUCTOR = sorted(refresh.INSTRUCTOR.glob("*.ipynb"))
CHAIN = ["1_plan_a_lesson", "2_make_a_deck", "3_make_an_exam", "4_read_the_results"]
each_notebook = pytest.mark.parametrize("path", INSTRUCTOR, ids=lambda path: path.stem)


def test_they_are_all_there_and_lie_apart_from_the_students_lessons():
    assert [path.stem for path in INSTRUCTOR] == CHAIN
    assert not set(INSTRUCTOR) & set(NOTEBOOKS)


@each_notebook
def test_it_is_sound_and_was_run_from_top_to_bottom(path):
    book, cells = nbformat.read(path, as_version=4), code_cells(path)
    nbformat.validate(book)
    assert "widgets" not in book.metadata
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    bars = [output for output in outputs(path) if output.output_type == "display_data"]  # gone, once all was done
    assert all(output.data == {"text/plain": ""} for output in bars)
    shown = [output for output in outputs(path) if output not in bars]
    assert len(shown) == len(cells)
    assert {output.output_type for output in shown} == {"execute_result"}
    assert {kind for output in shown for kind in output.data} <= {"text/plain", "text/html"}


@each_notebook
def test_a_cell_is_a_line_or_two_of_the_face_of_the_course_and_stands_alone(path):
    for cell in code_cells(path):
        lines = [line for line in cell.source.splitlines() if line.strip() and line != refresh.IMPORT]
        assert len(lines) <= 2, cell.source
        assert cell.metadata == {"jupyter": {"source_hidden": True}}
        assert cell.source == refresh.stand_alone(cell.source)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.ImportFrom)]


@each_notebook
def test_what_is_stored_names_no_place_of_a_computer(path):
    assert not re.search(r"/(home|tmp|root|Users|work)/|[A-Z]:\\\\", path.read_text(encoding="utf-8"))


@each_notebook
def test_it_starts_by_its_button_says_what_the_pictures_are_not_for_and_is_easy_to_read(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    assert re.match(r"# .+: .+\n\n" + re.escape(BUTTON) + r"\n\nThe button .+\.", first)
    assert prose(path).count("for learning, not for diagnosis") == 1
    assert school_year(sentences(path)) <= 10
    for paragraph in re.split(r"\n\n|\n(?=- )", re.sub(r"\]\([^\n)]*\)", "]", prose(path))):
        assert len(paragraph.split()) <= 80, paragraph


@each_notebook
def test_every_link_leads_somewhere(path):
    for link in re.findall(r"\[.+?\]\(([\w./]+)\)", prose(path)):
        assert (path.parent / link).is_file()


def test_every_number_in_them_is_in_the_data_or_in_a_cell_beside_it():
    assert [(text.where, strays(text)) for text in lesson_texts(refresh.INSTRUCTOR) if strays(text)] == []


@pytest.mark.parametrize(("name", "following"), list(pairwise(CHAIN)))
def test_each_leads_to_the_next(name, following):
    assert re.search(rf"\[Next: [\w ]+\]\({following}\.ipynb\)", prose(Path(refresh.INSTRUCTOR) / f"{name}.ipynb"))
