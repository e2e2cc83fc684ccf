"""Phantoms: patterns of known specks. A later edition fills this room."""

from __future__ import annotations

from calcifications.errors import NotBuiltYet
from calcifications.pattern.grow import Pattern


def phantom(name: str) -> Pattern:
    """Return a phantom's pattern, such as that of the ACR's digital accreditation phantom."""
    raise NotBuiltYet("Phantoms come with a later edition of the course.")
