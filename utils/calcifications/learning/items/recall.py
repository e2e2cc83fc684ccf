"""Screening: recall or not."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import SCREENING
from calcifications.learning.items.cases import BOOK, one_of
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.known import told
from calcifications.learning.items.ruled import askable, decider, ruled
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.why import because
from calcifications.lexicon import terms
from calcifications.reading import Reading, Rulebook, Step, rulebook

RECALL, NO_RECALL = "recall", "no recall"
_RECALLED = 1  # the level of urgency from which there is more to do
_RULED = 0.25  # how often any rule is asked about alike, however rarely a fresh case comes under it


class RecallOrNot(ReadChoice):
    """Asks whether a screening picture calls for more."""

    kind, title, step = "recall", "recall or not", "form"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return both answers."""
        return (RECALL, NO_RECALL)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a screening case; one in two calls for a recall."""
        words = [word] if word else chance.permutation(cls.words()).tolist()
        if not among and chance.random() < _RULED:
            rules = [rule for rule in askable("setting") if _answer(rulebook(BOOK), str(rule.says)) == words[0]]
            with suppress(CourseError):
                return ruled(one_of(chance, rules), chance, lambda reading: recalled(reading) == words[0])
        return told_of(chance, "screening", SCREENING, among, recalled, words)

    def of(self, reading: Reading) -> str:
        """Return whether they are recalled."""
        return recalled(reading)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The rule that calls for a recall, or spares it."""
        return tuple(step.rule for step in self._reasons[:1])

    @property
    def known(self) -> tuple[str, ...]:
        """What is known beside the picture."""
        return told(self.case.context)

    def ask(self) -> str:
        """Return the question."""
        return "Do these calcifications call for a recall?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return both answers."""
        book = self.reading.rulebook
        more = next(o.management for o in book.outcomes.values() if o.level == _RECALLED)
        none = next(o.management for o in book.outcomes.values() if o.level < _RECALLED)
        return [Option(RECALL, more), Option(NO_RECALL, none)]

    def explain(self) -> str:
        """Return why they are recalled, or not."""
        words = f"{self.reading.form_phrase}, {self.reading.distribution_phrase}"
        fired = self.decided_by
        before = [step.because for step in self._reasons if fired is None or step.rule != fired.rule]
        return " ".join([f"{words[0].upper()}{words[1:]}.", *before, *([because(fired)] if fired else [])])

    @property
    def _reasons(self) -> list[Step]:
        """The rule that calls for a recall or spares it, and why a form that could spare it does not."""
        reading = self.reading
        of_setting, of_category = decider(reading, "setting"), reading.fired("category")
        left = of_setting is None or (self._spoilt and reading.after_work_up.level >= _RECALLED)
        return [step for step in (of_setting, of_category if left else None) if step]

    @property
    def _spoilt(self) -> bool:
        """Whether they are recalled though their form proves itself harmless: there is more to see."""
        return self.key == RECALL and self.reading.morphology in _harmless()

    @property
    def decided_by(self) -> Step | None:
        """The rule for the form, which alone can spare a recall, or what spoils such a form."""
        return self._reasons[-1] if self._spoilt else self.reading.fired("form")

    def why_not(self, word: str) -> str:
        """Return why the other answer does not fit."""
        if word == RECALL:
            return "A form that proves itself harmless needs no more pictures: a recall would worry her for nothing."
        if self._spoilt:
            return f"Their form alone would spare it, but here is more to see: “{self._reasons[-1].title}”."
        return (
            f"Only a form that proves itself harmless on the picture spares a recall: {', '.join(_harmless())}. "
            f"These are {self.reading.form_phrase}."
        )


def recalled(reading: Reading) -> str:
    """Return whether a screening picture that is read so calls for more."""
    return _answer(reading.rulebook, reading.category)


def _answer(book: Rulebook, category: str) -> str:
    return RECALL if book.outcomes[category].level >= _RECALLED else NO_RECALL


@cache
def _harmless() -> tuple[str, ...]:
    """Return the forms that may spare a recall."""
    return tuple(t.name for t in terms("form") if t.family == "typically benign" and not t.never_cleared_by_form)
