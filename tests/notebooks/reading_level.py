"""How hard a lesson is to read: python -m tests.notebooks.reading_level prints the school year that each asks for.

The automated readability index (Senter and Smith, 1967) counts letters, words and sentences. Formulas that count
syllables need a word list, which the libraries for them fetch when they run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import nbformat

from tests.notebooks.lessons import NOTEBOOKS

_WORD = re.compile(r"[A-Za-z0-9][\w'.,-]*")


def sentences(path: Path) -> list[str]:
    """Return the sentences of a lesson's prose; an item of a list is one, and tables and sources are none."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "markdown" or cell.source.startswith("## Sources"):
            continue
        lines = [line for line in cell.source.splitlines() if not line.startswith(("|", "![", "<button", "#"))]
        text = re.sub(r"\]\([^)\n]*\)|<[^>]+>|&nbsp;|[*_`\[]", " ", "\n".join(lines))
        found += re.split(r"(?<=[.!?])[\s\"]+(?=[A-Z\"])|\n\s*\n|\n(?=- |\d+\. )", text)
    return [sentence for sentence in found if len(_WORD.findall(sentence)) > 1]


def school_year(sentences: Sequence[str]) -> float:
    """Return the school year in which most can read these sentences."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    letters = sum(len(re.findall(r"[A-Za-z0-9]", word)) for word in words)
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43


if __name__ == "__main__":
    for notebook in NOTEBOOKS:
        print(f"{notebook.stem:28} {school_year(sentences(notebook)):4.1f}")
