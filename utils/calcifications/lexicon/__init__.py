"""The words: terms and their sources, as data with a small loader, and as tables for a page."""

from calcifications.lexicon.facts import Fact, facts
from calcifications.lexicon.listing import Lexicon, lexicon
from calcifications.lexicon.terms import KINDS, Source, Term, distributions, source, sources, term, terms

__all__ = [
    "KINDS",
    "Fact",
    "Lexicon",
    "Source",
    "Term",
    "distributions",
    "facts",
    "lexicon",
    "source",
    "sources",
    "term",
    "terms",
]
