"""The catalogue of the shelf: every rulebook with its edition, and what it does not cover."""

from __future__ import annotations

from dataclasses import dataclass

from calcifications.lexicon.table import table
from calcifications.reading.rulebook import Rulebook
from calcifications.reading.shelf import rulebook, rulebooks


@dataclass(frozen=True)
class Catalogue:
    """The rulebooks that come with the course; shown by a notebook as a table."""

    rulebooks: tuple[Rulebook, ...]

    def __repr__(self) -> str:
        return f"Catalogue({', '.join(book.id for book in self.rulebooks)})"

    def _repr_html_(self) -> str:
        rows = [
            (
                f"{book.title} ({book.id})",
                f"{book.edition}; {book.kind}",
                str(len(book.rules)),
                f"{book.banner} {book.note}".strip(),
                "; ".join(book.not_covered),
            )
            for book in self.rulebooks
        ]
        columns = ("rulebook", "what it is", "rules", "how to take it", "what it does not cover")
        return table("Rulebooks, and what each does not cover", columns, rows)


def catalogue() -> Catalogue:
    """Return the rulebooks that come with the course: edition, kind, how to take each, and what it does not cover."""
    return Catalogue(tuple(rulebook(name) for name in rulebooks()))
