"""What is known of lesions like this one: published rates as a range across studies, and real cases counted.

Neither is the risk of anyone: the series were biopsied lesions of other hospitals, the cases a collection of old films.
So a range is given, or counts with their interval, never one number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from calcifications.errors import pick
from calcifications.lexicon import distributions, terms
from calcifications.lexicon.table import table
from calcifications.reading.case_table import cbis_words
from calcifications.reading.rates import Rate, rates
from calcifications.reading.reading import Reading
from calcifications.reading.real_count import UNKNOWN, RealCount, percents, real_count, wilson

__all__ = ["Evidence", "Rate", "RealCount", "evidence"]

UNPUBLISHED, UNCOUNTED = "nothing in these words", "no case was described in these words"


@dataclass(frozen=True)
class Evidence:
    """What is known of lesions like the one that was read.

    Attributes
    ----------
    words : tuple of str
        The reading's form and distribution, those that the lexicon knows.
    category : str
        The reading's category after work-up.
    rates : tuple of Rate
        Every published rate of the form, of the distribution, of both together, and of the outcome (the category).
    real : tuple of RealCount
        Lesions of CBIS-DDSM of the form, of the distribution, of both together.
    caution : str
        What must be known before any of it is used.
    """

    words: tuple[str, ...]
    category: str
    rates: tuple[Rate, ...]
    real: tuple[RealCount, ...]
    caution: str

    def of(self, *words: str) -> tuple[Rate, ...]:
        """Return the published rates of a form, a distribution, both together, or the category, and of nothing more.

        Raises
        ------
        CourseError
            For a word that is not one of the reading's.
        """
        for word in words:
            pick(word, [*self.words, self.category], "word of this reading")
        asked = set(words)
        return tuple(
            rate
            for rate in self.rates
            if asked == {word for word in (*self.words, self.category) if word in _named(rate)}
        )

    def span(self, *words: str) -> tuple[float, float]:
        """Return the lowest and the highest published rate, in per cent.

        Where one series alone is known, its 95 % interval takes the place of a range, if it can be had. Where nothing
        was published it is 0 to 100.

        Parameters
        ----------
        *words : str
            The form, the distribution, both, or the category of the reading.

        Raises
        ------
        CourseError
            For a word that is not one of the reading's.
        """
        found = self.of(*words)
        if not found:
            return UNKNOWN
        if len(found) == 1:
            return _interval(found[0])
        return min(rate.percent for rate in found), max(rate.percent for rate in found)

    def _published(self) -> Iterator[tuple[str, tuple[float, float], tuple[Rate, ...]]]:
        """Yield what was asked, its range, and the rates behind it, where there are any."""
        for words in (*_subsets(self.words), (self.category,)):
            if found := self.of(*words):
                said = ", ".join(words)
                if said == self.category and said[0].isdigit():
                    said = f"category {said}"
                yield said, self.span(*words), found

    def _ranges(self) -> list[str]:
        return [f"{words}: {_shown(span, len(found))}" for words, span, found in self._published()]

    def __str__(self) -> str:
        return "\n".join(
            [
                "Malignant, in published series:",
                *(f"  {line}" for line in self._ranges() or [UNPUBLISHED]),
                "Malignant, among real cases (CBIS-DDSM):",
                *(f"  {count}" for count in self.real or [UNCOUNTED]),
                self.caution,
            ]
        )

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rates = [
            (words, _share(rate), f"{rate.design}. {rate.note}".strip(), _study(rate))
            for words, _, found in self._published()
            for rate in found
        ]
        cases = [
            (
                ", ".join(count.words),
                f"{count.malignant} of {count.lesions}",
                percents(count.wilson) if count.lesions else "no lesion was described so",
                percents(count.wilson_called_back) if count.called_back else "none was called back",
            )
            for count in self.real
        ]
        return "\n".join(
            [
                f"<p>Malignant, in published series: {escape('; '.join(self._ranges()) or UNPUBLISHED)}.</p>",
                table("Published rates of malignancy", ("words", "malignant", "what was counted", "study"), rates),
                table(
                    "Real cases of CBIS-DDSM", ("words", "malignant", "95 % interval", "of those called back"), cases
                ),
                f"<p>{escape(self.caution)}</p>",
            ]
        )


def evidence(reading: Reading) -> Evidence:
    """Return what has been published and counted of lesions that bear a reading's words.

    Parameters
    ----------
    reading : Reading
        Of any rulebook; words that are a leaflet's own were never counted by anyone.

    Returns
    -------
    Evidence
        Ranges and counts; nothing in it is the risk of the one who was read.

    Notes
    -----
    Sources: ``rates.toml`` (a study and its design a record), ``cbis_counts.toml`` (CBIS-DDSM, training split).
    """
    known = ([term.name for term in terms("form")], distributions())
    asked = zip((reading.morphology, reading.distribution), known, strict=True)
    words = tuple(word for word, lexicon in asked if word in lexicon)
    category = reading.after_work_up.category
    found = tuple(rate for rate in rates() if _belongs(rate, words, category, reading.rulebook.id))
    return Evidence(words, category, found, tuple(real_count(*each) for each in _subsets(words)), caution())


def caution() -> str:
    """Return what must be known before a published rate or a count of real cases is used."""
    return (
        "Published rates are mostly of lesions that were biopsied or cut out, so they differ with who was biopsied. "
        f"The real cases: {cbis_words()['caution']}"
    )


def _belongs(rate: Rate, words: tuple[str, ...], category: str, rulebook: str) -> bool:
    """Whether all that a rate names is what the reading says."""
    if rate.categories:
        return category in rate.categories and rulebook in rate.rulebooks
    named = [choice for choice in (rate.forms, rate.distributions) if choice]
    return bool(named) and all(set(choice) & set(words) for choice in named)


def _named(rate: Rate) -> tuple[str, ...]:
    return (*rate.forms, *rate.distributions, *rate.categories)


def _subsets(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words one by one, then together."""
    return [(word,) for word in words] + ([words] if len(words) > 1 else [])


def _interval(rate: Rate) -> tuple[float, float]:
    if rate.low is not None and rate.high is not None:
        return rate.low, rate.high
    if rate.malignant is not None and rate.lesions is not None:
        return wilson(rate.malignant, rate.lesions)
    return rate.percent, rate.percent


def _share(rate: Rate) -> str:
    said = f"{rate.percent:g} %"
    if rate.malignant is not None and rate.lesions is not None:
        said += f" ({rate.malignant:,} of {rate.lesions:,})"
    return said if rate.low is None else f"{said}, interval {rate.low:g} to {rate.high:g}"


def _study(rate: Rate) -> str:
    return rate.study + ("" if rate.certainty == "found" else " (second-hand)")


def _shown(span: tuple[float, float], figures: int) -> str:
    if figures > 1:
        return f"{percents(span)}, {figures} figures"
    return "one figure alone, too little for a range" if span[0] == span[1] else f"{percents(span)}, one series"
