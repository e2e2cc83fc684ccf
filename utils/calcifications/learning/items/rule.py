"""Say which rule applies."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.learning.items.cases import grown, one_of
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.rule_cases import STEPS, VIEWS, askable, decided_by, hairs
from calcifications.learning.items.why import missed, needs
from calcifications.reading import NONE, Doubt, Reading, Rule, Step, weigh

NO_RULE = "None of these rules"

_NAMED = 0.5  # how often any rule is asked for alike, however rarely a fresh case shows it


class WhichRule(ReadChoice):
    """Asks which rule decides here: of the form, or of the distribution."""

    kind, title = "rule", "say which rule applies"

    def __init__(self, case: Case, chance: np.random.Generator, step: str = "") -> None:
        self.step = step or str(chance.choice(STEPS))
        super().__init__(case, chance)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the rules' titles."""
        return (*askable(), NO_RULE)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of which form and distribution are clear; whether it has one view or five is chance."""
        if word in askable():
            return decided_by(askable()[word], chance, among)
        views = one_of(chance, VIEWS)
        return grown(chance, among, laid=(NONE,) if word else (), arranged=bool(word), views=views)

    @classmethod
    def made(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> WhichRule:
        """Make an item; a rule that is named tells which step is asked about."""
        if not word and not among and chance.random() < _NAMED:
            word = one_of(chance, list(askable()))
        step = askable()[word].step if word in askable() else "distribution" if word else ""
        return cls(cls.fresh(chance, among, word), chance, step)

    def of(self, reading: Reading) -> str:
        """Return the title of the rule that decides."""
        fired = reading.fired(self.step)
        return fired.title if fired else NO_RULE

    def doubts_of(self, reading: Reading) -> tuple[Doubt, ...]:
        """Return why two answers could be defended if the case is read so."""
        return hairs(reading, self.step)

    def ask(self) -> str:
        """Return the question."""
        return f"Which rule decides the word for their {self.step}?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the rule that decides and three that came nearest."""
        fired = self.decided_by
        left_open = (fired.says, *self._rule(fired).rival) if fired else ()
        # a rule that holds too, or nearly, would not be a fair wrong answer, nor one for a word that is left open
        wrong = [
            step
            for step in weigh(self.reading, self.step)
            if step.says not in (*left_open, NONE) and self._rule(step).far(self.reading.facts)
        ]
        wrong.sort(key=lambda step: (missed(step), chance.random()))
        titles = dict.fromkeys(step.title for step in wrong if step.title != self.key)
        return [Option(self.key), *(Option(title) for title in list(titles)[:3])]

    def explain(self) -> str:
        """Return why the right rule is right here, and what it leaves open."""
        fired = self.decided_by
        if not fired:
            return "None of the rules for a word holds here, and a word is not forced on a pattern."
        rivals = self._rule(fired).rival
        also = f" The rule itself leaves “{'” or “'.join(rivals)}” open." if rivals else ""
        return super().explain() + also

    def why_not(self, word: str) -> str:
        """Return why a wrong rule does not decide here."""
        behind = min((step for step in weigh(self.reading, self.step) if step.title == word), key=missed, default=None)
        if behind is None:
            return f"“{word}” is for patterns that no rule fits; here one does."
        failing, first = needs(list(behind.checks)), self.decided_by
        if first and not failing:
            return f"What “{word}” asks for is there too, but the rules ask for “{first.says}” first, and it fits."
        return f"“{word}” would need: {failing}."

    def _rule(self, step: Step) -> Rule:
        """Return the rule behind a step."""
        return next(rule for rule in self.reading.rulebook.of_step(self.step) if rule.id == step.rule)
