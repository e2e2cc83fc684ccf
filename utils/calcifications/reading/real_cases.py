"""Real radiologists' reports, read by the same rules as the course's patterns, beside what pathology found.

Two orders of the same lesions are compared: the course's, from the words alone, and the radiologists' own assessment,
made with the films before them. An order is judged by its AUC: the chance that a malignant lesion stands above another
one, a tie counting half.
"""

from __future__ import annotations

import itertools
import os
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from scipy.stats import rankdata

from calcifications.reading.case_table import PLACE_OF_0, CaseTable, Lesion, cbis_words, read_table
from calcifications.reading.context import Context
from calcifications.reading.read import read_words
from calcifications.reading.reading import Reading

_NAMES_SHOWN = 50  # of one oddity, in the report; the study holds them all

_REMARKS = (
    "The course's order is the odds product of published rates for the form and the distribution; nothing in it was "
    "fitted to these cases, and it is nobody's risk.",
    "The radiologists saw the films, the course only their words. Assessment 0, not finished, is neither cleared as 2 "
    f"nor suspected as 4: it counts level with {PLACE_OF_0}.",
    "Malignant lesions are more common here than in screening: compare the orders, not the shares.",
)


@dataclass(frozen=True)
class RealCase:
    """One real lesion and what the rulebook makes of its words."""

    lesion: Lesion
    reading: Reading


@dataclass(frozen=True)
class Auc:
    """How well an order puts malignant lesions above the others: 0.5 is chance, 1 is perfect, None is not defined."""

    ours: float | None
    radiologists: float | None


@dataclass(frozen=True)
class Study:
    """A table of real lesions, each one read.

    Attributes
    ----------
    file
        The path as it was given.
    table
        The lesions, and what was odd about the rows they came from.
    cases
        Each lesion with its reading, in the table's order.
    """

    file: str
    table: CaseTable
    cases: tuple[RealCase, ...]

    @property
    def called_back(self) -> tuple[RealCase, ...]:
        """The cases without those that nobody was called back for."""
        return tuple(case for case in self.cases if case.lesion.called_back)

    def report(self) -> str:
        """Return everything a reader needs to judge the figures, as plain text."""
        return _report(self)

    def __str__(self) -> str:
        return self.report()


def study(path: str | os.PathLike[str]) -> Study:
    """Read every lesion of a CBIS-DDSM calcification table by BI-RADS, 5th edition.

    Raises
    ------
    CourseError
        One sentence, for a file that can't be read as such a table.
    """
    table = read_table(path)
    return Study(str(path), table, tuple(RealCase(lesion, read_lesion(lesion)) for lesion in table.lesions))


def read_lesion(lesion: Lesion) -> Reading:
    """Return the reading of a lesion's most worrying pair of words."""
    pairs = itertools.product(lesion.forms, lesion.distributions)
    return max((_read(form, where) for form, where in pairs), key=lambda reading: reading.suspicion)


@cache
def _read(form: str, distribution: str) -> Reading:
    return read_words(form, distribution, "birads5", Context(setting="diagnostic"))


def auc(cases: Sequence[RealCase]) -> Auc:
    """Return the AUC of both orders over the same cases."""
    return Auc(_auc(cases, lambda case: case.reading.suspicion), _auc(cases, lambda case: case.lesion.assessed))


def _auc(cases: Sequence[RealCase], score: Callable[[RealCase], float]) -> float | None:
    malignant = [case.lesion.malignant for case in cases]
    n, others = sum(malignant), len(malignant) - sum(malignant)
    if not n or not others:
        return None
    ranks = rankdata([score(case) for case in cases])
    return float((ranks[malignant].sum() - n * (n + 1) / 2) / (n * others))


def _report(study: Study) -> str:
    cases, called_back = study.cases, study.called_back
    malignant = sum(case.lesion.malignant for case in cases)
    remarks = [line for remark in (*_REMARKS, *cbis_words()["remarks"]) for line in _wrapped(f"- {remark}", 0, 2)]
    # The figures come last, where a terminal leaves the reader.
    return "\n".join(
        [
            f"Real cases from {study.file}",
            "",
            "What was odd, and what was done about it (nothing is left out without a line here):",
            *_odd(study.table),
            "",
            f"{study.table.rows} rows, {len({case.lesion.patient for case in cases})} patients, {len(cases)} lesions: "
            f"{malignant} malignant, {len(called_back) - malignant} benign, "
            f"{len(cases) - len(called_back)} BENIGN_WITHOUT_CALLBACK.",
            "",
            "AUC: how often a malignant lesion stands above another one; 0.5 is chance, 1 is perfect.",
            *_figures(auc(cases), auc(called_back), len(cases), len(called_back)),
            "",
            *remarks,
            "",
            *_wrapped(f"The cases: {cbis_words()['citation']} Licence: {cbis_words()['licence']}.", 0, 0),
            "For learning, not for diagnosis.",
        ]
    )


def _figures(everyone: Auc, recalled: Auc, lesions: int, called_back: int) -> list[str]:
    rows = (
        ("", f"all {lesions}", f"without BENIGN_WITHOUT_CALLBACK {called_back}"),
        ("the course, from the words alone", _shown(everyone.ours), _shown(recalled.ours)),
        ("the radiologists' own assessment", _shown(everyone.radiologists), _shown(recalled.radiologists)),
    )
    return [f"  {who:<34}{left:>11}{right:>38}" for who, left, right in rows]


def _shown(figure: float | None) -> str:
    return "not defined" if figure is None else f"{figure:.3f}"


def _odd(table: CaseTable) -> list[str]:
    lines: list[str] = []
    for what, names in sorted(table.odd.items(), key=lambda item: (-len(item[1]), item[0])):
        rest = len(names) - _NAMES_SHOWN
        shown = "; ".join(names[:_NAMES_SHOWN]) + (f"; and {rest} more" if rest > 0 else "")
        lines += [*_wrapped(f"{len(names):>5}  {what}:", 0, 7), *_wrapped(shown, 9, 9)]
    return lines or ["    0"]


def _wrapped(text: str, first: int, rest: int) -> list[str]:
    return textwrap.wrap(text, 110, initial_indent=" " * first, subsequent_indent=" " * rest, break_on_hyphens=False)
