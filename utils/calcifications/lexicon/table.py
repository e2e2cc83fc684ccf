"""A table for a page, in HTML that can be read aloud: a caption, and every column and row with its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_CELL = (
    "text-align:left;vertical-align:top"  # JupyterLab aligns cells to the right: good for numbers, not for sentences
)


@dataclass(frozen=True)
class Link:
    """A cell that leads to an address."""

    text: str
    address: str


Cell = str | Link


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return an HTML table; the first cell of a row is its header.

    Parameters
    ----------
    caption
        What the table shows, in a few words.
    columns
        The column headers.
    rows
        As many cells as there are columns; text is escaped.
    """
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(name)}</th>' for name in columns)
    body = "\n".join(
        f'<tr><th scope="row" style="{_CELL}">{_cell(first)}</th>'
        + "".join(f'<td style="{_CELL}">{_cell(cell)}</td>' for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    heading = f'<caption style="text-align:left;font-weight:bold;padding:.5em 0">{escape(caption)}</caption>'
    return f"<table>\n{heading}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Link):
        return f'<a href="{escape(cell.address)}">{escape(cell.text)}</a>'
    return re.sub(r"(\d) (%|mm|cm)", r"\1&nbsp;\2", escape(cell))  # a number stays with its unit
