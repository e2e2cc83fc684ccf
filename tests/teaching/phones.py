"""Phones as a poll sees them: a connection, a cookie, and what they send; simulated, and as quick as the server is.

The tests and the benchmark both vote with these.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What came back: its status, headers (in lower case) and text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def said(self) -> str:
        """The sentence of a refusal."""
        found = re.search(r'role="alert"(?! hidden)>(.*?)</p>', self.text)
        return found[1] if found else ""


@dataclass
class Phone:
    """One phone in a room.

    Attributes
    ----------
    room : str
        The room's address, with its code.
    cookie : str
    """

    room: str
    cookie: str = ""
    _link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None, repr=False)

    @property
    def code(self) -> str:
        """The room's code."""
        return urlsplit(self.room).path.strip("/")

    async def join(self) -> Answer:
        """Open the room, and keep its cookie."""
        answer = await self.ask("GET", f"/{self.code}")
        self.cookie = answer.headers.get("set-cookie", self.cookie).partition(";")[0]
        return answer

    async def vote(self, option: str, number: int = 1, **more: str) -> Answer:
        """Vote, as the page's script does."""
        return await self.ask("POST", f"/{self.code}", f"number={number}&option={option}", {"X-Part": "now", **more})

    async def news(self, turn: str) -> Answer:
        """Wait for news, as the page's script does."""
        return await self.ask("GET", f"/{self.code}/now?turn={turn}", headers={"X-Part": "now"})

    async def ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        """Send a request on this phone's connection, or a new one if the server has closed it."""
        where = urlsplit(self.room)
        known = {"Host": where.netloc, "Content-Length": str(len(body.encode())), **(headers or {})}
        known |= {"Cookie": self.cookie} if self.cookie and "Cookie" not in known else {}
        head = "".join(f"{name}: {value}\r\n" for name, value in known.items())
        if self._link is None:
            self._link = await asyncio.open_connection(where.hostname, where.port)
        reader, writer = self._link
        writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode())
        await writer.drain()
        return await self._read(reader)

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        text = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
        if headers.get("connection") == "close":
            self.leave()
        return Answer(int(first.split()[1]), headers, text)

    def leave(self) -> None:
        """Close the connection."""
        if self._link:
            self._link[1].close()
            self._link = None
