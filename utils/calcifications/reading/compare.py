"""All rulebooks on one pattern, side by side: what each makes of it, where two of them part, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from calcifications.errors import CourseError, shown
from calcifications.lexicon.table import table
from calcifications.reading.context import Context
from calcifications.reading.difference import RULES, Difference, between
from calcifications.reading.findings import Findings
from calcifications.reading.read import read
from calcifications.reading.reading import Reading
from calcifications.reading.rulebook import Rulebook
from calcifications.reading.shelf import rulebooks as shipped

__all__ = ["Comparison", "Difference", "compare", "compared"]


@dataclass(frozen=True)
class Comparison:
    """What several rulebooks make of one pattern.

    Attributes
    ----------
    readings : tuple of Reading
        One a rulebook, in the shelf's order.
    parts : tuple of Difference
        Where they part on this pattern, and why.
    """

    readings: tuple[Reading, ...]
    parts: tuple[Difference, ...]

    @property
    def told(self) -> tuple[Difference, ...]:
        """What a page tells: each sentence once, and the deciding rules only where the first rulebook is concerned."""
        first = self.readings[0].rulebook.id
        once: dict[str, Difference] = {}
        for part in self.parts:
            if part.id != RULES:
                once.setdefault(part.id, part)
            elif first in part.between:
                once["-".join(part.between)] = part
        return tuple(once.values())

    def __str__(self) -> str:
        width = max(len(one.rulebook.title) for one in self.readings)
        books = [f"{one.rulebook.title:{width}}  {one!r}" for one in self.readings]
        return "\n".join([*books, *(f"- {part.what} {part.why}" for part in self.told)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        books = [
            (
                one.rulebook.title,
                one.form_phrase,
                one.distribution_phrase,
                one.verdict_phrase,
                one.after_work_up.management,
                _how_to_take_it(one.rulebook),
            )
            for one in self.readings
        ]
        titles = {one.rulebook.id: one.rulebook.title for one in self.readings}
        parts = [
            (" and ".join(titles[id] for id in part.between), part.what, part.why, ", ".join(part.source))
            for part in self.told
        ]
        columns = ("rulebook", "form", "where", "verdict", "what is done in the end", "how to take it")
        why = table("Where they part, and why", ("between", "what", "why", "sources"), parts)
        return table("Every rulebook on this pattern", columns, books) + "\n" + (why if parts else f"<p>{AGREE}</p>")


AGREE = "Here they do not part."


def compare(
    findings: Findings | Sequence[Findings],
    context: Context | None = None,
    rulebooks: Sequence[str | Rulebook] | None = None,
) -> Comparison:
    """Read one pattern by several rulebooks and say where and why they part.

    Parameters
    ----------
    findings : Findings or sequence of Findings
        What was measured on one view, or on several views of the same pattern.
    context : Context, optional
        What no picture shows; by default a screening picture with nothing known.
    rulebooks : sequence of str or Rulebook, optional
        Ids of `rulebooks()`, or paths of a person's own files; all that come with the course, if it is left out.

    Raises
    ------
    CourseError
        If a rulebook is unknown or has mistakes, or the findings can't be read.
    """
    books = shipped() if rulebooks is None else rulebooks
    if isinstance(books, str) or not isinstance(books, Sequence) or not books:
        raise CourseError(f"The rulebooks are a list of ids, not {shown(rulebooks)}.")
    return compared([read(findings, book, context) for book in books])


def compared(readings: Sequence[Reading]) -> Comparison:
    """Return the comparison of readings of one pattern that were made already."""
    parts = [part for pair in combinations(readings, 2) for part in between(*pair)]
    return Comparison(tuple(readings), tuple(parts))


def _how_to_take_it(book: Rulebook) -> str:
    return book.banner or book.note
