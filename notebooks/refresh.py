"""Run the lessons and store what they say: python notebooks/refresh.py [00_start_here.ipynb ...]."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
WIDGET = "application/vnd.jupyter.widget-view+json"


def refresh(path: Path) -> None:
    """Run a lesson in a fresh kernel and store its outputs, without what only a running kernel can show."""
    lesson = nbformat.read(path, as_version=4)
    NotebookClient(
        lesson,
        timeout=120,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(HERE)}},
    ).execute()
    lesson.metadata.language_info = {"name": "python"}  # not the version it happened to run on
    for cell in lesson.cells:
        for output in cell.get("outputs", []):
            # without its kernel it would say "model not found" in place of the still picture beside it
            output.get("data", {}).pop(WIDGET, None)
    nbformat.write(lesson, path)


def main(names: list[str]) -> None:
    """Refresh the lessons that are named, or all."""
    for path in [HERE / Path(name).name for name in names] or sorted(HERE.glob("*.ipynb")):
        print(f"{path.name} ...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CALCIFICATIONS_HOME"] = folder  # what is stored must not tell of anyone's log
            refresh(path)


if __name__ == "__main__":
    main(sys.argv[1:])
