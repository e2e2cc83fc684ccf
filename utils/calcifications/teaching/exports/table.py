"""CSV: a question a line, with its key; for a spreadsheet, which must not take a person's text for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from calcifications.teaching.question import Question

COLUMNS = (
    "id", "case", "kind", "question", "known", "options", "right", "tolerance", "unit", "why", "sources", "code",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(title: str, named: Iterable[tuple[str, Question]]) -> Iterator[str]:
    """Return the file of some questions, a line at a time; the parameters are those of `moodle.text`."""
    yield line(COLUMNS)
    for name, question in named:
        yield line(row(name, question))


def row(name: str, question: Question) -> tuple[Any, ...]:
    """Return one question, a value a column; several stand with a bar between them."""
    number = question.number
    right = f"{number.value:.{number.places}f}" if number else " | ".join(
        question.options[place].word for place in question.right
    )  # fmt: skip
    return (
        question.id,
        name,
        question.title,
        question.prompt,
        " ".join(question.known),
        " | ".join(option.word for option in question.options),
        right,
        f"{number.tolerance:.4g}" if number else "",
        number.unit if number else "",
        question.why,
        " | ".join(question.cited),
        question.code,
    )


def line(values: Iterable[Any]) -> str:
    """Return values as a line of a CSV file, no text of them a formula."""
    out = StringIO()
    csv.writer(out).writerow([_cell(value) for value in values])
    return out.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
