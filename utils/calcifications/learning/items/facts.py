"""Facts from the lessons: a question without a picture, from a table of what was found in a source."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import pick
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import one_of
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import Item, Option


@dataclass(frozen=True)
class Asked:
    """One fact as a question; the table says what its parts are."""

    id: str
    ask: str
    right: str
    wrong: tuple[str, ...]
    says: str
    source: tuple[str, ...]
    certainty: str
    rule: str = ""


@cache
def asked() -> dict[str, Asked]:
    """Return every fact that is asked, by its id."""
    with resources.files(__package__).joinpath("facts.toml").open("rb") as file:
        records = tomllib.load(file)["fact"]
    return {
        record["id"]: Asked(**record | {"wrong": tuple(record["wrong"]), "source": tuple(record["source"])})
        for record in records
    }


class KnowTheFact(Item):
    """Asks for a fact that a lesson told."""

    kind, title = "fact", "know the facts"

    def __init__(self, case: Case | None, chance: np.random.Generator, word: str = "") -> None:
        super().__init__(case, chance)
        self.fact = asked()[word or one_of(chance, self.words())]
        options = [self.fact.right, *self.fact.wrong]
        self.options = tuple(Option(options[place]) for place in chance.permutation(len(options)))

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the facts' ids."""
        return tuple(asked())

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> None:
        """No case is shown."""

    @classmethod
    def made(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> KnowTheFact:
        """Make a question on a fact, or on any."""
        return cls(None, chance, word)

    @property
    def key(self) -> str:
        """The right answer."""
        return self.fact.right

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The remark that tells the fact, if one does."""
        return (self.fact.rule,) if self.fact.rule else ()

    @property
    def category(self) -> Category:
        """The fact."""
        return Category(self.kind, self.fact.id)

    @property
    def code(self) -> str:
        """The fact's id, where other questions have a case's code."""
        return f"fact: {self.fact.id}"

    def ask(self) -> str:
        """Return the question."""
        return self.fact.ask

    def sheet(self) -> dict[str, Any]:
        """Return the options."""
        return {"way": self.way, "options": [asdict(option) for option in self.options]}

    def mark(self, answer: Any) -> Feedback:
        """Mark an answer: one of the options."""
        word = pick(answer, [option.word for option in self.options], "answer")
        right = word == self.key
        return Feedback(
            right,
            self.key,
            word,
            self.explain(),
            "" if right else f"“{word}” is not what the source says.",
            source=self.fact.source,
            score=float(right),
        )

    def explain(self) -> str:
        """Return the fact."""
        return self.fact.says
