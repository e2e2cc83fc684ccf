"""One question as files and paper hold it: a prompt, pictures, what can be answered, the key, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from calcifications.learning.exam import Question as Asked
from calcifications.learning.items import Item, Look, Option
from calcifications.learning.items.number import HowMuch
from calcifications.learning.items.verdict import CategoryAndManagement
from calcifications.lexicon import source
from calcifications.teaching.deck import Deck
from calcifications.teaching.still import plate, png


def on_paper(item: Item) -> bool:
    """Say whether a file or a sheet of paper can take the answer; a place, a range or a whole report needs the page."""
    return item.way == "choice" or isinstance(item, HowMuch | CategoryAndManagement)


@dataclass(frozen=True)
class Picture:
    """One picture of a question.

    Attributes
    ----------
    look : Look
    dots : bool
        Whether the breast in small shows where particles lie.
    where : tuple of int
        The particles that decide, ringed once the question is answered.
    """

    look: Look
    dots: bool = True
    where: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The name of its file: the same picture has the same one, whatever is asked of it."""
        shown = [self.look.case.code, self.look.name, self.look.earlier, self.dots, self.where]
        return f"cx-{sha256(repr(shown).encode()).hexdigest()[:16]}.png"

    @property
    def alt(self) -> str:
        """What is said of it, before the answer and after it, for those who can't see it."""
        if self.where:
            return f"The same picture, {self.look.plain}, with rings about the calcifications that decide."
        return f"A mammogram close-up, {self.look.plain}, with or without calcifications to be read."

    def plate(self) -> bytes:
        """Return it with its scale and the breast in small, as the bytes of a PNG file."""
        return plate(self.look, self.dots, self.where)

    def png(self) -> bytes:
        """Return it alone, as the bytes of a PNG file."""
        return png(self.look)


@dataclass(frozen=True)
class Number:
    """A number that is asked for.

    Attributes
    ----------
    value, tolerance : float
        What was measured, and how far an answer may be off.
    unit : str
        Empty for a count.
    places : int
        Digits after the point.
    """

    value: float
    tolerance: float
    unit: str
    places: int

    def __str__(self) -> str:
        return f"{self.value:.{self.places}f} {self.unit}".strip()


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    id : str
        Fixed: of the case's code and of what is asked.
    kind, title : str
        The kind of question, and what it asks for in words.
    code : str
        Of the case; it gives the key away.
    prompt : str
    known : tuple of str
        What is known beside the pictures, a sentence each.
    options : tuple of Option
        Answers to choose from; none where a number is asked for.
    right : tuple of int
        The places of those that are right, from 0.
    number : Number or None
    why : str
        Why the right answer is right.
    why_not : tuple of str
        For each option why it is wrong; empty where it is right, or nothing can be said of it alone.
    pictures, after : tuple of Picture
        Before the answer; and after it, with what decides ringed.
    edition : str
        Of the rulebook that gives the key; empty where none is asked.
    sources : tuple of str
        Citations.
    """

    id: str
    kind: str
    title: str
    code: str
    prompt: str
    known: tuple[str, ...]
    options: tuple[Option, ...]
    right: tuple[int, ...]
    number: Number | None
    why: str
    why_not: tuple[str, ...]
    pictures: tuple[Picture, ...]
    after: tuple[Picture, ...]
    edition: str
    sources: tuple[str, ...]

    @property
    def cited(self) -> tuple[str, ...]:
        """The edition by which it is marked, if there is one, and the sources."""
        return (f"marked by {self.edition}", *self.sources) if self.edition else self.sources

    @property
    def key(self) -> str:
        """The right answer in words."""
        return str(self.number) if self.number else " or ".join(self.options[place].word for place in self.right)


def questions_of(asked: Asked) -> Iterator[Question]:
    """Return what a question of a deck is on paper: one question, or one for each word that it asks for.

    Nothing is returned of a question that only the page can take: a place, a range, sliders.
    """
    item = asked.item
    if item.way == "choice":
        yield _chosen(item)
    elif isinstance(item, HowMuch):
        low = item.mark(item.sheet()["low"])
        number = Number(item.right, item.measure.tolerance(item.right), item.measure.unit, item.measure.places)
        note = f"{item.ask()} {item.sheet()['note']}"
        yield _made(item, "", note, (), (), number, (), low.where.tolist(), low.source)
    elif isinstance(item, CategoryAndManagement):
        yield from _slots(item)


def questions(deck: Deck) -> Iterator[tuple[str, Question]]:
    """Return the questions of a deck that can be put on paper, each with the title of its case."""
    for slide in deck.slides:
        for asked in slide.asked:
            for question in questions_of(asked):
                yield slide.title or "Case", question


def left_out(deck: Deck) -> list[str]:
    """Return a sentence on what the questions of a deck ask for that only the page can take, if there is any."""
    titles = list(dict.fromkeys(asked.item.title for asked in deck.asked if not on_paper(asked.item)))
    return [f"Left out, for only the page can take the answer: {', '.join(titles)}."] if titles else []


def _chosen(item: Item) -> Question:
    marks = [item.mark(option.word) for option in item.options]
    right = tuple(place for place, mark in enumerate(marks) if mark.right)
    mark = marks[right[0]]
    why_not = tuple(mark.why_not for mark in marks)
    return _made(
        item, "", item.ask(), item.options, right, None, why_not, mark.where.tolist(), mark.source,
        mark.where_beside.tolist(),
    )  # fmt: skip


def _slots(item: CategoryAndManagement) -> Iterator[Question]:
    mark = item.mark({slot.name: slot.options[0].word for slot in item.slots})
    for slot in item.slots:
        right = tuple(place for place, o in enumerate(slot.options) if o.word in mark.accepted[slot.name])
        prompt, why_not = _PROMPTS[slot.name], ("",) * len(slot.options)
        yield _made(
            item, slot.name, prompt, slot.options, right, None, why_not, mark.where.tolist(), mark.source
        )  # fmt: skip


_PROMPTS = {"management": "What is done now?", "category": "Which category is it?"}


def _made(
    item: Item,
    part: str,
    prompt: str,
    options: tuple[Option, ...],
    right: tuple[int, ...],
    number: Number | None,
    why_not: tuple[str, ...],
    where: list[int],
    cited: tuple[str, ...],
    beside: list[int] | None = None,
) -> Question:
    dots = item.way != "number"  # they could be counted
    pictures = tuple(Picture(look, dots) for look in item.looks)
    return Question(
        id="cx-" + sha256(f"{item.kind} {part} {item.code}".encode()).hexdigest()[:16],
        kind=item.kind,
        title=item.title,
        code=item.code,
        prompt=prompt,
        known=item.known,
        options=options,
        right=right,
        number=number,
        why=item.explain(),
        why_not=why_not,
        pictures=pictures,
        after=tuple(_ringed(pictures, where, beside or [])),
        edition=item.edition,
        sources=tuple(source(each).citation for each in dict.fromkeys(cited)),
    )


def _ringed(pictures: tuple[Picture, ...], where: list[int], beside: list[int]) -> Iterator[Picture]:
    """Return the pictures on which something is ringed: those of the first one's particles, and the one beside it."""
    for place, picture in enumerate(pictures):
        same = picture.look.pattern is pictures[0].look.pattern
        some = where if same else beside if place == 1 else []
        if some:
            yield Picture(picture.look, picture.dots, tuple(some))
