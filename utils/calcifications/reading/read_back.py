"""How often what is grown reads back as what it is called, by measuring alone; and where life itself is ambiguous."""

from __future__ import annotations

import csv
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from pathlib import Path

from calcifications.errors import whole
from calcifications.lexicon import distributions
from calcifications.pattern import Recipe, arrangeable, forms, grow, preset
from calcifications.reading.agreement import Look, views_of
from calcifications.reading.context import Context
from calcifications.reading.measure import measure
from calcifications.reading.read import read

SEEDS = 500
HAZE_MM = 0.15  # here dots and haze can't be told apart on a contact view

_DIAGNOSTIC = Context(setting="diagnostic")
_CONTACT: tuple[Look, ...] = (("CC", "close-up"),)
_ORTHOGONAL: tuple[Look, ...] = (("CC", "close-up"), ("ML", "close-up"))
_MAGNIFIED: tuple[Look, ...] = (("CC-mag", "close-up"), ("ML-mag", "close-up"))


@dataclass(frozen=True)
class Question:
    """What is grown over and over, the views on which it is read, and the word that it should read back as.

    Attributes
    ----------
    what : str
        In plain words.
    step : {"morphology", "distribution"}
    word : str
        What it should read back as; where life leaves that open, the word whose share is told.
    looks : tuple of (str, str)
        Views and fields.
    recipes : tuple of Recipe
        They take turns.
    open : bool
        Whether life leaves it open: then nothing is promised.
    """

    what: str
    step: str
    word: str
    looks: tuple[Look, ...]
    recipes: tuple[Recipe, ...]
    open: bool = False


@dataclass(frozen=True)
class Row:
    """How a question was answered: of those that did not read back as the word, `doubted` named it as a rival."""

    what: str
    step: str
    word: str
    views: str
    open: bool
    seeds: int
    itself: int
    doubted: int
    borderline: int
    others: str

    def __str__(self) -> str:
        share, unsure = self.itself / self.seeds, self.borderline / self.seeds
        rest = f"; {self.others}" if self.others else ""
        return (
            f"{self.what} ({self.views}): {self.word} in {100 * share:.1f} % of {self.seeds}, "
            f"borderline in {100 * unsure:.1f} %{rest}"
        )


def questions() -> list[Question]:
    """Return every form on its best views, every distribution on two, and what life leaves open."""
    laid_out = [form for form in forms() if len(arrangeable(form)) > 1]
    out = [Question(form, "morphology", form, views_of(form, "grouped"), (preset(form),)) for form in forms()]
    for word in distributions():
        recipes = tuple(preset(form, word) for form in laid_out)
        out.append(Question(word, "distribution", word, _ORTHOGONAL, recipes))
    dots = (replace(preset("punctate"), size_mm=HAZE_MM),)
    faint = tuple(replace(preset("amorphous"), size_mm=size) for size in (0.12, 0.15, 0.18, 0.21, 0.24))
    for looks, where in ((_CONTACT, "on a contact view"), (_MAGNIFIED, "magnified")):
        out.append(Question(f"smooth dots of {HAZE_MM} mm, {where}", "morphology", "amorphous", looks, dots, open=True))
        out.append(
            Question(f"faint specks of 0.12 to 0.24 mm, {where}", "morphology", "amorphous", looks, faint, open=True)
        )
    for word in ("regional", "segmental"):
        recipes = tuple(preset(form, word) for form in laid_out)
        out += [
            Question(f"{word}, from one view", "distribution", word, ((view, "close-up"),), recipes, open=True)
            for view in ("CC", "ML")
        ]
    return out


def _answered(question: Question, seeds: int) -> Row:
    """Grow and read one question over its seeds."""
    words, doubted, borderline = Counter[str](), 0, 0
    for seed in range(seeds):
        pattern = grow(question.recipes[seed % len(question.recipes)], seed)
        seen = [measure(pattern, view, field=field) for view, field in question.looks]
        reading = read(seen, context=_DIAGNOSTIC)
        word = getattr(reading, question.step)
        rivals = {doubt.rival for doubt in reading.borderline}
        words[word] += 1
        doubted += word != question.word and question.word in rivals
        borderline += bool(reading.borderline)
    itself = words.pop(question.word, 0)
    others = ", ".join(f"{word} {times}" for word, times in words.most_common())
    views = ", ".join(view for view, _ in question.looks)
    return Row(
        question.what, question.step, question.word, views, question.open, seeds, itself, doubted, borderline, others
    )


def read_back(seeds: int = SEEDS, jobs: int | None = None) -> list[Row]:
    """Grow every question's recipes from seeds 0, 1, ... and read them.

    Parameters
    ----------
    seeds : int
        How many a question.
    jobs : int, optional
        Processes; by default one a processor.

    Raises
    ------
    CourseError
        If a number is out of its bounds.
    """
    one = partial(_answered, seeds=whole(seeds, 1, 100_000, "number of seeds"))
    jobs = whole(os.cpu_count() or 1 if jobs is None else jobs, 1, 256, "number of jobs")
    if jobs == 1:
        return list(map(one, questions()))
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(one, questions()))


def store(rows: list[Row], file: str | Path) -> None:
    """Store rows as a table."""
    with Path(file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [each.name for each in fields(Row)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)


def stored(file: str | Path) -> list[Row]:
    """Read a table that `store` wrote."""
    with Path(file).open(encoding="utf-8", newline="") as stream:
        return [
            Row(
                what=row["what"],
                step=row["step"],
                word=row["word"],
                views=row["views"],
                open=row["open"] == "True",
                seeds=int(row["seeds"]),
                itself=int(row["itself"]),
                doubted=int(row["doubted"]),
                borderline=int(row["borderline"]),
                others=row["others"],
            )
            for row in csv.DictReader(stream)
        ]
