"""One published set of rules, as data: a TOML file that a radiologist can read and correct without Python.

A rulebook is a list of rules in the order in which a reader thinks. In each step (real or not, form, distribution,
category, setting) the first rule whose conditions all hold gives the step's word. A threshold has a tolerance: nearer
than that, two words compete and the reading is borderline.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STEPS = ("real", "form", "distribution", "category", "setting")
WORD_OF_STEP = {"real": "artefact", "form": "morphology", "distribution": "distribution"}
"""What the word of a step is called, for later rules to ask."""
OPERATORS = (">=", ">", "<=", "<")
CERTAINTIES = ("found", "found second-hand", "course convention")


@dataclass(frozen=True)
class Condition:
    """One thing that a rule asks: a number against a threshold, or a word against the words that will do.

    Attributes
    ----------
    feature : str
        One of `FEATURES`, a field of `Context`, "stable_months", or the word of an earlier step: "artefact",
        "morphology", "distribution", "category".
    op : str
        ">=", ">", "<=", "<" for numbers; "is", "is not" for words.
    threshold : float or tuple of str
    tolerance : float
        Nearer to the threshold than this, the answer might as well be the other one.
    """

    feature: str
    op: str
    threshold: float | tuple[str, ...]
    tolerance: float = 0.0

    def margin(self, value: Any) -> float:
        """Return how far a value is on the right side of the threshold (negative: on the wrong side).

        Words are right (+inf) or wrong (-inf); nan, where there was nothing to measure, is wrong.
        """
        if isinstance(self.threshold, tuple):
            return math.inf if (value in self.threshold) == (self.op == "is") else -math.inf
        if value is None or value != value:
            return -math.inf
        above = float(value) - self.threshold
        if self.op[0] == "<":
            above = -above
        # the open side of a threshold does not include it
        return above if above or "=" in self.op else -math.ulp(0.0)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    id, step, title, because : str
        Its name in the file, the step it belongs to, its plain name, and the reason in one sentence.
    says : str or dict
        The word it gives; for a category, a word a distribution.
    when : tuple of Condition
        What must hold, all of it.
    source : tuple of str
    certainty : str
    anchored : tuple of str
        Distributions whose cell a source names; the other cells are the course's own.
    rival : tuple of str
        Words that a rule always leaves open: what it asks can't tell them from its own.
    management : str
        Of a category: what is done, where that is not what the category usually means.
    """

    id: str
    step: str
    title: str
    because: str
    says: str | Mapping[str, str]
    when: tuple[Condition, ...]
    source: tuple[str, ...]
    certainty: str
    anchored: tuple[str, ...] = ()
    rival: tuple[str, ...] = ()
    management: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a rulebook's verdict means: its management, and how urgent that is (0 nothing to 3 tissue)."""

    name: str
    plain: str
    management: str
    level: int


@dataclass(frozen=True)
class Rulebook:
    """A rulebook, read and checked."""

    id: str
    title: str
    edition: str
    kind: str
    note: str
    silence: str
    not_covered: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]

    def of_step(self, step: str) -> tuple[Rule, ...]:
        """Return a step's rules in their order."""
        return tuple(rule for rule in self.rules if rule.step == step)

    @property
    def advisory(self) -> bool:
        """Whether the page may only compare it, never act on it."""
        return self.kind == "patient leaflet"
