"""The poll's process: the room's door and the presenter's desk, until its starter closes the pipe that it holds.

Started by `course.py present`, with the presenter's key as the first line of its input; it answers with one line, the
desk's port. It ends when that input ends, however its starter ended.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import signal
import socket
import sys
from contextlib import suppress
from threading import Thread
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from calcifications.errors import CourseError
from calcifications.teaching.poll.address import LOOPBACK, own_address
from calcifications.teaching.poll.desk import Desk
from calcifications.teaching.poll.desk_door import desk_door
from calcifications.teaching.poll.phones import phones

PORTS = (*range(8870, 8880), 0)
"""Where the room may be: short to type; any free port where all are taken."""

MOST_LINKS = 480 if sys.platform == "win32" else 1500
"""The most connections to a door at a time: a phone has one or two. Windows can wait for few more."""

LOOK_S = 5.0
"""How often it is looked whether the room's time has come."""

_LIMITS: dict[str, Any] = {
    "max_body_size": 1000,  # a vote has thirty bytes
    "max_header_size": 8192,
    "max_buffer_size": 65536,
    "idle_connection_timeout": 20,
    "body_timeout": 10,
}


class Server(HTTPServer):
    """A server that takes no more connections than it can serve."""

    def handle_stream(self, stream: Any, address: Any) -> None:
        """Serve a connection, or close it at once."""
        if len(self._connections) >= MOST_LINKS:
            stream.close()
        else:
            super().handle_stream(stream, address)


class Entrance:
    """The room's way to the network: open on loopback, and to others once the presenter says so.

    Parameters
    ----------
    chosen : str
        The address to open, one of this computer's; found by itself if empty.
    """

    def __init__(self, chosen: str = "") -> None:
        self._chosen = chosen
        self._host = LOOPBACK
        self._outer: Server | None = None
        self.port = 0

    def serve(self, application: Application) -> None:
        """Begin to serve this computer."""
        self._application = application
        for port in PORTS:
            try:
                sockets = bind_sockets(port, LOOPBACK, family=socket.AF_INET)
                break
            except OSError:
                continue
        self.port = int(sockets[0].getsockname()[1])
        self._inner = Server(application, **_LIMITS)
        self._inner.add_sockets(sockets)

    @property
    def address(self) -> str:
        """Where phones go, without the code."""
        return f"http://{self._host}:{self.port}"

    @property
    def outside(self) -> bool:
        """Whether others on the network can come in."""
        return self._outer is not None

    def open(self) -> None:
        """Let the network in.

        Raises
        ------
        CourseError
            If there is none, or the port is taken there.
        """
        if self._outer:
            return
        host = own_address(self._chosen)
        try:
            sockets = bind_sockets(self.port, host, family=socket.AF_INET)
        except OSError:
            raise CourseError(f"Port {self.port} is taken at {host}; close what listens there.") from None
        self._outer = Server(self._application, **_LIMITS)
        self._outer.add_sockets(sockets)
        self._host = host

    def shut(self) -> None:
        """Let nobody in but this computer."""
        outer, self._outer, self._host = self._outer, None, LOOPBACK
        if outer:
            outer.stop()
            self._closing = asyncio.ensure_future(outer.close_all_connections())


def _more_links() -> None:
    """Let this process have as many connections as the system allows, where that can be asked for."""
    try:
        import resource
    except ImportError:
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, min(2 * MOST_LINKS, most) if most > 0 else now), most))


async def serve(key: str, *, public: bool, chosen: str, ended: asyncio.Event) -> None:
    """Serve until `ended`.

    Parameters
    ----------
    key : str
        What lets the presenter in.
    public : bool
        Whether each room is opened to the network.
    chosen : str
        The address at which it is.
    ended : asyncio.Event
    """
    entrance = Entrance(chosen)
    desk = Desk(entrance, public=public)
    entrance.serve(phones(desk))
    sockets = bind_sockets(0, LOOPBACK, family=socket.AF_INET)
    port = int(sockets[0].getsockname()[1])
    HTTPServer(desk_door(desk, key, port)).add_sockets(sockets)
    print(json.dumps({"desk": port}), flush=True)
    while not ended.is_set():
        desk.look()
        try:
            await asyncio.wait_for(ended.wait(), LOOK_S)
        except TimeoutError:
            continue


def main() -> int:
    """Serve a poll; the key is the first line that comes in."""
    reader = argparse.ArgumentParser(prog="calcifications.teaching.poll")
    reader.add_argument("--room", nargs="?", const="", metavar="ADDRESS")
    asked = reader.parse_args()
    for name in ("SIGINT", "SIGHUP"):  # a terminal's, meant for whoever holds the pipe
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    logging.getLogger("tornado").setLevel(logging.CRITICAL)  # nobody reads it, and strangers could fill it
    _more_links()
    key = sys.stdin.readline().strip()

    async def until_the_pipe_ends() -> None:
        ended, loop = asyncio.Event(), asyncio.get_running_loop()

        def wait() -> None:
            sys.stdin.read()
            loop.call_soon_threadsafe(ended.set)

        Thread(target=wait, daemon=True).start()
        await serve(key, public=asked.room is not None, chosen=asked.room or "", ended=ended)

    asyncio.run(until_the_pipe_ends())
    return 0
