"""What must be true of every lesson as it is stored: it was run, it stands alone, and it shows what it speaks of."""

import ast
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from calcifications.reading.rates import rates_for
from notebooks import refresh
from tests.notebooks.lessons import LESSONS, NOTEBOOKS, PAGES
from tests.notebooks.reading_level import school_year, sentences

ROOT = Path(__file__).resolve().parents[2]
BUTTON = '<button data-commandlinker-command="notebook:run-all-cells">Start this lesson</button>'
NUMBERED = [
    "00_start_here", "01_size", "02_count", "03_shape", "04_distribution", "05_views", "06_visibility",
    "07_from_words_to_action", "08_change", "09_biopsy", "10_not_so_simple", "11_reading_room", "12_exam",
]  # fmt: skip
CHAIN = [*NUMBERED, "how_am_i_doing", "words", "how_the_pictures_are_made"]
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def prose(path: Path) -> str:
    return "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")


def outputs(path: Path) -> list[nbformat.NotebookNode]:
    return [output for cell in code_cells(path) for output in cell.outputs]


class Pictures(HTMLParser):
    """The alt texts of the pictures in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def test_the_lessons_of_this_edition_are_there():
    assert {path.stem for path in NOTEBOOKS} == set(CHAIN)
    assert {path.stem for path in PAGES} <= set(CHAIN[-4:])


@each_notebook
def test_it_is_a_sound_notebook_without_widget_state(path):
    lesson = nbformat.read(path, as_version=4)
    nbformat.validate(lesson)
    assert "widgets" not in lesson.metadata
    ids = [cell.id for cell in lesson.cells]
    assert len(set(ids)) == len(ids)


@each_notebook
def test_it_was_run_from_top_to_bottom_without_error_or_warning(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.outputs for cell in cells)
    assert {output.output_type for output in outputs(path)} <= {"execute_result", "stream"}
    assert {output.name for output in outputs(path) if output.output_type == "stream"} <= {"stdout"}


@each_notebook
def test_what_is_stored_needs_no_kernel_to_be_seen(path):
    shown = [output.data for output in outputs(path) if output.output_type == "execute_result"]
    assert {kind for data in shown for kind in data} <= {"text/plain", "text/html"}


@each_notebook
def test_the_code_is_two_lines_at_most_and_folded_away(path):
    for cell in code_cells(path):
        lines = [line for line in cell.source.splitlines() if line.strip() and line != refresh.IMPORT]
        assert len(lines) <= 2, cell.source
        assert cell.metadata == {"jupyter": {"source_hidden": True}}


@each_notebook
def test_only_the_face_of_the_course_is_used(path):
    for cell in code_cells(path):
        assert cell.source == refresh.stand_alone(cell.source), "after a restart any cell may be the first"
        imports = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, (ast.Import, ast.ImportFrom))]
        assert all(ast.unparse(node) == "import calcifications as cx" for node in imports)


@each_notebook
def test_the_button_stands_right_under_the_title_and_nowhere_else(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    assert re.match(r"# .+\n\n" + re.escape(BUTTON) + r"\n\nThe button .+\.", first)
    assert prose(path).count("data-commandlinker-command") == 1


@each_notebook
def test_it_says_once_what_the_pictures_are_not_for(path):
    assert prose(path).count("for learning, not for diagnosis") == 1


@each_lesson
def test_it_has_every_part_of_a_lesson(path):
    text = prose(path)
    assert "**Goal.**" in text
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    parts = ["Explore", "What changed, and why", "Three questions to think about", "Quiz", "Take-home", "Sources"]
    assert [heading for heading in headings if heading in parts] == parts
    assert len(re.findall(r"<details>\n<summary>.+\?.*</summary>\n\n(?:.+\n\n)+?</details>", text)) == 3
    assert "5th edition (2013)" in text
    shown = [output.data["text/plain"] for output in outputs(path) if "data" in output]
    assert sum(text.startswith("Explorer(") for text in shown) >= 1
    assert sum(text.startswith("Quiz(") for text in shown) == 1


@each_notebook
def test_no_paragraph_is_longer_than_eighty_words(path):
    text = re.sub(r"\]\([^\n)]*\)", "]", prose(path))
    for paragraph in re.split(r"\n\n|\n(?=- |\d+\. |\|)", text):
        if not paragraph.startswith(("|", "![")):
            assert len(paragraph.split()) <= 80, paragraph


@each_notebook
def test_a_second_year_student_can_read_it(path):
    assert school_year(sentences(path)) <= 10


def test_the_reading_level_is_the_formulas():
    easy, hard = (
        "We saw a dot. It was not big.",
        "Radiologists characterise morphologically heterogeneous calcifications.",
    )
    assert school_year([easy.split(".")[0], easy.split(".")[1]]) < 1 < 20 < school_year([hard])
    assert school_year(["one two three four"]) == pytest.approx(4.71 * 15 / 4 + 0.5 * 4 - 21.43)


@each_notebook
def test_the_first_mention_of_a_term_leads_to_its_lay_words(path):
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    if path.stem != "words":
        assert refresh.glossary(cells) == cells, "python notebooks/refresh.py links them"


def test_a_term_is_linked_once_and_never_in_a_heading_or_a_table():
    cells = ["# *round* first\n\n- *round*", "## *round*\n\n| *round* |\n\nSo *round*, and *round*, **rim** and *odd*."]
    linked = '[*round*](words.ipynb#The-forms "smooth round dots")'
    assert refresh.glossary(cells) == [cells[0], cells[1].replace("So *round*", f"So {linked}")]
    stale = [cells[0], cells[1].replace("So *round*", 'So [*round*](words.ipynb "old words")')]
    assert refresh.glossary(stale) == refresh.glossary(cells)


@each_lesson
def test_every_picture_is_there_beside_its_script_and_described(path):
    pictures = re.findall(r"!\[(.*?)\]\((.+?)\)", prose(path))
    assert pictures
    assert "<img" not in prose(path)
    for alt, link in pictures:
        picture = (path.parent / link).resolve()
        assert picture.parent == ROOT / "figures"
        assert picture.is_file()
        assert picture.with_suffix(".py").is_file()
        assert len(alt.split()) >= 10, "an alt text says what is seen"


@each_lesson
def test_every_still_of_an_explorer_is_described(path):
    stills = [
        o.data["text/html"] for o in outputs(path) if "data" in o and o.data["text/plain"].startswith("Explorer(")
    ]
    for still in stills:
        alts = Pictures(still).alts
        assert len(alts) == 1
        assert re.match(r"\w+ .+ specks?, about \d\.\d\d (and up to \d\.\d\d )?mm.*, on the CC view\.$", alts[0])


@pytest.mark.parametrize(("name", "following"), list(pairwise(CHAIN)))
def test_each_lesson_leads_to_the_next(name, following):
    assert re.search(rf"\[Next: [\w ]+\]\({following}\.ipynb\)", prose(ROOT / f"notebooks/{name}.ipynb"))


@each_notebook
def test_every_link_to_another_lesson_leads_somewhere(path):
    for link in re.findall(r"(?<!!)\[.+?\]\(([\w.]+)\)", prose(path)):
        assert (path.parent / link).is_file()


def test_every_rate_in_the_chart_is_one_of_the_evidence():
    tree = ast.parse((ROOT / "figures/rates.py").read_text(encoding="utf-8"))
    studies = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "STUDIES"
    )
    forms = ("amorphous", "coarse heterogeneous", "fine pleomorphic", "fine linear")
    for _, percents in studies.values():
        for form, percent in zip(forms, percents, strict=True):
            assert percent is None or percent in [rate.percent for rate in rates_for(form)]


@pytest.mark.parametrize(
    "study", ["21, 13, 29, 70", "27, 13, 50, 78", "9.1, 16.1, 78.8, 78.6", "15.1, 19.7, 53.0, 86.0"]
)
def test_the_sources_of_the_last_lesson_print_the_same_rates_as_its_chart(study):
    assert study in prose(ROOT / "notebooks/03_shape.ipynb")
    assert f"({study})" in (ROOT / "figures/rates.py").read_text(encoding="utf-8")
