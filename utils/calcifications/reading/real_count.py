"""Real lesions counted by their words: how many were malignant, and how sure such a share can be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calcifications.reading.case_counts import cbis_counts

UNKNOWN = (0.0, 100.0)  # nothing published, no case: it could be anything


@cache
def wilson(malignant: int, lesions: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share, in per cent."""
    if not lesions:
        return UNKNOWN
    from scipy.stats import binomtest

    low, high = binomtest(malignant, lesions).proportion_ci(method="wilson")
    return 100 * float(low), 100 * float(high)


@dataclass(frozen=True)
class RealCount:
    """Real lesions that were described in these words, and how many proved malignant.

    Attributes
    ----------
    words : tuple of str
        A form, a distribution, or both.
    malignant, lesions : int
    never_called_back : int
        How many of the others were taken for benign without any test.
    """

    words: tuple[str, ...]
    malignant: int
    lesions: int
    never_called_back: int

    @property
    def wilson(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the malignant share, in per cent; 0 to 100 where there was no lesion."""
        return wilson(self.malignant, self.lesions)

    @property
    def called_back(self) -> int:
        """How many had any test at all."""
        return self.lesions - self.never_called_back

    @property
    def wilson_called_back(self) -> tuple[float, float]:
        """The same interval among those that had a test."""
        return wilson(self.malignant, self.called_back)

    def __str__(self) -> str:
        if not self.lesions:
            return f"{', '.join(self.words)}: no real lesion was described so"
        tested = (
            f"; of the {self.called_back} that were called back, {percents(self.wilson_called_back)}"
            if 0 < self.called_back < self.lesions
            else ""
        )
        return (
            f"{', '.join(self.words)}: {self.malignant} of {self.lesions} malignant ({percents(self.wilson)}{tested})"
        )


def real_count(*words: str) -> RealCount:
    """Return the shipped count of the lesions that bear these words: a form, a distribution, or both."""
    cells = [cell for cell in cbis_counts() if set(words) <= {cell.form, cell.distribution}]
    return RealCount(
        words,
        sum(cell.malignant for cell in cells),
        sum(cell.lesions for cell in cells),
        sum(cell.never_called_back for cell in cells),
    )


def percents(span: tuple[float, float]) -> str:
    """Return a range of per cents as a page prints it: "0.5 to 14 %"."""
    low, high = (f"{round(percent, 1 if percent < 1 else 0):g}" for percent in span)
    return f"{low} to {high} %"
