"""Windows of one browser, each used by one test after another.

To open a window costs a browser more than most tests do, and one that has seen JupyterLab before need not compile it
again. A page is loaded anew each time, and finds nothing that the last one kept.
"""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.lab import WINDOW


class Windows:
    """The windows of a browser.

    Parameters
    ----------
    browser : Browser
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[str, list[Page]] = defaultdict(list)

    @contextlib.contextmanager
    def open(self, alone: bool = False, **how: Any) -> Iterator[Page]:
        """Open an empty window.

        Parameters
        ----------
        alone : bool
            It was never used, and is never used again.
        **how
            Its size and what its computer prefers, as Playwright names them: `viewport`, `color_scheme`, ...
        """
        how = {"viewport": WINDOW} | how
        free = [] if alone else self._free[json.dumps(how, sort_keys=True)]
        page = free.pop() if free else self._browser.new_context(**how).new_page()
        try:
            yield page
        except BaseException:
            page.context.close()  # nobody knows what is wrong with it
            raise
        if alone:
            page.context.close()
        else:
            _forget(page)
            free.append(page)


@contextlib.contextmanager
def open_window(browser: Browser | Windows, **how: Any) -> Iterator[Page]:
    """Open a window as `Windows.open` does; one of a plain browser is closed afterwards."""
    with browser.open(**how) if isinstance(browser, Windows) else Windows(browser).open(alone=True, **how) as page:
        yield page


@contextlib.contextmanager
def heard(page: Page) -> Iterator[list[str]]:
    """Note the errors of a page, of its console, and of the kernel that it hears."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in message.text:
            complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def received(frame: str | bytes) -> None:
        # a widget's mistake in the kernel reaches the page as a message that nobody shows
        text = frame.decode(errors="replace") if isinstance(frame, bytes) else frame
        if '"ename"' in text:
            complaints.append(text)

    ears = {
        "pageerror": lambda error: complaints.append(str(error)),
        "console": said,
        "websocket": lambda socket: socket.on("framereceived", received),
    }
    for event, ear in ears.items():
        page.on(event, ear)
    try:
        yield complaints
    finally:
        for event, ear in ears.items():
            page.remove_listener(event, ear)


def _forget(page: Page) -> None:
    """Empty a window, as if it had never been used."""
    page.mouse.move(0, 0)
    page.goto("about:blank")
    page.context.clear_permissions()
    keeper = page.context.new_cdp_session(page)
    keeper.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    keeper.detach()
