"""Say it: build the report from words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.imaging import WORK_UP, look
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import TRIES, no_case
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem, Option
from calcifications.learning.items.known import CHANGED, told
from calcifications.learning.items.look import Look, aimed
from calcifications.learning.items.naming import NO_WORD
from calcifications.learning.items.place import ALL_OVER, HOURS, Place, clear, depths, place_of, put_somewhere, sides
from calcifications.learning.items.slots import Slot, filled, slot_sheet
from calcifications.learning.items.told_cases import told_of
from calcifications.learning.items.verdict import letters, managements, needed, single
from calcifications.learning.items.why import because, unlike
from calcifications.lexicon import distributions, term
from calcifications.pattern import forms
from calcifications.reading import NONE, Reading

_SENTENCE = (
    "Calcifications: {form}; {distribution}; {side}, {clock}, {depth}. Earlier picture: {change}."
    " Category {category}: {management}."
)


class SayIt(CaseItem):
    """Asks for the report, a word a slot."""

    kind, title, way, step = "report", "say it as a report does", "slots", "form"

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the forms that are reported."""
        return tuple(forms())

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case of which the work-up is complete, and all that the report says of it clear."""
        for _ in range(TRIES):
            forms_ = (word,) if word else among
            case = told_of(chance, "diagnostic", WORK_UP, forms_, _complete, [_COMPLETE], put_somewhere)
            if clear(place_of(case)):
                return case
        raise no_case()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The rules behind its words."""
        every = (self.reading.fired(step) for step in ("form", "distribution", "category"))
        return tuple(fired.rule for fired in every if fired)

    @property
    def category(self) -> Category:
        """The form that is reported."""
        return Category(self.kind, self.reading.morphology)

    @cached_property
    def place(self) -> Place:
        """Where in the breast they lie."""
        return place_of(self.case)

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The close-ups of the work-up, and the whole breast from above and from the side."""
        near = (aimed(self.case, name) for name in self.case.views)
        whole = (look(name, self.case.pattern, field="breast") for name in _WHOLE)
        return (
            *(Look(view.name, view.plain, self.case, view) for view in near),
            *(Look(f"whole {v.name}", f"the whole breast, {v.plain.split(',')[0]}", self.case, v) for v in whole),
        )

    @property
    def known(self) -> tuple[str, ...]:
        """What is known beside the picture."""
        return told(self.case.context)

    def ask(self) -> str:
        """Return the question."""
        return "Say it as a report does. The labels and the whole breast tell where it lies."

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The words of the report, in its order."""
        book = self.reading.rulebook
        return (
            Slot("form", "Form", _options(forms())),
            Slot("distribution", "Distribution", (*_options(distributions()), Option(NO_WORD))),
            Slot("side", "Side", _plain(sides())),
            Slot("clock", "Clock", _plain((*HOURS, ALL_OVER))),
            Slot("depth", "Depth", _plain(depths())),
            Slot("change", "Earlier picture", _plain(CHANGED.values())),
            Slot("category", "Category", tuple(Option(name, o.plain) for name, o in single(book).items())),
            Slot("management", "What is done", _plain(managements(book))),
        )

    @property
    def accepted(self) -> dict[str, tuple[str, ...]]:
        """The words that are right in each slot."""
        reading, place = self.reading, self.place
        return {
            "form": (reading.morphology,),
            "distribution": (reading.distribution if reading.distribution != NONE else NO_WORD,),
            "side": place.sides,
            "clock": place.clocks,
            "depth": place.depths,
            "change": (CHANGED[self.case.context.prior],),
            "category": letters(reading.category),
            "management": (reading.management,),
        }

    @property
    def key(self) -> str:
        """The report."""
        return _SENTENCE.format(**{name: " or ".join(words) for name, words in self.accepted.items()})

    def sheet(self) -> dict[str, Any]:
        """Return the lists, and the sentence that they fill."""
        return slot_sheet(self.slots) | {"sentence": _SENTENCE}

    def mark(self, answer: Any) -> Feedback:
        """Mark a report: a word a slot."""
        chosen = filled(self.slots, answer)
        accepted = self.accepted
        wrong = [slot for slot in self.slots if chosen[slot.name] not in accepted[slot.name]]
        decides = self.reading.fired("form" if not wrong else _STEPS.get(wrong[0].name, "category"))
        return Feedback(
            not wrong,
            self.key,
            _SENTENCE.format(**chosen),
            self._because({slot.name for slot in wrong}) or self.explain(),
            " ".join(self._why_not(slot.name, chosen[slot.name]) for slot in wrong),
            self.where(decides),
            decides,
            source=decides.source if decides else (),
            score=1 - len(wrong) / len(self.slots),
            accepted=accepted,
            said=chosen["form"] if not wrong or wrong[0].name == "form" else f"{chosen['form']}, other words wrong",
        )

    def _why_not(self, slot: str, word: str) -> str:
        """Return why a word does not fit its slot."""
        if slot in _STEPS:
            return unlike(self.reading, _STEPS[slot], word)
        if slot == "category":
            return needed(self.reading, word)
        if slot == "side":
            return f"The letter at the edge of each picture says which breast it is: the {self.place.side} one."
        return f"Not “{word}”: {' or '.join(self.accepted[slot])}."

    def explain(self) -> str:
        """Return the rules behind the words, and where they lie."""
        return self._because({slot.name for slot in self.slots})

    def _because(self, slots: set[str]) -> str:
        """Return what is behind the words of some slots."""
        steps = [step for step in ("form", "distribution", "category") if step in slots]
        steps += ["category"] * ("management" in slots and "category" not in slots)
        fired = (self.reading.fired(step) for step in steps)
        place = [self.place.told()] if slots & {"clock", "depth"} else []
        return " ".join([*(because(step) for step in fired if step), *place])


_COMPLETE = "all said"


def _complete(reading: Reading) -> str:
    """Say whether a reading has a word for all that a report says."""
    return _COMPLETE if reading.category in reading.rulebook.outcomes and reading.morphology != NONE else ""


_STEPS = {"form": "form", "distribution": "distribution"}
"""The step that decides a slot's word; of the others, the category's."""


_WHOLE = ("CC", "ML")
"""The views on which the whole breast is shown: what is across on the one is upright on the other."""


def _plain(words: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(word) for word in words)


def _options(words: list[str]) -> tuple[Option, ...]:
    return tuple(Option(word, term(word).plain) for word in words)
