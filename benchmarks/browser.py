"""From an arrow key on a slider to the new picture in the page: ours beside what others would write, in one run.

Then a drag of five seconds, and what a step weighs on the wire.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median as middle

import numpy as np
from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.table import median, print_limit, print_table
from calcifications.apps import explore
from calcifications.case import Case
from calcifications.pattern import Recipe
from tests.browser.lab import WINDOW, Lab, open_browser, open_course

ROUNDS, STEPS, WARM_UP = 8, 15, 2  # the rounds take turns, so that a slow spell of the machine hits all alike
PAUSE_MS = 150  # between two keys, as under a hand; all work of the last step is over by then
SETTLE_MS = 1000  # before each turn: the page that was in front may still be at work
PIXELS, PARTICLES = 768, 60
FASTER, FLOOR, TAIL = 3.0, 1.5, 1.5
DRAG_S, POSITIONS, PAINTED = 5.0, 60, 58
WIRE_KB = 200.0

# The same pixels as ours, computed beforehand: this peer has nothing to do but to show them.
IMSHOW = """
import ipywidgets, matplotlib.pyplot as plt
import calcifications as cx
from calcifications.apps.still import window
recipes = [cx.Recipe(count=n, extent_mm=18) for n in range(1, 101)]
shots = [cx.radiograph(cx.grow(recipe, seed=7), shape=({pixels}, {pixels})) for recipe in recipes]
low, high = window(shots[0])
def show(n={particles}):
    figure = plt.figure(figsize=({pixels} / 100, {pixels} / 100), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(shots[n - 1].pixels, cmap="gray", vmin=low, vmax=high)
    axes.axis("off")
    plt.show()
ipywidgets.interact(show, n=ipywidgets.IntSlider({particles}, 1, 100));
"""
# The least that a kernel and a page can do: a slider of the page's own, bytes back, grey values on a canvas.
ECHO = '''
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = """
    export default {{ render({{ model, el }}) {{
      const slider = Object.assign(document.createElement("input"), {{ type: "range", min: 0, max: 100, value: 9 }});
      const canvas = Object.assign(document.createElement("canvas"), {{ width: {pixels}, height: {pixels} }});
      canvas.id = "echo";
      slider.dataset.lmSuppressShortcuts = ""; // else JupyterLab takes the arrow keys
      el.append(slider, canvas);
      const pen = canvas.getContext("2d");
      const image = pen.createImageData({pixels}, {pixels});
      const screen = new Uint32Array(image.data.buffer);
      slider.oninput = () => {{ model.set("n", Number(slider.value)); model.save_changes(); }};
      let drawn = 0;
      const draw = () => {{
        const view = model.get("grey");
        const grey = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, screen.length));
        for (let i = 0; i < grey.length; i++) screen[i] = 0xff000000 | (grey[i] << 16) | (grey[i] << 8) | grey[i];
        pen.putImageData(image, 0, 0);
        canvas.dataset.n = ++drawn;
      }};
      model.on("change:grey", draw);
      draw();
    }} }};
    """
    n = traitlets.Int(9).tag(sync=True)
    grey = traitlets.Bytes().tag(sync=True)
    @traitlets.observe("n")
    def _echo(self, change):
        self.grey = bytes([change.new]) * {size}
Echo(grey=bytes({size}))
'''
IMAGE = """() => {
  const image = [...document.querySelectorAll(".jp-OutputArea img")].pop();
  return image && image.complete ? image.src.slice(-4000) + image.src.length : "";
}"""
DRAWN = "() => (document.querySelector('canvas[data-n]') || { dataset: {} }).dataset.n || ''"
# All of it: the picture, and the words at its right, which come in one message and are drawn after it.
READ = "() => (document.querySelector('.cx-explorer') || { dataset: {} }).dataset.turn || ''"
# From the key's event to the animation frame that shows what is new: `look` returns a text that changes with it.
STOPWATCH = """(source) => {
  const look = eval(source);
  window.addEventListener("keydown", () => {
    const before = look();
    const began = performance.now();
    window.took = new Promise((done) => {
      const wait = () => {
        const now = look();
        if (now && now !== before) done(performance.now() - began);
        else if (performance.now() - began > 5000) done(null);
        else requestAnimationFrame(wait);
      };
      requestAnimationFrame(wait);
    });
  }, { capture: true });
}"""


@dataclass(frozen=True)
class Way:
    """One way from slider to picture: its notebook cell, its slider, and what tells that the picture is new."""

    name: str
    cell: str
    slider: str
    look: str = DRAWN


def sent(start: Recipe, slider: str) -> int:
    """Return how many bytes our kernel sends for a typical step of a slider: the layer, and all that is written."""
    explorer = explore(start, pixels=PIXELS)
    sizes = []
    for factor in np.linspace(1.02, 1.4, 7):
        value = round(getattr(start, slider) * factor, 2 if slider == "size_mm" else 0)
        explorer.set_state({"asked": {**explorer.asked, "recipe": {**explorer.asked["recipe"], slider: value}}})
        sizes.append(len(explorer.layer) + len(json.dumps(explorer.answer)))
    return int(middle(sizes))


def ways() -> list[Way]:
    """Return all ways, the two peers first."""
    start = Recipe(count=PARTICLES, extent_mm=18)
    size = max(sent(start, "count"), sent(start, "size_mm"))
    ours = f"import calcifications as cx\ncx.explore(cx.Recipe(count={PARTICLES}, extent_mm=18), pixels={PIXELS})"
    imshow = IMSHOW.format(pixels=PIXELS, particles=PARTICLES)
    echo = ECHO.format(size=size, pixels=PIXELS)
    return [
        Way("(a) interact + imshow", imshow, ".noUi-handle", IMAGE),
        Way(f"(b) echo: anywidget, {size} bytes back, as many as ours", echo, "input[type=range]"),
        Way("ours, Count: picture and words", ours, "[data-slider=count]", READ),
        Way("ours, Size: picture and words", ours, "[data-slider=size_mm]", READ),
    ]


def open_way(
    browser: Browser, lab: Lab, way: Way, number: int, listen: Callable[[WebSocket], None] | None = None
) -> Page:
    """Open a way in a tab of its own, with the stopwatch in it; `listen` is given each of its sockets."""
    page = browser.new_page(viewport=WINDOW)
    if listen:
        page.on("websocket", listen)
    lab.open(page, lab.write(f"way{number}.ipynb", way.cell))
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(way.slider, timeout=60_000)
    page.wait_for_function(f"({way.look})() !== ''")
    page.evaluate(STOPWATCH, way.look)
    return page


def press(page: Page, slider: str, key: str, times: int) -> list[float]:
    """Press a key on a slider and return how long each new picture took, in ms."""
    page.bring_to_front()
    page.focus(slider)
    page.wait_for_timeout(SETTLE_MS)
    taken = []
    for _ in range(times):
        page.keyboard.press(key)
        took = page.evaluate("window.took")
        if took is None:
            raise RuntimeError(f"No new picture within 5 s of a key on {slider}.")
        taken.append(took)
        page.wait_for_timeout(PAUSE_MS)
    return taken


def measure(lab: Lab, browser: Browser) -> dict[str, list[float]]:
    """Open all ways, let them take turns, and return their times in ms."""
    pages = [(way, open_way(browser, lab, way, number)) for number, way in enumerate(ways())]
    taken: dict[str, list[float]] = {way.name: [] for way, _ in pages}
    for number in range(ROUNDS):
        for way, page in pages[number:] + pages[:number]:  # none always comes after the same one
            key = ("ArrowRight", "ArrowLeft")[number % 2]  # to and fro: all rounds show about as many particles
            taken[way.name] += press(page, way.slider, key, WARM_UP + STEPS)[WARM_UP:]
    return taken


# Where the pointer went, and how often the picture was painted with something new in it: once a frame at the most.
PAINTS = """() => {
  const canvas = document.querySelector("canvas[data-n]");
  window.paints = [];
  let last = canvas.dataset.n;
  const look = () => {
    if (canvas.dataset.n !== last) window.paints.push(performance.now());
    last = canvas.dataset.n;
    window.watching = requestAnimationFrame(look);
  };
  look();
}"""


@dataclass(frozen=True)
class Drag:
    """A drag: how many pictures were painted, whether it ended on the last, and how long after the hand let go."""

    painted: int
    at_end: bool
    late_ms: float


def drag(page: Page) -> Drag:
    """Drag the slider of the count through its positions in five seconds."""
    page.bring_to_front()
    slider = page.locator("[data-slider=count]")
    box = slider.bounding_box()
    if box is None:
        raise RuntimeError("There is no slider to drag.")
    low, high = (int(slider.get_attribute(end) or 0) for end in ("min", "max"))
    thumb = 16.0  # px: its middle goes from half of it to the width less that
    goals = np.arange(20, 20 + POSITIONS)
    before, *places = box["x"] + thumb / 2 + (np.append(19, goals) - low) / (high - low) * (box["width"] - thumb)
    y = box["y"] + box["height"] / 2
    page.mouse.move(before, y)
    page.mouse.down()
    page.wait_for_timeout(SETTLE_MS)
    page.evaluate(PAINTS)
    began = page.evaluate("performance.now()")
    for number, x in enumerate(places):
        page.mouse.move(x, y)
        due = began + 1000 * DRAG_S * (number + 1) / POSITIONS
        page.wait_for_timeout(max(0.0, due - page.evaluate("performance.now()")))
    page.mouse.up()
    ended = page.evaluate("performance.now()")
    page.wait_for_timeout(SETTLE_MS)
    paints = page.evaluate("(cancelAnimationFrame(window.watching), window.paints)")
    code = page.locator("input.cx-code").input_value()
    at_end = Case.from_code(code).groups[0].count == int(slider.input_value()) == int(goals[-1])
    return Drag(len(paints), at_end, max(paints) - ended)


def weigh(browser: Browser, lab: Lab, way: Way) -> float:
    """Return how many kB a step puts on the wire, both ways, the median of some."""
    sizes: list[int] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sizes.append(len(frame)))
        socket.on("framesent", lambda frame: sizes.append(len(frame)))

    page = open_way(browser, lab, way, 99, listen)
    steps = []
    page.focus(way.slider)
    page.wait_for_timeout(SETTLE_MS)
    for _ in range(STEPS):
        sizes.clear()
        page.keyboard.press("ArrowRight")
        page.evaluate("window.took")
        page.wait_for_timeout(SETTLE_MS / 2)
        steps.append(sum(sizes))
    page.close()
    return middle(steps) / 1000


def run() -> None:
    """Time all ways and print how they compare."""
    with tempfile.TemporaryDirectory() as folder, open_course(Path(folder)) as lab, open_browser() as browser:
        taken = measure(lab, browser)
        ours = ways()[2]
        dragged = drag(open_way(browser, lab, ours, 98))
        weight = weigh(browser, lab, ours)
    title = (
        f"arrow key to new picture and words, {PIXELS} x {PIXELS}, {PARTICLES} particles, {ROUNDS} rounds of {STEPS}"
    )
    print_table(title, taken)
    a, b, *ours_ = taken.values()
    slowest = max(ours_, key=median)
    print_limit("times as fast as (a), the slower slider", median(a) / median(slowest), FASTER, at_most=False)
    print_limit("times (b), the slower slider", median(slowest) / median(b), FLOOR, at_most=True)
    tail = max(float(np.percentile(times, 95)) / median(times) for times in ours_)
    print_limit("p95, times its own median, the worse slider", tail, TAIL, at_most=True)
    print(
        f"\na drag of {DRAG_S:g} s through {POSITIONS} positions; the last one is there {dragged.late_ms:.0f} ms after"
    )
    print_limit("pictures painted", dragged.painted, PAINTED, at_most=False)
    print_limit("ends on the last position (1 is yes)", float(dragged.at_end), 1, at_most=False)
    print_limit("kB on the wire a step, both ways", weight, WIRE_KB, at_most=True)
