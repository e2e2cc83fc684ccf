"""What a rulebook makes of findings: a verdict, and the steps that led there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple, overload

from calcifications.reading.context import Context
from calcifications.reading.findings import FEATURES
from calcifications.reading.rates import NONE
from calcifications.reading.report import report
from calcifications.reading.rulebook import Rule, Rulebook

__all__ = ["NONE", "Check", "Checks", "Doubt", "Reading", "Step"]


class Check(NamedTuple):  # hundreds are made at each step of a slider, three times as fast as dataclasses
    """One condition of a rule as it was asked.

    `margin` is how far the value lies on the right side of the threshold, in the feature's unit (negative: on the wrong
    side; infinite for words).
    """

    feature: str
    value: Any
    op: str
    threshold: float | tuple[str, ...]
    margin: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether the value is on the right side of the threshold."""
        return self.margin >= 0

    @property
    def label(self) -> str:
        """What is measured, in plain words."""
        return FEATURES[self.feature].label if self.feature in FEATURES else self.feature.replace("_", " ")

    def _number(self, value: float, more: int) -> str:
        feature = FEATURES.get(self.feature)
        if feature is None:
            return f"{value:g}"
        if value != value:
            return "nothing to measure"
        if "share" in self.feature:
            return f"{100 * value:.{more}f} %"
        return f"{value:.{feature.places + more}f} {feature.unit}".strip()

    @property
    def shown(self) -> tuple[str, str]:
        """The value and the threshold as a page prints them: ("7", "at least 5")."""
        if isinstance(self.threshold, tuple):
            return str(self.value), ("" if self.op == "is" else "not ") + " or ".join(self.threshold)
        asked = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}[self.op]
        # 0.739 is not "at least 0.74": one more digit where the two would look alike and are not
        more = int(not self.holds and self._number(self.value, 0) == self._number(self.threshold, 0))
        return self._number(self.value, more), f"{asked} {self._number(self.threshold, more)}"


class Checks(Sequence[Check]):
    """What a rule asked, and of which facts: its checks are worked out once they are looked at.

    Most rules fail far from their thresholds, and nobody looks how.
    """

    def __init__(self, rule: Rule, facts: Mapping[str, Any]) -> None:
        self._rule, self._facts = rule, facts

    @cached_property
    def _all(self) -> tuple[Check, ...]:
        asked = ((c, self._facts.get(c.feature)) for c in self._rule.when)
        return tuple(Check(c.feature, value, c.op, c.threshold, c.margin(value), c.tolerance) for c, value in asked)

    @overload
    def __getitem__(self, index: int) -> Check: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Check, ...]: ...

    def __getitem__(self, index: int | slice) -> Check | tuple[Check, ...]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._rule.when)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Checks) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)


@dataclass(frozen=True)
class Step:
    """One rule as it was tried: whether it fired, on which checks, why it is a rule, and where it comes from."""

    rule: str
    step: str
    title: str
    says: str
    fired: bool
    checks: Checks
    because: str
    source: tuple[str, ...]
    certainty: str


@dataclass(frozen=True)
class Doubt:
    """Two words that compete: a measure lies within its tolerance of the threshold between them.

    Where it is the rule itself that leaves both words open, `feature` is empty and `margin` nan.
    """

    step: str
    word: str
    rival: str
    feature: str = ""
    margin: float = math.nan

    def __str__(self) -> str:
        return f"{self.word} or {self.rival}"


@dataclass(frozen=True)
class Reading:
    """A rulebook's verdict on one group of calcifications, and how it came to it.

    Attributes
    ----------
    rulebook : Rulebook
    context : Context
    morphology, distribution : str
        The words, or "none" where no word fits.
    artefact : str
        What it is if it is not calcium at all, else "none".
    facts : mapping
        All that the rules could ask: what was measured, the words found, the context.
    category, management : str
        The outcome and what is done; category "none" where the rulebook does not say.
    borderline : tuple of Doubt
        Empty if every measure is clear of its thresholds.
    suspicion : float
        0 to 1; only to put cases in order, never anyone's risk.
    steps : tuple of Step
        In the order a reader thinks; each step's last one is the rule that fired.
    group : int
        Which group it is of: where there are several, the most worrisome decides.
    """

    rulebook: Rulebook
    context: Context
    morphology: str
    distribution: str
    category: str
    management: str
    level: int
    borderline: tuple[Doubt, ...]
    suspicion: float
    steps: tuple[Step, ...]
    group: int = 0
    artefact: str = NONE
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _after: Reading | None = None
    _all: tuple[Reading, ...] = ()

    @property
    def after_work_up(self) -> Reading:
        """The reading once magnified, lateral and earlier views are in; itself in a diagnostic setting."""
        return self._after or self

    def awaiting(self, work_up: Reading) -> Reading:
        """Return this reading, of a picture that calls for a work-up, with what the work-up's own views say."""
        groups = {one.group: one for one in work_up.populations}
        every = tuple(replace(one, _after=groups[one.group]) if one._after else one for one in self._all)
        return replace(self, _after=groups[self.group], _all=every) if self._after else self

    @property
    def populations(self) -> tuple[Reading, ...]:
        """One reading a group."""
        return self._all or (self,)

    def fired(self, step: str) -> Step | None:
        """Return the rule that gave a step's word, or None if none fired."""
        return next((each for each in self.steps if each.step == step and each.fired), None)

    @property
    def form_phrase(self) -> str:
        """The form in words, also where the lexicon has none."""
        if self.morphology != NONE:
            return self.morphology
        step = self.fired("form")
        return step.title if step else "no form word"

    @property
    def distribution_phrase(self) -> str:
        """The distribution in words, also where none fits."""
        return self.distribution if self.distribution != NONE else "no distribution word fits"

    @property
    def verdict_phrase(self) -> str:
        """The category, with what it would be after work-up where that differs."""
        first = self.category if self.category != NONE else self.rulebook.silence
        after = self.after_work_up
        if after is self:
            return first
        then = f": {after.rulebook.silence}" if after.category == NONE else f" {after.category}"
        return f"{first} (after work-up{then})"

    def __repr__(self) -> str:
        warning = " (leaflet: to compare, not to act on)" if self.rulebook.advisory else ""
        return f"{self.form_phrase}, {self.distribution_phrase} -> {self.verdict_phrase}{warning}"

    report = report  # the finding in the words of a report: its module says how
