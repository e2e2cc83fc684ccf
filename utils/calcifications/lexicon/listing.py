"""The words and their sources as tables that a page can show and a screen reader can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from calcifications.errors import pick
from calcifications.lexicon.facts import Fact, facts
from calcifications.lexicon.table import Cell, Link, table
from calcifications.lexicon.terms import KINDS, Source, Term, sources, terms

PARTS = (*KINDS, "fact", "source")
_CAPTIONS = {
    "typically benign": "Typically benign forms: what such a calcification looks like",
    "suspicious": "Suspicious forms: what such a calcification looks like",
    "distribution": "Distributions: how calcifications lie in the breast",
    "category": "Categories: how likely cancer is, and what is done",
    "artefact": "Artefacts: what only looks like calcium",
    "fact": "Facts that the lessons tell beside the words",
    "source": "Sources: what was read, and how",
}
_UNKNOWN = "not known"


@dataclass(frozen=True)
class Lexicon:
    """Some or all of the words and sources; shown by a notebook as tables.

    Attributes
    ----------
    terms : tuple of Term
        In the order in which they are taught.
    facts : tuple of Fact
        Those told beside the words, or none.
    sources : tuple of Source
        All of the sources table, or none.
    """

    terms: tuple[Term, ...]
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()

    def of_kind(self, kind: str) -> tuple[Term, ...]:
        """Return the terms of one kind."""
        return tuple(term for term in self.terms if term.kind == kind)

    def __repr__(self) -> str:
        counted = [(kind, len(self.of_kind(kind))) for kind in KINDS]
        counted += [("fact", len(self.facts)), ("source", len(self.sources))]
        return f"Lexicon({', '.join(_counted(number, kind) for kind, number in counted if number)})"

    def _repr_html_(self) -> str:
        tables = [_terms_table(kind, words) for kind in KINDS for words in _families(self.of_kind(kind))]
        if self.facts:
            tables.append(_facts_table(self.facts))
        if self.sources:
            tables.append(_sources_table(self.sources))
        return "\n".join(tables)


def lexicon(part: str | None = None) -> Lexicon:
    """Return every word of the course and every source, as tables.

    A form has its plain words, older names and the name in BI-RADS v2025, the size rule and what is measured by it, the
    look, the cause, the trap, and its sources with how sure they are; a category has its likelihood and management.
    Beside the words stand the facts that the lessons tell.

    Parameters
    ----------
    part : {"form", "distribution", "category", "artefact", "fact", "source"}, optional
        One of the tables; all of them, if it is left out.

    Raises
    ------
    CourseError
        For a part that is none of these.
    """
    if part is not None:
        pick(part, PARTS, "part of the lexicon")
    asked = PARTS if part is None else (part,)
    words = tuple(term for kind in KINDS if kind in asked for term in terms(kind))
    return Lexicon(words, facts() if "fact" in asked else (), tuple(sources().values()) if "source" in asked else ())


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s".replace("ys", "ies")


def _families(words: Sequence[Term]) -> list[tuple[Term, ...]]:
    """Return the terms of a kind, forms by their class: one table each."""
    families = dict.fromkeys(term.family for term in words)
    return [tuple(term for term in words if term.family == family) for family in families]


def _name(term: Term) -> str:
    under = f", a kind of {term.under}" if term.under else ""
    return f"{term.name}{under}: {term.plain}"


def _names(term: Term) -> str:
    newer = term.v2025 or _UNKNOWN
    return f"{', '.join(term.older) or 'none'}; v2025: {'the same' if newer == term.name else newer}"


def _size(term: Term) -> str:
    return f"{term.size} ({term.dimension})" if term.size else "none"


def _sure(term: Term) -> str:
    return _cited(term.sources, term.certainty)


def _cited(ids: Sequence[str], certainty: str) -> str:
    return ", ".join(ids) + ("" if certainty == "found" else ", second-hand")


_COLUMNS: Mapping[str, Sequence[tuple[str, Callable[[Term], str]]]] = {
    "form": (
        ("form", _name),
        ("older names; v2025", _names),
        ("size (what is measured)", _size),
        ("look", lambda term: term.look),
        ("cause", lambda term: term.cause),
        ("trap", lambda term: term.trap),
        ("sources", _sure),
    ),
    "distribution": (
        ("distribution", _name),
        ("older names; v2025", _names),
        ("size (what is measured)", _size),
        ("look", lambda term: term.look),
        ("what it suggests", lambda term: term.cause),
        ("trap", lambda term: term.trap),
        ("sources", _sure),
    ),
    "category": (
        ("category", _name),
        ("malignant", lambda term: term.likelihood),
        ("what is done", lambda term: term.management),
        ("typical finding", lambda term: term.look),
        ("trap", lambda term: term.trap),
        ("sources", _sure),
    ),
    "artefact": (
        ("artefact", _name),
        ("look", lambda term: term.look),
        ("cause", lambda term: term.cause),
        ("trap", lambda term: term.trap),
        ("sources", _sure),
    ),
}


def _terms_table(kind: str, words: Sequence[Term]) -> str:
    columns = _COLUMNS[kind]
    rows = ([say(term) or "–" for _, say in columns] for term in words)
    return table(_CAPTIONS[words[0].family or kind], [name for name, _ in columns], rows)


def _facts_table(found: Sequence[Fact]) -> str:
    rows = ((_cited(fact.source, fact.certainty), fact.says) for fact in found)
    return table(_CAPTIONS["fact"], ("sources", "fact"), rows)


def _sources_table(found: Sequence[Source]) -> str:
    def row(source: Source) -> Sequence[Cell]:
        title = source.title or source.address
        where: Cell = Link(title, source.address) if source.address else title or "–"
        return source.id, source.citation, where, source.kind + ("" if source.first_hand else ", second-hand")

    return table(_CAPTIONS["source"], ("id", "source", "title", "what was read"), map(row, found))
