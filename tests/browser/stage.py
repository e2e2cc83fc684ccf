"""A deck that is presented, as an instructor starts it, and the phones in its room."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from calcifications.teaching.deck import Deck
from tests.browser.lab import PATIENCE_S, free_port, started

PHONE = {"width": 360, "height": 740}
HALL = {"width": 1920, "height": 1080}


@contextlib.contextmanager
def open_stage(folder: Path, deck: Deck) -> Iterator[str]:
    """Present a deck as an instructor does, whose home folder is `folder`; give the address of its page."""
    file = folder / "deck.toml"
    deck.write(file)
    with started(folder, "present", str(file), "--port", str(free_port())) as (server, _, log):
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and server.poll() is None:
            if told := re.search(r"The deck is at (\S+)\n", log.read_text(errors="replace")):
                yield told[1]
                return
            time.sleep(0.1)
        raise RuntimeError(f"The deck did not open:\n{log.read_text(errors='replace')}")


class Stage:
    """The presenting page.

    Attributes
    ----------
    page : Page
    heard : list of str
        All that has come to it over the network, text and socket, in order.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.heard: list[str] = []
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("websocket", self._listen)
        self.page.on("response", self._keep)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)
        self.ready()

    def _listen(self, socket) -> None:
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda f: self.heard.append(f.decode("latin-1") if isinstance(f, bytes) else f))

    def _keep(self, answer) -> None:
        if answer.request.resource_type in ("document", "fetch", "xhr"):
            with contextlib.suppress(Exception):  # a redirect has no body
                self.heard.append(answer.text())

    def ready(self) -> None:
        """Wait until the first picture is drawn."""
        self.page.wait_for_selector(".cx-talk[data-drawn] canvas[data-n]", timeout=PATIENCE_S * 1000)

    @property
    def root(self):
        """The page's widget."""
        return self.page.locator(".cx-talk")

    def press(self, *keys: str) -> None:
        """Press keys that the kernel answers, one after the other."""
        for key in keys:
            drawn = self.root.get_attribute("data-drawn")
            self.page.keyboard.press(key)
            self.page.wait_for_function("n => document.querySelector('.cx-talk').dataset.drawn !== n", arg=drawn)

    def go(self, case: int) -> None:
        """Go to a case by its number."""
        for digit in str(case):
            self.page.keyboard.press(digit)
        self.press("Enter")
        assert self.root.get_attribute("data-place") == str(case)

    def text(self, part: str) -> str:
        """What a part of the page says."""
        return str(self.page.locator(f".cx-talk-{part}").inner_text())

    @property
    def room(self) -> str:
        """The address of the room, from the page that says how to join."""
        return f"http://{self.text('address')}/{self.page.locator('.cx-talk-join .cx-talk-code').inner_text()}"


def phone(browser: Browser, room: str, **how) -> Page:
    """Open a room on a phone of its own."""
    page = browser.new_context(**{"viewport": PHONE} | how).new_page()
    page.goto(room)
    return page
