"""A drag for contrast on a large picture: what a redraw costs, and whether each animation frame shows one."""

from __future__ import annotations

import base64
from typing import Any

from playwright.sync_api import Browser

from benchmarks.table import median, print_limit, print_table
from calcifications import Recipe, grow, radiograph
from calcifications.apps.grey_bytes import bytes16, packed
from calcifications.apps.picture_page import picture_lines
from calcifications.apps.widget import VIEWER, script, style
from tests.browser.lab import WINDOW, open_browser

SIDE, FRAMES, WARM_UP = 768, 300, 20
REDRAW_MS, EVERY_FRAME, SLOWER = 8.0, 1.0, 1.1

PAGE = "<!doctype html><style>{css}</style><div class='cx-root'><div id='host' style='width: 802px'></div></div>"
# The viewer alone, on a picture as the kernel sends it; a hand that moves three times a frame, as a quick mouse does.
DRAG = """async ({ lines, ground, layer, frames }) => {
  const bytes = (text) => new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  const viewer = createViewer(document.getElementById("host"));
  viewer.show({ ...lines, alt: "", shapes: [], has: [], ground: bytes(ground), layer: bytes(layer) });
  const pane = document.querySelector(".cx-picture");
  pane.setPointerCapture = () => {}; // there is no such pointer
  const next = window.requestAnimationFrame.bind(window);
  const frame = () => new Promise(next);
  const walk = async (act) => {
    const gaps = [];
    for (let i = 0, last = await frame(); i < frames; i++) {
      act(i);
      const now = await frame();
      gaps.push(now - last);
      last = now;
    }
    return gaps;
  };
  const idle = await walk(() => {});
  const redraw = [];
  window.requestAnimationFrame = (draw) =>
    next((time) => {
      const began = performance.now();
      draw(time);
      redraw.push(performance.now() - began);
    });
  const point = (type, x) =>
    pane.dispatchEvent(new PointerEvent(type, { pointerId: 1, bubbles: true, clientX: 300 + x, clientY: 300 }));
  point("pointerdown", 0);
  const drag = await walk((i) => [0, 1, 2].forEach((move) => point("pointermove", 60 * Math.sin((3 * i + move) / 60))));
  point("pointerup", 0);
  viewer.dispose();
  return { idle, drag, redraw };
}"""


def measure(browser: Browser) -> dict[str, list[float]]:
    """Drag on a picture, and return the times between frames without and with it, and of each redraw, in ms."""
    pattern = grow(Recipe(count=60, extent_mm=20), seed=7)
    picture = radiograph(pattern, shape=(SIDE, SIDE))
    sent: dict[str, Any] = {
        "lines": picture_lines(pattern, picture),
        "ground": base64.b64encode(bytes16(picture.background)).decode(),
        "layer": base64.b64encode(packed(picture.layer)).decode(),
        "frames": WARM_UP + FRAMES,
    }
    page = browser.new_page(viewport=WINDOW)
    page.set_content(PAGE.format(css=style("theme.css", "look.css", "viewer.css")))
    page.add_script_tag(content=script("parts.js", *VIEWER))
    taken: dict[str, list[float]] = page.evaluate(DRAG, sent)
    return {name: times[WARM_UP:] for name, times in taken.items()}


def run() -> None:
    """Time a drag and print how it keeps to its limits."""
    with open_browser() as browser:
        taken = measure(browser)
    print_table(
        f"contrast dragged over {FRAMES} frames, {SIDE} x {SIDE} pixels",
        {
            "from frame to frame, nothing to draw": taken["idle"],
            "from frame to frame, while dragged": taken["drag"],
            "script of a redraw": taken["redraw"],
        },
    )
    print_limit("ms of script a redraw", median(taken["redraw"]), REDRAW_MS, at_most=True)
    print_limit("redraws a frame", len(taken["redraw"]) / len(taken["drag"]), EVERY_FRAME, at_most=False)
    slower = median(taken["drag"]) / median(taken["idle"])
    print_limit("times as long from frame to frame as with nothing to draw", slower, SLOWER, at_most=True)
