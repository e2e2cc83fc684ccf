"""A form of an exam: the same questions as the other form's, in an order of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from string import ascii_uppercase

import numpy as np

from calcifications.teaching.deck import Deck
from calcifications.teaching.question import Question, questions

ORDERED = ("category", "worse")
"""Kinds whose answers stand in an order that means something: a scale, or as the pictures lie."""


@dataclass(frozen=True)
class Form:
    """A form of an exam.

    Attributes
    ----------
    letter, title : str
    cases : tuple of tuple of Question
        The questions that are asked of the same pictures, in order.
    """

    letter: str
    title: str
    cases: tuple[tuple[Question, ...], ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, as they are numbered."""
        return tuple(question for case in self.cases for question in case)

    @staticmethod
    def letters(question: Question) -> str:
        """Return the letters of the right answers; empty where a number is asked for."""
        return " or ".join(ascii_uppercase[place] for place in question.right)


def forms(deck: Deck, seed: int) -> tuple[Form, Form]:
    """Return form A, in the deck's order, and form B: cases and answers shuffled by the chance of a seed."""
    asked = [question for _, question in questions(deck)]
    cases = [tuple(some) for _, some in groupby(asked, key=_pictures)]
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(cases))
    if np.array_equal(order, np.arange(len(cases))):  # by chance the same, as it may be of few
        order = order[::-1]
    other = [_shuffled(cases[place], chance) for place in order]
    return Form("A", deck.title, tuple(cases)), Form("B", deck.title, tuple(other))


def _pictures(question: Question) -> tuple[str, ...]:
    return tuple(replace(picture, dots=True).name for picture in question.pictures)


def _shuffled(case: tuple[Question, ...], chance: np.random.Generator) -> tuple[Question, ...]:
    """Return the questions of a case with their answers in another order; the questions stay in theirs."""
    orders = [chance.permutation(len(question.options)).tolist() for question in case]
    return tuple(
        question if question.kind in ORDERED else _reordered(question, order)
        for question, order in zip(case, orders, strict=True)
    )


def _reordered(question: Question, order: list[int]) -> Question:
    return replace(
        question,
        options=tuple(question.options[place] for place in order),
        why_not=tuple(question.why_not[place] for place in order),
        right=tuple(sorted(order.index(place) for place in question.right)),
    )
