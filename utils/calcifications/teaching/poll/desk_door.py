"""The door to the desk, on loopback: for the presenting page's kernel, and for the speaker's page.

The kernel has the key. The speaker's page gets in once by a ticket that the kernel signs, good for half a minute and
for one use, and then by its cookie: the key itself is in no page.
"""

from __future__ import annotations

import hmac
import json
from contextlib import suppress
from typing import Any

from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from calcifications.teaching.poll.desk import Desk, Json
from calcifications.teaching.poll.speaker import SPEAKER, SPEAKER_POLICY
from calcifications.teaching.poll.tickets import taken_ticket

COOKIE = "cx-speaker"
ASKS = ("next", "back", "hide", "overlays", "poll", "join", "public", "end")
"""What the speaker's page may ask the stage for."""


class _Guarded(web.RequestHandler):
    """Answers this computer alone, by the name that it was given."""

    desk: Desk
    key: str

    def initialize(self, desk: Desk, key: str, hosts: tuple[str, ...]) -> None:
        self.desk, self.key, self.hosts = desk, key, hosts

    def prepare(self) -> None:
        """Refuse a name that someone else's page has led here."""
        if self.request.host not in self.hosts:
            raise web.HTTPError(403)

    def set_default_headers(self) -> None:
        for name, value in {
            "Content-Security-Policy": SPEAKER_POLICY,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }.items():
            self.set_header(name, value)

    @property
    def is_stage(self) -> bool:
        """Whether this is the kernel."""
        given = self.request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self.key}".encode())

    @property
    def is_speaker(self) -> bool:
        """Whether this is the speaker's page."""
        return self.get_signed_cookie(COOKIE, max_age_days=1) == b"speaker"

    def write_error(self, status_code: int, **known: Any) -> None:
        """Say what to do."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("This page is the speaker's; open it by pressing n on the presenting page.")


class SpeakersPage(_Guarded):
    """The page itself, which holds nothing: all of it comes by the socket."""

    def get(self) -> None:
        """Show it."""
        if ticket := self.get_query_argument("ticket", ""):
            if not taken_ticket(self.key, ticket):
                raise web.HTTPError(403)
            self.set_signed_cookie(COOKIE, "speaker", expires_days=None, httponly=True, samesite="Strict")
            self.redirect("/")  # the ticket is not left in the address
        elif not self.is_speaker:
            raise web.HTTPError(403)
        else:
            self.finish(SPEAKER)


class Kept(_Guarded):
    """What a stage that begins anew goes on with."""

    def get(self) -> None:
        """Return it."""
        if not self.is_stage:
            raise web.HTTPError(403)
        self.finish(self.desk.kept)


class _Socket(_Guarded, WebSocketHandler):
    def tell(self, news: Json) -> None:
        """Send a message, if anyone is still there."""
        with suppress(WebSocketClosedError):
            self.write_message(json.dumps(news))


class StageSocket(_Socket):
    """The kernel's."""

    def prepare(self) -> None:
        """Let the key in alone."""
        super().prepare()
        if not self.is_stage:
            raise web.HTTPError(403)

    def open(self, *args: str, **kwargs: str) -> None:
        """Take the stage."""
        self.desk.come(self)

    def on_message(self, message: str | bytes) -> None:
        """Do what it says."""
        self.desk.take(json.loads(message))

    def on_close(self) -> None:
        """Note that it has gone."""
        self.desk.leave(self)


class SpeakerSocket(_Socket):
    """The speaker's page's."""

    def prepare(self) -> None:
        """Let the cookie in alone."""
        super().prepare()
        if not self.is_speaker:
            raise web.HTTPError(403)

    def open(self, *args: str, **kwargs: str) -> None:
        """Show it where things stand."""
        self.desk.speakers.add(self)
        self.tell({"show": self.desk.shown, **self.desk.status()})

    def on_message(self, message: str | bytes) -> None:
        """Hand on what it asks for."""
        if message in ASKS:
            self.desk.ask_stage(str(message))

    def on_close(self) -> None:
        """Forget it."""
        self.desk.speakers.discard(self)


def desk_door(desk: Desk, key: str, port: int) -> web.Application:
    """Return the application at the desk's port.

    Parameters
    ----------
    desk : Desk
    key : str
    port : int
    """
    known = {"desk": desk, "key": key, "hosts": (f"127.0.0.1:{port}",)}
    return web.Application(
        [
            (r"/", SpeakersPage, known),
            (r"/kept", Kept, known),
            (r"/stage", StageSocket, known),
            (r"/speaker", SpeakerSocket, known),
        ],
        cookie_secret=key,
        websocket_max_message_size=2_000_000,
        log_function=lambda handler: None,
    )
