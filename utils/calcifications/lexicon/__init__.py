"""The words: terms and their sources, as data with a small loader."""

from calcifications.lexicon.terms import KINDS, Source, Term, distributions, source, sources, term, terms

__all__ = ["KINDS", "Source", "Term", "distributions", "source", "sources", "term", "terms"]
