"""What an instructor does in a notebook: a deck in one line, shown, timed, saved and handed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from calcifications.apps.bar import Bar
from calcifications.errors import CourseError, number, shown
from calcifications.learning.items import KINDS
from calcifications.learning.items.cases import as_shown
from calcifications.learning.log_file import data_folder, refusal
from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.exports import export
from calcifications.teaching.paper import write

FOLDER = "classroom"
"""The instructor's folder: beside the lessons, or where the system keeps a user's data."""

MINE = "my deck.toml"
"""There: the deck to which the explorer adds cases."""

_SUFFIX = {"moodle": ".xml", "gift": ".txt", "csv": ".csv", "anki": ".apkg", "png": " pictures", "dicom": " dicom"}
_LONGEST = 80  # bytes of a name: plain letters
_MANY = 100  # cases that take their time
_FORBIDDEN = set('/\\:*?"<>|')


class Told(str):
    """A sentence, as a notebook shows it: without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class RunSheet:
    """A deck minute by minute, for the speaker: it holds the answers.

    Attributes
    ----------
    rows : tuple of tuple of str
        For each case when it begins, its title, what is asked, the answer, and the speaker's notes.
    """

    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return "\n".join("  ".join(part for part in row if part) for row in self.rows)

    def _repr_html_(self) -> str:
        return _table(("Minute", "Case", "Ask", "Answer", "Notes"), self.rows)


class LessonDeck(Deck):
    """A deck in an instructor's hand: what it saves goes into the folder `classroom`, and never over an older file."""

    def run_sheet(self, minutes: float = 45) -> RunSheet:
        """Return the deck minute by minute, every case as long as the others.

        Parameters
        ----------
        minutes : float
            For all cases together, 1 to 600.

        Raises
        ------
        CourseError
            If the time is out of its bounds.
        """
        each = number(minutes, 1, 600, "time of a lesson", "minutes") / len(self.slides)
        return RunSheet(
            tuple(
                (f"{place * each:.0f}", slide.title or f"Case {place + 1}", _asked(slide), _answer(slide), slide.notes)
                for place, slide in enumerate(self.slides)
            )
        )

    def save(self, name: str) -> Told:
        """Save the deck as a file that can be changed by hand, presented and asked.

        Raises
        ------
        CourseError
            If no file can have this name, or the disk refuses.
        """
        path = _free(name, ".toml")
        self.write(path)
        return Told(f"{FOLDER}/{path.name}: {self}.")

    def export(self, form: str, name: str) -> Told:
        """Save the deck for another programme: "moodle", "anki", "gift", "csv", "png" or "dicom".

        Raises
        ------
        CourseError
            If there is no such format, no file can have this name, or there is nothing to write.
        """
        path = _free(name, _SUFFIX.get(form, ""))
        return Told(export(self, form, path, Bar()).replace(str(path), f"{FOLDER}/{path.name}"))

    def paper(self, name: str, seed: int = 0) -> Told:
        """Save the deck as an exam on paper, with answer sheets and keys, in two forms; as `export`."""
        path = _free(name, "")
        return Told(write(self, path, seed, Bar()).replace(str(path), f"{FOLDER}/{path.name}"))

    def __repr__(self) -> str:
        return f"Deck({self})"

    def _repr_html_(self) -> str:
        rows = [(slide.title, _answer(slide), _asked(slide), slide.notes) for slide in self.slides]
        return _table(("Case", "What it shows", "Asked", "Notes"), rows)


def deck(
    file: str | Path = "",
    *,
    cases: int = 20,
    forms: Iterable[str] = (),
    distributions: Iterable[str] = (),
    questions: Iterable[str] = ("form", "distribution"),
    borderline: bool = False,
    seed: int = 0,
    title: str = "",
) -> LessonDeck:
    """Make a deck of cases, always the same one, or read one from its file.

    Parameters
    ----------
    file : str or Path
        A deck that was saved; without one a deck is made by what follows.
    cases : int
        How many, 1 to 500.
    forms, distributions : iterable of str
        What may come up; everything by default. "suspicious" and "benign" stand for all such forms.
    questions : iterable of str
        Kinds of questions to ask of each case of which they can be asked.
    borderline : bool
        Whether a case may be one of which two answers could be defended; nothing is asked of such a case.
    seed : int
        Another seed is another deck.
    title : str

    Raises
    ------
    CourseError
        If the file has mistakes, or a value is unknown or out of its bounds.
    """
    if file:
        path = Path(file)
        made = Deck.read(path if path.exists() else folder() / path)
    else:
        rule = Rule(cases, _words(forms), _words(distributions), _words(questions), borderline, seed)
        made = make(rule, title, Bar()) if rule.cases >= _MANY else make(rule, title)
    return LessonDeck(made.title, made.slides, made.notes, made.rule)


def _words(given: Iterable[str]) -> tuple[str, ...]:
    """Return words of which a single one may be given as it is."""
    return (given,) if isinstance(given, str) else tuple(given)


def folder() -> Path:
    """Return the instructor's folder."""
    return data_folder().with_name(FOLDER)


def _free(name: str, suffix: str) -> Path:
    """Return a path of that name in the instructor's folder; a number goes behind a name that is taken."""
    given = name.removesuffix(suffix) if isinstance(name, str) and suffix else name
    if not isinstance(given, str) or not given.isprintable() or not given.strip(" .") or len(given.encode()) > _LONGEST:
        raise CourseError(f"A file can't be called {shown(name)}; it is a name of 1 to {_LONGEST} letters.")
    if odd := _FORBIDDEN & set(given):
        raise CourseError(f"A file can't be called {shown(name)}: leave out {' '.join(sorted(odd))}.")
    try:
        folder().mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise CourseError(f"The folder {FOLDER} can't be written: {refusal(refused)}.") from None
    path, turn = folder() / f"{given}{suffix}", 1
    while path.exists():
        turn += 1
        path = folder() / f"{given} ({turn}){suffix}"
    return path


def _asked(slide: Slide) -> str:
    return ", ".join(KINDS[kind].title for kind in slide.questions)


def _answer(slide: Slide) -> str:
    reading = as_shown(slide.case)
    return f"{reading.form_phrase}, {reading.distribution_phrase}: {reading.category}, {reading.management}"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in HTML; a column that says nothing is left out."""
    told = [(head, column) for head, column in zip(heads, zip(*rows, strict=True), strict=True) if any(column)]
    head = "".join(f'<th scope="col" style="text-align:left">{escape(head)}</th>' for head, _ in told)
    body = ""
    for row in zip(*(column for _, column in told), strict=True):
        first, *others = (escape(each) for each in row)
        cells = "".join(f'<td style="text-align:left">{each}</td>' for each in others)
        body += f'<tr><td style="text-align:left;white-space:nowrap">{first}</td>{cells}</tr>'
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
