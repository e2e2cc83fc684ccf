"""Words that are mixed up: those that a rulebook's rules hold close to each other."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from calcifications.reading import NONE, rulebook
from calcifications.reading.rulebook import STEPS, Condition, Rule

Pair = tuple[str, str]
"""Two words, in alphabetical order."""


def pair(one: str, other: str) -> Pair:
    """Return two words as a pair."""
    return (one, other) if one < other else (other, one)


@cache
def near(kind: str, book: str = "birads5") -> frozenset[Pair]:
    """Return the pairs of words of a step that a hair can turn into each other, by the rules alone.

    Two words are near if a rule names the other as its rival, or if two rules stand on either side of one threshold.

    Parameters
    ----------
    kind : str
        A kind of question; there are no such pairs where it asks for no word of a step.
    book : str
        The id of a rulebook.
    """
    if kind not in STEPS:
        return frozenset()
    rules = [rule for rule in rulebook(book).of_step(kind) if isinstance(rule.says, str) and rule.says != NONE]
    pairs = {pair(str(rule.says), rival) for rule in rules for rival in rule.rival}
    pairs |= {pair(str(one.says), str(other.says)) for one, other in combinations(rules, 2) if _part(one, other)}
    return frozenset(each for each in pairs if each[0] != each[1])


def _part(one: Rule, other: Rule) -> bool:
    """Whether two rules stand on either side of one threshold."""
    return any(_opposite(a, b) for a in one.when for b in other.when if a.feature == b.feature)


def _opposite(one: Condition, other: Condition) -> bool:
    if isinstance(one.threshold, tuple) or isinstance(other.threshold, tuple) or one.op[0] == other.op[0]:
        return False
    tolerance = max(one.tolerance, other.tolerance)
    return tolerance > 0 and abs(one.threshold - other.threshold) <= tolerance
