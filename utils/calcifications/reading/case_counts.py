"""How many real lesions bore each pair of words, and how many were malignant: counts, never the cases themselves."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from calcifications.lexicon import distributions, terms
from calcifications.reading.case_table import cbis_words
from calcifications.reading.rates import NONE

if TYPE_CHECKING:  # the counts are shipped, and read where no case is
    from calcifications.reading.real_cases import RealCase, Study


@dataclass(frozen=True)
class Cell:
    """The real lesions of one pair of words; each lesion is in the cell of its most worrying pair.

    Attributes
    ----------
    form, distribution
        Words of the lexicon, or "none".
    lesions, malignant
        How many there were, and how many of them proved malignant.
    never_called_back
        How many of the others were taken for benign without any further test.
    """

    form: str
    distribution: str
    lesions: int
    malignant: int
    never_called_back: int


def counts(study: Study) -> tuple[Cell, ...]:
    """Return the cells of a study that hold a lesion, in the lexicon's order."""

    def tally(cases: Iterable[RealCase]) -> Counter[tuple[str, str]]:
        return Counter((case.reading.morphology, case.reading.distribution) for case in cases)

    lesions = tally(study.cases)
    malignant = tally(case for case in study.cases if case.lesion.malignant)
    never = tally(case for case in study.cases if not case.lesion.called_back)
    return tuple(
        Cell(*pair, lesions[pair], malignant[pair], never[pair])
        for form in [*(term.name for term in terms("form")), NONE]
        for where in [*distributions(), NONE]
        if lesions[pair := (form, where)]
    )


def counts_as_toml(study: Study) -> str:
    """Return the text of ``cbis_counts.toml``, which the course ships."""
    head = [
        "# Real lesions by the words of their reports: counts worked out from the calcification table of CBIS-DDSM,",
        "# training split, by `python -m calcifications cases FILE.csv --rebuild`. A lesion is counted once, under its",
        "# most worrying words.",
        "",
        *(f'{name} = "{cbis_words()[name]}"' for name in ("citation", "licence", "caution")),
    ]
    cells = [
        f"\n[[cell]]\n"
        f'form = "{cell.form}"\ndistribution = "{cell.distribution}"\n'
        f"lesions = {cell.lesions}\nmalignant = {cell.malignant}\nnever_called_back = {cell.never_called_back}"
        for cell in counts(study)
    ]
    return "\n".join([*head, *cells, ""])


@cache
def cbis_counts() -> tuple[Cell, ...]:
    """Return the shipped counts of the CBIS-DDSM training split: 856 lesions, 304 malignant."""
    with resources.files(__package__).joinpath("cbis_counts.toml").open("rb") as file:
        return tuple(Cell(**cell) for cell in tomllib.load(file)["cell"])
