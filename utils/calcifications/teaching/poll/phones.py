"""The door for the room: a page for each phone, its vote, and word when something new is asked."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from html import escape
from secrets import token_hex, token_urlsafe
from typing import Any, Protocol
from urllib.parse import quote

from tornado import web

from calcifications.teaching.poll.page import END, POLICY, door, part, whole_page
from calcifications.teaching.poll.room import Refused, Room

COOKIE = "cx-seat"
HOLD_S = 20.0
"""How long a phone that asks for news is kept waiting at the most."""

SMALL = re.compile(r"\d{1,3}")
"""How long a vote may be, as its header says it: less than a thousand bytes."""

MOST_WAITING = 1000
"""Phones beyond so many are not kept waiting, but told at once that nothing is new; they ask again after a while."""


class Host(Protocol):
    """Who keeps the room: the desk."""

    room: Room | None
    waiting: dict[str, asyncio.Event]

    def heard(self) -> None:
        """Note that a phone has come, or has voted."""


@web.stream_request_body
class Phone(web.RequestHandler):
    """What every answer to a phone has in common: nothing is kept, nothing comes from elsewhere."""

    host: Host

    def initialize(self, host: Host) -> None:
        """Remember who keeps the room."""
        self.host = host
        self.body = b""
        self.seat = ""

    def set_default_headers(self) -> None:
        """Say what the page may do: very little."""
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": POLICY,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-store",
            "Server": "poll",
        }.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what is too large before any of it is read."""
        if not SMALL.fullmatch(self.request.headers.get("Content-Length", "0").strip()):
            raise Refused("That is larger than any vote; nothing of it was read.", 413)
        if "Transfer-Encoding" in self.request.headers:
            raise Refused("A vote comes in one piece.", 411)

    def data_received(self, chunk: bytes) -> None:
        """Keep what comes; `prepare` has seen how much that is."""
        self.body += chunk

    def room(self, code: str) -> Room:
        """Return the room of a code."""
        if self.host.room is None:
            raise Refused("There is no room here yet; it opens when the first question is asked.", 404)
        self.host.room.find(code)
        return self.host.room

    def seated(self, room: Room) -> str:
        """Return who this is in a room; empty for a newcomer."""
        signed = self.get_signed_cookie(COOKIE, max_age_days=1)
        code, _, seat = (signed or b"").decode(errors="replace").partition(":")
        return seat if code == room.code else ""

    def show(self, room: Room, refused: str = "") -> None:
        """Show the room to its seat: the part that changes, where the page's script asked for it."""
        turn = END if room.ended else str(room.turn)
        html = part(room, self.seat, refused)
        self.set_header("X-Turn", turn)
        self.finish(html if self.wants_part else whole_page(html, turn))

    @property
    def wants_part(self) -> bool:
        """Whether the page is there already, and its script asks."""
        return self.request.headers.get("X-Part") == "now"

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Write down what went wrong here, not what was wrong with what came."""
        if not isinstance(value, Refused | web.HTTPError):
            super().log_exception(typ, value, tb)

    def write_error(self, status_code: int, **known: Any) -> None:
        """Say in one sentence what was wrong."""
        error = known.get("exc_info", (None, None, None))[1]
        sentence = "There is nothing here; type the address on the screen."
        self.set_header("Connection", "close")  # what else it sends is not read
        if isinstance(error, Refused):
            status_code, sentence = error.status, str(error)
            self.set_status(status_code)
        elif status_code >= 500:
            sentence = "Something went wrong here that shouldn't; load the page again."
        if self.wants_part:
            self.finish(f'<p class="refused" role="alert">{escape(sentence)}</p>')
        else:
            self.finish(whole_page(door(sentence) if status_code in (404, 405, 410) else _said(sentence)))


def _said(sentence: str) -> str:
    return f'<h1>That was not taken</h1><p role="alert">{escape(sentence)}</p>'


class Door(Phone):
    """Where one types the code."""

    def get(self) -> None:
        """Ask for the code, or lead to its room."""
        code = self.get_query_argument("code", "")
        if code:
            self.redirect(f"/{quote(self.room(code).code)}")
        else:
            self.finish(whole_page(door()))


class Seat(Phone):
    """A room's page, and the votes that come from it."""

    def get(self, code: str) -> None:
        """Show the room, with a cookie for a newcomer: it takes a seat only when it votes."""
        room = self.room(code)
        self.seat = self.seated(room)
        if not self.seat:
            self.seat = token_hex(8)
            self.set_signed_cookie(
                COOKIE, f"{room.code}:{self.seat}", expires_days=None, httponly=True, samesite="Lax", path="/"
            )
        self.host.heard()
        self.show(room)

    def post(self, code: str) -> None:
        """Take a vote."""
        room = self.room(code)
        self.seat = self.seated(room)
        if not self.seat:
            raise Refused("This vote came without the page's cookie; allow cookies, and open the room again.", 403)
        form = dict(pair.partition("=")[::2] for pair in self.body.decode(errors="replace").split("&"))
        try:
            room.vote(self.seat, form.get("number", ""), form.get("option", ""))
        except Refused as no:
            self.set_status(no.status)
            self.show(room, str(no))
            return
        self.host.heard()
        if self.wants_part:
            self.show(room)
        else:
            self.redirect(f"/{room.code}", status=303)  # loading it again sends no second vote


class News(Phone):
    """What a page asks again and again: is there anything new."""

    async def get(self, code: str) -> None:
        """Answer once there is something new, or after a while."""
        room = self.room(code)
        self.seat = self.seated(room)
        waiting = self.host.waiting
        if self.get_query_argument("turn", "") == str(room.turn) and self.seat and len(waiting) < MOST_WAITING:
            if before := waiting.pop(self.seat, None):
                before.set()  # a phone waits once
            news = waiting[self.seat] = asyncio.Event()
            self.host.heard()
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), HOLD_S)
            if waiting.get(self.seat) is news:
                del waiting[self.seat]
        self.show(room)

    def on_connection_close(self) -> None:
        """Keep nobody waiting who has gone."""
        if before := self.host.waiting.pop(self.seat, None):
            before.set()


class Nothing(Phone):
    """Everywhere else."""

    def prepare(self) -> None:
        """Say that there is nothing."""
        raise web.HTTPError(404)


def phones(host: Host) -> web.Application:
    """Return the application for the room.

    Parameters
    ----------
    host : Host
        Who keeps the room.
    """
    known = {"host": host}
    return web.Application(
        [
            (r"/", Door, known),
            (r"/([A-Za-z]{1,40})", Seat, known),
            (r"/([A-Za-z]{1,40})/now", News, known),
            (r"/.*", Nothing, known),
        ],
        cookie_secret=token_urlsafe(32),  # of this process: a cookie of another one is no cookie here
        default_handler_class=Nothing,
        default_handler_args=known,
        log_function=lambda handler: None,
    )
