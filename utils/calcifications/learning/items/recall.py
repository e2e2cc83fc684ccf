"""Screening: recall or not."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.imaging import SCREENING
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.known import told
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.why import because, missed, needs, tried
from calcifications.lexicon import terms
from calcifications.reading import Reading, Step

RECALL, NO_RECALL = "recall", "no recall"
_RECALLED = 1  # the level of urgency from which there is more to do


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
        return told_of(chance, "screening", SCREENING, among, recalled, words)

    def of(self, reading: Reading) -> str:
        """Return whether they are recalled."""
        return recalled(reading)

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
        rule = self.reading.fired("setting") or self.reading.fired("category")
        said = because(self.decided_by) if self.decided_by else ""
        return f"{words[0].upper()}{words[1:]}. {rule.because if rule else ''} {said}".replace("  ", " ")

    @property
    def decided_by(self) -> Step | None:
        """The rule for the form, which alone can spare a recall."""
        return self.reading.fired("form")

    def why_not(self, word: str) -> str:
        """Return why the other answer does not fit."""
        if word == RECALL:
            return "A form that proves itself harmless needs no more pictures: a recall would worry her for nothing."
        harmless = [term.name for term in terms("form") if term.family == "typically benign"]
        rules = [s for s in tried(self.reading, "form") if s.says in harmless and not s.fired]
        nearest = min(rules, key=missed)
        return (
            "Only a form that proves itself harmless on this picture needs no recall. "
            f"The nearest is “{nearest.says}”, which would need: {needs(list(nearest.checks))}."
        )


def recalled(reading: Reading) -> str:
    """Return whether a screening picture that is read so calls for more."""
    level = reading.rulebook.outcomes[reading.category].level
    return RECALL if level >= _RECALLED else NO_RECALL
