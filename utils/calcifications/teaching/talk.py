"""A deck on a screen: what is asked and revealed of each case, step by step, forwards and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256

from calcifications.errors import CourseError, whole
from calcifications.learning.items import Item, Option
from calcifications.learning.items.cases import as_shown
from calcifications.reading import Reading
from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.question import questions_of

ASK, ANSWER, REVEAL = "ask", "answer", "reveal"
_FIRST, _LAST = "first", "why"

_SAID = {
    "outlines": "the particles are outlined",
    "form": "the form",
    "distribution": "the distribution",
    "category": "the category and what is done",
    "why": "the rules that led there",
}


@dataclass(frozen=True)
class Asking:
    """One question as a screen asks it.

    Attributes
    ----------
    key : str
        Its id.
    item : Item
    prompt : str
    options : tuple of Option
        Answers to choose from; none where there is no choice.
    right : tuple of int
        The places of the right ones, from 0.
    answer : str
        The right answer in words.
    """

    key: str
    item: Item
    prompt: str
    options: tuple[Option, ...]
    right: tuple[int, ...]
    answer: str


@dataclass(frozen=True)
class Step:
    """One press of a key: a question is asked or answered, or something is revealed.

    Attributes
    ----------
    kind : {"ask", "answer", "reveal"}
    asking : int or None
        The place of the question that is asked, or answered.
    word : str
        What is revealed, of the deck's `REVEALS`.
    """

    kind: str
    asking: int | None = None
    word: str = ""


@dataclass(frozen=True)
class Scene:
    """What a screen shows of one case at one moment.

    Attributes
    ----------
    slide : Slide
    asking : Asking or None
        The question that stands there.
    answered : bool
        Whether its answer does.
    revealed : tuple of str
    """

    slide: Slide
    asking: Asking | None
    answered: bool
    revealed: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """How the case is read, on its own pictures."""
        return as_shown(self.slide.case)

    @property
    def all_told(self) -> bool:
        """Whether nothing is left to be revealed."""
        return set(self.slide.reveal) <= set(self.revealed) and (self.asking is None or self.answered)


@lru_cache(maxsize=8)
def askings(slide: Slide) -> tuple[Asking, ...]:
    """Return the questions of a slide as a screen asks them; one that asks for two words is two."""
    return tuple(_askings(slide))


def _askings(slide: Slide) -> Iterator[Asking]:
    for asked in slide.asked:
        parts = list(questions_of(asked))
        for part in parts:
            yield Asking(part.id, asked.item, part.prompt, part.options, part.right, part.key)
        if not parts:
            key = sha256(f"{asked.kind} {slide.code}".encode()).hexdigest()[:16]
            yield Asking(key, asked.item, asked.item.ask(), (), (), asked.item.key)


@lru_cache(maxsize=8)
def steps(slide: Slide) -> tuple[Step, ...]:
    """Return what happens to a slide, a step a key: each question stands there before what answers it is revealed."""
    known = askings(slide)
    due = {place: _asked_with(each, slide) for place, each in enumerate(known)}
    out: list[Step] = []
    for place in (place for place, word in due.items() if word == _FIRST):
        out += [Step(ASK, place), Step(ANSWER, place)]
    for word in slide.reveal:
        asked = [place for place, with_ in due.items() if with_ == word]
        for place in asked:
            out.append(Step(ASK, place))
            if place != asked[-1] or word == _LAST:
                out.append(Step(ANSWER, place))
        out.append(Step(REVEAL, asked[-1] if asked and word != _LAST else None, word))
    for place in (place for place, word in due.items() if word == _LAST and word not in slide.reveal):
        out += [Step(ASK, place), Step(ANSWER, place)]
    first = next((step for step in out if step.kind == ASK), None)
    if first:  # it stands there from the beginning
        out.remove(first)
        out.insert(0, first)
    return tuple(out)


def _asked_with(asking: Asking, slide: Slide) -> str:
    """Return the reveal that answers a question; or that it comes first, for any might, or last, for it tells words."""
    if asking.item.kind == "likely":
        return _LAST
    return asking.item.step if asking.item.step in slide.reveal else _FIRST


def scene(slide: Slide, done: int) -> Scene:
    """Return what is shown of a slide once some of its steps are done."""
    asking, answered, revealed = None, False, []
    for step in steps(slide)[:done]:
        if step.kind == ASK:
            asking, answered = step.asking, False
        elif step.asking is not None and step.asking == asking:
            answered = True
        if step.word:
            revealed.append(step.word)
    known = askings(slide)
    return Scene(slide, None if asking is None else known[asking], answered, tuple(revealed))


@dataclass(frozen=True)
class Talk:
    """Where a deck stands on a screen.

    Attributes
    ----------
    deck : Deck
    place : int
        The case, from 0.
    done : int
        How many of its steps are done.
    """

    deck: Deck
    place: int = 0
    done: int = field(default=-1)

    def __post_init__(self) -> None:
        if self.done < 0:
            object.__setattr__(self, "done", _start(self.slide))

    @property
    def slide(self) -> Slide:
        """The case that is shown."""
        return self.deck.slides[self.place]

    @property
    def scene(self) -> Scene:
        """What is shown of it."""
        return scene(self.slide, self.done)

    @property
    def following(self) -> Slide | None:
        """The case that comes after it."""
        return self.deck.slides[self.place + 1] if self.place + 1 < len(self.deck.slides) else None

    def next(self) -> Talk:
        """Go a step on; after the last one, to the next case; at the end, stay."""
        if self.done < len(steps(self.slide)):
            return replace(self, done=self.done + 1)
        return Talk(self.deck, self.place + 1) if self.following else self

    def back(self) -> Talk:
        """Go a step back; before the first one, to the case before, as it was when it was left."""
        if self.done > _start(self.slide):
            return replace(self, done=self.done - 1)
        if not self.place:
            return self
        return Talk(self.deck, self.place - 1, len(steps(self.deck.slides[self.place - 1])))

    def go(self, case: object) -> Talk:
        """Go to a case by its number, from 1.

        Raises
        ------
        CourseError
            If there is none.
        """
        return Talk(self.deck, whole(case, 1, len(self.deck.slides), "number of the case") - 1)

    @property
    def kept(self) -> dict[str, object]:
        """What is enough to go on here in the same deck."""
        return {"deck": _digest(self.deck), "place": self.place, "done": self.done}

    def go_on(self, kept: dict[str, object]) -> Talk:
        """Go on where the same deck was left; stay where it was another one."""
        try:
            place = whole(kept.get("place"), 0, len(self.deck.slides) - 1, "place")
            done = whole(kept.get("done"), 0, len(steps(self.deck.slides[place])), "step")
        except CourseError:
            return self
        return Talk(self.deck, place, done) if kept.get("deck") == _digest(self.deck) else self


def _start(slide: Slide) -> int:
    """Return how many steps are done when a case comes: its first question is asked."""
    first = steps(slide)[:1]
    return int(bool(first) and first[0].kind == ASK)


def _digest(deck: Deck) -> str:
    """Return what changes with the steps of a deck, and not with its titles and notes."""
    return sha256(repr([(slide.code, slide.questions, slide.reveal) for slide in deck.slides]).encode()).hexdigest()


def said(slide: Slide, step: Step) -> str:
    """Say what a step does, for the speaker."""
    asked = "" if step.asking is None else askings(slide)[step.asking].prompt
    if step.kind == ASK:
        return f"Ask: {asked}"
    if step.kind == ANSWER:
        return f"Answer: {asked}"
    return f"Reveal: {_SAID[step.word]}"
