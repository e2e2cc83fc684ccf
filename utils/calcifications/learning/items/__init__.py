"""Questions, a class a kind: each has one way to `ask`, one to `mark` and one to `explain`.

A page shows `Item.looks` (`together`: the first two side by side), `known` and `ask()`, gives `sheet()` to the script
of `Item.way`, and has its answer, any JSON value, marked. The log keeps `Item.category.word` as the key,
`Feedback.logged`, `Item.code` and `Item.rulebook`. After the answer the page shows `Feedback`; its `told()` goes back
to the way's script.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown
from calcifications.learning.answer import Category
from calcifications.learning.items.change import WhatChanged
from calcifications.learning.items.choice import Choice
from calcifications.learning.items.cup import CupOrNot
from calcifications.learning.items.facts import KnowTheFact
from calcifications.learning.items.feedback import Feedback
from calcifications.learning.items.find import FindIt
from calcifications.learning.items.item import CaseItem, Item, Option
from calcifications.learning.items.likely import HowLikely
from calcifications.learning.items.look import Look
from calcifications.learning.items.make import MakeIt
from calcifications.learning.items.mended import Mended
from calcifications.learning.items.naming import NO_WORD, NameTheDistribution, NameTheForm
from calcifications.learning.items.number import HowMuch
from calcifications.learning.items.real import RealOrNot
from calcifications.learning.items.recall import RecallOrNot
from calcifications.learning.items.rule import WhichRule
from calcifications.learning.items.say import SayIt
from calcifications.learning.items.verdict import CategoryAndManagement
from calcifications.learning.items.worse import WhichIsWorse
from calcifications.pattern import forms

__all__ = [
    "KINDS",
    "NO_WORD",
    "CaseItem",
    "Category",
    "Choice",
    "Feedback",
    "Item",
    "Look",
    "Mended",
    "Option",
    "fresh_item",
    "item",
]

_EVERY: tuple[type[Item], ...] = (
    NameTheForm,
    NameTheDistribution,
    WhichRule,
    CategoryAndManagement,
    RecallOrNot,
    WhatChanged,
    CupOrNot,
    FindIt,
    HowMuch,
    WhichIsWorse,
    RealOrNot,
    HowLikely,
    SayIt,
    MakeIt,
    KnowTheFact,
)

KINDS: dict[str, type[Item]] = {kind.kind: kind for kind in _EVERY}
"""Every kind of question, by its id."""

TRIES = 3
"""How many cases are tried for a word before another word will do."""


def item(kind: str, case: Case | None, chance: np.random.Generator) -> Item:
    """Make an item of a kind.

    Raises
    ------
    CourseError
        If the kind is unknown, or it can't be asked of what is given.
    """
    if case is not None and not isinstance(case, Case):
        raise CourseError(f"A question is asked of a Case, not of {shown(case)}.")
    return KINDS[pick(kind, KINDS, "kind of question")](case, chance)


def fresh_item(kind: str, chance: np.random.Generator, among: tuple[str, ...] = (), word: str = "") -> Item:
    """Make an item of a kind on a case that was never seen before.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    chance : numpy.random.Generator
    among : tuple of str
        The forms that may come up; all by default, and where the kind can ask nothing of these.
    word : str
        The word of the category to be asked for, one of the kind's `words`; any by default. Where no case of it grew
        in `TRIES` tries, the item is of another one: `Item.category` says which.

    Raises
    ------
    CourseError
        If a kind, form or word is unknown.
    """
    made = KINDS[pick(kind, KINDS, "kind of question")]
    for form in among:
        pick(form, forms(), "form")
    if word:
        pick(word, made.words(), f"word to ask for in “{made.title}”")
    for _ in range(TRIES if word else 0):
        try:
            fresh = made.made(chance, among, word)
        except CourseError:
            break  # of the forms that may come up, none is like that
        if fresh.category.word == word:
            return fresh
    for _ in range(TRIES if among else 0):
        with suppress(CourseError):
            return made.made(chance, among)
    return made.made(chance)
