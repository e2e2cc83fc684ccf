"""What the gallery says of each lesson: its title, how long it takes, what it is for, and a picture."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from launch.lessons import INSTRUCTOR


@dataclass(frozen=True)
class Card:
    """One lesson in the gallery.

    Attributes
    ----------
    file : str
        Its path below the learner's folder, as in an address.
    title, line : str
        "Size", and what follows the colon: "a clue, not the rule".
    minutes : str
        "20 minutes", or nothing if the lesson doesn't say.
    goals : tuple of str
        What one can do after it.
    picture, alt : str
        The stored still of its explorer, as a data address, and the words for it; nothing if none is stored.
    """

    file: str
    title: str
    line: str
    minutes: str
    goals: tuple[str, ...]
    picture: str
    alt: str


def cards(home: Path, shipped: Path) -> tuple[list[Card], list[Card], list[Card]]:
    """Return the course's lessons in a learner's folder, in their order, the pages beside them, and the learner's own.

    A lesson has a picture of its explorer; the course's other notebooks are pages beside the lessons.

    Pictures are those that the course ships: a learner's copy may have lost them.
    """
    theirs = {path.name for path in (shipped / "notebooks").glob("*.ipynb")}
    lessons: list[Card] = []
    beside: list[Card] = []
    own: list[Card] = []
    for path in sorted((home / "notebooks").glob("*.ipynb")):
        if path.name in theirs:
            found = card(path, shipped / "notebooks" / path.name)
            (lessons if found.picture else beside).append(found)
        else:
            own.append(card(path, path))
    return lessons, beside, own


def for_instructors(home: Path, shipped: Path) -> list[Card]:
    """Return the instructors' notebooks in a learner's folder, in the order in which one needs them."""
    theirs = {path.name for path in (shipped / "notebooks" / INSTRUCTOR).glob("*.ipynb")}
    found = [path for path in sorted((home / "notebooks" / INSTRUCTOR).glob("*.ipynb")) if path.name in theirs]
    return [card(path, path, f"{INSTRUCTOR}/") for path in found]


def card(path: Path, pictured: Path, below: str = "") -> Card:
    """Read a lesson's card; what can't be read as a notebook is known by its file name alone."""
    cells = _cells(path)
    first = next((_text(cell) for cell in cells if cell.get("cell_type") == "markdown"), "")
    heading = re.match(r"# (.+)", first)
    title, _, line = (heading[1] if heading else path.stem).partition(": ")
    minutes = re.search(r"\d+ minutes", first)
    goals = re.findall(r"^- (.+?)[;.]?$", first, re.MULTILINE) if "**Goal.**" in first else []
    picture, alt = _picture(_cells(pictured))
    plain = tuple(re.sub(r"[*_`]", "", goal) for goal in goals)
    return Card(f"notebooks/{below}{path.name}", title, line, minutes[0] if minutes else "", plain, picture, alt)


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _text(cell: dict[str, Any]) -> str:
    return "".join(cell.get("source", ""))


class _Still(HTMLParser):
    """The first picture in a piece of HTML that brings its own pixels."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = ("", "")
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "img" and not self.found[0] and (known.get("src") or "").startswith("data:image/"):
            self.found = (known["src"] or "", known.get("alt") or "")


def _picture(cells: list[dict[str, Any]]) -> tuple[str, str]:
    for cell in cells:
        for output in cell.get("outputs", []):
            found = _Still("".join(output.get("data", {}).get("text/html", ""))).found
            if found[0]:
                return found
    return "", ""
