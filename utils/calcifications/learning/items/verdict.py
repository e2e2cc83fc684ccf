"""Category and management. What is done counts first; of a category any letter inside the cell's range is accepted."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import WORK_UP
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import BOOK, as_shown, one_of
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem, Option
from calcifications.learning.items.known import told
from calcifications.learning.items.mended import mended
from calcifications.learning.items.ruled import askable, cells, ruled
from calcifications.learning.items.slots import Slot, filled, slot_sheet
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.why import because, missed, needs, tried
from calcifications.reading import Reading, Rulebook, rulebook
from calcifications.reading.rulebook import Outcome, Rule

_INCOMPLETE = 1  # the level of what calls for more pictures, which no finished work-up does

HALF = 0.5
"""What an answer is worth of which the management is right and the category is not."""

_RULED = 0.6  # how often any rule is asked about alike, however rarely a fresh case comes under it


def letters(category: str) -> tuple[str, ...]:
    """Return the single categories that a cell of the table accepts: "4A-4B" is 4A or 4B."""
    return tuple(category.split("-"))


def single(book: Rulebook) -> dict[str, Outcome]:
    """Return the single categories of a book."""
    return {name: outcome for name, outcome in book.outcomes.items() if len(letters(name)) == 1}


def managements(book: Rulebook) -> tuple[str, ...]:
    """Return what can be done, the least urgent first."""
    ranked = sorted(single(book).values(), key=lambda outcome: outcome.level)
    return tuple(dict.fromkeys(outcome.management for outcome in ranked))


class CategoryAndManagement(CaseItem):
    """Asks what is done, and which category that is."""

    kind, title, way, step = "category", "say what is done, and the category", "slots", "category"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the cells of the table that a finished work-up of calcifications can end in."""
        book = rulebook(BOOK)
        final = {word for rule in book.of_step("category") if not _sees_nothing(rule) for word in _cells(rule.says)}
        return tuple(name for name, outcome in book.outcomes.items() if name in final and outcome.level != _INCOMPLETE)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of which the work-up is complete and clear, with something known beside it or not."""
        rules = [rule for rule in askable("category") if word in ("", *cells(rule))]
        if rules and not among and chance.random() < _RULED:
            with suppress(CourseError):
                return ruled(one_of(chance, rules), chance, lambda reading: word in ("", reading.category))
        words = [word] if word else chance.permutation(cls.words()).tolist()
        return told_of(chance, "diagnostic", WORK_UP, among, lambda reading: reading.category, words)

    @property
    def key(self) -> str:
        """What is done, and the cell of the table."""
        return _said(self.reading.management, self.reading.category)

    @property
    def category(self) -> Category:
        """The cell of the table."""
        return Category(self.kind, self.reading.category)

    @property
    def known(self) -> tuple[str, ...]:
        """What is known beside the picture."""
        return told(self.case.context)

    def ask(self) -> str:
        """Return the question."""
        return "What is done now, and which category is it?"

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The two words that are asked for, both in the order of urgency."""
        book = self.reading.rulebook
        done = tuple(Option(words) for words in managements(book))
        named = tuple(Option(name, outcome.plain) for name, outcome in single(book).items())
        return Slot("management", "What is done", done), Slot("category", "Category", named)

    def sheet(self) -> dict[str, Any]:
        """Return the two lists."""
        return slot_sheet(self.slots)

    def _accepts(self, reading: Reading, chosen: dict[str, str]) -> tuple[bool, bool]:
        """Say whether a management and a category are right by a reading."""
        return chosen["management"] == reading.management, chosen["category"] in letters(reading.category)

    def mark(self, answer: Any) -> Feedback:
        """Mark a management and a category."""
        chosen = filled(self.slots, answer)
        done, named = self._accepts(self.reading, chosen)
        fired, form = self.reading.fired("category"), self.reading.fired("form")
        meant = self.reading.rulebook.outcomes[chosen["category"]].management
        agree = meant == chosen["management"]
        return Feedback(
            done and named,
            self.key,
            _said(chosen["management"], chosen["category"]),
            self.explain(),
            "" if done and named else self.why_not(chosen, done=done, named=named),
            self.where(fired, form),
            fired,
            source=fired.source if fired else (),
            score=1.0 if done and named else HALF * done,
            accepted={"management": (self.reading.management,), "category": letters(self.reading.category)},
            said=chosen["category"] if agree else f"{chosen['category']}, but {chosen['management']}",
            mend=(lambda: mended(self.case, lambda case: self._clear(case, chosen))) if agree else None,
        )

    def _clear(self, case: Case, chosen: dict[str, str]) -> bool:
        reading = as_shown(case)
        return not reading.borderline and all(self._accepts(reading, chosen))

    def explain(self) -> str:
        """Return why it is this category, and what follows."""
        words = f"{self.reading.form_phrase}, {self.reading.distribution_phrase}"
        fired = self.reading.fired("category")
        said = f"{words[0].upper()}{words[1:]}. {because(fired) if fired else ''}".strip()
        return f"{said} Category {' or '.join(letters(self.reading.category))}: {self.reading.management}."

    def why_not(self, chosen: dict[str, str], *, done: bool, named: bool) -> str:
        """Return why a wrong answer does not fit: what is done first, then the category."""
        said = []
        if not done:
            meant = [name for name, o in single(self.reading.rulebook).items() if o.management == chosen["management"]]
            said.append(f"“{chosen['management']}” goes with category {' or '.join(meant)}.")
        if not named:
            said.append(needed(self.reading, chosen["category"]))
        return " ".join(said)


def needed(reading: Reading, category: str) -> str:
    """Say what the rule would need that comes nearest to a category."""
    outcome = reading.rulebook.outcomes[category]
    if outcome.level == _INCOMPLETE:
        return f"Category {category} is {outcome.plain}, and here the work-up is complete."
    rules = [step for step in tried(reading, "category") if category in letters(step.says)]
    if not rules:
        return f"No rule gives category {category} to calcifications that lie so."
    rules = [step for step in rules if all(check.holds for check in step.checks if check.feature == "morphology")]
    if not rules:
        return f"No rule gives category {category} to {reading.form_phrase} calcifications that lie so."
    nearest = min(rules, key=missed)
    failing = needs(list(nearest.checks))
    if not failing:
        first = reading.fired("category")
        return f"Category {category} fits “{nearest.title}” too, but “{first.title if first else ''}” comes first."
    return f"Category {category}, “{nearest.title}”, would need: {failing}."


def _sees_nothing(rule: Rule) -> bool:
    """Say whether a rule is for pictures without a calcification: no question is asked of these."""
    return any(each.feature == "count" and each.op == "<" and each.threshold == 1 for each in rule.when)


def _cells(says: Any) -> tuple[str, ...]:
    return (says,) if isinstance(says, str) else tuple(says.values())


def _said(management: str, category: str) -> str:
    return f"{management}; category {' or '.join(letters(category))}"
