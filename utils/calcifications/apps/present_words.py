"""What the presenting page writes and draws of a scene: nothing in it tells what is not revealed yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from calcifications.apps.page import doubt_line, verdict
from calcifications.apps.picture_page import shapes
from calcifications.apps.question import Json, Pane, pane
from calcifications.imaging import project, view_named
from calcifications.learning.items import Item, Look
from calcifications.learning.items.known import told
from calcifications.pattern.draws import Floats
from calcifications.reading import NONE, Context
from calcifications.teaching.deck import Slide
from calcifications.teaching.poll.room import letter
from calcifications.teaching.talk import Asking, Scene, Talk, said, steps

ZOOMS = (3.0, 2.5, 2.0, 1.5)
"""How many times a picture may be enlarged to its group; few, for the number alone should tell nothing."""

SMALLER = (0.75, 0.5)
"""And how many times as large it may be where two share the height of one."""

MARGIN = 1.35
"""How much wider than what lies on it an enlarged view is."""

FOR_A_FORM = 2.0
"""The least enlargement where the form is asked for: the back row then sees the smallest specks that have one."""

_LAID = {
    "grouped": ("circles", "extent"),
    "linear": ("duct",),
    "segmental": ("duct", "wedge"),
    "regional": ("extent",),
}
"""What is drawn once the distribution is revealed."""


class _Open:
    """Stands for a question where none is asked: the small map may show where particles lie."""

    way = "choice"


def looks_of(scene: Scene) -> tuple[Look, ...]:
    """Return the pictures that a scene can show, the first one first."""
    if scene.asking:
        return scene.asking.item.looks
    case = scene.slide.case
    return tuple(Look(name, view_named(name).plain, case, name) for name in case.views)


def made(look: Look, asking: Asking | None) -> Pane:
    """Make a picture ready for the page."""
    item: Any = asking.item if asking else _Open()
    return pane(look, item)


def enlarged(panes: Sequence[Pane], asking: Asking | None) -> Json:
    """Return how a view opens: enlarged to what lies on it, unless that would answer what is asked.

    Parameters
    ----------
    panes : sequence of Pane
        One picture, or two of which each has half the height.
    asking : Asking or None

    Returns
    -------
    dict
        `factor`, and `x` and `y`, the place in mm to the right and down from the middle of the picture.
    """
    item: Item | None = asking.item if asking else None
    as_it_is = {"factor": 1, "x": 0, "y": 0}
    if item and (item.way in ("place", "number") or item.step in ("distribution", "real")):
        return as_it_is
    half = panes[0].picture.pixel_mm * np.array(panes[0].picture.background.shape)[::-1] / 2
    places = np.concatenate([_places(each, half) for each in panes])
    if not len(places):
        return as_it_is
    low, high = places.min(axis=0), places.max(axis=0)
    x, y = (low + high) / 2
    needed = float((MARGIN * np.maximum(high - low, 1.0) / (2 * half / [1, len(panes)])).max())
    known = (*ZOOMS, 1.0) if len(panes) < 2 else (*ZOOMS, 1.0, *SMALLER)
    factor = next((zoom for zoom in known if zoom * needed <= 1), known[-1])
    if item and item.step == "form" and factor < FOR_A_FORM and len(panes) < 2:
        factor = FOR_A_FORM
        near = np.abs(places[:, None] - places).max(axis=2) <= half.min() / factor
        x, y = places[near.sum(axis=1).argmax()]  # where most lie
    return {"factor": factor, "x": round(float(x), 1), "y": round(float(y), 1)}


def _places(at: Pane, half: Floats) -> Floats:
    """Return where particles lie on a picture, in mm to the right and down from its middle."""
    view, pattern = at.picture.view, at.look.pattern
    places = project(view, pattern.particles.centre[pattern.of_breast(view.side)]) * np.array([1.0, -1.0])
    return places[np.all(np.abs(places) <= half, axis=1)]


def pane_lines(at: Pane, scene: Scene, *, overlays: bool) -> Json:
    """Return what stands at a picture's edges and over it."""
    over: list[Json] = []
    if overlays and "outlines" in scene.revealed:
        over += [each | {"class": "cx-ring"} for each in shapes(at.look.pattern, at.picture, ("outline",))]
    if overlays and "distribution" in scene.revealed:
        over += shapes(at.look.pattern, at.picture, _LAID.get(scene.reading.distribution, ()))
    return {**at.lines, "shapes": over, "alt": at.said if scene.all_told else at.unsaid}


def revealed_lines(scene: Scene) -> list[Json]:
    """Return the words that are revealed, in their order, each with what it is and the lay words."""
    known = verdict(scene.reading)
    lines = {
        "form": {"name": "Form", "word": known["form"], "plain": known["form_plain"]},
        "distribution": {"name": "Where", "word": known["distribution"], "plain": known["distribution_plain"]},
        "category": {
            "name": "Category",
            "word": f"{known['category']}: {known['category_plain']}" if known["category_plain"] else known["category"],
            "plain": known["management"],
        },
    }
    return [{"kind": word, **lines[word]} for word in scene.revealed if word in lines]


def why_lines(scene: Scene) -> list[Json]:
    """Return the rules that led there, once they are revealed."""
    if "why" not in scene.revealed:
        return []
    reading = scene.reading
    rules = [
        {"title": step.title, "because": step.because}
        for step in reading.steps
        if step.fired and step.says and (step.step, step.says) != ("real", NONE)
    ]
    return [{"title": doubt_line(doubt), "because": ""} for doubt in reading.borderline[:1]] + rules


def question_lines(scene: Scene) -> Json | None:
    """Return the question that stands there, and its right answers once they are revealed."""
    asking = scene.asking
    if asking is None:
        known = told(scene.slide.case.context) if scene.slide.case.context != Context() else ()
        free = {
            "kind": "",
            "prompt": "What do you see?",
            "known": list(known),
            "options": [],
            "right": None,
            "answer": "",
        }
        return None if scene.revealed else free
    return {
        "kind": asking.item.step,
        "prompt": asking.prompt,
        "known": list(asking.item.known),
        "options": [{"word": option.word, "plain": option.plain} for option in asking.options],
        "right": list(asking.right) if scene.answered else None,
        "answer": asking.answer if scene.answered and not asking.options else "",
    }


def speaker_lines(talk: Talk) -> Json:
    """Return what the speaker's page shows; it goes to the desk, and never to the presenting page."""
    scene, deck = talk.scene, talk.deck
    asking, following = scene.asking, talk.following
    answer = ""
    if asking:
        letters = " or ".join(letter(place) for place in asking.right)
        answer = f"{letters}: {asking.answer}" if letters else asking.answer
    return {
        "deck": deck.title,
        "place": talk.place + 1,
        "of": len(deck.slides),
        "title": title_of(talk.slide, talk.place),
        "notes": talk.slide.notes,
        "deck_notes": deck.notes,
        "question": asking.prompt if asking else repr(scene.reading),
        "answer": answer,
        "key": asking.key if asking else "",
        "options": [option.word for option in asking.options] if asking else [],
        "right": list(asking.right) if asking else [],
        "steps": [
            {"words": said(talk.slide, step), "done": number < talk.done}
            for number, step in enumerate(steps(talk.slide))
        ],
        "following": title_of(following, talk.place + 1) if following else "",
    }


def title_of(slide: Slide, place: int) -> str:
    """Return a case's title, or its number where it has none."""
    return slide.title or f"Case {place + 1}"
