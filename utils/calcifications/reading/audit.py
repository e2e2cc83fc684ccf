"""The audit of a rulebook: whether its rules say what they should, all can fire, and rest on something.

Words are tried one by one: every form and distribution of a rulebook, with every choice of all that its rules ask of
the context, and both sides of every threshold. What is measured is tried on `witnesses`: patterns grown slider by
slider.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calcifications.lexicon import sources
from calcifications.reading.context import CHOICES
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
    tried = _Enumeration(book)
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
            values = _values(condition.feature, [condition], {})
            out[condition.feature] = next((value for value in values if condition.margin(value) >= 0), NONE)
    return out


def _values(feature: str, conditions: Sequence[Condition], words: Mapping[str, Sequence[str]]) -> list[Any]:
    """Return everything a feature can be: every word, or a number on each side of each threshold, or nothing at all."""
    if feature in CHOICES:
        return list(CHOICES[feature])
    if feature in words:
        return [*words[feature], NONE]
    ends = sorted({float(c.threshold) for c in conditions if not isinstance(c.threshold, tuple)})
    return [math.nan, *(value for end in ends for value in (math.nextafter(end, -math.inf), end, end + 1e-9))]


class _Enumeration:
    """Tries every form, distribution and context of a rulebook, and notes what came out."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.words = {name: book.words.get(name, ()) for name in WORD_OF_STEP.values()}
        self.cells = 0
        self.outcomes: dict[str, int] = defaultdict(int)
        self.decided: set[tuple[str, str]] = set()  # rule, distribution
        for form in [*self.words["morphology"], NONE]:
            for where in [*self.words["distribution"], NONE]:
                self._try({"morphology": form, "distribution": where})

    def _try(self, given: dict[str, Any]) -> None:
        where = given["distribution"]
        rules = [
            rule
            for rule in self.book.of_step("category")
            if (isinstance(rule.says, str) or where in rule.says) and self._can(rule, given)
        ]
        final = [rule for rule in self.book.of_step("setting") if self._can(rule, given)]
        asked = [
            c for rule in (*rules, *final) for c in rule.when if c.feature not in given and c.feature != "category"
        ]
        bit = {condition: 1 << number for number, condition in enumerate(dict.fromkeys(asked))}
        axes = [self._axis(feature, bit) for feature in dict.fromkeys(c.feature for c in asked)]
        needs = [(rule, sum(bit[c] for c in dict.fromkeys(rule.when) if c in bit)) for rule in rules]
        late = [(rule, sum(bit[c] for c in dict.fromkeys(rule.when) if c in bit)) for rule in final]
        for combination in itertools.product(*axes):
            mask = sum(holds for holds, _ in combination)
            times = math.prod(size for _, size in combination)
            rule = next((rule for rule, need in needs if mask & need == need), None)
            says = self._says(rule, where)
            if rule:
                self.decided.add((rule.id, where))
            then = next((each for each, need in late if mask & need == need and _asks(each, says)), None)
            if then:
                self.decided.add((then.id, where))
                says = self._says(then, where)
            self.cells += times
            self.outcomes[says] += times

    def _says(self, rule: Rule | None, where: str) -> str:
        if rule is None:
            return NONE
        return rule.says if isinstance(rule.says, str) else rule.says[where]

    def _can(self, rule: Rule, given: Mapping[str, Any]) -> bool:
        return all(c.margin(given[c.feature]) >= 0 for c in rule.when if c.feature in given)

    def _axis(self, feature: str, bit: Mapping[Condition, int]) -> list[tuple[int, int]]:
        """Return what a feature can be, as far as rules can tell it apart: the conditions that hold, and how many."""
        own = [condition for condition in bit if condition.feature == feature]
        alike: dict[int, int] = defaultdict(int)
        for value in _values(feature, own, self.words):
            alike[sum(bit[c] for c in own if c.margin(value) >= 0)] += 1
        number = feature not in CHOICES and feature not in self.words
        return [(holds, 1 if number else size) for holds, size in alike.items()]

    def faults(self) -> Iterator[str]:
        """Name rules and cells of the table that decide of nothing, and verdicts that mean nothing or never come."""
        ids = {rule for rule, _ in self.decided}
        for rule in (*self.book.of_step("category"), *self.book.of_step("setting")):
            if rule.id not in ids:
                yield f"rule {rule.id!r}: it can never fire, whatever the words and the context."
            elif not isinstance(rule.says, str):
                for where in rule.says:
                    if (rule.id, where) not in self.decided:
                        yield f"rule {rule.id!r}: its cell for {where!r} can never be reached."
        for rule in self.book.remarks:
            if not self._can_hold(rule):
                yield f"rule {rule.id!r}: its conditions can never hold together."
        for name in self.outcomes:
            if name not in self.book.outcomes and name != NONE:
                yield f"outcome {name!r}: a rule gives it, but nothing says what it means."
        for name in self.book.outcomes:
            if name not in self.outcomes:
                yield f"outcome {name!r}: no rule ever gives it."

    def _can_hold(self, rule: Rule) -> bool:
        words = {**self.words, "category": tuple(self.outcomes)}
        return all(
            any(
                all(c.margin(value) >= 0 for c in rule.when if c.feature == feature)
                for value in _values(feature, [c for c in rule.when if c.feature == feature], words)
            )
            for feature in {c.feature for c in rule.when}
        )


def _asks(rule: Rule, category: str) -> bool:
    return all(c.margin(category) >= 0 for c in rule.when if c.feature == "category")
