"""From an arrow key on a slider to the new picture in the page: ours beside what others would write, in one run."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median as middle

from playwright.sync_api import Browser, Page

from benchmarks.table import median, print_limit, print_table
from calcifications.apps import explore
from calcifications.pattern import Recipe
from tests.browser.lab import WINDOW, Lab, open_browser, open_course

ROUNDS, STEPS, WARM_UP = 5, 10, 2  # the rounds take turns, so that a slow spell of the machine hits all alike
PAUSE_MS = 150  # between two keys, as under a hand; all work of the last step is over by then
SETTLE_MS = 1000  # before each turn: the page that was in front may still be at work
FASTER, FLOOR = 2.5, 1.6

# The same pixels as ours, computed beforehand: this peer has nothing to do but to show them.
IMSHOW = """
import ipywidgets, matplotlib.pyplot as plt
import calcifications as cx
from calcifications.apps.still import window
shots = [cx.radiograph(cx.grow(cx.Recipe(count=n), seed=7)) for n in range(1, 81)]
low, high = window(shots[0])
def show(n=9):
    figure = plt.figure(figsize=(5.12, 5.12), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(shots[n - 1].pixels, cmap="gray", vmin=low, vmax=high)
    axes.axis("off")
    plt.show()
ipywidgets.interact(show, n=ipywidgets.IntSlider(9, 1, 80));
"""
# The least that a kernel and a page can do: a slider of the page's own, bytes back, grey values on a canvas.
ECHO = '''
import anywidget, traitlets
class Echo(anywidget.AnyWidget):
    _esm = """
    export default {{ render({{ model, el }}) {{
      const slider = Object.assign(document.createElement("input"), {{ type: "range", min: 0, max: 80, value: 9 }});
      const canvas = Object.assign(document.createElement("canvas"), {{ width: 512, height: 512 }});
      canvas.id = "echo";
      slider.dataset.lmSuppressShortcuts = ""; // else JupyterLab takes the arrow keys
      el.append(slider, canvas);
      const pen = canvas.getContext("2d");
      const image = pen.createImageData(512, 512);
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
    explorer = explore(start)
    sizes = []
    for factor in (1.2, 1.5, 2, 3, 4, 5, 6):
        value = round(getattr(start, slider) * factor, 2 if slider == "size_mm" else 0)
        explorer.set_state({"asked": {**explorer.asked, "recipe": {**explorer.asked["recipe"], slider: value}}})
        sizes.append(len(explorer.layer) + len(json.dumps(explorer.answer)))
    return int(middle(sizes))


def ways() -> list[Way]:
    """Return all ways, the two peers first."""
    size = max(sent(Recipe(), "count"), sent(Recipe(size_mm=0.1, count=30), "size_mm"))
    echo = "input[type=range]"
    return [
        Way("(a) interact + imshow, 512 x 512 pixels", IMSHOW, ".noUi-handle", IMAGE),
        Way(f"(b) anywidget, {size} bytes echoed, as many as ours", ECHO.format(size=size), echo),
        Way("(b) anywidget, 512 x 512 bytes echoed", ECHO.format(size=512 * 512), echo),
        Way("ours, Count", "import calcifications as cx\ncx.explore()", "[data-slider=count]"),
        Way(
            "ours, Size, 30 particles",
            "import calcifications as cx\ncx.explore(cx.Recipe(size_mm=0.1, count=30))",
            "[data-slider=size_mm]",
        ),
    ]


def open_way(browser: Browser, lab: Lab, way: Way, number: int) -> Page:
    """Open a way in a tab of its own, with the stopwatch in it."""
    page = browser.new_page(viewport=WINDOW)
    lab.open(page, lab.write(f"way{number}.ipynb", way.cell))
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(way.slider, timeout=60_000)
    page.wait_for_function(f"({way.look})() !== ''")
    page.evaluate(STOPWATCH, way.look)
    return page


def press(page: Page, slider: str, times: int) -> list[float]:
    """Press an arrow key on a slider and return how long each new picture took, in ms."""
    page.bring_to_front()
    page.focus(slider)
    page.wait_for_timeout(SETTLE_MS)
    taken = []
    for _ in range(times):
        page.keyboard.press("ArrowRight")
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
            taken[way.name] += press(page, way.slider, WARM_UP + STEPS)[WARM_UP:]
    return taken


def run() -> None:
    """Time all ways and print how they compare."""
    with tempfile.TemporaryDirectory() as folder, open_course(Path(folder)) as lab, open_browser() as browser:
        taken = measure(lab, browser)
    print_table(f"arrow key to new picture in JupyterLab, {ROUNDS} rounds of {STEPS} steps in turn", taken)
    a, b, _, *ours = (median(times) for times in taken.values())
    slowest = max(ours)
    print_limit("times as fast as (a), the slower of our two sliders", a / slowest, FASTER, at_most=False)
    print_limit("times (b) of our size, the slower of our two sliders", slowest / b, FLOOR, at_most=True)
