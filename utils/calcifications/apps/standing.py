"""How am I doing: numbers from the learner's log as plots, what is due, and the log itself to save, take in or reset.

The page asks (`asked`), and the kernel sends `shown`: all numbers, already worked out.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, tzinfo
from html import escape
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import anywidget
import traitlets

from calcifications.apps.standing_lines import standing_lines
from calcifications.apps.widget import AROUND, script, style
from calcifications.errors import CourseError, shown
from calcifications.learning import Progress, schedule_of

Json = dict[str, Any]

LARGEST = 64_000_000
"""Letters of a file that may be taken in."""


class Standing(anywidget.AnyWidget):
    """The page's widget; see `standing`."""

    _esm = (
        script("parts.js", *AROUND, "panels.js", "plots.js", "mix_ups.js", "standing.js")
        + "\nexport default { render: renderStanding };\n"
    )
    _css = style("theme.css", "look.css", "standing.css")

    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    shown = traitlets.Dict().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self._zone: tzinfo = UTC
        self._tell("")

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked = change["new"]
        self._zone = _zone(asked.get("zone")) or self._zone
        told, file = "", None
        try:
            if asked.get("save"):
                file = self._saved()
                told = "A copy of all your answers is with your downloads."
            elif "take_in" in asked:
                told = self._taken_in(asked["take_in"])
            elif asked.get("reset"):
                copy = Progress().reset(confirmed=True)
                told = f"You begin anew. A copy of what was there is kept as {copy.name}, and can be taken in again."
        except CourseError as mistake:
            told = str(mistake)
        self._tell(told, file)

    def _tell(self, told: str, file: Json | None = None) -> None:
        """Show how the learner stands now, and what came of what was asked."""
        try:
            progress = Progress()
            notes = [said for said in (*progress.notes, progress.trouble) if said]
            lines = standing_lines(progress.said(), schedule_of(progress), datetime.now(UTC), self._zone)
        except CourseError as mistake:
            notes, lines = [str(mistake)], {"answers": 0}
        self.shown = {**lines, "notes": notes, "told": told, "file": file, "turn": self.asked.get("turn", 0)}

    @staticmethod
    def _saved() -> Json:
        """Return the log as a file for the page to save."""
        with tempfile.TemporaryDirectory() as folder:
            name = f"calcifications-answers-{date.today().isoformat()}.jsonl"
            Progress().export(Path(folder) / name)
            return {"name": name, "text": (Path(folder) / name).read_text(encoding="utf-8")}

    @staticmethod
    def _taken_in(file: Any) -> str:
        """Take in a copy, and say how many answers of it are new."""
        name, text = (file.get(part) if isinstance(file, dict) else None for part in ("name", "text"))
        if not isinstance(name, str) or not isinstance(text, str) or len(text) > LARGEST:
            raise CourseError(f"This is no copy of answers: {shown(name)}.")
        with tempfile.TemporaryDirectory() as folder:
            printed = "".join(letter for letter in PurePath(name).name if letter.isprintable())
            path = Path(folder) / (printed[-60:] or "the file")
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
            new = Progress().merge(path)
        return f"{new} answer{' is' if new == 1 else 's are'} new; what was there already counts once."

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        still = f"<p>{escape(repr(self))}. Press “Start this lesson” to see it.</p>"
        return {**(data or {}), "text/plain": repr(self), "text/html": still}, metadata

    def __repr__(self) -> str:
        return "Standing(how you are doing, from the log of your answers)"


def _zone(name: Any) -> tzinfo | None:
    """Return the page's time zone, by which its reader's days begin; None if it is not known here."""
    try:
        return ZoneInfo(name) if isinstance(name, str) else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def standing() -> Standing:
    """Show how you are doing: accuracy and speed, mix-ups, agreement, and what is due, from the log of your answers."""
    return Standing()
