"""What the numbers of "how am I doing" are made of: answers without what rebuilds their case, read at once."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import NamedTuple

from calcifications.learning.answer import Answer, Category


class Said(NamedTuple):
    """An answer as far as numbers ask for it; the attributes are those of `Answer`."""

    kind: str
    key: str
    chosen: str
    right: bool
    seconds: float
    when: datetime

    @property
    def category(self) -> Category:
        """What was asked."""
        return Category(self.kind, self.key)


Told = Answer | Said
"""An answer that numbers can be made of."""

_COLUMNS = ("kind", "key", "chosen", "right", "seconds", "when")
_TYPES: tuple[type, ...] = (str, str, str, int, float, str)
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_SELECT = f'SELECT {_NAMES} FROM answers ORDER BY "when", "id"'


def said_in(connection: sqlite3.Connection) -> list[Said] | None:
    """Return the answers of an open log in their order: a hundred thousand in some tenths of a second.

    Returns
    -------
    list of Said, or None
        None if a value is not what the course writes: whoever reads the answers themselves finds out what it is.
    """
    found = connection.execute(_SELECT).fetchall()
    columns = list(zip(*found, strict=True)) or [()] * len(_COLUMNS)
    if any(set(map(type, column)) - {kind} for column, kind in zip(columns, _TYPES, strict=True)):
        return None
    if set(columns[3]) - {0, 1}:
        return None
    when = datetime.fromisoformat
    try:
        return [Said(kind, key, chosen, right == 1, s, when(stamp)) for kind, key, chosen, right, s, stamp in found]
    except ValueError:
        return None
