"""What to teach again: the words that a class did not know, in order, and a deck of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calcifications.errors import CourseError
from calcifications.learning.items import KINDS
from calcifications.learning.scores import wilson
from calcifications.lexicon import distributions
from calcifications.pattern import forms
from calcifications.teaching.deck import QUESTIONS, Deck
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.results.handed import Handed

ENOUGH = 0.7
"""A word that a smaller share of answers had right is to be taught again: the course's convention."""

MOST = 8
"""More words than these are no plan for a lesson."""

CASES = 12
"""How many cases a deck of them has."""


@dataclass(frozen=True)
class Weak:
    """A word that a class did not know.

    Attributes
    ----------
    kind, word : str
    right, answers : int
        Answers to all questions that asked for it; where nothing was answered, that is wrong too.
    taken_for : tuple of (str, int)
        The word that was answered most often in its place, and how often; empty and 0 without one.
    """

    kind: str
    word: str
    right: int
    answers: int
    taken_for: tuple[str, int]

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.answers

    def __str__(self) -> str:
        title = KINDS[self.kind].title if self.kind in KINDS else self.kind
        low, high = wilson(self.right, self.answers)
        said = f"{title.capitalize()}: {self.word}. {100 * self.share:.0f} % right ({self.right} of {self.answers}"
        said += f", 95 % interval {100 * low:.0f} to {100 * high:.0f} %)."
        other, times = self.taken_for
        return f"{said} Most often answered in its place: {other} ({times})." if times else said


def weak(handed: Sequence[Handed]) -> list[Weak]:
    """Return the words that a class did not know, the weakest first, no more than `MOST`."""
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    instead: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in handed:
        for one in each.questions:
            if one.word:
                right[one.kind, one.word].append(one.right)
                if not one.right and one.kind in KINDS and one.said in KINDS[one.kind].words():
                    instead[one.kind, one.word][one.said] += 1
    found = []
    for (kind, word), marks in right.items():
        others = instead[kind, word]
        other = min(others.items(), key=lambda pair: (-pair[1], pair[0])) if others else ("", 0)
        found.append(Weak(kind, word, sum(marks), len(marks), other))
    found.sort(key=lambda each: (each.share, -each.answers, each.kind, each.word))
    return [each for each in found if each.share < ENOUGH][:MOST]


def rules(words: Sequence[Weak], seed: int = 0) -> list[Rule]:
    """Return the rules of a deck to teach words again, each beside what it was taken for.

    Forms are asked for in every way that they lie, and ways to lie of every form: a weak form may never lie in a weak
    way. What is known of a case differs too, from a screening picture to the end of a work-up.

    Raises
    ------
    CourseError
        If nothing is weak, or nothing of it can be asked of a case.
    """
    kinds = list(dict.fromkeys(each.kind for each in words if each.kind in QUESTIONS))
    if not kinds:
        raise CourseError(
            "There is nothing to make a deck of: every word that a case can be asked for was right in "
            f"{100 * ENOUGH:.0f} % of the answers or more."
        )

    def named(kind: str, known: Sequence[str]) -> tuple[str, ...]:
        both = (word for each in words if each.kind == kind for word in (each.word, each.taken_for[0]))
        return tuple(dict.fromkeys(word for word in both if word in known))

    cases = -(-CASES // len(kinds))
    words_of = {"form": (named("form", forms()), ()), "distribution": ((), named("distribution", distributions()))}
    return [Rule(cases, *words_of.get(kind, ((), ())), (kind,), False, seed + turn) for turn, kind in enumerate(kinds)]


def deck(words: Sequence[Weak], seed: int = 0) -> Deck:
    """Make a deck to teach words again; as `rules`."""
    slides = [slide for each in rules(words, seed) for slide in make(each).slides]
    said = "; ".join(f"{each.word} ({each.kind})" for each in words)
    return Deck(
        "To be taught again",
        tuple(replace(slide, title=f"Case {number}") for number, slide in enumerate(slides, 1)),
        f"What the class did not know: {said}."[:4000],
    )
