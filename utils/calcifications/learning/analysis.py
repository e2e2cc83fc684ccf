"""Item analysis: whether questions can be answered without knowing, or have two answers that can be defended.

And whether all that the rulebook says is asked: each word of each kind, and each rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from calcifications.errors import whole
from calcifications.learning.items import KINDS, CaseItem, Item, fresh_item
from calcifications.learning.items.cases import BOOK
from calcifications.learning.items.ruled import unasked
from calcifications.reading import rulebook

SURE = 0.001
"""How unlikely an uneven share of an option's place must be by chance alone, before it counts as a fault."""

ENOUGH = 5000
"""In so many questions of all kinds every rule comes up; that fewer miss one is no fault."""


@dataclass
class KindAnalysis:
    """What was found of one kind of question.

    Attributes
    ----------
    kind : str
    items : int
    places : dict of int to Counter
        For questions with so many options: how often the right one stood where, from 0.
    asked : Counter
        How often each word was asked for.
    doubtful : list of str
        Codes of questions with another answer that can be defended: a borderline reading, or a second right option.
    twice : int
        Questions that came more than once.
    """

    kind: str
    items: int = 0
    places: dict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    asked: Counter[str] = field(default_factory=Counter)
    doubtful: list[str] = field(default_factory=list)
    twice: int = 0

    @property
    def chance(self) -> float:
        """How likely the places of the right options are so uneven by chance alone; 1 without options."""
        from scipy.stats import chi2

        square, free = 0.0, 0
        for options, counts in self.places.items():
            even = counts.total() / options
            square += sum((counts[place] - even) ** 2 / even for place in range(options))
            free += options - 1
        return float(chi2.sf(square, free)) if free else 1.0

    @property
    def missing(self) -> tuple[str, ...]:
        """Words that were never asked for."""
        return tuple(word for word in KINDS[self.kind].words() if not self.asked[word])

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, a sentence each."""
        said = []
        if self.chance < SURE:
            said.append(f"{self.kind}: the right option stands in some places more often than by chance.")
        if self.doubtful:
            said.append(f"{self.kind}: {len(self.doubtful)} with two answers to defend, such as {self.doubtful[0]}.")
        if self.twice:
            said.append(f"{self.kind}: {self.twice} came twice.")
        if self.missing:
            said.append(f"{self.kind}: never asked for {', '.join(self.missing)}.")
        return tuple(said)


@dataclass(frozen=True)
class Analysis:
    """What was found of all kinds; printed, two tables and the faults.

    Attributes
    ----------
    kinds : tuple of KindAnalysis
    rules : Counter
        Of how many questions each rule of the rulebook decides the key, by its id.
    """

    kinds: tuple[KindAnalysis, ...]
    rules: Counter[str]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, a sentence each."""
        enough = len(self.kinds) == len(KINDS) and sum(one.items for one in self.kinds) >= ENOUGH
        missing = [r for r in rulebook(BOOK).rules if enough and not self.rules[r.id] and r.id not in unasked()]
        return (
            *(fault for kind in self.kinds for fault in kind.faults),
            *(f"No question rests on the rule {rule.id} ({rule.step})." for rule in missing),
            *(
                f"A question rests on {rule}, which is said to be never asked."
                for rule in unasked()
                if self.rules[rule]
            ),
        )

    def __str__(self) -> str:
        rows = [f"{'kind':14} {'items':>6} {'words':>6} {'asked':>6} {'two keys':>9} {'twice':>6}  place by chance"]
        for one in self.kinds:
            words = KINDS[one.kind].words()
            place = f"p = {one.chance:.2f}" if one.places else "no options"
            rows.append(
                f"{one.kind:14} {one.items:6} {len(words):6} {len(words) - len(one.missing):6} "
                f"{len(one.doubtful):9} {one.twice:6}  {place}"
            )
        rows += ["", f"{'step':14} {'rule':40} {'asked':>6}", *self._rule_rows, ""]
        rows.append(f"{sum(one.items for one in self.kinds)} items; " + ("; ".join(self.faults) or "no fault found."))
        return "\n".join(rows)

    @property
    def _rule_rows(self) -> list[str]:
        """Each rule: its step, how many questions rest on it, and why none may."""
        told = [(rule, "remark" if rule.remark else rule.step) for rule in rulebook(BOOK).rules]
        return [
            f"{step:14} {rule.id:40} {self.rules[rule.id]:6}  {unasked().get(rule.id, '')}".rstrip()
            for rule, step in told
        ]


def analyse(count: int = 5000, seed: int = 0, kinds: Sequence[str] = ()) -> Analysis:
    """Make questions and look at them: one for every word of each kind first, then kinds in turn.

    Parameters
    ----------
    count : int
        How many, 1 to 100,000; every word is asked for once all the same.
    seed : int
    kinds : sequence of str
        All by default.

    Raises
    ------
    CourseError
        If a number is out of its bounds, or a kind is unknown.
    """
    count = whole(count, 1, 100_000, "number of items")
    chance = np.random.default_rng(whole(seed, 0, 2**31, "seed"))
    found = {kind: KindAnalysis(kind) for kind in (kinds or KINDS)}
    rules: Counter[str] = Counter()
    seen: set[tuple[str, str, str]] = set()
    for item in _items(chance, count, tuple(found)):
        one = found[item.kind]
        one.items += 1
        one.asked[item.category.word] += 1
        rules.update(set(item.rests_on))
        if item.options:
            one.places[len(item.options)][[option.word for option in item.options].index(item.key)] += 1
        if doubtful(item):
            one.doubtful.append(item.code)
        if item.case:  # of a fact there is one question only
            one.twice += (same := (item.kind, item.code, item.ask())) in seen
            seen.add(same)
    return Analysis(tuple(found.values()), rules)


def _items(chance: np.random.Generator, count: int, kinds: tuple[str, ...]) -> Iterator[Item]:
    each = [(kind, word) for kind in kinds for word in KINDS[kind].words()]
    for kind, word in each:
        yield fresh_item(kind, chance, word=word)
    for number in range(count - len(each)):
        yield fresh_item(kinds[number % len(kinds)], chance)


def doubtful(item: Item) -> bool:
    """Say whether another answer than the key can be defended: it is marked right too, or the case leaves a doubt."""
    right = [option.word for option in item.options if item.mark(option.word).right]
    return (bool(item.options) and right != [item.key]) or (isinstance(item, CaseItem) and bool(item.doubts))
