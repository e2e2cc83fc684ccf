"""A question on a page: what is shown of it before the answer, which tells nothing of the key, and what is said after.

The pictures go to the page flat, tissue and calcifications in one: apart, they would tell where to look.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import traitlets
from numpy.typing import NDArray

from calcifications.apps.grey_bytes import bytes16
from calcifications.apps.page import alt_text, check_line
from calcifications.apps.picture_page import picture_lines, shapes
from calcifications.apps.widget import ANSWERS, AROUND, LOOKS, VIEWER, Still, script, style
from calcifications.errors import pick
from calcifications.imaging import Radiograph
from calcifications.learning.items import Feedback, Item, Look
from calcifications.lexicon import sources

Json = dict[str, Any]

FLAT = (0, 0, 0, 0)
"""The box of a layer with nothing on it."""

MAP_MM = 2.0
"""How coarsely the small map shows where particles lie; it is drawn no finer."""


@dataclass(frozen=True)
class Pane:
    """One picture as the page gets it.

    Attributes
    ----------
    look : Look
    picture : Radiograph
    grey : bytes
    lines : dict
        What stands at its edges.
    """

    look: Look
    picture: Radiograph
    grey: bytes
    lines: Json

    @property
    def unsaid(self) -> str:
        """What is said of it before the answer, for those who can't see it."""
        return f"A mammogram close-up, {self.look.plain}, with or without calcifications to be read."

    @property
    def said(self) -> str:
        """What is said of it after the answer."""
        return alt_text(self.look.findings, self.look.reading)


@dataclass(frozen=True)
class Shown:
    """A question and its first pictures, ready to be put on a page.

    Attributes
    ----------
    item : Item
    why : str
        Why it is asked, for after the answer.
    panes : tuple of Pane
        One, two side by side, or none.
    """

    item: Item
    why: str = ""
    panes: tuple[Pane, ...] = field(default=())


def shown(item: Item, why: str = "", look: str = "") -> Shown:
    """Make a question ready, with its first pictures or with one that is named."""
    looks = item.looks
    if look:
        names = [each.name for each in looks]
        looks = (looks[names.index(pick(look, names, "view of this case"))],)
    return Shown(item, why, tuple(pane(each, item) for each in looks[: 2 if item.together else 1]))


def pane(look: Look, item: Item) -> Pane:
    """Take a picture and make it ready for a page."""
    picture = look.picture
    lines = picture_lines(look.pattern, picture) | {"box": FLAT, "shapes": [], "has": []}
    lines["view"] = {**lines["view"], "id": look.name, "plain": look.plain}
    lines["map"] = {**lines["map"], "dots": _dots(lines["map"], item)}
    return Pane(look, picture, bytes16(picture.pixels), lines)


def _dots(small: Json, item: Item) -> list[list[float]]:
    """Return what the small map shows of the particles: where they lie in the breast, too coarsely to be counted."""
    if item.way in ("place", "number") or not small["needed"]:
        return []  # it would show the place, or could be counted
    coarse = np.unique(np.rint(np.reshape(small["dots"], (-1, 2)) / MAP_MM), axis=0) * MAP_MM
    dots: list[list[float]] = coarse.tolist()
    return dots


def asked_lines(item: Item) -> Json:
    """Return what a page shows of a question beside its pictures, before the answer."""
    return {
        "kind": item.kind,
        "question": item.ask(),
        "known": list(item.known),
        "sheet": item.sheet(),
        "views": [] if item.together else [[look.name, look.plain] for look in item.looks],
        "feedback": None,
        "code": "",
    }


def feedback_lines(item: Item, feedback: Feedback) -> Json:
    """Return what a page says to an answer."""
    step = feedback.step
    return {
        "told": feedback.told(),
        "right": feedback.right,
        "key": feedback.key,
        "chosen": feedback.chosen,
        "why": feedback.short,
        "checks": [check_line(check) for check in step.checks] if step else [],
        "why_not": feedback.why_not,
        "source": list(feedback.source),
        "edition": item.edition,
        "marked": bool(len(feedback.where)),
        "can_mend": feedback.mend is not None and not feedback.right,
        "mends": feedback.mends,
        "mended": None,
    }


def marked(item: Item, at: Pane, where: NDArray[np.int64]) -> list[Json]:
    """Return the outlines of the particles that decide, and the circles where the distribution was asked."""
    if not len(where):
        return []
    kinds = ("outline", "circles", "duct") if item.step == "distribution" else ("outline",)
    chosen = set(where.tolist())
    return [
        shape | {"class": "cx-ring"} if shape["kind"] == "outline" else shape
        for shape in shapes(at.look.pattern, at.picture, kinds)
        if shape["kind"] != "outline" or shape["number"] in chosen
    ]


def question_script(name: str, render: str) -> str:
    """Return the script of a page with questions: the file that is its own, and its render function."""
    parts = script("parts.js", *AROUND, *VIEWER, *ANSWERS, "question.js", name)
    return f"{parts}\nexport default {{ render: {render} }};\n"


class QuestionPage(Still):
    """What pages with questions have in common: the pictures of the question on screen, and its words.

    Attributes
    ----------
    fixed : dict
        What never changes: the sources that an answer may name, and what else the page needs.
    item : dict
        All that the page shows; its key is in it only once the question is answered.
    """

    _css = style(*LOOKS)

    fixed = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    item = traitlets.Dict().tag(sync=True)
    ground_beside = traitlets.Bytes().tag(sync=True)

    question: Shown

    def __init__(self, **fixed: Any) -> None:
        library = {name: asdict(source) for name, source in sources().items()}
        super().__init__(fixed={"library": library, **fixed})

    def put(self, question: Shown, feedback: Feedback | None, lines: Json) -> None:
        """Send pictures and words in one message, what decides marked on them once there is an answer."""
        self.question = question
        panes = question.panes
        greys = [pane.grey for pane in panes] + [b"", b""]
        with self.hold_sync():
            self.ground, self.ground_beside = greys[:2]
            self.item = {**lines, "problem": None, **self.pane_lines(feedback)}

    def pane_lines(self, feedback: Feedback | None) -> Json:
        """Return what stands at the pictures' edges and over them."""
        item, panes = self.question.item, self.question.panes
        told = feedback is not None and not item.later  # what a later question asks for is not described yet
        where = (feedback.where, feedback.where_beside) if feedback else ()
        over = [marked(item, pane, some) for pane, some in zip(panes, where, strict=False)]
        return {
            "look": panes[0].look.name if panes else "",
            "panes": [
                {**pane.lines, "shapes": over[place] if feedback else [], "alt": pane.said if told else pane.unsaid}
                for place, pane in enumerate(panes)
            ],
        }
