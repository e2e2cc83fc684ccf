"""Say which rule applies."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.learning.items.cases import BOOK, grown
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option, missed, needs
from calcifications.reading import NONE, Reading, Rule, rulebook, weigh

NO_RULE = "None of these rules"
_STEPS = ("form", "distribution")


def _rules() -> dict[str, Rule]:
    """Return the rules that give a word, by their titles."""
    book = rulebook(BOOK)
    return {rule.title: rule for step in _STEPS for rule in book.of_step(step) if rule.says != NONE}


class WhichRule(ReadChoice):
    """Asks which rule decides here: of the form, or of the distribution."""

    kind, title = "rule", "say which rule applies"

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        self.step = str(chance.choice(_STEPS))
        super().__init__(case, chance)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the rules' titles."""
        return (*_rules(), NO_RULE)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of which form and distribution are clear."""
        rule = _rules().get(word)
        if word == NO_RULE:
            return grown(chance, among, laid=(NONE,), arranged=True)
        if rule and rule.step == "form":
            return grown(chance, (str(rule.says),))
        return grown(chance, among, laid=(str(rule.says),) if rule else (), arranged=bool(rule))

    def of(self, reading: Reading) -> str:
        """Return the title of the rule that decides."""
        fired = reading.fired(self.step)
        return fired.title if fired else NO_RULE

    def ask(self) -> str:
        """Return the question."""
        return f"Which rule decides the word for their {self.step}?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the rule that decides and three that came nearest."""
        fired = self.decided_by
        word = fired.says if fired else NONE
        # a rule that holds too, but behind the one that decides, would not be a fair wrong answer
        wrong = [step for step in weigh(self.reading, self.step) if not step.fired and step.says not in (word, NONE)]
        wrong.sort(key=lambda step: (missed(step), chance.random()))
        titles = dict.fromkeys(step.title for step in wrong if step.title != self.key)
        return [Option(self.key), *(Option(title) for title in list(titles)[:3])]

    def explain(self) -> str:
        """Return why the right rule is right here."""
        return super().explain() or "None of the rules for a word holds here, and a word is not forced on a pattern."

    def why_not(self, word: str) -> str:
        """Return why a wrong rule does not decide here."""
        behind = min((step for step in weigh(self.reading, self.step) if step.title == word), key=missed, default=None)
        if behind is None:
            return f"“{word}” is for patterns that no rule fits; here one does."
        failing, first = needs(list(behind.checks)), self.decided_by
        if first and not failing:
            return f"What “{word}” asks for is there too, but the rules ask for “{first.says}” first, and it fits."
        return f"“{word}” would need: {failing}."
