"""Everything that the course writes for a person to read: its lessons, its data's sentences, its pages."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from tests.notebooks.quantities import Quantity, quantities

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "utils/calcifications"
_WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}")  # two words: a sentence or a part of one
_CODE = re.compile(r"[{}=]|<[\w/]|(?<!\s)--|://|\w\.\w+\(|\w:[^ ]*;|^M-?\d")  # markup, style, expressions
_JS_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")


@dataclass(frozen=True)
class Text:
    """A piece of text, where it stands, and the numbers that are shown beside it."""

    where: str
    text: str
    beside: frozenset[Quantity] = field(default_factory=frozenset)


def lesson_texts(folder: Path = ROOT / "notebooks") -> Iterator[Text]:
    """Yield the prose of every lesson of a folder; beside it stand the lesson's code and what that says."""
    for path in sorted(folder.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        beside: set[Quantity] = set()
        for cell in cells:
            if cell.cell_type == "code":
                said = [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
                beside |= {each for text in (cell.source, *said) for each in quantities(text)}
        for cell in cells:
            if cell.cell_type == "markdown":
                prose = re.sub(r"\]\([^)]*\)", "]", cell.source)  # where a link leads is no fact
                prose = re.sub(r"^\d+\. ", "", prose, flags=re.MULTILINE)  # nor is the number of an item
                yield Text(f"{path.name} {cell.id}", prose, frozenset(beside))


def data_texts() -> Iterator[Text]:
    """Yield the sentences of the rulebooks and of their differences; the words, facts and rates are the data."""
    for path in [*sorted((PACKAGE / "reading/rulebooks").glob("*.toml")), PACKAGE / "reading/differences.toml"]:
        for where, text in _sentences(tomllib.loads(path.read_text(encoding="utf-8")), path.name):
            yield Text(where, text)


def _sentences(data: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        inside = f"{where} {data.get('id', data.get('name', ''))}".strip()
        for value in data.values():
            yield from _sentences(value, inside)
    elif isinstance(data, list):
        for value in data:
            yield from _sentences(value, where)
    elif isinstance(data, str) and _WORDS.search(data):
        yield where, data


def page_texts() -> Iterator[Text]:
    """Yield what the package's own code writes: every string of two words and more, in Python and in JavaScript."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, text in python_strings(path.read_text(encoding="utf-8")):
            yield Text(f"{path.name}:{line}", text)
    for path in sorted(PACKAGE.rglob("*.js")):
        for line, text in javascript_strings(path.read_text(encoding="utf-8")):
            yield Text(f"{path.name}:{line}", text)


def python_strings(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the strings of a module that a person may read: no docstrings, no code."""
    tree = ast.parse(code)
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    silent |= {  # the parts of an f-string are read together
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        else:
            continue
        if _WORDS.search(text) and not _CODE.search(text):
            yield node.lineno, text


def javascript_strings(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of the strings of a script that a person may read."""
    for found in _JS_STRING.finditer(code):
        text = re.sub(r"\$\{[^}]*\}", "…", next(group for group in found.groups() if group is not None))
        if _WORDS.search(text) and not _CODE.search(text):
            yield code.count("\n", 0, found.start()) + 1, text
