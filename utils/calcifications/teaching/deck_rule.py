"""A deck made by a rule: so many cases, of these forms, each distribution as often as the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging import SCREENING
from calcifications.learning.items.cases import TRIES, as_shown, rounded
from calcifications.lexicon import distributions, terms
from calcifications.pattern import BREASTS, arrangeable, varied
from calcifications.pattern import forms as every_form
from calcifications.reading import Context
from calcifications.teaching.deck import MOST, QUESTIONS, Deck, Slide
from calcifications.teaching.deck_file import parse, unasked

FAMILIES = {"suspicious": "suspicious", "benign": "typically benign"}
"""Words for several forms at once, and what the lexicon calls them."""

VIEWS = ("CC", "CC-mag", "ML-mag")
"""What a case shows: a routine picture, and both magnified ones. They fit on half a page."""


MOST_BREASTS = 24
"""How many breasts the cases of a deck lie in at most: new tissue takes longer than all else of a picture."""

_PATIENCE = 25
"""How many tries until the case may lie in a breast of its own: in one or the other, some words don't come out."""

_LATERAL = ("milk of calcium",)  # only the true lateral proves it, and no screening picture is one


@dataclass(frozen=True)
class Rule:
    """What a deck is to be.

    Attributes
    ----------
    cases : int
    forms : tuple of str
        Forms, or "suspicious" or "benign" for all of these; all if empty.
    distributions : tuple of str
        All if empty. A form that comes in one way alone comes in that one.
    questions : tuple of str
        Kinds of questions that are asked of each case of which they can be asked.
    borderline : bool
        Whether a case may be one of which two answers could be defended; nothing is asked of such a case.
    seed : int

    Raises
    ------
    CourseError
        If a part is unknown or out of its bounds.
    """

    cases: int = 20
    forms: tuple[str, ...] = ()
    distributions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ("form", "distribution")
    borderline: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        whole(self.cases, 1, MOST, "number of cases")
        whole(self.seed, 0, 2**31, "seed")
        for form in self.forms:
            pick(form, [*FAMILIES, *every_form()], "form")
        for word in self.distributions:
            pick(word, distributions(), "distribution")
        for kind in self.questions:
            pick(kind, QUESTIONS, "kind of question to ask of a case")

    @property
    def known(self) -> list[str]:
        """The forms that may come up."""
        families = {FAMILIES[word] for word in self.forms if word in FAMILIES}
        named = {*self.forms, *(term.name for term in terms("form") if term.family in families)}
        unseen = set(_LATERAL if "recall" in self.questions else ()) - set(self.forms)
        return [form for form in every_form() if (form in named or not self.forms) and form not in unseen]

    def laid(self, form: str) -> list[str]:
        """Return the distributions that a form may come in."""
        asked = self.distributions or tuple(distributions())
        ways = [word for word in arrangeable(form) if word in asked]
        return ways or (arrangeable(form) if len(arrangeable(form)) == 1 else [])

    @cached_property
    def breasts(self) -> list[tuple[int, str]]:
        """The breasts that the cases lie in, a seed and a side each: the same ones however many cases there are."""
        seeds: list[int] = np.random.default_rng(self.seed).integers(2**31, size=MOST_BREASTS).tolist()
        return [(seed, BREASTS[place % 2]) for place, seed in enumerate(seeds)]

    @property
    def words(self) -> list[tuple[str, str]]:
        """The form and the distribution of each case: every form, then every distribution, as often as the others."""
        known = [form for form in self.known if self.laid(form)]
        laid: Counter[str] = Counter()
        both: Counter[tuple[str, str]] = Counter()
        for place in range(self.cases):
            form = known[place % len(known)]
            word = min(self.laid(form), key=lambda each: (laid[each], both[form, each]))
            laid[word] += 1
            both[form, word] += 1
        return list(both.elements())

    def __str__(self) -> str:
        said = f"{self.cases} cases; forms: {', '.join(self.forms) or 'all'}"
        said += f"; distributions: {', '.join(self.distributions) or 'all'}"
        said += f"; questions: {', '.join(self.questions) or 'none'}"
        return f"{said}; {'borderline ones too' if self.borderline else 'no borderline ones'}; seed {self.seed}"


def make(rule: Rule, title: str = "", tell: Callable[[int, int], None] = lambda made, of: None) -> Deck:
    """Make a deck by a rule, always the same one.

    Parameters
    ----------
    rule : Rule
    title : str
    tell : callable
        Told how many cases there are, and are to be, after each.

    Raises
    ------
    CourseError
        If no such case grew, or a question can't be asked of the cases.
    """
    words = rule.words
    slides: list[Slide] = []
    for place in np.random.default_rng(rule.seed).permutation(len(words)):
        form, word = words[place]
        chance = np.random.default_rng([rule.seed, int(place)])
        # the same words follow each other in the list: they come in one breast again only once all had their turn
        slides.append(_slide(rule, form, word, chance, rule.breasts[place % MOST_BREASTS], len(slides) + 1))
        tell(len(slides), len(words))
    for kind in rule.questions:
        why = unasked(kind, slides[0].code)
        if why and not any(kind in slide.questions for slide in slides):
            raise CourseError(f"Of none of these cases {shown(kind)} can be asked. {why}")
    deck = Deck(title or "Cases to read", tuple(slides), rule=str(rule))
    return parse("The deck", deck.text())


def _slide(
    rule: Rule, form: str, word: str, chance: np.random.Generator, breast: tuple[int, str], number: int
) -> Slide:
    views, context = _shown(rule.questions)
    for attempt in range(TRIES):
        recipe = rounded(varied(form, word, int(chance.integers(2**31))))
        seed, side = breast if attempt < _PATIENCE else (int(chance.integers(2**31)), breast[1])
        case = Case([replace(recipe, breast=side)], context, seed=seed, views=views)
        reading = as_shown(case)
        if (reading.morphology, reading.distribution) != (form, word) or (reading.borderline and not rule.borderline):
            continue
        return slide_of(case, number, rule.questions)
    raise CourseError(f"No clear case of {form}, {word}, grew in {TRIES} tries; leave one of these words out.")


def slide_of(case: Case, number: int, questions: Sequence[str]) -> Slide:
    """Return a case as one of a deck, with what can be asked of it; a borderline one is to be talked over."""
    reading = as_shown(case)
    if reading.borderline:
        return Slide(case.code, f"Case {number}", (), _doubts(case))
    asked = tuple(kind for kind in questions if _worth(kind, reading.morphology) and not unasked(kind, case.code))
    return Slide(case.code, f"Case {number}", asked)


def _worth(kind: str, form: str) -> bool:
    """Say whether there is something to ask: not how a form lies that comes in one way alone."""
    return kind != "distribution" or form not in every_form() or len(arrangeable(form)) > 1


def _shown(questions: Sequence[str]) -> tuple[Sequence[str], Context]:
    """Return the views of a case, and what is known beside it: what its questions need."""
    if "recall" in questions:
        return SCREENING, Context()
    return VIEWS, Context(setting="diagnostic")


def _doubts(case: Case) -> str:
    return "Borderline, to be talked over: " + " ".join(str(doubt) for doubt in as_shown(case).borderline)
