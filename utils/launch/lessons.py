"""The learner's copies of the lessons and figures: renewed when the course changes, and nothing of theirs ever lost."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from pathlib import Path

from launch.places import HIDDEN
from launch.process import ROOT, read_json, write

PICTURES = (".png", ".svg", ".jpg")
INSTRUCTOR = "instructor"
"""The folder of the instructors' notebooks, in that of the lessons."""


def renew(home: Path, shipped: Path = ROOT) -> list[Path]:
    """Bring the learner's lessons and figures up to date, and return the lessons that are new there.

    A lesson is replaced only if the course has changed it since (or it can't be read); what the learner changed, going
    by the source of its cells, is kept beside it under another name. Outputs and counts don't count as a change.
    Call `note` once the new lessons are signed: until then they count as not yet there.
    """
    notes = read_json(_notes(home))
    lessons = _shipped(shipped)
    fresh = []
    for name in sorted(lessons.keys() | notes.keys()):
        mine, theirs, note = home / "notebooks" / name, lessons.get(name), notes.get(name, {})
        found = sources(mine)
        if theirs is not None and found is not None and note.get("file") == _digest(theirs):
            continue  # the course hasn't changed it: edited or not, it is the one the learner works in
        if mine.exists() and (found is None or found not in (note.get("sources"), sources_of(theirs))):
            keep(mine)
        if theirs is None:
            mine.unlink(missing_ok=True)
        else:
            write(mine, theirs)
            fresh.append(mine)
    for picture in (shipped / "figures").glob("*"):
        if picture.suffix in PICTURES:
            copy = home / "figures" / picture.name
            if not (copy.is_file() and copy.read_bytes() == picture.read_bytes()):
                write(copy, picture.read_bytes())
    return fresh


def note(home: Path, shipped: Path = ROOT) -> None:
    """Write down which lessons the learner has been given, and what their cells said."""
    lessons = _shipped(shipped)
    notes = {name: {"file": _digest(text), "sources": sources_of(text)} for name, text in lessons.items()}
    write(_notes(home), json.dumps(notes, indent=1).encode())


def keep(mine: Path) -> Path:
    """Put a learner's version aside under a name that is free, and return that."""
    today, number = datetime.date.today().isoformat(), 1
    kept = mine.with_name(f"{mine.stem} (mine, {today}){mine.suffix}")
    while os.path.lexists(kept):
        number += 1
        kept = mine.with_name(f"{mine.stem} (mine, {today}, {number}){mine.suffix}")
    mine.rename(kept)
    print(f"Your version of {mine.name} is kept as {kept.name}.")
    return kept


def sources(path: Path) -> str | None:
    """Return the digest of a lesson's cells, None if it can't be read as a lesson."""
    try:
        return sources_of(path.read_bytes())
    except OSError:
        return None


def sources_of(text: bytes | None) -> str | None:
    """Return the digest of what the cells of a stored lesson say, without outputs and counts; None if it isn't one."""
    try:
        cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text or b"")["cells"]]
    except (ValueError, TypeError, KeyError):
        return None
    return _digest(json.dumps(cells).encode())


def _shipped(course: Path) -> dict[str, bytes]:
    """Return the lessons that the course brings, and the instructors' notebooks, by their path below the folder."""
    folder = course / "notebooks"
    paths = [*folder.glob("*.ipynb"), *(folder / INSTRUCTOR).glob("*.ipynb")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def _notes(home: Path) -> Path:
    return home / HIDDEN / "shipped.json"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
