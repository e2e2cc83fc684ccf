"""Which figures are up to date: `drawn.toml` keeps, for each, what it was drawn from.

A figure is stale once anything has changed that it could show: its own script, a table that it reads, the way in which
patterns grow, are pictured and are read; for the screenshots the page as well. Comments and layout don't count.
"""

import hashlib
import io
import tokenize
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "utils/calcifications"
NOTES = HERE / "drawn.toml"
SHARED = ("__init__", "__main__", "drawn", "plate")  # they draw nothing by themselves
ROOMS = ("pattern", "imaging", "reading")
OWN_ROOMS = {"screenshots": (*ROOMS, "apps")}
TIMED = ("scaling",)  # shows how fast the machine was that drew it


def scripts() -> list[str]:
    """Return the names of all figures' scripts."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in SHARED)


def gist(path: Path) -> str:
    """Return a file's text without comments and white space, as they change nothing that is drawn."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        lines = text.splitlines()
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
        text = "\n".join(lines)
    return "".join(text.split())


def origin(name: str) -> str:
    """Return one short text that changes with anything a figure is drawn from."""
    script = HERE / f"{name}.py"
    sources = [script, HERE / "plate.py", *HERE.glob(f"{name}.csv")]
    for room in () if name in TIMED else OWN_ROOMS.get(name, ROOMS):
        sources += [path for kind in ("py", "toml", "js", "css") for path in (PACKAGE / room).rglob(f"*.{kind}")]
    words = "\n".join(gist(path) for path in sorted(sources, key=lambda path: path.as_posix()))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def noted() -> dict[str, str]:
    """Return what each figure was drawn from when it was drawn last."""
    return tomllib.loads(NOTES.read_text(encoding="utf-8")) if NOTES.exists() else {}


def stale() -> list[str]:
    """Return the names of the figures that something has changed for."""
    before = noted()
    return [name for name in scripts() if before.get(name) != origin(name)]


def note(name: str) -> None:
    """Write down what a figure has just been drawn from."""
    now = {**noted(), name: origin(name)}
    lines = [f'{each} = "{now[each]}"\n' for each in scripts() if each in now]
    head = "# What each figure was drawn from; written by `python course.py figures`.\n"
    NOTES.write_text(head + "".join(lines), encoding="utf-8", newline="\n")
