"""A lesson as a page: without its Start button, and with its figures where they are."""

from __future__ import annotations

import re
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer
from nbconvert.preprocessors import Preprocessor
from voila.exporter import VoilaMarkdownRenderer


class AsPage(Preprocessor):
    """What a lesson says as a page: it starts by itself, so it has no Start button and no words about one."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Name the page by the lesson's heading, and go through its cells."""
        first = nb.cells[0].source if nb.cells else ""
        if heading := re.match(r"# (.+)", first):
            nb.metadata["title"] = heading[1]
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Take the button and the paragraph after it out of a cell."""
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"<button data-commandlinker-command=.*?</button>\n\n.*?\n\n", "", cell.source)
        return cell, resources


class Prose(VoilaMarkdownRenderer):
    """Markdown whose figures are fetched like any page's; Voila's own would put their bytes into the page.

    It couldn't: figures lie beside the folder of the lessons, and it asks for them from inside.
    """

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return a figure as an element."""
        return str(IPythonRenderer.image(self, text, url, title))
