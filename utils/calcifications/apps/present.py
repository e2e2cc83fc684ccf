"""The presenting page: one case a screen, for the back row, each answer only once it is revealed.

The page sends what is pressed ("next", "back", "poll", ...); the kernel sends back `item`, the scene, and `vote`, what
is known of the room's phones. Notes and answers go to the desk alone, for the speaker's page (`teaching.poll`).
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from time import time
from typing import Any

import traitlets

from calcifications.apps.present_vote import Vote
from calcifications.apps.present_words import (
    enlarged,
    looks_of,
    made,
    pane_lines,
    question_lines,
    revealed_lines,
    speaker_lines,
    title_of,
    why_lines,
)
from calcifications.apps.question import Pane
from calcifications.apps.widget import VIEWER, Still, script, style
from calcifications.errors import CourseError, pick
from calcifications.learning.items import Look
from calcifications.teaching.deck import Deck
from calcifications.teaching.poll.link import Place
from calcifications.teaching.talk import Scene, Talk

PRESSES = ("next", "back", "go", "hide", "overlays", "look", "poll", "join", "public", "end", "speaker")
"""What can be pressed, on the page or on the speaker's."""

_KEPT = 6  # pictures: a megabyte each
_PARTS = ("screen", "side", "room", "keys")


class Present(Still):
    """The presenting page's widget; see `present`."""

    _esm = (
        script("parts.js", "link.js", *VIEWER, *(f"present_{part}.js" for part in _PARTS), "present.js")
        + "\nexport default { render: renderPresent };\n"
    )
    _css = style("theme.css", "look.css", "viewer.css", "present.css")

    item = traitlets.Dict().tag(sync=True)
    vote = traitlets.Dict().tag(sync=True)
    ground_beside = traitlets.Bytes().tag(sync=True)

    def __init__(self, deck: Deck, place: Place | None = None) -> None:
        kept = place.kept() if place else {}
        self.talk = Talk(deck).go_on(kept)
        self._began = float(kept.get("began") or time())
        self._case_began = time()
        self._hidden, self._overlays, self._join, self._look = False, True, False, ""
        self._turn = 0
        self._panes: dict[str, Pane] = {}
        self._maker = ThreadPoolExecutor(1, "next-case")
        self._ahead: Future[tuple[str, Pane]] | None = None
        super().__init__()
        self.room = Vote(place, self.press, self._changed, dict(kept.get("counts") or {}))
        self._show()
        self.on_msg(lambda _, message, buffers: self.press(message.get("press"), message.get("value")))

    def press(self, what: Any, value: Any = None) -> None:
        """Do what was pressed; a mistake is one sentence on the page.

        Parameters
        ----------
        what : str
            One of `PRESSES`.
        value
            Of "go" the number of the case.
        """
        self._turn += 1  # each is answered, so that the page knows that the kernel is there
        try:
            self._do(pick(what, PRESSES, "key"), value)
        except CourseError as error:
            self.item = {**self.item, "problem": str(error), "turn": self._turn}

    def _do(self, what: str, value: Any) -> None:
        if what == "speaker":
            self.send({"open": self.room.speakers})
            self.item = {**self.item, "turn": self._turn}
            return
        if what in ("public", "end"):
            self.room.do(what)
            self._join = self._join and what != "end"
        elif what == "poll":
            self._join = self.room.ask(self.talk.scene) and not self.room.joined  # nobody is there: say how to come in
        elif what == "join":
            self.room.do("room")
            self._join = not self._join
        elif what in ("next", "back") and (self._hidden or self._join):
            self._hidden = self._join = False  # nothing happens behind a black screen
        elif what in ("next", "back", "go"):
            self._go(what, value)
            self._hidden = self._join = False
        elif what == "hide":
            self._hidden = not self._hidden
        elif what == "overlays":
            self._overlays = not self._overlays
        else:
            self._look = self._next_look()
        self._show()

    def _go(self, what: str, value: Any) -> None:
        before = self.talk
        self.talk = before.go(value) if what == "go" else getattr(before, what)()
        if self.talk.place != before.place:
            self._case_began, self._look = time(), ""
        self.room.settle(self.talk.scene)

    def _next_look(self) -> str:
        names = [look.name for look in looks_of(self.talk.scene)]
        now = names.index(self._look) if self._look in names else 0
        return names[(now + 1) % len(names)]

    def _show(self) -> None:
        """Show the scene, in one message, and tell the desk where the talk stands."""
        talk, scene = self.talk, self.talk.scene
        looks = looks_of(scene)
        together = bool(scene.asking and scene.asking.item.together)
        chosen = looks[:2] if together else [next((look for look in looks if look.name == self._look), looks[0])]
        panes = [self._pane(look, scene) for look in chosen]
        with self.hold_sync():
            self.ground, self.ground_beside = ([each.grey for each in panes] + [b"", b""])[:2]
            self.item = {
                "problem": "",
                "turn": self._turn,
                "place": talk.place + 1,
                "of": len(talk.deck.slides),
                "deck": talk.deck.title,
                "title": title_of(talk.slide, talk.place),
                "question": question_lines(scene),
                "revealed": revealed_lines(scene),
                "why": why_lines(scene),
                "last": scene.all_told and talk.following is None,
                "overlays": self._overlays,
                "hidden": self._hidden,
                "join": self._join,
                "began": self._began,
                "views": [] if together else [look.name for look in looks],
                "zoom": enlarged(panes, scene.asking),
                "panes": [pane_lines(each, scene, overlays=self._overlays) for each in panes],
            }
            self.vote = self.room.lines(scene)
        now = {"began": self._began, "case_began": self._case_began, "hidden": self._hidden}
        kept = {**talk.kept, "began": self._began, "counts": self.room.counts}
        self.room.send(keep=kept, show={**speaker_lines(talk), **now})
        if self._ahead is None and talk.following:
            self._ahead = self._maker.submit(_first, Talk(talk.deck, talk.place + 1))

    def _pane(self, look: Look, scene: Scene) -> Pane:
        """Return a picture, made before or now."""
        key = _name(look, scene)
        if key not in self._panes and self._ahead:
            ahead, self._ahead = self._ahead, None
            name, ready = ahead.result()
            self._panes[name] = ready
        if key not in self._panes:
            self._panes[key] = made(look, scene.asking)
        self._panes[key] = self._panes.pop(key)  # the last one used
        for old in list(self._panes)[:-_KEPT]:
            del self._panes[old]
        return self._panes[key]

    def _changed(self, problem: str) -> None:
        """Show what has changed of the vote."""
        self.vote = self.room.lines(self.talk.scene)
        if problem:
            self.item = {**self.item, "problem": problem}

    def close(self) -> None:
        """Close the widget, and leave the desk."""
        self._maker.shutdown(wait=False, cancel_futures=True)
        self.room.close()
        super().close()

    def still(self) -> str:
        """Return what stands here where the page can't run, as HTML."""
        return f"<p>{escape(repr(self))}</p>"

    def __repr__(self) -> str:
        return f"Present({len(self.talk.deck.slides)} cases)"


def _name(look: Look, scene: Scene) -> str:
    """Return by what a picture is kept: the small map of some questions shows no dots."""
    return f"{scene.slide.code} {look.name} {scene.asking.item.way if scene.asking else ''}"


def _first(talk: Talk) -> tuple[str, Pane]:
    """Make the first picture of a case."""
    scene = talk.scene
    look = looks_of(scene)[0]
    return _name(look, scene), made(look, scene.asking)


class Mistakes:
    """What stands in the place of a deck that can't be presented, as long as it has these mistakes."""

    def __init__(self, told: CourseError) -> None:
        self._lines = str(told).splitlines()

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(line)}</li>" for line in self._lines)
        return f"<h1>This deck can’t be shown yet</h1><ul>{rows}</ul><p>Mend its file, then load this page again.</p>"

    def __repr__(self) -> str:
        return "\n".join(self._lines)


def present(deck: str) -> Present | Mistakes:
    """Present a deck: one case a screen, each answer once it is revealed.

    Parameters
    ----------
    deck : str
        The path of its file. If it can't be read or has mistakes, all of them stand on the page instead, one a line.
    """
    try:
        return Present(Deck.read(deck), Place.known())
    except CourseError as mistakes:
        return Mistakes(mistakes)
