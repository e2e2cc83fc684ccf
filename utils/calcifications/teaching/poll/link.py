"""The presenting page's kernel at the desk: it says what is asked, and hears of votes and of the speaker's page.

The page itself talks to its kernel alone. So it holds no key and needs no second origin, and the counts come to it
only with the answer.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from tornado.httpclient import HTTPError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from calcifications.teaching.poll.tickets import ticket

Json = dict[str, Any]

VARIABLE = "CALCIFICATIONS_DESK"
"""Where `course.py present` says which desk this is: its port and key."""


@dataclass(frozen=True)
class Place:
    """Where the desk is, and what lets one in.

    Attributes
    ----------
    port : int
    key : str
    """

    port: int
    key: str

    @classmethod
    def known(cls) -> Place | None:
        """Return the desk of this course, if it was opened to be presented."""
        port, _, key = os.environ.get(VARIABLE, "").partition(" ")
        return cls(int(port), key) if port.isdecimal() and key else None

    @property
    def speakers(self) -> str:
        """The address of the speaker's page, good for one use."""
        return f"http://127.0.0.1:{self.port}/?ticket={ticket(self.key)}"

    @property
    def head(self) -> dict[str, str]:
        """What lets a kernel in."""
        return {"Authorization": f"Bearer {self.key}"}

    def kept(self) -> Json:
        """Return what the stage before this one left, empty if there was none."""
        with suppress(OSError, ValueError):
            asked = Request(f"http://127.0.0.1:{self.port}/kept", headers=self.head)
            with build_opener(ProxyHandler({})).open(asked, timeout=2) as answer:  # no proxy is asked for this computer
                found = json.load(answer)
                return found if isinstance(found, dict) else {}
        return {}


class Link:
    """A link to the desk.

    Parameters
    ----------
    place : Place
    told : callable
        Told each message of the desk, and {"lost": True} once if the link breaks.
    """

    def __init__(self, place: Place, told: Callable[[Json], None]) -> None:
        self._place, self._told = place, told
        self._due: list[str] = []
        self._socket: WebSocketClientConnection | None = None
        self._task = asyncio.get_running_loop().create_task(self._listen())

    def send(self, **message: Any) -> None:
        """Say something to the desk; before the link stands, it waits."""
        if self._socket:
            with suppress(Exception):  # the link has gone: `told` hears of it
                self._socket.write_message(json.dumps(message))
        else:
            self._due.append(json.dumps(message))

    async def _listen(self) -> None:
        asked = HTTPRequest(f"ws://127.0.0.1:{self._place.port}/stage", headers=self._place.head)
        try:
            socket = await websocket_connect(asked)
            for message in self._due:
                await socket.write_message(message)
            self._socket = socket
            while (news := await socket.read_message()) is not None:
                self._told(json.loads(news))
        except (OSError, HTTPError):
            pass
        self._told({"lost": True})

    def close(self) -> None:
        """Leave the desk."""
        self._task.cancel()
        if self._socket:
            self._socket.close()
