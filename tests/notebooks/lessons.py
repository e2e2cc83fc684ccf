"""The course's notebooks: the lessons, and the pages beside them, which teach nothing new and so have no goal."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in NOTEBOOKS if "**Goal.**" in path.read_text(encoding="utf-8")]
PAGES = [path for path in NOTEBOOKS if path not in LESSONS]
