"""The presenter's desk: between the presenting page's kernel, the speaker's page, and the room.

The kernel (the stage) says what is asked, closed and revealed, and what the speaker is to see; the desk keeps the last
of it, so that a page that is loaded again goes on where it was. Both come in by a key, and on loopback alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, Protocol

from calcifications.errors import CourseError
from calcifications.teaching.poll.room import Room

Json = dict[str, Any]

GONE_S = 60.0
"""A room ends when its presenting page has been closed for so long; loading the page again takes a tenth of it."""

PULSE_S = 0.25
"""How often the presenter is told of new votes, at the most."""


class Ear(Protocol):
    """Who is told."""

    def tell(self, news: Json) -> None:
        """Take a message."""


class Gate(Protocol):
    """The room's way to the network."""

    @property
    def address(self) -> str:
        """Where phones go, without the code; on this computer alone as long as it is shut."""

    @property
    def outside(self) -> bool:
        """Whether others on the network can come in."""

    def open(self) -> None:
        """Let the network in; raises CourseError if there is none."""

    def shut(self) -> None:
        """Let nobody in but this computer."""


class Desk:
    """The presenter's desk.

    Parameters
    ----------
    gate : Gate
    public : bool
        Whether each room is opened to the network from the start.
    clock : callable
        The time in seconds.
    """

    def __init__(self, gate: Gate, *, public: bool = False, clock: Callable[[], float] = monotonic) -> None:
        self.gate, self.public = gate, public
        self.room: Room | None = None
        self.waiting: dict[str, asyncio.Event] = {}
        self.kept: Json = {}
        self.shown: Json = {}
        self.stage: Ear | None = None
        self.speakers: set[Ear] = set()
        self.problem = ""
        self._clock = clock
        self._seen = clock()
        self._pulse: asyncio.TimerHandle | None = None
        self._turn: tuple[str, int] | None = None

    def come(self, stage: Ear) -> None:
        """Seat a stage; one that was there before goes."""
        before, self.stage = self.stage, stage
        if before:
            before.tell({"gone": True})
        stage.tell(self.status())

    def leave(self, stage: Ear) -> None:
        """Note that a stage has gone."""
        if self.stage is stage:
            self.stage, self._seen = None, self._clock()

    def take(self, told: Json) -> None:
        """Do what the stage says.

        Parameters
        ----------
        told : dict
            Any of `keep`, `show` (dicts), `ask` (key, prompt, options), `close`, `reveal` (key, right), `room`,
            `public`, `end`.
        """
        self.problem = ""
        if "keep" in told:
            self.kept = told["keep"]
        if "show" in told:
            self.shown = told["show"]
        if "ask" in told:
            asked = told["ask"]
            self._opened().ask(asked["key"], asked["prompt"], [tuple(option) for option in asked["options"]])
        room = self.room
        if room and not room.ended:
            if told.get("close"):
                room.close()
            if "reveal" in told and room.poll and room.poll.key == told["reveal"]["key"]:
                room.reveal(told["reveal"]["right"])
            if told.get("end"):
                self._end(room)
        if told.get("room") or told.get("public"):
            self._opened()
        if told.get("public"):
            self._open_gate()
        self._news()

    def ask_stage(self, word: str) -> None:
        """Hand on what the speaker's page asks for: "next", "back", ..."""
        if self.stage:
            self.stage.tell({"asked": word})

    def heard(self) -> None:
        """Note that a phone has come or voted; the presenter hears of it a little later, with others."""
        if self._pulse is None:
            self._pulse = asyncio.get_running_loop().call_later(PULSE_S, self._tell)

    def look(self) -> None:
        """End a room whose time has come: called every few seconds."""
        room = self.room
        if room and not room.ended and (room.over or (not self.stage and self._clock() - self._seen >= GONE_S)):
            self._end(room)
            self._news()

    def status(self) -> Json:
        """Return what the presenter is told of the room."""
        room = self.room
        here: Json = {"room": None, "poll": None, "problem": self.problem, "outside": self.gate.outside}
        if room and not room.ended:
            joined = len(room.seats | set(self.waiting))
            here["room"] = {"code": room.code, "address": self.gate.address, "joined": joined}
            if room.poll:
                poll = room.poll
                votes = len(poll.votes)
                here["poll"] = {"key": poll.key, "open": poll.open, "votes": votes, "counts": poll.counts}
        return here

    def _opened(self) -> Room:
        """Return the room, a new one if there is none."""
        if self.room is None or self.room.ended:
            self.room = Room(self._clock)
            if self.public:
                self._open_gate()
        return self.room

    def _open_gate(self) -> None:
        try:
            self.gate.open()
        except CourseError as error:
            self.problem = str(error)

    def _end(self, room: Room) -> None:
        """End a room; the phones that wait are told before the network is shut out."""
        room.end()
        asyncio.get_running_loop().call_later(2 * PULSE_S, self._shut)

    def _shut(self) -> None:
        if self.room and self.room.ended:
            self.gate.shut()
            self._tell()

    def _news(self) -> None:
        """Tell the presenter, and the phones if they have something new to show."""
        turn = (self.room.code, self.room.turn) if self.room else None
        if turn != self._turn:
            self._turn = turn
            for each in self.waiting.values():
                each.set()
            self.waiting.clear()
        self._tell()

    def _tell(self) -> None:
        if self._pulse:
            self._pulse.cancel()
            self._pulse = None
        status = self.status()
        if self.stage:
            self.stage.tell(status)
        for each in list(self.speakers):
            each.tell({"show": self.shown, **status})
