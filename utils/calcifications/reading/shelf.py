"""The shelf: the rulebooks that come with the course, and a person's own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from calcifications.errors import CourseError, pick, shown
from calcifications.reading.rulebook import Rulebook
from calcifications.reading.rulebook_file import parse

_SHIPPED = files(__package__).joinpath("rulebooks")
_ORDER = ("birads5", "patients2009", "elliot")


def rulebooks() -> list[str]:
    """Return the ids of the rulebooks that come with the course."""
    return list(_ORDER)


@cache
def _shipped(name: str) -> Rulebook:
    return parse(f"{name}.toml", _SHIPPED.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


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
        path = Path(name)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise CourseError(f"{path.name} is not a text file in UTF-8.") from error
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise CourseError(
                f"The rulebook file {shown(name)} can't be read; give the path of a TOML file."
            ) from error
        return parse(path.name, text)  # an unchanged text is not parsed again, a changed one always is
    return _shipped(pick(name, _ORDER, "rulebook"))
