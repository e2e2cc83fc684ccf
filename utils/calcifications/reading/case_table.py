"""A table of real lesions: from the rows of a CBIS-DDSM calcification file to lesions in the lexicon's words.

A row is one view of one lesion. Views are merged, words are translated, and everything odd on the way is written down
with its name, so that the reader of a figure knows what it rests on.
"""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError
from calcifications.reading.rates import NONE

PATHOLOGIES = ("BENIGN_WITHOUT_CALLBACK", "BENIGN", "MALIGNANT")  # where views disagree, the later counts
ASSESSMENTS = ("0", "1", "2", "3", "4", "5")
# 0 is "not finished": neither cleared, as 2 is, nor suspected, as 4 is. So it stands level with 3.
PLACE_OF_0 = 3
MISSING = "N/A"

PATIENT, SIDE, VIEW, NUMBER = "patient_id", "left or right breast", "image view", "abnormality id"
KIND, FORM, DISTRIBUTION = "abnormality type", "calc type", "calc distribution"
ASSESSMENT, PATHOLOGY = "assessment", "pathology"
COLUMNS = (PATIENT, SIDE, VIEW, NUMBER, KIND, FORM, DISTRIBUTION, ASSESSMENT, PATHOLOGY)

Row = dict[str | None, Any]  # one view of one lesion: text by column; under None what a record has too much of


@dataclass(frozen=True)
class Lesion:
    """One lesion of one breast, its views merged.

    Attributes
    ----------
    name
        Patient, side and abnormality number, as in the table.
    patient
        The patient's identifier in the table.
    forms, distributions
        The lexicon's words for it, or ``("none",)``.
    assessment
        The radiologists' category, "0" to "5", or "N/A" where the table has none.
    pathology
        One of `PATHOLOGIES`.
    """

    name: str
    patient: str
    forms: tuple[str, ...]
    distributions: tuple[str, ...]
    assessment: str
    pathology: str

    @property
    def malignant(self) -> bool:
        """Whether pathology found cancer."""
        return self.pathology == "MALIGNANT"

    @property
    def assessed(self) -> int:
        """Where the radiologists' assessment puts it, from 1 to 5; 0 or none is level with `PLACE_OF_0`."""
        return PLACE_OF_0 if self.assessment in ("0", MISSING) else int(self.assessment)

    @property
    def called_back(self) -> bool:
        """Whether the woman was called back for it; if not, it was taken for benign without any further test."""
        return self.pathology != "BENIGN_WITHOUT_CALLBACK"


@dataclass
class Oddities:
    """What was odd, what was done about it, and the names of the rows or lesions it happened to."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, name: str) -> None:
        """Write down one oddity; the same name is written once."""
        names = self.found.setdefault(what, [])
        if name not in names:
            names.append(name)


@dataclass(frozen=True)
class CaseTable:
    """The lesions of a file, how many rows they came from, and what was odd."""

    rows: int
    lesions: tuple[Lesion, ...]
    odd: Mapping[str, list[str]]


@cache
def cbis_words() -> dict[str, Any]:
    """Return the table's own words: forms, distributions, synonyms, remarks and the citation."""
    with resources.files(__package__).joinpath("cbis_words.toml").open("rb") as file:
        return tomllib.load(file)


def read_table(path: str | os.PathLike[str]) -> CaseTable:
    """Read a CBIS-DDSM calcification table.

    Parameters
    ----------
    path
        A CSV file in UTF-8 with the columns of `COLUMNS`; further columns are not looked at.

    Raises
    ------
    CourseError
        One sentence, for a file that is missing, empty, a folder, no text, lacks a column or has no lesion.
    """
    odd = Oddities()
    rows = 0
    views: dict[str, dict[str, Row]] = {}  # lesion -> view -> row
    for line, row in _rows(Path(path)):
        rows += 1
        problem = _problem(row)
        if problem:
            odd.note(f"{problem}; the row is left out", f"line {line}")
            continue
        name = f"{row[PATIENT]} {row[SIDE].lower()} {row[NUMBER]}"
        if row[VIEW] in views.setdefault(name, {}):
            odd.note("a second row for the same view of a lesion; the first counts", f"line {line}")
            continue
        views[name][row[VIEW]] = row
    lesions = tuple(lesion for name, seen in views.items() if (lesion := _lesion(name, seen, odd)))
    if not lesions:
        why = f" ({', '.join(f'{what}: {len(names)}' for what, names in odd.found.items())})" if odd.found else ""
        raise CourseError(f"'{path}' holds no lesion that can be read{why}.")
    return CaseTable(rows=rows, lesions=lesions, odd=odd.found)


def _text(path: Path) -> str:
    if path.is_dir():
        raise CourseError(f"'{path}' is a folder; name a CSV file in it.")
    try:
        text = path.read_bytes().decode("utf-8-sig")  # spreadsheets begin a file with a byte-order mark
    except FileNotFoundError:
        raise CourseError(f"There is no file '{path}'.") from None
    except UnicodeDecodeError:
        raise CourseError(f"'{path}' is not a table of text in UTF-8; name a CSV file.") from None
    except OSError as error:
        raise CourseError(f"'{path}' can't be opened: {error.strerror}.") from None
    if not text.strip():
        raise CourseError(f"'{path}' is empty; it should hold a CBIS-DDSM calcification table.")
    return text


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield each record with the number of its last line; two columns of the published file hold line breaks."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        lacking = [name for name in COLUMNS if name not in header]
        if lacking:
            columns = "column" if len(lacking) == 1 else "columns"
            raise CourseError(f"'{path}' lacks the {columns} {', '.join(lacking)} of a CBIS-DDSM calcification table.")
        reader.fieldnames = header
        for record in reader:
            yield (
                reader.line_num,
                {key: value.strip().upper() if isinstance(value, str) else value for key, value in record.items()},
            )
    except csv.Error as error:
        raise CourseError(f"'{path}' can't be read as CSV: {error} (line {reader.line_num}).") from None


def _problem(row: Row) -> str:
    """Return why a row can't be used, or an empty string."""
    if None in row or None in row.values():
        return "too few or too many fields"
    if not (row[PATIENT] and row[SIDE] and row[NUMBER]):
        return "no patient, side or abnormality number"
    if row[KIND] != "CALCIFICATION":
        return "not a calcification"
    return ""


def _lesion(name: str, views: Mapping[str, Row], odd: Oddities) -> Lesion | None:
    """Merge the views of one lesion; None where its outcome is not known."""
    if len(views) == 1:
        odd.note("one view only", name)
    for view in views:
        if view not in ("CC", "MLO"):
            odd.note(f"a view {view or 'without a name'}, neither CC nor MLO; it counts after these", name)
    ordered = [views[view] for view in sorted(views, key=lambda view: (view != "CC", view != "MLO"))]
    pathologies = [row[PATHOLOGY] for row in ordered if row[PATHOLOGY] in PATHOLOGIES]
    if not pathologies:
        odd.note(f"pathology is none of {', '.join(PATHOLOGIES)}; the lesion is left out", name)
        return None
    if len({row[PATHOLOGY] for row in ordered}) > 1:
        odd.note("views disagree on the pathology; the worse counts", name)
    return Lesion(
        name=name,
        patient=ordered[0][PATIENT],
        forms=_translated(_merged(ordered, FORM, "form", name, odd), "form", name, odd),
        distributions=_translated(_merged(ordered, DISTRIBUTION, "distribution", name, odd), "distribution", name, odd),
        assessment=_assessment(_merged(ordered, ASSESSMENT, "assessment", name, odd), name, odd),
        pathology=max(pathologies, key=PATHOLOGIES.index),
    )


def _merged(ordered: list[Row], column: str, noun: str, name: str, odd: Oddities) -> str:
    """Return the first view's value, or that of the first view that has one."""
    values = [row[column] or MISSING for row in ordered]
    if len(set(values)) > 1:
        odd.note(f"views disagree on the {noun}; the CC view counts, or the one that isn't {MISSING}", name)
    return next((value for value in values if value != MISSING), MISSING)


def _translated(value: str, noun: str, name: str, odd: Oddities) -> tuple[str, ...]:
    """Return the lexicon's words for a value such as ``PUNCTATE-PLEOMORPHIC``."""
    if value == MISSING:
        odd.note(f"no {noun} word ({MISSING}); read as '{NONE}', which says nothing either way", name)
        return (NONE,)
    words = value.split("-")
    if len(set(words)) < len(words):
        odd.note(f"a {noun} word written twice; it counts once", name)
    known: dict[str, str] = cbis_words()[f"{noun}s"]
    synonyms: dict[str, str] = cbis_words()["synonyms"]
    translated: list[str] = []
    for word in dict.fromkeys(words):
        if word in synonyms:
            odd.note(f"{word} is another spelling of {synonyms[word]}", name)
        word = synonyms.get(word, word)
        if word in known:
            translated.append(known[word])
        else:
            odd.note(f"{word} is not a known {noun} word; it is passed over", name)
    if len(set(translated)) > 1:
        odd.note(f"several {noun} words; the most worrying pair of words counts", name)
    return tuple(dict.fromkeys(translated)) or (NONE,)


def _assessment(value: str, name: str, odd: Oddities) -> str:
    if value == "0":
        odd.note(f"assessment 0, not finished; it counts level with {PLACE_OF_0}", name)
    if value in ASSESSMENTS:
        return value
    odd.note(f"the assessment is none of {', '.join(ASSESSMENTS)}; it counts level with {PLACE_OF_0}", name)
    return MISSING
