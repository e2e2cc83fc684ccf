"""Say which rule applies."""

from __future__ import annotations

from functools import cache

import numpy as np

from calcifications.case import Case
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.learning.items.cases import BOOK, TRIES, as_shown, case_of, drawn_words, grown, no_case, one_of
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.why import missed, needs
from calcifications.pattern import forms
from calcifications.reading import NONE, Context, Reading, Rule, rulebook, weigh

NO_RULE = "None of these rules"

_STEPS = ("form", "distribution")
_BEYOND = (0.0, 1.0, 2.0)  # how far sliders may leave a preset's ranges, for rules that are met between the presets
_BETWEEN = frozenset(
    (
        "coarse-heterogeneous-stretched",
        "fine-linear-most",
        "fine-linear-tenth",
        "fine-pleomorphic-stretched",
        "grouped-many",
    )
)  # rules for what lies so far between the presets that hardly a fresh case in a hundred shows it
_VIEWS = (*[SCREENING[:1]] * 3, WORK_UP)  # mostly one view
_HURT = Context(history="surgery", history_place="here")


@cache
def askable() -> dict[str, Rule]:
    """Return the rules that can be asked about, by their titles: those that give a word and leave no other one open."""
    book = rulebook(BOOK)
    rules = (rule for step in _STEPS for rule in book.of_step(step))
    return {rule.title: rule for rule in rules if rule.says != NONE and not rule.rival and rule.id not in _BETWEEN}


class WhichRule(ReadChoice):
    """Asks which rule decides here: of the form, or of the distribution."""

    kind, title = "rule", "say which rule applies"

    def __init__(self, case: Case, chance: np.random.Generator, step: str = "") -> None:
        self.step = step or str(chance.choice(_STEPS))
        super().__init__(case, chance)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the rules' titles."""
        return (*askable(), NO_RULE)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of which form and distribution are clear; whether it has one view or five is chance."""
        if word in askable():
            return _decided_by(askable()[word], chance, among)
        views = one_of(chance, _VIEWS)
        return grown(chance, among, laid=(NONE,) if word else (), arranged=bool(word), views=views)

    @classmethod
    def made(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> WhichRule:
        """Make an item; a rule that is named tells which step is asked about."""
        step = askable()[word].step if word in askable() else "distribution" if word else ""
        return cls(cls.fresh(chance, among, word), chance, step)

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


def _decided_by(rule: Rule, chance: np.random.Generator, among: tuple[str, ...]) -> Case:
    """Grow a clear case of which a rule decides the word."""
    of_form = rule.step == "form"
    known = (str(rule.says),) if of_form else among or tuple(forms())
    laid = () if of_form else (str(rule.says),)
    asks_history = any(condition.feature == "history" for condition in rule.when)
    for _ in range(TRIES):
        form, word, seed = drawn_words(chance, known, laid)
        views = one_of(chance, _VIEWS)
        context = _HURT if asks_history else Context()
        case = case_of(form, word, seed, views, context, one_of(chance, _BEYOND))
        reading = as_shown(case)
        fired = reading.fired(rule.step)
        if not reading.borderline and fired and fired.title == rule.title:
            return case
    raise no_case()
