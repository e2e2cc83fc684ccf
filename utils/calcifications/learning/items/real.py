"""Real or artefact: calcium, or something on the skin."""

from __future__ import annotations

import numpy as np

from calcifications.case import Case
from calcifications.imaging import SCREENING
from calcifications.learning.items.cases import TRIES, as_shown, case_of, grown, no_case, one_of
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option, missed, needs
from calcifications.lexicon import term
from calcifications.pattern import arrangeable, artefacts
from calcifications.reading import NONE, Reading, weigh

REAL = "calcium"


class RealOrNot(ReadChoice):
    """Asks whether what is seen is calcium at all."""

    kind, title, step = "real", "real or artefact", "real"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return calcium, and what only looks like it."""
        return (REAL, *artefacts())

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow calcifications, or what only looks like them."""
        word = word or one_of(chance, cls.words())
        if word == REAL:
            return grown(chance, among, views=SCREENING)
        for _ in range(TRIES):
            case = case_of(word, arrangeable(word)[0], int(chance.integers(2**31)), SCREENING)
            reading = as_shown(case)
            if not reading.borderline and reading.artefact == word:
                return case
        raise no_case()

    def of(self, reading: Reading) -> str:
        """Return what it is."""
        return reading.artefact if reading.artefact != NONE else REAL

    def ask(self) -> str:
        """Return the question."""
        return "Is this calcium, or something that only looks like it?"

    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return calcium, and what only looks like it."""
        return [Option(REAL, "in the breast"), *(Option(word, term(word).plain) for word in artefacts())]

    def why_not(self, word: str) -> str:
        """Return why the other answer does not fit."""
        if word == REAL:
            return f"What lies so is taken for {self.key} until the skin was wiped and the view repeated."
        nearest = min((step for step in weigh(self.reading, "real") if step.says == word), key=missed)
        return f"“{word}” would need: {needs(list(nearest.checks))}."
