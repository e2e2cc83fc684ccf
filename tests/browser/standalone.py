"""A widget in a browser without a notebook: its script on a bare page, its traits here, as fast as the browser is."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from typing import Any

from anywidget import AnyWidget
from playwright.sync_api import Browser, Page

from tests.browser.windows import Windows, heard, open_window

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A question</title>
<style>{css}</style>
<style>body {{ margin: 8px; background: #888; }}</style>
<body><main><h2 style="font-size: 14px; margin: 0">A question</h2><div id="host"></div></main>
<script type="module">
const shown = (value) => {{
  if (value && value.bytes64 !== undefined) {{
    const raw = atob(value.bytes64);
    const out = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return new DataView(out.buffer);
  }}
  return value;
}};
const state = {{}};
const heard = new Map();
window.take = (changes) => {{
  for (const [name, value] of Object.entries(changes)) state[name] = shown(value);
  for (const name of Object.keys(changes)) for (const told of heard.get("change:" + name) || []) told();
}};
window.given = [];
let due = {{}};
const model = {{
  get: (name) => state[name],
  set: (name, value) => (due[name] = value),
  save_changes: () => {{ window.given.push(due); due = {{}}; }},
  on: (name, told) => heard.set(name, [...(heard.get(name) || []), told]),
  off: (name, told) => heard.set(name, (heard.get(name) || []).filter((each) => each !== told)),
}};
{script}
window.start = (changes) => {{ window.take(changes); {render}({{ model, el: document.getElementById("host") }}); }};
</script></body></html>"""


def plain(state: dict[str, Any]) -> dict[str, Any]:
    """Return traits as JSON can carry them."""
    return {
        name: {"bytes64": base64.b64encode(value).decode()} if isinstance(value, bytes | memoryview) else value
        for name, value in state.items()
        if name[0] != "_"
    }


class Standalone:
    """A widget on a page of its own.

    Attributes
    ----------
    page : Page
    widget : Still
    """

    def __init__(self, page: Page, widget: Any, render: str) -> None:
        self.page, self.widget = page, widget
        self._names = [name for name in widget.traits(sync=True) if not AnyWidget.class_traits().get(name)]
        script = str(widget._esm).split("export default")[0]
        page.set_content(_PAGE.format(css=widget._css, script=script, render=render))
        page.wait_for_function("window.start !== undefined")
        page.evaluate("(changes) => window.start(changes)", plain(self._state()))
        self.settle()

    def _state(self) -> dict[str, Any]:
        return {name: getattr(self.widget, name) for name in self._names}

    def settle(self) -> None:
        """Do what the page has asked for, as a kernel does, and send back all that is new, until nothing more comes."""
        while True:
            self.page.wait_for_timeout(30)
            asked = self.page.evaluate("window.given.splice(0)")
            if not asked:
                return
            before = self._state()
            for changes in asked:
                self.widget.set_state(changes)
            new = {n: v for n, v in self._state().items() if v is not before[n] and n != "asked"}
            self.page.evaluate("(changes) => window.take(changes)", plain(new))

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()


@contextlib.contextmanager
def open_widget(browser: Browser | Windows, widget: Any, render: str, **how: Any) -> Iterator[Standalone]:
    """Open a widget on a page of its own; nothing on it may complain.

    Parameters
    ----------
    browser : Browser or Windows
    widget : Still
    render : str
        The name of its script's render function.
    **how
        The window's size and what its computer prefers, as Playwright names them.
    """
    with open_window(browser, **{"color_scheme": "dark"} | how) as page, heard(page) as complaints:
        yield Standalone(page, widget, render)
        assert not complaints, complaints
