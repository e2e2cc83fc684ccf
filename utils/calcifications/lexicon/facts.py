"""Facts with a number that lessons and pages tell, and that no term, rate or rule holds."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Fact:
    """One fact.

    Attributes
    ----------
    says
        The fact in a sentence.
    source
        Ids of the lexicon's sources.
    certainty
        "found", or "found second-hand" where a summary of the source was read.
    """

    says: str
    source: tuple[str, ...]
    certainty: str


@cache
def facts() -> tuple[Fact, ...]:
    """Return every fact of ``facts.toml``."""
    with resources.files(__package__).joinpath("facts.toml").open("rb") as file:
        records = tomllib.load(file)["fact"]
    return tuple(Fact(record["says"], tuple(record["source"]), record["certainty"]) for record in records)
