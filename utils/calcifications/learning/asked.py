"""A question of a session, and the little that makes it again: a page that is loaded anew goes on with the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from calcifications.learning.answer import Category
from calcifications.learning.items import Item, fresh_item
from calcifications.learning.items.whole import WholeCase, whole_case


@dataclass(frozen=True)
class Asked:
    """One question of a session.

    Attributes
    ----------
    root : int
        The session's chance.
    before : int
        How many questions of the session come before it: together with the root, its own chance.
    kind : str
        Of question, or of the step that the schedule wants of a whole case; empty if it wants none.
    word, beside : str
        The word to ask for, and one to be among the options; empty for any.
    reason : str
        Why the schedule wants that word; it names it.
    forms : tuple of str
        Which forms may come up; all if empty.
    steps : tuple of str
        The steps of a whole case, of which it is one; empty where it stands alone.
    """

    root: int
    before: int
    kind: str
    word: str = ""
    beside: str = ""
    reason: str = ""
    forms: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def place(self) -> int:
        """Which step of its whole case it is, from 0; 0 where it stands alone."""
        return self.before % len(self.steps) if self.steps else 0

    @cached_property
    def item(self) -> Item:
        """The question, always the same one."""
        if self.steps:
            whole = _whole(self.root, self.before - self.place, self.kind, self.word, self.forms, self.steps)
            return whole.question(self.place, self._chance)
        made = fresh_item(self.kind, self._chance, self.forms, self.word)
        made.offer(self.beside)
        return made

    @property
    def why(self) -> str:
        """Why it is asked, if it turned out as the schedule wants it: it names the right word, so after the answer."""
        return self.reason if self.item.category == Category(self.kind, self.word) else ""

    @property
    def _chance(self) -> np.random.Generator:
        return np.random.default_rng([self.root, self.before])

    def to_list(self) -> list[Any]:
        """Return what `from_list` reads."""
        return [*astuple(self)[:-2], list(self.forms), list(self.steps), self.item.code]

    @classmethod
    def from_list(cls, values: Sequence[Any]) -> Asked:
        """Read what `to_list` gave.

        Raises
        ------
        ValueError
            If it makes another question now.
        """
        root, before, kind, word, beside, reason, forms, steps, code = values
        asked = cls(int(root), int(before), kind, word, beside, reason, tuple(forms), tuple(steps))
        if asked.item.code != code:
            raise ValueError("another question")
        return asked


@lru_cache(maxsize=4)
def _whole(root: int, first: int, kind: str, word: str, forms: tuple[str, ...], steps: tuple[str, ...]) -> WholeCase:
    """Grow the whole case that begins with a question of a session, once for all its steps."""
    chance = np.random.default_rng([root, first])
    return WholeCase(whole_case(chance, forms, Category(kind, word) if word else None), steps)
