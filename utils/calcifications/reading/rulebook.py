"""One published set of rules, as data: a TOML file that a radiologist can read and correct without Python.

A rulebook is a list of rules in the order in which a reader thinks. In each step (real or not, form, distribution,
category, setting) the first rule whose conditions all hold gives the step's word. A threshold has a tolerance: nearer
than that, two words compete and the reading is borderline. Remarks stand beside the category: all that hold are told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STEPS = ("real", "form", "distribution", "category", "setting")
WORD_OF_STEP = {"real": "artefact", "form": "morphology", "distribution": "distribution"}
"""What the word of a step is called, for later rules to ask."""
OPERATORS = (">=", ">", "<=", "<")
CERTAINTIES = ("found", "found second-hand", "course convention")
KINDS = ("lexicon", "patient leaflet", "history", "scale")
COUNTED = ("stable_months", "age")
"""Numbers of a `Context` that a rule may ask."""


@dataclass(frozen=True)
class Condition:
    """One thing that a rule asks: a number against a threshold, or a word against the words that will do.

    Attributes
    ----------
    feature : str
        One of `FEATURES`, a field of `Context`, one of `COUNTED`, or the word of an earlier step: "artefact",
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
        The word it gives; for a category, a word a distribution. Empty for a remark.
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
    remark : bool
        Whether it changes no category, but must be read with it: each remark that holds is told.
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
    remark: bool = False

    def far(self, facts: Mapping[str, Any]) -> bool:
        """Say whether it fails on something by more than a hair."""
        return any(c.margin(facts.get(c.feature)) < -c.tolerance for c in self.when)


@dataclass(frozen=True)
class Outcome:
    """What a rulebook's verdict means: its management, and how urgent that is (0 nothing, 3 tissue, 4 treatment)."""

    name: str
    plain: str
    management: str
    level: int


@dataclass(frozen=True)
class Rulebook:
    """A rulebook, read and checked.

    Attributes
    ----------
    id, title, edition : str
    kind : str
        One of `KINDS`.
    note, silence : str
        What a reader must know of it, and how it says that it does not say.
    not_covered : tuple of str
    outcomes : mapping of str to Outcome
    rules : tuple of Rule
    banner : str
        A warning that stands over everything it says; mostly empty.
    words : mapping of str to tuple of str
        Its own words, by what they name ("morphology", "distribution"), where they are not the lexicon's.
    base : str
        The id of the rulebook it is based on; empty if it stands by itself.
    renamed : mapping of str to str
        Words of that rulebook, and what they are called here.
    """

    id: str
    title: str
    edition: str
    kind: str
    note: str
    silence: str
    not_covered: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]
    banner: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)

    def of_step(self, step: str) -> tuple[Rule, ...]:
        """Return the rules that give a step its word, in their order."""
        return tuple(rule for rule in self.rules if rule.step == step and not rule.remark)

    @property
    def remarks(self) -> tuple[Rule, ...]:
        """The rules that give no word, but must be read with the category."""
        return tuple(rule for rule in self.rules if rule.remark)

    def said(self, word: str) -> str:
        """Return what a word of the lexicon is called here."""
        return self.renamed.get(word, word)

    def meant(self, word: str) -> str:
        """Return a word of the lexicon that is called so here."""
        return next((old for old, new in self.renamed.items() if new == word), word)

    @property
    def advisory(self) -> bool:
        """Whether the page may only compare it, never act on it."""
        return self.kind == "patient leaflet"
