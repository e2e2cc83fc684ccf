"""Questions with a few answers to choose from."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import asdict
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import pick
from calcifications.learning.items.cases import as_shown
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem, Option
from calcifications.learning.items.mended import HAND, LAYOUT, mended
from calcifications.learning.items.why import because
from calcifications.reading import NONE, Reading, Step


class Choice(CaseItem):
    """A question about a case, with options in any order of chance."""

    way = "choice"

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        super().__init__(case, chance)
        options = self.choose(chance)
        self.options = tuple(options[place] for place in chance.permutation(len(options)))

    @abstractmethod
    def choose(self, chance: np.random.Generator) -> list[Option]:
        """Return the options, the right one among them."""

    @abstractmethod
    def why_not(self, word: str) -> str:
        """Return why a wrong word does not fit this picture, with the number."""

    @abstractmethod
    def right_of(self, word: str, case: Case) -> bool:
        """Say whether a word would plainly be right of another case."""

    @property
    def sliders(self) -> tuple[str, ...]:
        """What may be moved to show another answer: of how they lie, nothing that they look like."""
        return LAYOUT if self.step == "distribution" else HAND

    @property
    def decided_by(self) -> Step | None:
        """The rule that decides, if one does."""
        return self.reading.fired(self.step)

    def sheet(self) -> dict[str, Any]:
        """Return the options."""
        return {"way": self.way, "options": [asdict(option) for option in self.options]}

    def mark(self, answer: Any) -> Feedback:
        """Mark an answer: one of the options' words."""
        word = pick(answer, [option.word for option in self.options], "answer")
        right, fired = word == self.key, self.decided_by
        return Feedback(
            right,
            self.key,
            word,
            self.explain(),
            "" if right else self.why_not(word),
            self.where(fired),
            fired,
            source=fired.source if fired else (),
            score=float(right),
            mend=lambda: mended(self.case, lambda case: self.right_of(word, case), self.sliders),
        )

    def explain(self) -> str:
        """Return why the right word is right here."""
        return because(self.decided_by) if self.decided_by else ""


class ReadChoice(Choice):
    """A question of which the reading is the key."""

    @abstractmethod
    def of(self, reading: Reading) -> str:
        """Return the word that is right if the case is read so."""

    @property
    def key(self) -> str:
        """The right word."""
        return self.of(self.reading)

    def right_of(self, word: str, case: Case) -> bool:
        """Say whether a word would plainly be right of another case."""
        reading = as_shown(case)
        real = reading.artefact == NONE or self.step == "real"  # of what is no calcium nothing else is asked
        return real and not self.doubts_of(reading) and self.of(reading) == word
