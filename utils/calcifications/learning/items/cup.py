"""Tea-cup or not: the one form that proves itself by changing its shape between two views."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from calcifications.case import Case
from calcifications.imaging import view_named
from calcifications.learning.items.cases import grown, one_of, within
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import Option
from calcifications.learning.items.look import Look
from calcifications.learning.items.why import because, missed, needs
from calcifications.pattern import arrangeable, forms
from calcifications.reading import Reading, Step, weigh

CUP, NO_CUP = "tea-cups", "no tea-cups"
FORM = "milk of calcium"
VIEWS = ("CC-mag", "ML-mag")


class CupOrNot(ReadChoice):
    """Asks whether the calcifications are sediment in tiny cysts."""

    kind, title, step, together = "cup", "tea-cup or not", "form", True

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return both answers."""
        return (CUP, NO_CUP)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a group that is seen from above and from the side, magnified; one in two is of cups."""
        word = word or one_of(chance, cls.words())
        others = within([form for form in forms() if form != FORM and len(arrangeable(form)) > 1], among)
        return grown(chance, (FORM,) if word == CUP else others, laid=("grouped",), views=VIEWS)

    def of(self, reading: Reading) -> str:
        """Return whether these are cups."""
        return CUP if reading.morphology == FORM else NO_CUP

    @property
    def looks(self) -> tuple[Look, ...]:
        """Both views."""
        return tuple(Look(name, view_named(name).plain, self.case, name) for name in VIEWS)

    def ask(self) -> str:
        """Return the question."""
        return "From above and from the side: are these tea-cups (milk of calcium)?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return both answers."""
        return [
            Option(CUP, "sediment that lies level in tiny cysts, seen from the side"),
            Option(NO_CUP, "specks of some other form"),
        ]

    @property
    def _rule(self) -> Step:
        """The rule for cups, as it was tried."""
        return min((step for step in weigh(self.reading, "form") if step.says == FORM), key=missed)

    def mark(self, answer: object) -> Feedback:
        """Mark an answer; what is level from the side decides, on both pictures."""
        side = self.case.findings[VIEWS.index("ML-mag")].groups[self.reading.group]
        level = side.deciding("level_share")
        shown = level if len(level) else self.all_seen
        return replace(super().mark(answer), where=shown, where_beside=shown, step=self._rule, source=self._rule.source)

    def explain(self) -> str:
        """Return what both views show."""
        return because(self._rule)

    def why_not(self, word: str) -> str:
        """Return why the other answer does not fit."""
        if word == CUP:
            return f"These read {self.reading.form_phrase}. Tea-cups would need: {needs(list(self._rule.checks))}."
        share = next(check.shown[0] for check in self._rule.checks if check.feature == "level_share")
        return f"Seen from the side, {share} lie level or cup-shaped, and from above they are round: sediment."
