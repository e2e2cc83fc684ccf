"""The shelf: the rulebooks that come with the course, and a person's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from calcifications.errors import CourseError, pick, shown
from calcifications.reading.rulebook import Rulebook
from calcifications.reading.rulebook_file import parse

_SHIPPED = files(__package__).joinpath("rulebooks")
_ORDER = ("birads5", "birads2025", "patients2009", "elliot", "legal1984", "rcr2009")
_BASES = ("birads5", "patients2009", "elliot", "legal1984")  # those that stand by themselves: so no two in a circle
_LARGEST = 1_000_000  # bytes; the longest rulebook of the course has a twentieth of it


def rulebooks() -> list[str]:
    """Return the ids of the rulebooks that come with the course."""
    return list(_ORDER)


@cache
def _shipped(name: str) -> Rulebook:
    return parse(f"{name}.toml", _SHIPPED.joinpath(f"{name}.toml").read_text(encoding="utf-8"), _base)


def _base(name: str) -> Rulebook:
    return _shipped(pick(name, _BASES, "rulebook"))


def _own(name: str) -> str:
    """Return the text of a person's file."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise CourseError(f"The rulebook file {shown(name)} can't be read; give the path of a TOML file.") from error
    if len(raw) > _LARGEST:
        raise CourseError(f"{path.name} is larger than a rulebook can be: at most {_LARGEST // 1_000_000} MB.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise CourseError(f"{path.name} is not a text file in UTF-8.") from error


def rulebook(name: str | Rulebook) -> Rulebook:
    """Return a rulebook by id, or from a person's own file if `name` ends in ".toml".

    Raises
    ------
    CourseError
        If there is no such id or file, or the file has mistakes (all are named).
    """
    if isinstance(name, Rulebook):
        return name
    if isinstance(name, str) and name.endswith(".toml"):
        return parse(
            Path(name).name, _own(name), _base
        )  # an unchanged text is not parsed again, a changed one always is
    return _shipped(pick(name, _ORDER, "rulebook"))
