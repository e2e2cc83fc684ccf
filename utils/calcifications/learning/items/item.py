"""One question. The key is never typed in: it is what is measured, or what the rulebook reads from that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, shown
from calcifications.imaging import view_named
from calcifications.learning.answer import Category
from calcifications.learning.items.cases import as_shown
from calcifications.learning.items.feedback import Feedback, Indices
from calcifications.learning.items.known import told
from calcifications.learning.items.look import Look
from calcifications.reading import Check, Context, Doubt, Group, Reading, Step


@dataclass(frozen=True)
class Option:
    """One answer to choose from: the word, and the lay words beside it."""

    word: str
    plain: str = ""


class Item(ABC):
    """One question.

    Parameters
    ----------
    case : Case or None
        What is shown; None where the question shows no picture.
    chance : numpy.random.Generator
        Chooses and shuffles what can be answered.

    Attributes
    ----------
    kind, title : str
        The kind of question: its id, and what it asks for in words ("name the form").
    way : str
        How the page takes the answer: "choice", "number", "place", "slots", "interval" or "sliders".
    together : bool
        Whether the first two pictures are to be seen side by side; otherwise one at a time.
    step : str
        The step of the rulebook that is asked about; empty if it is none of those that find a word.
    later : tuple of str
        Kinds of questions that are still to be asked of the same case: what is said to this one tells nothing of them.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    way: ClassVar[str] = "choice"
    together: ClassVar[bool] = False
    step: str = ""
    case: Case | None
    reading: Reading | None = None
    options: tuple[Option, ...] = ()
    later: tuple[str, ...] = ()

    def __init__(self, case: Case | None, chance: np.random.Generator) -> None:
        self.case = case

    @classmethod
    @abstractmethod
    def words(cls) -> tuple[str, ...]:
        """Return what is learned in this kind of question, a word each: `category` is always one of these."""

    @classmethod
    @abstractmethod
    def fresh(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Case | None:
        """Grow a case that this kind of question can be asked of.

        Parameters
        ----------
        chance : numpy.random.Generator
        among : tuple of str
            The forms that may come up; all by default.
        word : str
            One of `words` that the case should ask for; it may turn out another all the same.
        """

    @classmethod
    def made(cls, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Item:
        """Make an item on a fresh case; the parameters are those of `fresh`."""
        return cls(cls.fresh(chance, among, word), chance)

    @property
    @abstractmethod
    def key(self) -> str:
        """The right answer in words: what the log keeps."""

    @property
    def category(self) -> Category:
        """What is learned by it, as the schedule files it."""
        return Category(self.kind, self.key)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The ids of the rules that make the key what it is; empty where it is no rule."""
        return ()

    @abstractmethod
    def ask(self) -> str:
        """Return the question."""

    @abstractmethod
    def sheet(self) -> dict[str, Any]:
        """Return what the page needs to take the answer, JSON-able: `way` and its parts; nothing tells the key."""

    @abstractmethod
    def mark(self, answer: Any) -> Feedback:
        """Mark an answer, a plain JSON value.

        Raises
        ------
        CourseError
            If it can't be an answer to this question.
        """

    @abstractmethod
    def explain(self) -> str:
        """Return why the right answer is right."""

    def offer(self, word: str) -> None:  # noqa: B027  (most kinds offer all their words anyway)
        """Put a word among the options, if it can stand there: one that the learner mixes up with the right one."""

    @property
    def known(self) -> tuple[str, ...]:
        """What is known beside the picture, a sentence each; empty where nothing is."""
        return ()

    @property
    def code(self) -> str:
        """The code of the case: it gives the key away, so the page shows it after the answer."""
        return self.case.code if self.case else self.kind

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The pictures, the first one in front."""
        case = self.case
        return tuple(Look(name, view_named(name).plain, case, name) for name in case.views) if case else ()

    @property
    def rulebook(self) -> str:
        """The id of the rulebook by which the answer is marked; "none" where none is asked."""
        return "none"

    @property
    def edition(self) -> str:
        """The edition of that rulebook; empty where none is asked."""
        return ""

    def trial(self, answer: Any) -> Look:
        """Return what an answer that is not given yet would look like, where the page shows that: "sliders".

        Raises
        ------
        CourseError
            If it can't be an answer, or the page shows no such thing.
        """
        raise CourseError(f"The question “{self.title}” shows no answer before it is given: {shown(answer)}.")


class CaseItem(Item):
    """A question about one case that is read by the rulebook."""

    case: Case
    reading: Reading

    def __init__(self, case: Case, chance: np.random.Generator) -> None:
        super().__init__(case, chance)
        self.reading = as_shown(case)
        self.group: Group = case.findings[0].groups[self.reading.group]

    @property
    def known(self) -> tuple[str, ...]:
        """What is known beside the picture, if anything is."""
        return told(self.case.context) if self.case.context != Context() else ()

    @property
    def rulebook(self) -> str:
        """The id of the rulebook by which the answer is marked."""
        return self.reading.rulebook.id

    @property
    def edition(self) -> str:
        """The edition of that rulebook."""
        return self.reading.rulebook.edition if self.step else ""

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The rule that gave the word of the step that is asked about."""
        fired = self.reading.fired(self.step)
        return (fired.rule,) if fired else ()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why two answers could be defended: it is asked only where there is no such doubt."""
        return self.doubts_of(self.reading)

    def doubts_of(self, reading: Reading) -> tuple[Doubt, ...]:
        """Return why two answers could be defended if the case is read so."""
        return reading.borderline

    @property
    def all_seen(self) -> Indices:
        """All particles that are seen."""
        return self.group.deciding("count")

    def where(self, *fired: Step | None) -> Indices:
        """Return the particles that decide: those that the first rule's checks single out, else the next one's.

        Where none does, it is all that are seen.
        """
        checks = (check for step in fired if step for check in step.checks)
        singled = (self._singled(check) for check in checks if check.feature in self.group.members)
        return next((some for some in singled if 0 < len(some) < len(self.all_seen)), self.all_seen)

    def _singled(self, check: Check) -> Indices:
        some = self.group.members[check.feature]
        not_all = "share" in check.feature and check.op == "<" and check.threshold == 1.0
        return np.setdiff1d(self.all_seen, some) if not_all else some  # the few that are not like the rest
