"""The words of the course and the sources behind them, read from the two tables beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from calcifications.errors import pick

KINDS = ("form", "distribution", "category", "artefact")


@dataclass(frozen=True)
class Source:
    """Where a fact was read.

    Attributes
    ----------
    id
        The short name by which rules, rates and terms cite it, such as ``S12`` or ``course``.
    citation, title, address
        What a reader recognises; title and address are empty where they are not known.
    kind
        What was read: an abstract, a quotation of the atlas, a patient leaflet, a course convention.
    first_hand
        False where a summary by others was read in place of the authors' own words.
    """

    id: str
    citation: str
    title: str
    address: str
    kind: str
    first_hand: bool


@dataclass(frozen=True)
class Term:
    """One word of the lexicon: a form, a distribution or an assessment category; or an artefact, which is none of them.

    Attributes
    ----------
    name, kind
        The word, and which list it belongs to ("form", "distribution", "category", "artefact").
    plain
        The lay words.
    family
        For a form "typically benign" or "suspicious", otherwise empty.
    never_cleared_by_form
        True for round and punctate, whose form alone never proves a benign cause.
    under
        The term that it is a kind of: punctate is under round. Otherwise empty.
    older, v2025
        Earlier names, and the name in BI-RADS v2025 (known at second hand only; empty where nobody says).
    size, dimension
        The atlas's rule on size, and what that size is measured on: the longest diameter of a particle, its calibre,
        the wall of a ring, the whole group. Empty where the atlas has none.
    look, cause, trap
        A sentence each; empty where no source was read. Of a category `look` is the typical finding.
    likelihood, management
        For a category: the range of malignancy it stands for, and what is done.
    certainty, sources
        How sure ("found", "found second-hand") and the ids of the sources.
    """

    name: str
    kind: str
    plain: str
    certainty: str
    sources: tuple[str, ...]
    family: str = ""
    under: str = ""
    never_cleared_by_form: bool = False
    older: tuple[str, ...] = ()
    v2025: str = ""
    size: str = ""
    dimension: str = ""
    look: str = ""
    cause: str = ""
    trap: str = ""
    likelihood: str = ""
    management: str = ""


def _table(name: str) -> dict[str, Any]:
    with resources.files(__package__).joinpath(name).open("rb") as file:
        return tomllib.load(file)


@cache
def _sources() -> tuple[Source, ...]:
    return tuple(Source(id=name, **record) for name, record in _table("sources.toml").items())


def sources() -> dict[str, Source]:
    """Return every source by its id."""
    return {source.id: source for source in _sources()}


def source(id: str) -> Source:
    """Return one source; raise CourseError naming the ids for an unknown one."""
    return sources()[pick(id, sources(), "source")]


def _term(kind: str, record: dict[str, Any]) -> Term:
    record = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    if "class" in record:  # a reserved word in Python
        record["family"] = record.pop("class")
    return Term(kind=kind, **record)


@cache
def _terms() -> tuple[Term, ...]:
    table = _table("terms.toml")
    return tuple(_term(kind, record) for kind in KINDS for record in table[kind])


def terms(kind: str) -> tuple[Term, ...]:
    """Return the terms of one kind, in the order in which they are taught.

    Raises
    ------
    CourseError
        For a kind other than "form", "distribution", "category" and "artefact".
    """
    pick(kind, KINDS, "kind of term")
    return tuple(term for term in _terms() if term.kind == kind)


def term(name: str) -> Term:
    """Return the term called `name`; raise CourseError naming the words for an unknown one."""
    named = {term.name: term for term in _terms()}
    return named[pick(name, named, "term")]


def distributions() -> list[str]:
    """Return the five distribution words, from the most to the least scattered."""
    return [term.name for term in terms("distribution")]
