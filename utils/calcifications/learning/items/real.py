"""Real or artefact: calcium, or something on the skin."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from calcifications.case import Case
from calcifications.errors import pick
from calcifications.imaging import SCREENING
from calcifications.learning.items.cases import TRIES, as_shown, case_of, drawn_words, no_case, one_of
from calcifications.learning.items.choice import ReadChoice
from calcifications.learning.items.item import Option
from calcifications.learning.items.look import Look, aimed
from calcifications.learning.items.why import missed, needs
from calcifications.lexicon import term
from calcifications.pattern import Recipe, arrangeable, artefacts, forms
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
        known = [pick(form, forms(), "form") for form in among] or forms()
        for _ in range(TRIES):
            if word == REAL:
                case = case_of(*drawn_words(chance, known, arranged=True), SCREENING)
                if chance.random() < _NEAR:
                    case = _towards_the_armpit(case, chance)  # what lies near it is not for that an artefact
            else:
                case = case_of(word, arrangeable(word)[0], int(chance.integers(2**31)), SCREENING)
            reading = as_shown(case)
            if not reading.borderline and _what(reading) == word:
                return case
        raise no_case()

    def of(self, reading: Reading) -> str:
        """Return what it is."""
        return _what(reading)

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """Both screening views, aimed at what is asked about."""
        views = {name: aimed(self.case, name) for name in self.case.views}
        return tuple(Look(name, view.plain, self.case, view) for name, view in views.items())

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


_NEAR = 0.5  # how often calcium lies near the armpit
_NEAR_MM = {"forward_mm": (-34.0, -24.0), "across_mm": (24.0, 38.0), "up_mm": (18.0, 30.0)}
"""Where a group lies beside the folds of the armpit, and not in them."""


def _what(reading: Reading) -> str:
    return reading.artefact if reading.artefact != NONE else REAL


def _towards_the_armpit(case: Case, chance: np.random.Generator) -> Case:
    place = {name: round(float(chance.uniform(*ends)), 1) for name, ends in _NEAR_MM.items()}
    return replace(case, recipes=tuple(Recipe.from_dict(recipe.to_dict() | place) for recipe in case.groups))
