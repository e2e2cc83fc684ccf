"""What has changed since the earlier picture: both are there, and both are measured."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.items.cases import CLOSE, TRIES, grown, no_case, on_close_up, one_of
from calcifications.learning.items.choice import Choice
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import Option
from calcifications.learning.items.look import Look
from calcifications.reading import Context, Findings, Step, measure
from calcifications.reading.change import CHANGES, change

PLAIN = {
    "new": "the earlier picture shows none here",
    "increasing": "more than there were",
    "fewer": "fewer than there were, or gone",
    "stable": "as many as there were",
}
_PLAINLY = 1.6
"""Nothing is asked where one exam shows more than `FACTOR` times as many, and less than this."""


class WhatChanged(Choice):
    """Asks what has changed since the earlier picture."""

    kind, title, together = "change", "say what has changed", True

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        self.now, self.was = case.findings[0], _earlier(case)
        super().__init__(case, chance)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return what may have changed."""
        return CHANGES

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case with an earlier picture on which there were none, fewer, as many or more."""
        word = word or one_of(chance, CHANGES)
        for _ in range(TRIES):
            case = grown(chance, among, laid=CLOSE, wanted=_countable)
            try:
                case = _with_prior(case, word, chance)
            except CourseError:
                continue  # so many more find no room where these lie
            now, was = case.findings[0], _earlier(case)
            if change(now, was) == word and _plain(now, was):
                return case
        raise no_case()

    @property
    def key(self) -> str:
        """What was measured to have changed."""
        return change(self.now, self.was)

    @property
    def looks(self) -> tuple[Look, ...]:
        """Both pictures."""
        view = self.case.views[0]
        return Look("now", "today", self.case, view), Look("earlier", "the earlier exam", self.case, view, earlier=True)

    @property
    def sliders(self) -> tuple[str, ...]:
        """What may be moved to show another answer."""
        return ("count",)

    def ask(self) -> str:
        """Return the question."""
        return "What has changed since the earlier picture?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return all that may have changed."""
        return [Option(word, PLAIN[word]) for word in CHANGES]

    def mark(self, answer: object) -> Feedback:
        """Mark an answer; all that is seen on either picture decides."""
        return replace(super().mark(answer), where=self.all_seen, where_beside=self.was.groups[0].deciding("count"))

    def explain(self) -> str:
        """Return what was counted on both."""
        now, was = _count(self.now), _count(self.was)
        rule = "A quarter more or fewer counts as a change, and two at the least (the course's convention)."
        means = " ".join(step.because for step in self._remarks)
        return f"{now} are seen now, and {was} on the earlier picture. {rule} {means}".strip()

    @property
    def _remarks(self) -> list[Step]:
        """What the rulebook says of such a change."""
        read_so = replace(self.case, context=Context(prior=self.key), prior=None).reading()
        return [step for step in read_so.steps if step.rule.startswith("remark") and "prior" in _asked(step)]

    def why_not(self, word: str) -> str:
        """Return why another word does not fit."""
        now, was = _count(self.now), _count(self.was)
        return f"“{word}” means: {PLAIN[word]}. Here there were {was}, and there are {now}."

    def right_of(self, word: str, case: Case) -> bool:
        """Say whether a word would plainly be right of another case."""
        if case.earlier is None:
            return False
        now, was = case.findings[0], _earlier(case)
        return bool(_count(now)) and change(now, was) == word and _plain(now, was)


_FEWEST = 4  # of so few one more is a quarter


@lru_cache(maxsize=4)
def _earlier(case: Case) -> Findings:
    assert case.earlier is not None
    return measure(case.earlier, case.views[0])


def _count(findings: Findings) -> int:
    return int(findings.groups[0].values["count"])


def _countable(case: Case) -> bool:
    return on_close_up(case) and _count(case.findings[0]) > _FEWEST


def _plain(now: Findings, was: Findings) -> bool:
    """Say whether a change is plain to see, or none at all."""
    more = max(_count(now), _count(was)) / max(min(_count(now), _count(was)), 1)
    return more >= _PLAINLY or more == 1.0


def _asked(step: Step) -> set[str]:
    return {check.feature for check in step.checks}


def _with_prior(case: Case, word: str, chance: np.random.Generator) -> Case:
    """Return a case with an earlier exam on which there were so many for each that is there now."""
    if word == "new":
        return replace(case, context=Context(prior="new"))
    recipe = case.groups[0]
    share = {"increasing": chance.uniform(0.25, 1 / _PLAINLY), "fewer": chance.uniform(_PLAINLY, 2.5)}.get(word, 1.0)
    count = max(1, min(round(recipe.count * share), 120))
    return replace(case, prior=replace(case, recipes=(replace(recipe, count=count),)))
