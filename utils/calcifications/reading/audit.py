"""The audit of a rulebook: whether its rules say what they should, all can fire, and rest on something.

Words are tried one by one: every form and distribution of a rulebook, with every choice of all that its rules ask of
the context, and both sides of every threshold. What is measured is tried on `witnesses`: patterns grown slider by
slider.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calcifications.lexicon import sources
from calcifications.reading.context import CHOICES
from calcifications.reading.enumeration import Enumeration, values
from calcifications.reading.reading import NONE
from calcifications.reading.rulebook import CERTAINTIES, COUNTED, WORD_OF_STEP, Condition, Rule, Rulebook
from calcifications.reading.shelf import rulebook, rulebooks
from calcifications.reading.witnesses import Witness, witnesses

_REPORT = "by report"  # what crosses a threshold on a number that no picture shows


@dataclass(frozen=True)
class Threshold:
    """A number that a rule asks, and the sliders that cross it."""

    rule: str
    condition: Condition
    crossed_by: tuple[str, ...]


@dataclass(frozen=True)
class BookAudit:
    """What the audit found of one rulebook.

    Attributes
    ----------
    book : Rulebook
    cells, silent : int
        How many combinations of form, distribution and context were tried, and of how many it does not say.
    outcomes : mapping of str to int
        How many combinations came out as each verdict.
    thresholds : tuple of Threshold
    faults : tuple of str
        What is wrong, a sentence each.
    """

    book: Rulebook
    cells: int
    silent: int
    outcomes: Mapping[str, int]
    thresholds: tuple[Threshold, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """What the audit found of all rulebooks; printed, a table and the faults."""

    books: tuple[BookAudit, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """Return all faults, each with its rulebook's id."""
        return tuple(f"{each.book.id}: {fault}" for each in self.books for fault in each.faults)

    def __str__(self) -> str:
        lines = [
            f"{'rulebook':<13}{'rules':>6}{'thresholds':>12}{'combinations':>14}{'it does not say':>17}{'faults':>8}"
        ]
        for each in self.books:
            share = f"{each.silent:,} ({100 * each.silent / max(each.cells, 1):.0f} %)"
            lines.append(
                f"{each.book.id:<13}{len(each.book.rules):>6}{len(each.thresholds):>12}{each.cells:>14,}{share:>17}"
                f"{len(each.faults):>8}"
            )
        return "\n".join([*lines, *self.faults])


def audit(books: Sequence[str | Rulebook] | None = None) -> Audit:
    """Audit rulebooks.

    Parameters
    ----------
    books : sequence of str or Rulebook, optional
        Ids or paths; by default all that come with the course.

    Raises
    ------
    CourseError
        If a rulebook is unknown or has mistakes.
    """
    return Audit(tuple(_audit(rulebook(book)) for book in (rulebooks() if books is None else books)))


def _audit(book: Rulebook) -> BookAudit:
    seen = witnesses()
    tried = Enumeration(book)
    thresholds = tuple(
        Threshold(rule.id, condition, _crossed(condition, seen))
        for rule in book.rules
        for condition in rule.when
        if not isinstance(condition.threshold, tuple)
    )
    faults = [
        *_unfounded(book),
        *tried.faults(),
        *(f"rule {rule.id!r}: no pattern that was grown makes it fire." for rule in _never_fired(book, seen)),
        *(
            f"rule {each.rule!r}: no slider crosses {each.condition.feature} {each.condition.op} "
            f"{each.condition.threshold:g}."
            for each in thresholds
            if not each.crossed_by
        ),
    ]
    return BookAudit(book, tried.cells, tried.outcomes.get(NONE, 0), dict(tried.outcomes), thresholds, tuple(faults))


def _unfounded(book: Rulebook) -> Iterator[str]:
    """Name the rules without a reason, without a source that exists, or of no certainty that may be printed."""
    for rule in book.rules:
        if not rule.because.strip():
            yield f"rule {rule.id!r}: it gives no reason."
        if not rule.source:
            yield f"rule {rule.id!r}: its reason has no source."
        for source in rule.source:
            if source not in sources():
                yield f"rule {rule.id!r}: there is no source {source!r}."
        if rule.certainty not in CERTAINTIES:
            yield f"rule {rule.id!r}: {rule.certainty!r} is not sure enough to be printed."


def _crossed(condition: Condition, seen: Sequence[Witness]) -> tuple[str, ...]:
    """Return the sliders that, moved from end to end, take a number over a threshold."""
    if condition.feature in COUNTED:
        return (_REPORT,)
    sides: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for witness in seen:
        value = witness.values.get(condition.feature, math.nan)
        if witness.slider and value == value:
            sides[witness.base, witness.slider].add(condition.margin(value) >= 0)
    return tuple(sorted({slider for (_, slider), both in sides.items() if len(both) == 2}))


def _never_fired(book: Rulebook, seen: Sequence[Witness]) -> Iterator[Rule]:
    """Yield the rules on what is measured that decide of no witness, whatever is known beside the picture."""
    measured = [rule for step in WORD_OF_STEP for rule in book.of_step(step)]
    known = [dict.fromkeys(CHOICES, NONE), *(_wished(rule) for rule in measured)]
    fired = set()
    for context in {tuple(sorted(each.items())): each for each in known}.values():
        for witness in seen:
            facts: dict[str, Any] = {**dict.fromkeys(WORD_OF_STEP.values(), NONE), **context, **witness.values}
            for step, name in WORD_OF_STEP.items():
                rule = _first(book.of_step(step), facts)
                if rule:
                    fired.add(rule.id)
                    facts[name] = rule.says
    yield from (rule for rule in measured if rule.id not in fired)


def _first(rules: Iterable[Rule], facts: Mapping[str, Any]) -> Rule | None:
    return next((rule for rule in rules if all(c.margin(facts.get(c.feature)) >= 0 for c in rule.when)), None)


def _wished(rule: Rule) -> dict[str, Any]:
    """Return what must be known beside the picture for a rule to fire."""
    out: dict[str, Any] = dict.fromkeys(CHOICES, NONE)
    for condition in rule.when:
        if condition.feature in CHOICES or condition.feature in COUNTED:
            can_be = values(condition.feature, [condition], {})
            out[condition.feature] = next((value for value in can_be if condition.margin(value) >= 0), NONE)
    return out
