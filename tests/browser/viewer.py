"""A viewer on the screen: what a hand does to it, and what it shows."""

from __future__ import annotations

import re

from playwright.sync_api import CDPSession, Locator

from tests.browser.lesson import Widget

Point = tuple[float, float]

STATION = "import calcifications as cx\ncx.explore(cx.Recipe(size_mm=0.5, count=12))"
"""A notebook whose explorer the viewer's tests look at."""


class Viewer:
    """The viewer of an explorer or a quiz.

    Attributes
    ----------
    pane : Locator
        The first pane.
    """

    def __init__(self, widget: Widget) -> None:
        self.root, self.page, self.canvas = widget.root, widget.page, widget.canvas.first
        self.pane = self.root.locator(".cx-picture").first

    def tool(self, name: str) -> Locator:
        """Return a button of the rail."""
        return self.root.locator(f".cx-tool[data-tool={name}]")

    def item(self, name: str) -> Locator:
        """Return an item of the open menu."""
        return self.root.locator(f".cx-menu:not([hidden]) [data-item='{name}']")

    def focus(self) -> None:
        """Bring the keys to the picture."""
        self.pane.focus()

    def keys(self, *keys: str) -> None:
        """Press keys on the picture, and wait until it has been drawn."""
        self.focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.frame()

    def frame(self) -> None:
        """Wait until the browser has drawn."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def at(self, x: float, y: float) -> Point:
        """Return where a place of the pane, told by shares of its sides, lies on the screen."""
        box = self.pane.bounding_box()
        assert box
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def drag(self, start: Point, by: Point, button: str = "left", steps: int = 4) -> None:
        """Drag with the mouse from a place on the screen."""
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down(button=button)
        mouse.move(start[0] + by[0], start[1] + by[1], steps=steps)
        mouse.up(button=button)
        self.frame()

    def touch(self, *fingers: list[Point]) -> None:
        """Lay fingers on the screen, lead each along its own places, and lift them."""
        session: CDPSession = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
        for number, places in enumerate(zip(*fingers, strict=True)):
            points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
            session.send(
                "Input.dispatchTouchEvent", {"type": "touchMove" if number else "touchStart", "touchPoints": points}
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()
        self.frame()

    @property
    def window(self) -> tuple[int, int]:
        """The window and the level that are written on the picture."""
        width, level = re.findall(r"-?\d+", self.root.locator(".cx-levels").first.inner_text())
        return int(width), int(level)

    @property
    def zoom(self) -> float:
        """How many times larger than at first the picture is, measured on the screen."""
        scale = self.canvas.evaluate("canvas => new DOMMatrix(getComputedStyle(canvas).transform).a")
        columns, width = self.canvas.evaluate("c => [c.width, c.closest('.cx-picture').clientWidth]")
        return float(scale * columns / width)

    def place(self, pane: int = 0) -> Point:
        """Return where the picture's corner lies on the screen."""
        box = self.root.locator(".cx-canvas").nth(pane).bounding_box()
        assert box
        return box["x"], box["y"]

    @property
    def ruler_mm(self) -> float:
        """What the ruler says."""
        return float((self.root.locator(".cx-ruler-words:visible").text_content() or "").removesuffix(" mm"))

    @property
    def ruler_px(self) -> float:
        """How long the ruler is on the screen."""
        ends = self.root.locator(".cx-ruler-line:visible").get_attribute("d") or ""
        x0, y0, x1, y1 = (float(number) for number in re.findall(r"-?[\d.]+", ends)[:4])
        return float(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)

    def bar_mm(self) -> tuple[float, float]:
        """Return what the scale bar says, and how long it is on the screen."""
        bar = self.root.locator(".cx-scale").first
        number, unit = bar.inner_text().split()
        box = bar.bounding_box()
        assert box
        return float(number) * {"mm": 1, "cm": 10}[unit], box["width"]

    def drawn(self, kind: str) -> int:
        """Return how many overlays of a kind can be seen."""
        return self.root.locator(f".cx-over .cx-{kind}:visible").count()
