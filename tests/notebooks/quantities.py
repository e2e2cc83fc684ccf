"""Numbers with their units: those that a text states, and those that the course's data hold."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from calcifications.imaging import view_named, views
from calcifications.pattern import SLIDERS
from calcifications.reading import FEATURES, rulebook, rulebooks
from calcifications.reading.case_counts import cbis_counts
from calcifications.reading.rates import rates

PACKAGE = Path(__file__).resolve().parents[2] / "utils/calcifications"
DATA = [
    "lexicon/terms.toml", "lexicon/sources.toml", "lexicon/facts.toml", "reading/rates.toml",
    "reading/cbis_counts.toml", "reading/cbis_words.toml", "imaging/optics.toml", "pattern/phantoms.toml",
]  # fmt: skip

Quantity = tuple[float, str]

# a digit within a word is part of a name: 4B, M3, S85, 5th, v2025, cx-circle2
_NUMBER = re.compile(r"(?<![\w.#])(?<![A-Za-z]-)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])")
_UNIT = re.compile(r"\s*(mm|cm|µm|%|degrees?|°|-degree|months?|years?)(?![\w])")
_RANGE = re.compile(r"\s*(?:to|or|and|–|-|,|v)\s*")  # 0.5 to 1 mm: both are millimetres
_SCALE = {"cm": ("mm", 10.0), "µm": ("mm", 0.001), "°": ("degree", 1.0), "-degree": ("degree", 1.0)}
_SPELLED = {
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


def quantities(text: str) -> list[Quantity]:
    """Return every number of a text with its unit, lengths in mm; a range shares the unit at its end.

    From eleven on numbers in words count too; below, they are too much a part of speech ("one of them").
    """
    text = text.replace("&nbsp;", " ").replace("\xa0", " ")
    text = re.sub(rf"\b(?i:{'|'.join(_SPELLED)})\b", lambda word: str(_SPELLED[word[0].lower()]), text)
    found = list(_NUMBER.finditer(text))
    return [_quantity(text, found, place) for place in range(len(found))]


def _quantity(text: str, found: list[re.Match[str]], place: int) -> Quantity:
    value = float(found[place][0].replace(",", ""))
    unit = None
    for this, after in zip(found[place:], [*found[place + 1 :], None], strict=True):
        unit = _UNIT.match(text, this.end())
        between = after and _RANGE.fullmatch(text, this.end(), after.start())
        if unit or not between:
            break
    if not unit:
        return value, ""
    name, scale = _SCALE.get(unit[1], (unit[1].rstrip("s"), 1.0))
    return round(value * scale, 6), name


def _values(data: Any) -> Iterator[Quantity]:
    """Yield the numbers of parsed TOML: those in its texts with their units, the bare ones with any unit."""
    if isinstance(data, dict):
        for value in data.values():
            yield from _values(value)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value)
    elif isinstance(data, str):
        yield from quantities(data)
    elif not isinstance(data, bool):
        yield float(data), ""


def _of_features(conditions: Iterable[Any]) -> Iterator[Quantity]:
    for condition in conditions:
        if isinstance(condition.threshold, tuple):
            continue
        unit = FEATURES[condition.feature].unit if condition.feature in FEATURES else ""
        if condition.feature == "stable_months":
            unit = "month"
        if "share" in condition.feature:
            yield round(100 * condition.threshold, 6), "%"
        near = (-1, 0, 1) if unit == "mm" else (0,)  # a page names the band in which two words compete
        for side in near:
            yield round(condition.threshold + side * condition.tolerance, 6), {"degrees": "degree"}.get(unit, unit)


def _of_counts() -> Iterator[Quantity]:
    tally: Counter[tuple[str, str]] = Counter()
    for cell in cbis_counts():
        for word in (cell.form, cell.distribution, ""):
            tally[word, "lesions"] += cell.lesions
            tally[word, "malignant"] += cell.malignant
    yield from ((float(count), "") for count in tally.values())


@cache
def known() -> frozenset[Quantity]:
    """Return every quantity in the data: words, sources, facts, rates, thresholds, sliders' bounds, counts, views."""
    out: set[Quantity] = set()
    for name in DATA:
        out |= set(_values(tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))))
    for rate in rates():
        for value in (rate.percent, rate.low, rate.high, rate.base_percent):
            if value is not None:
                out |= {(value, "%"), (float(round(value)), "%")}  # a page may round
    for name in rulebooks():
        for rule in rulebook(name).rules:
            out |= set(_of_features(rule.when))
    for slider in SLIDERS:
        out |= {(float(bound), slider.unit) for bound in (slider.low, slider.high, slider.step)}
    out |= {(view_named(name).pixel_mm, "mm") for name in views()}
    return frozenset(out | set(_of_counts()))


def untraced(text: str, beside: Iterable[Quantity] = ()) -> list[Quantity]:
    """Return the quantities of a text that are neither in the data nor in what stands beside it.

    A number without a unit may be any quantity's: 14 lesions and 14 % are told apart only where the text does so.
    """
    there = known() | set(beside)
    bare = {value for value, _ in there}
    return [each for each in quantities(text) if each not in there and not (each[1] == "" and each[0] in bare)]
