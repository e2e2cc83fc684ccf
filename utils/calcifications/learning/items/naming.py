"""Name what is seen: the form, or the distribution."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, cached_property

import numpy as np

from calcifications.case import Case
from calcifications.imaging import WORK_UP
from calcifications.learning.items.cases import BOOK, grown
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.mended import HAND, LAYOUT
from calcifications.learning.items.why import missed, unlike
from calcifications.lexicon import distributions, term
from calcifications.pattern import forms
from calcifications.reading import NONE, Reading, Step, rulebook, weigh
from calcifications.reading.reading import Checks

NO_WORD = "no distribution word fits"


def laid(reading: Reading) -> str:
    """Return how they lie by a reading, in a word of `NameTheDistribution`."""
    return reading.distribution if reading.distribution != NONE else NO_WORD


class _Name(ReadChoice):
    """Asks for the word of a step."""

    @cached_property
    def behind(self) -> dict[str, Step]:
        """The rule behind each word that came nearest."""
        tried: dict[str, list[Step]] = {}
        for step in weigh(self.reading, self.step):
            tried.setdefault(step.says, []).append(step)
        return {word: min(steps, key=missed) for word, steps in tried.items() if word != NONE}

    def why_not(self, word: str) -> str:
        """Return why a wrong word does not fit this picture."""
        return unlike(self.reading, self.step, word, self.untold)

    @property
    def untold(self) -> frozenset[str]:
        """Features of which nothing may be said yet."""
        return frozenset()


class NameTheForm(_Name):
    """Asks which form it is."""

    kind, title, step = "form", "name the form", "form"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the forms."""
        return tuple(forms())

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case with a clear form, seen as in a work-up: which views there are must not tell the form."""
        return grown(chance, (word,) if word else among, views=WORK_UP)

    @property
    def sliders(self) -> tuple[str, ...]:
        """What may be moved: what they look like alone, where it is still to be asked how they lie."""
        return tuple(name for name in HAND if name not in LAYOUT) if self.later else HAND

    @property
    def untold(self) -> frozenset[str]:
        """What the rules for the distribution ask for, where that is asked next."""
        return _lying() if self.later else frozenset()

    @property
    def decided_by(self) -> Step | None:
        """The rule that decides, without what may not be told yet."""
        fired = super().decided_by
        if fired is None or not self.untold:
            return fired
        rule = next(rule for rule in self.reading.rulebook.of_step(self.step) if rule.id == fired.rule)
        told = tuple(condition for condition in rule.when if condition.feature not in self.untold)
        return replace(fired, checks=Checks(replace(rule, when=told), self.reading.facts))

    def of(self, reading: Reading) -> str:
        """Return the form."""
        return reading.morphology

    def ask(self) -> str:
        """Return the question."""
        return "Which form do these calcifications have?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the right form and the three that came nearest: those that a learner mixes up."""
        others = [word for word in forms() if word != self.key]
        others.sort(key=lambda word: (missed(self.behind[word]), chance.random()))
        return [Option(word, term(word).plain) for word in [self.key, *others[:3]]]

    def offer(self, word: str) -> None:
        """Put another form among the options, in the place of the one that is the least like the right one."""
        offered = [option.word for option in self.options]
        if word in forms() and word not in offered:
            wrong = [other for other in offered if other != self.key]
            place = offered.index(max(wrong, key=lambda other: missed(self.behind[other])))
            self.options = (*self.options[:place], Option(word, term(word).plain), *self.options[place + 1 :])


@cache
def _lying() -> frozenset[str]:
    """Return the features that the rules for the distribution ask for, but what each particle shows by itself."""
    asked = {condition.feature for rule in rulebook(BOOK).of_step("distribution") for condition in rule.when}
    return frozenset(asked - {"count", "odd_count", "linear_share"})


class NameTheDistribution(_Name):
    """Asks how they lie."""

    kind, title, step = "distribution", "name the distribution", "distribution"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the distributions, and what is said where none fits."""
        return (*distributions(), NO_WORD)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case with a clear distribution, or with few scattered particles, of which no word is right."""
        wanted = NONE if word == NO_WORD else word
        return grown(chance, among, laid=(wanted,) if word else (), arranged=True)

    def of(self, reading: Reading) -> str:
        """Return the distribution."""
        return laid(reading)

    def ask(self) -> str:
        """Return the question."""
        return "How do these calcifications lie? The small map shows the whole breast."

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return all that can be said."""
        return [*(Option(word, term(word).plain) for word in distributions()), Option(NO_WORD)]

    def explain(self) -> str:
        """Return why the right word is right here."""
        nothing = "None of the rules for a distribution word holds here, and a word is not forced on a pattern."
        return super().explain() or nothing
