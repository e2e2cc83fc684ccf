"""Every form, distribution and context that a rulebook can be asked for, and what it says to each."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from calcifications.reading.context import CHOICES
from calcifications.reading.reading import NONE
from calcifications.reading.rulebook import WORD_OF_STEP, Condition, Rule, Rulebook


def values(feature: str, conditions: Sequence[Condition], words: Mapping[str, Sequence[str]]) -> list[Any]:
    """Return everything a feature can be: every word, or a number on each side of each threshold, or nothing at all."""
    if feature in CHOICES:
        return list(CHOICES[feature])
    if feature in words:
        return [*words[feature], NONE]
    ends = sorted({float(c.threshold) for c in conditions if not isinstance(c.threshold, tuple)})
    return [math.nan, *(value for end in ends for value in (math.nextafter(end, -math.inf), end, end + 1e-9))]


class Enumeration:
    """Tries every form, distribution and context of a rulebook, and notes what came out.

    Attributes
    ----------
    cells : int
        How many combinations there are.
    outcomes : dict of str to int
        How many of them came out as each verdict; "none" where the rulebook does not say.
    decided : set of (str, str)
        Which rule decided in which distribution.
    """

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
        for value in values(feature, own, self.words):
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
                for value in values(feature, [c for c in rule.when if c.feature == feature], words)
            )
            for feature in {c.feature for c in rule.when}
        )


def _asks(rule: Rule, category: str) -> bool:
    return all(c.margin(category) >= 0 for c in rule.when if c.feature == "category")
