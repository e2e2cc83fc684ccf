"""Make it: move the sliders until the picture is what was asked for. The verdict comes with the mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, shown
from calcifications.imaging import WORK_UP, view_named
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import TRIES, as_shown, grown, no_case, one_of, within
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.item import CaseItem
from calcifications.learning.items.look import Look
from calcifications.learning.items.mended import HAND, mended
from calcifications.learning.items.why import because, unlike
from calcifications.lexicon import term
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, arrangeable, forms
from calcifications.reading import Reading
from calcifications.what_if import FACTORS


class MakeIt(CaseItem):
    """Asks for a recipe that shows a form in a distribution."""

    kind, title, way, step = "make", "make it with the sliders", "sliders", "form"

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        super().__init__(case, chance)
        self.goal = _goal(case.seed, self.reading)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return the forms that can be asked for in more than one distribution."""
        return tuple(form for form in forms() if len(arrangeable(form)) > 1)

    @classmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case:
        """Grow a case to start from: another form than the one that is asked for."""
        wanted = [word] if word else within(cls.words(), among)
        for _ in range(TRIES):
            case = grown(chance, laid=_LAID, arranged=True)
            if _goal(case.seed, as_shown(case))[0] in wanted:
                return case
        raise no_case()

    @property
    def key(self) -> str:
        """The form and the distribution that are to be made."""
        return ", ".join(self.goal)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """No rule: what is asked for does not come of the case."""
        return ()

    @property
    def category(self) -> Category:
        """The form that is to be made."""
        return Category(self.kind, self.goal[0])

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The first view: it changes with the sliders."""
        return (self._look(self.case),)

    def _look(self, case: Case) -> Look:
        return Look(_VIEW, view_named(_VIEW).plain, case, _VIEW)

    def ask(self) -> str:
        """Return the question."""
        form, laid = self.goal
        plain = ", ".join(term(word).plain for word in self.goal)
        return f"Make it: {form}, {laid} ({plain}). Move the sliders, then have it marked."

    def sheet(self) -> dict[str, Any]:
        """Return the sliders, the ways to lie, and where all stands at the start."""
        recipe = self.case.groups[0].to_dict()
        return {
            "way": self.way,
            "sliders": [asdict(slider) | {"factors": FACTORS} for slider in SLIDERS],
            "arrangements": [list(each) for each in ARRANGEMENTS.items()],
            "recipe": {name: recipe[name] for name in HAND},
        }

    def moved(self, answer: Any) -> Case:
        """Return the case that the sliders make.

        Raises
        ------
        CourseError
            If it is no recipe, or has not the parts that the page moves.
        """
        if not isinstance(answer, Mapping) or not all(isinstance(name, str) for name in answer):
            raise CourseError(f"A recipe can't be {shown(answer)}; it is a value for each slider.")
        unknown = [name for name in answer if name not in HAND]
        if unknown:
            raise CourseError(f"There is no slider {shown(unknown[0])}; choose from: {', '.join(HAND)}.")
        first, *others = self.case.groups
        return replace(self.case, views=WORK_UP, recipes=(_recipe(first.to_dict() | dict(answer)), *others))

    def trial(self, answer: Any) -> Look:
        """Return what the sliders show now."""
        return self._look(self.moved(answer))

    def mark(self, answer: Any) -> Feedback:
        """Mark a recipe by what it reads as, whatever its sliders say."""
        case = self.moved(answer)
        reading = as_shown(case)
        right = _words(reading) == self.goal
        fired = reading.fired("form")
        said = f"{reading.form_phrase}, {reading.distribution_phrase}"
        return Feedback(
            right,
            said,  # the picture is what it reads as, whatever was asked for
            said,
            " ".join(because(step) for step in (fired, reading.fired("distribution")) if step),
            "" if right else self._why_not(reading),
            case.findings[0].groups[0].deciding("count"),
            fired,
            source=fired.source if fired else (),
            score=sum(one == other for one, other in zip(_words(reading), self.goal, strict=True)) / 2,
            said=reading.morphology,
            goal=self.key,
            mend=lambda: mended(case, lambda other: _words(as_shown(other)) == self.goal),
        )

    def _why_not(self, reading: Reading) -> str:
        said = []
        for step, is_, goal in zip(("form", "distribution"), _words(reading), self.goal, strict=True):
            if is_ != goal:
                said.append(unlike(reading, step, goal))
        return " ".join(said)

    def explain(self) -> str:
        """Return what the form and the distribution ask for."""
        return " ".join(term(word).look for word in self.goal)


_VIEW = "ML"  # from the side: how all others lie is seen as well as from above, and sediment only from here

_LAID = ("grouped", "linear", "segmental", "regional")
"""Ways to lie that a close-up shows."""


def _words(reading: Reading) -> tuple[str, str]:
    return reading.morphology, reading.distribution


def _goal(seed: int, start: Reading) -> tuple[str, str]:
    """Return what is asked for: by the seed, and neither the form nor the distribution that is there already."""
    chance = np.random.default_rng(seed)
    ways = [form for form in forms() if len(arrangeable(form)) > 1 and form != start.morphology]
    form = one_of(chance, ways)
    return form, one_of(chance, [word for word in arrangeable(form) if word in _LAID and word != start.distribution])


def _recipe(values: dict[str, Any]) -> Recipe:
    try:
        return Recipe.spread_out(values)
    except CourseError as mistake:
        raise CourseError(str(mistake).splitlines()[0]) from mistake
    except TypeError as mistake:
        raise CourseError(f"A recipe can't be {shown(values)}; it is a value for each slider.") from mistake
