"""Does the picture say what the key says? Two readers of the same cases: of the truth, and of nothing but pixels."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from calcifications.errors import CourseError, whole
from calcifications.imaging import Radiograph, look, project, radiograph
from calcifications.imaging.density import DENSITIES
from calcifications.pattern import Pattern, arrangeable, forms, grow
from calcifications.pattern.presets import varied
from calcifications.reading.findings import Findings
from calcifications.reading.measure import measure
from calcifications.reading.pixels import measure_pixels
from calcifications.reading.read import read

Look = tuple[str, str]  # a view's name and its field

_SMALL: tuple[Look, ...] = (("CC", "close-up"), ("CC-mag", "close-up"), ("ML-mag", "close-up"))
_LARGE: tuple[Look, ...] = (("CC", "close-up"), ("ML", "close-up"))
DECIDE: dict[str, tuple[Look, ...]] = {
    "skin": (("CC", "close-up"), ("CC-mag", "close-up"), ("tangential", "close-up")),
    "vascular": _LARGE,
    "popcorn": _LARGE,
    "large rod-like": _LARGE,
    "rim": _LARGE,
    "dystrophic": _LARGE,
    "suture": _LARGE,
}
"""The views that decide a form, where they are not a contact view and the two magnified ones."""
HUMAN = {"form": 0.36, "distribution": 0.47}
"""Kappa of radiologists among themselves (Berg et al., AJR 2000;174:1769-1777)."""
BEYOND = 0.3  # of either end of a form's ranges: how far out of them the sliders go
NEAR = 0.1  # two counts of particles that lie apart agree if they differ by no more than this share


@dataclass(frozen=True)
class Compared:
    """One case as both readers read it; counts are nan where particles touch, or none is to be made out."""

    number: int
    form: str
    distribution: str
    density: str
    true_form: str
    seen_form: str
    true_distribution: str
    seen_distribution: str
    borderline: bool
    true_count: float
    seen_count: float


def views_of(form: str, distribution: str) -> tuple[Look, ...]:
    """Return the views that decide a form in a distribution."""
    views = DECIDE.get(form, _SMALL)
    # what lies all over the breast shows only on a picture of all of it
    return (("CC", "breast"), *views[1:]) if distribution == "diffuse" else views


def shape_of(view: str, distribution: str) -> tuple[int, int] | None:
    """Return rows and columns: what is no tight group is magnified on 4 cm, as wide as a contact close-up."""
    return (1024, 1024) if view.endswith("-mag") and distribution != "grouped" else None


def case_of(number: int, seed: int) -> tuple[str, str, str, Pattern]:
    """Return a case of the whole space: form, distribution, density and pattern. Forms and distributions take turns.

    Every slider that makes the form lies anywhere in its range or up to `BEYOND` out of it, so that the thresholds
    between the words are among what is read.
    """
    names = forms()
    form = names[number % len(names)]
    words = arrangeable(form)
    distribution = words[number // len(names) % len(words)]
    chance = int(np.random.default_rng([seed, number]).integers(2**31))
    return form, distribution, list(DENSITIES)[chance % 4], grow(varied(form, distribution, chance, BEYOND), chance)


def _counts(pattern: Pattern, looks: Sequence[Look], true: Sequence[Findings], seen: Sequence[Findings]) -> list[float]:
    """Return both readers' counts on the finest view that holds the whole group, if its particles lie apart."""
    fitting = []
    for (view, field), key, found in zip(looks, true, seen, strict=True):
        aimed = look(view, pattern, field=field)
        inside = np.abs(project(aimed, pattern.particles.centre)) < found.field_mm / 2 - 1
        if field == "breast" or inside.all():
            fitting.append((aimed.pixel_mm, key, found))
    if not fitting:
        return [np.nan, np.nan]
    _, key, found = min(fitting, key=lambda each: each[0])
    values = key.groups[0].values
    if values["touching_share"] > 0 or values["readable_share"] < 1:
        return [np.nan, np.nan]
    return [values["count"], sum(group.values["count"] for group in found)]


def picture_of(pattern: Pattern, at: Look, distribution: str, density: str, number: int) -> Radiograph:
    """Take one of a case's pictures."""
    view, field = at
    shape = shape_of(view, distribution)
    return radiograph(pattern, view, field=field, shape=shape, tissue=density, noise_seed=number)


def compare(number: int, seed: int) -> Compared:
    """Let both readers read a case."""
    form, distribution, density, pattern = case_of(number, seed)
    looks = views_of(form, distribution)
    true = [measure(pattern, view, field=field) for view, field in looks]
    seen = [measure_pixels(picture_of(pattern, each, distribution, density, number)) for each in looks]
    key, said = read(true), _read(seen)
    return Compared(
        number, form, distribution, density, key.morphology, said[0], key.distribution, said[1],
        bool(key.borderline), *_counts(pattern, looks, true, seen),
    )  # fmt: skip


def _read(seen: Sequence[Findings]) -> tuple[str, str]:
    """Return the words of a reader who may find two groups on one view and one on the other."""
    try:
        reading = read(seen)
    except CourseError:
        return "unsure", "unsure"
    return reading.morphology, reading.distribution


def kappa(pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Return Cohen's kappa and its standard error (Cohen 1960)."""
    table = Counter(pairs)
    n = table.total()
    one, other = Counter[str](), Counter[str]()
    for (a, b), times in table.items():
        one[a] += times
        other[b] += times
    agreed = sum(times for (a, b), times in table.items() if a == b) / n
    chance = sum(one[word] * other[word] for word in one) / n**2
    if chance == 1:
        return 1.0, 0.0
    return (agreed - chance) / (1 - chance), sqrt(agreed * (1 - agreed) / n) / (1 - chance)


@dataclass(frozen=True)
class Agreement:
    """What both readers said of all cases."""

    cases: tuple[Compared, ...]

    def pairs(self, step: str) -> list[tuple[str, str]]:
        """Return both readers' words of each case: what the truth says first."""
        return [(getattr(case, f"true_{step}"), getattr(case, f"seen_{step}")) for case in self.cases]

    def counts(self) -> list[float]:
        """Return how far the counts differ, as a share of the true one, where particles lie apart."""
        return [case.seen_count / case.true_count - 1 for case in self.cases if case.true_count > 0]

    def __str__(self) -> str:
        lines = [f"{len(self.cases)} cases; the reader of pixels beside the truth, and radiologists among themselves"]
        for step, human in HUMAN.items():
            value, error = kappa(self.pairs(step))
            low, high = value - 1.96 * error, min(value + 1.96 * error, 1.0)
            lines.append(f"kappa of {step}: {value:.3f} (95 % interval {low:.3f} to {high:.3f}); radiologists {human}")
        off = np.abs(self.counts())
        if len(off):
            lines.append(
                f"count, in {len(off)} cases whose particles lie apart: off by {100 * off.mean():.1f} % on average,"
                f" within 10 % in {100 * (off <= NEAR).mean():.1f} %"
            )
        for step in HUMAN:
            lines += ["", *_table(step, self.pairs(step))]
        return "\n".join(lines)


def _table(step: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the lines of a table: one for each word that the truth says, with what the reader of pixels said."""
    table = Counter(pairs)
    lines = [f"{step} by the truth: read as itself; as others"]
    for word in sorted({true for true, _ in table}):
        row = {seen: times for (true, seen), times in table.items() if true == word}
        right = row.pop(word, 0)
        others = ", ".join(f"{seen} {times}" for seen, times in sorted(row.items(), key=lambda item: -item[1]))
        lines.append(f"  {word}: {right} of {right + sum(row.values())}" + (f"; {others}" if others else ""))
    return lines


def agreement(
    cases: int = 2000,
    seed: int = 0,
    jobs: int | None = None,
    *,
    known: Sequence[Compared] = (),
    tell: Callable[[Compared], None] | None = None,
) -> Agreement:
    """Compare both readers on cases over the whole space of forms, distributions and densities.

    Parameters
    ----------
    cases : int
    seed : int
    jobs : int, optional
        Processes; by default one a processor.
    known : sequence of Compared
        The first cases of this seed, where they were compared before.
    tell : function, optional
        Called with each other case, in their order, as soon as it was compared.

    Raises
    ------
    CourseError
        If a number is out of its bounds.
    """
    numbers = range(whole(cases, 1, 1_000_000, "number of cases"))
    one = partial(compare, seed=whole(seed, 0, 2**31, "seed"))
    jobs = whole(os.cpu_count() or 1 if jobs is None else jobs, 1, 256, "number of jobs")
    found = list(known[: len(numbers)])
    left = numbers[len(found) :]
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as pool:
        for case in pool.map(one, left, chunksize=min(8, len(left) or 1)) if pool else map(one, left):
            found.append(case)
            if tell:
                tell(case)
    return Agreement(tuple(found))
