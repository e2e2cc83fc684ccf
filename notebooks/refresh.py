"""Run the lessons and store what they say: python notebooks/refresh.py [00_start_here.ipynb instructor/NAME.ipynb ...].

Beforehand each code cell is made to stand alone, and each lesson's first mention of a term leads to the page of words,
with the lay words as its tooltip.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from calcifications.lexicon import terms

HERE = Path(__file__).parent
INSTRUCTOR = HERE / "instructor"
WIDGET = "application/vnd.jupyter.widget-view+json"
IMPORT = "import calcifications as cx"
WORDS = "words.ipynb"
HEADINGS = {"form": "The-forms", "distribution": "The-distributions"}
_LINK = re.compile(rf'\[(\*[^*\]]+\*)\]\({re.escape(WORDS)}[#\w-]* "[^"\n]*"\)')


def stand_alone(code: str) -> str:
    """Return a cell's code that can run first after a restart."""
    return code if code.startswith(IMPORT) else f"{IMPORT}\n\n{code}"


def glossary(prose: list[str]) -> list[str]:
    """Return a lesson's prose, a text a cell, in which each term's first mention in italics leads to its words.

    The first cell, headings, tables, captions, questions and sources stay as they are: most say the lay words
    themselves. To do it again changes nothing.
    """
    known = {term.name: term for kind in HEADINGS for term in terms(kind)}
    told: set[str] = set()

    def linked(mention: re.Match[str]) -> str:
        word = mention[1]
        if word not in known or word in told:
            return mention[0]
        told.add(word)
        return f'[*{word}*]({WORDS}#{HEADINGS[known[word].kind]} "{known[word].plain}")'

    def line_by_line(text: str) -> Iterator[str]:
        for line in text.split("\n"):
            bare = line.startswith(("#", "![", "<", "|", "*")) or text.startswith(("# ", "## Sources"))
            yield line if bare else re.sub(r"(?<![*\[\w])\*([a-z][a-z -]*)\*(?![*\]\w])", linked, line)

    return ["\n".join(line_by_line(_LINK.sub(r"\1", text))) for text in prose]


def prepare(lesson: nbformat.NotebookNode, link: bool) -> None:
    """Let every code cell stand alone, and link the terms."""
    prose = [cell for cell in lesson.cells if cell.cell_type == "markdown" and link]
    for cell, text in zip(prose, glossary([cell.source for cell in prose]), strict=True):
        cell.source = text
    for cell in lesson.cells:
        if cell.cell_type == "code":
            cell.source = stand_alone(cell.source)


def refresh(path: Path) -> None:
    """Run a lesson in a fresh kernel and store its outputs, without what only a running kernel can show."""
    lesson = nbformat.read(path, as_version=4)
    prepare(lesson, link=path.name != WORDS and path.parent == HERE)
    NotebookClient(
        lesson,
        timeout=120,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    lesson.metadata.language_info = {"name": "python"}  # not the version it happened to run on
    for cell in lesson.cells:
        for output in cell.get("outputs", []):
            # without its kernel it would say "model not found" in place of the still picture beside it
            output.get("data", {}).pop(WIDGET, None)
    nbformat.write(lesson, path)


def _named(name: str) -> Path:
    """Return a notebook by its name, or by a path that ends in it."""
    return (INSTRUCTOR if Path(name).parent.name == INSTRUCTOR.name else HERE) / Path(name).name


def main(names: list[str]) -> None:
    """Refresh the lessons that are named, or all."""
    for path in [_named(name) for name in names] or [
        *sorted(HERE.glob("*.ipynb")),
        *sorted(INSTRUCTOR.glob("*.ipynb")),
    ]:
        print(f"{path.name} ...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CALCIFICATIONS_HOME"] = folder  # what is stored must not tell of anyone's log
            refresh(path)


if __name__ == "__main__":
    main(sys.argv[1:])
