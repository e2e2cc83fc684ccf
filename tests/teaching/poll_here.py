"""A poll in this process: its desk and both its doors on free ports, for as long as a test needs them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.error import HTTPError
from urllib.request import Request, build_opener

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from calcifications.teaching.poll import server as serving
from calcifications.teaching.poll.desk import Desk
from calcifications.teaching.poll.desk_door import desk_door
from calcifications.teaching.poll.link import Link, Place
from calcifications.teaching.poll.phones import phones
from calcifications.teaching.poll.server import Entrance
from tests.teaching.phones import Phone

PATIENCE_S = 60
KEY = "the presenter's key"
FORMS = [["round", "smooth round dots"], ["punctate", "tiny smooth dots"], ["amorphous", "a haze"]]
ASKED = {"key": "form", "prompt": "Which form is <b>this</b>?", "options": FORMS}


class Here:
    """A poll, and the presenting page's end of it.

    Attributes
    ----------
    desk : Desk
    entrance : Entrance
    place : Place
    told : list of dict
        What the stage has heard.
    """

    def __init__(self, desk: Desk, entrance: Entrance, port: int) -> None:
        self.desk, self.entrance = desk, entrance
        self.place = Place(port, KEY)
        self.told: list[dict] = []
        self._phones: list[Phone] = []
        self.link = Link(self.place, self.told.append)

    @property
    def room(self) -> str:
        """The room's address, with its code."""
        return f"{self.entrance.address}/{self.desk.room.code}"

    async def phones(self, many: int) -> list[Phone]:
        """Return phones that have joined; they leave when the poll is closed."""
        joined = [Phone(self.room) for _ in range(many)]
        self._phones += joined
        await asyncio.gather(*(phone.join() for phone in joined))
        return joined

    def leave(self) -> None:
        """Let all phones leave."""
        for phone in self._phones:
            phone.leave()

    async def say(self, **what: object) -> None:
        """Let the stage say something, and wait until the desk has answered."""
        many = len(self.told)
        self.link.send(**what)
        while len(self.told) == many:
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def poll_here(chosen: str = "", *, public: bool = False) -> AsyncIterator[Here]:
    """Open a poll that has been asked for a form."""
    entrance = Entrance(chosen)
    desk = Desk(entrance, public=public)
    entrance.serve(phones(desk))
    sockets = bind_sockets(0, "127.0.0.1")
    port = sockets[0].getsockname()[1]
    door = HTTPServer(desk_door(desk, KEY, port))
    door.add_sockets(sockets)
    here = Here(desk, entrance, port)
    try:
        await here.say(ask=ASKED)
        yield here
    finally:
        here.leave()
        here.link.close()
        for each in desk.waiting.values():
            each.set()
        entrance.shut()
        for server in (door, entrance._inner):
            server.stop()
            await server.close_all_connections()
        await asyncio.sleep(0.02)


def status(url, opener=None, **headers):
    """The status of an answer, and its text."""
    try:
        with (opener or build_opener()).open(Request(url, headers=headers), timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def with_poll(act: Callable[[Here], Awaitable[None]], **how: object) -> None:
    """Open a poll, do something with it, and close it."""

    async def all_of_it() -> None:
        async with poll_here(**how) as here:
            await asyncio.wait_for(act(here), PATIENCE_S)

    asyncio.run(all_of_it())


FREE_PORTS = (0,)
"""So that tests at the same time don't meet: `monkeypatch.setattr(serving, "PORTS", FREE_PORTS)`."""

__all__ = ["ASKED", "FORMS", "FREE_PORTS", "KEY", "Here", "poll_here", "serving", "status", "with_poll"]
