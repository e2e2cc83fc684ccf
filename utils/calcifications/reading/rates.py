"""What has been published: how often each word proved malignant, and the order of suspicion that follows.

A form and a distribution are weighed as two pieces of evidence. The form's published rate is turned into odds; the
distribution multiplies them by what it added in its own series, odds over the odds of that series. No number is fitted
to any case. The series were biopsied lesions of different hospitals, so the product puts lesions in order; it is
nobody's risk.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from calcifications.errors import pick
from calcifications.lexicon import distributions, source, terms

NONE = "none"  # no word fits, or none was given


@dataclass(frozen=True)
class Rate:
    """One published rate of malignancy.

    Attributes
    ----------
    forms, distributions
        The lesions meant: any of these words; an empty tuple means whatever the word.
    categories, rulebooks
        Or the lesions that were given one of these categories of one of these rulebooks; otherwise empty.
    percent, low, high
        Malignant lesions in per cent, and the 95 % confidence interval where the study gives it.
    malignant, lesions
        The counts behind it, where the study gives them.
    base_percent
        What the same study found without the word of `distributions`, in per cent.
    source, design, n
        The id of the study in the lexicon's sources, what it counted, and how much of it there was in the whole series:
        lesions, or women where the design says so; None where it is not known.
    certainty
        "found", or "found second-hand" where a summary of the study was read.
    note
        What a reader must know before using it, in a sentence.
    orders
        The words whose place in the order of suspicion rests on this rate.
    """

    forms: tuple[str, ...]
    distributions: tuple[str, ...]
    percent: float
    source: str
    design: str
    certainty: str
    n: int | None = None
    low: float | None = None
    high: float | None = None
    malignant: int | None = None
    lesions: int | None = None
    base_percent: float | None = None
    note: str = ""
    orders: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    rulebooks: tuple[str, ...] = ()

    @property
    def study(self) -> str:
        """The study as a reader recognises it: authors, journal, year."""
        return source(self.source).citation


@cache
def rates() -> tuple[Rate, ...]:
    """Return every published rate of the table, those that set the order of suspicion first."""
    with resources.files(__package__).joinpath("rates.toml").open("rb") as file:
        records = tomllib.load(file)["rate"]
    return tuple(_rate(record) for record in records)


def rates_for(word: str) -> tuple[Rate, ...]:
    """Return every published rate of a form or distribution word, alone or together with another word.

    Raises
    ------
    CourseError
        For a word that is neither a form nor a distribution.
    """
    pick(word, [*_forms(), *distributions()], "form or distribution")
    return tuple(rate for rate in rates() if word in rate.forms or word in rate.distributions)


def suspicion(morphology: str, distribution: str) -> float:
    """Return the place of a form and a distribution in the order of suspicion.

    Parameters
    ----------
    morphology
        A form of the lexicon, or "none": no information, so the rate of all lesions of a series.
    distribution
        A distribution of the lexicon, or "none": no information, so the form's rate stands alone.

    Returns
    -------
    float
        From 0 to 1. It says which of two lesions is the more worrying, not how likely either is to be malignant.

    Raises
    ------
    CourseError
        For a word that is not in the lexicon.
    """
    pick(morphology, [*_forms(), NONE], "form")
    pick(distribution, [*distributions(), NONE], "distribution")
    product = _odds(_ordering()[morphology].percent) * _weight(distribution)
    return product / (1 + product)


def _weight(distribution: str) -> float:
    """Return the likelihood ratio of a distribution: its odds over the odds of the series it was found in."""
    if distribution == NONE:
        return 1.0
    rate = _ordering()[distribution]
    assert rate.base_percent is not None, f"rates.toml gives no base for {distribution}"
    return _odds(rate.percent) / _odds(rate.base_percent)


def _rate(record: dict[str, Any]) -> Rate:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    return Rate(**fields)


@cache
def _ordering() -> dict[str, Rate]:
    return {word: rate for rate in rates() for word in rate.orders}


def _forms() -> list[str]:
    return [term.name for term in terms("form")]


def _odds(percent: float) -> float:
    return percent / (100 - percent)
