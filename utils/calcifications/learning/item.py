"""One question about one case. The key is never typed in: it is what the rulebook reads from what was measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown
from calcifications.lexicon import distributions, term
from calcifications.pattern import forms
from calcifications.reading import NONE, Check, Group, Reading, Step, weigh

NO_WORD = "no distribution word fits"


@dataclass(frozen=True)
class Option:
    """One answer to choose from: the word, and the lay words beside it."""

    word: str
    plain: str = ""


@dataclass(frozen=True)
class Feedback:
    """What is said to an answer: right or wrong, where on the picture, and why.

    Attributes
    ----------
    right : bool
    key, chosen : str
        The right word and the one that was chosen.
    why : str
        Why the right word is right here, with the measured number.
    why_not : str
        Why the chosen word does not fit this picture; empty if it does.
    where : ndarray of int
        The particles that decide: indices into the pattern's particles.
    step : Step
        The rule that decided, with its sources.
    """

    right: bool
    key: str
    chosen: str
    why: str
    why_not: str
    where: NDArray[np.int64]
    step: Step | None


class Item:
    """One question about a case.

    Parameters
    ----------
    case : Case
        What is shown.
    chance : numpy.random.Generator
        Chooses and shuffles the options.
    """

    kind: str
    title: str

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        self.case = case
        self.reading: Reading = case.reading()
        self.group: Group = case.findings[0].groups[self.reading.group]
        options = self.choose(chance)
        self.options = tuple(options[place] for place in chance.permutation(len(options)))

    @property
    def step(self) -> str:
        """The step of the rulebook that is asked about."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The right word."""
        raise NotImplementedError

    def ask(self) -> str:
        """Return the question."""
        raise NotImplementedError

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the options, the right one among them."""
        raise NotImplementedError

    def rule_behind(self, word: str) -> Step | None:
        """Return the rule that would have made a word right, the one that came nearest."""
        raise NotImplementedError

    def mark(self, word: str) -> Feedback:
        """Mark an answer.

        Raises
        ------
        CourseError
            If the word is not one of the options.
        """
        pick(word, [option.word for option in self.options], "answer")
        fired = self.reading.fired(self.step)
        right = word == self.key
        return Feedback(
            right, self.key, word, self.explain(fired), "" if right else self.why_not(word), self.where(fired), fired
        )

    def explain(self, fired: Step | None) -> str:
        """Return why the right word is right here."""
        if fired is None:
            return "None of the rules for a distribution word holds here, and a word is not forced on a pattern."
        seen = "; ".join("{}: {} (asked: {})".format(check.label, *check.shown) for check in fired.checks)
        return f"{fired.because} Here: {seen}."

    def why_not(self, word: str) -> str:
        """Return why a chosen word does not fit this picture."""
        behind = self.rule_behind(word)
        if behind is None:
            return f"“{word}” is for patterns that no rule fits; here one does."
        failing = [check for check in behind.checks if not check.holds]
        first = self.reading.fired(self.step)
        if first and not failing:
            return f"What “{word}” asks for is there too, but the rules ask for “{first.says}” first, and it fits."
        clear = [check for check in failing if check.margin < -check.tolerance]  # 4.02 is printed as 4.0
        asked = "; ".join(_need(check) for check in clear or failing)
        return f"“{word}” would need: {asked}."

    def where(self, fired: Step | None) -> NDArray[np.int64]:
        """Return the particles that decide: those that the rule's own checks single out, else all that are seen."""
        everything = self.group.deciding("count")
        singled = (
            [self.group.members[c.feature] for c in fired.checks if c.feature in self.group.members] if fired else []
        )
        some = [members for members in singled if 0 < len(members) < len(everything)]
        return some[0] if some else everything


def _need(check: Check) -> str:
    """Say what a rule asks for, and what is here: "lines at least 2, and here it is 1"."""
    value, asked = check.shown
    return f"{check.label}{':' if isinstance(check.threshold, tuple) else ''} {asked}, and here it is {value}"


def _missed(step: Step) -> float:
    """Return the share of a rule's checks that do not hold: how far it is from being right."""
    return sum(not check.holds for check in step.checks) / max(len(step.checks), 1)


class _Word(Item):
    """Asks for the word of a step."""

    def _behind(self) -> dict[str, Step]:
        tried: dict[str, list[Step]] = {}
        for step in weigh(self.reading, self.step):
            tried.setdefault(step.says, []).append(step)
        return {word: min(steps, key=_missed) for word, steps in tried.items() if word != NONE}

    def rule_behind(self, word: str) -> Step | None:
        """Return the rule that would have made a word right."""
        return self._behind().get(word)


class NameTheForm(_Word):
    """Asks which form it is."""

    kind, title, step = "form", "name the form", "form"

    @property
    def key(self) -> str:
        """The right word."""
        return self.reading.morphology

    def ask(self) -> str:
        """Return the question."""
        return "Which form do these calcifications have?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the options, the right one among them."""
        # the other words that came nearest are the ones that a learner mixes up
        behind = self._behind()
        others = [word for word in forms() if word != self.key]
        others.sort(key=lambda word: (_missed(behind[word]), chance.random()))
        return [Option(word, term(word).plain) for word in [self.key, *others[:3]]]


class NameTheDistribution(_Word):
    """Asks how they lie."""

    kind, title, step = "distribution", "name the distribution", "distribution"

    @property
    def key(self) -> str:
        """The right word."""
        return self.reading.distribution if self.reading.distribution != NONE else NO_WORD

    def ask(self) -> str:
        """Return the question."""
        return "How do these calcifications lie? The small map shows the whole breast."

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the options, the right one among them."""
        return [*(Option(word, term(word).plain) for word in distributions()), Option(NO_WORD)]


class WhichRule(Item):
    """Asks which rule decides here: of the form, or of the distribution."""

    kind, title = "rule", "say which rule applies"

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        self._step = "form" if chance.random() < 0.5 else "distribution"
        super().__init__(case, chance)

    @property
    def step(self) -> str:
        """The step that is asked about."""
        return self._step

    @property
    def key(self) -> str:
        """The right word."""
        fired = self.reading.fired(self.step)
        return fired.title if fired else "None of these rules"

    def ask(self) -> str:
        """Return the question."""
        return f"Which rule decides the word for their {self.step}?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the options, the right one among them."""
        fired = self.reading.fired(self.step)
        word = fired.says if fired else NONE
        # a rule that holds too, but behind the one that decides, would not be a fair wrong answer
        wrong = [step for step in weigh(self.reading, self.step) if not step.fired and step.says not in (word, NONE)]
        wrong.sort(key=lambda step: (_missed(step), chance.random()))
        return [Option(self.key), *(Option(step.title) for step in wrong[:3])]

    def rule_behind(self, word: str) -> Step | None:
        """Return the rule that would have made a word right."""
        return next((s for s in weigh(self.reading, self.step) if s.title == word), None)


KINDS: dict[str, type[Item]] = {kind.kind: kind for kind in (NameTheForm, NameTheDistribution, WhichRule)}


def item(kind: str, case: Case, chance: np.random.Generator) -> Item:
    """Make an item of a kind; an unknown kind is a CourseError."""
    if not isinstance(case, Case):
        raise CourseError(f"A question is asked of a Case, not of {shown(case)}.")
    return KINDS[pick(kind, KINDS, "kind of question")](case, chance)
