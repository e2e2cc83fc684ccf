"""Contrast in a real browser: what is shown as black and as white."""

import numpy as np

from calcifications.apps.still import screen

COUNT = """() => {
  [window.sent, window.puts] = [0, 0];
  const [send, put] = [WebSocket.prototype.send, CanvasRenderingContext2D.prototype.putImageData];
  WebSocket.prototype.send = function (...words) { window.sent++; return send.apply(this, words); };
  CanvasRenderingContext2D.prototype.putImageData = function (...all) { window.puts++; put.apply(this, all); };
}"""


def through(explorer, width, level):
    """Return the page's case as it looks through a window."""
    return screen(explorer.case.picture().pixels, level - width / 2, level + width / 2).astype(int)


def test_a_drag_across_is_the_window_and_up_is_the_level_and_the_numbers_are_those_that_show(explorer, viewer):
    width, level = viewer.window
    viewer.drag(viewer.at(0.4, 0.4), (80, 0))
    assert viewer.window[0] > width
    assert viewer.window[1] == level
    viewer.drag(viewer.at(0.4, 0.4), (0, -30))
    assert viewer.window[1] < level  # a lower level is a brighter picture
    assert np.abs(explorer.greys() - through(explorer, *viewer.window)).max() <= 1


def test_contrast_asks_the_kernel_nothing_and_draws_once_a_frame(explorer, viewer):
    explorer.page.evaluate(COUNT)
    greys = explorer.greys()
    frames = viewer.pane.evaluate(
        """async (pane) => {
          const point = (type, x) => pane.dispatchEvent(
            new PointerEvent(type, { pointerId: 1, bubbles: true, isPrimary: true, clientX: 300 + x, clientY: 300 }));
          pane.setPointerCapture = () => {};
          point("pointerdown", 0);
          const puts = [];
          for (let frame = 0; frame < 30; frame++) {
            for (let move = 0; move < 5; move++) point("pointermove", 5 * frame + move);
            await new Promise(requestAnimationFrame);
            await new Promise((done) => setTimeout(done));
            puts.push(window.puts);
          }
          point("pointerup", 150);
          return puts;
        }"""
    )
    assert np.diff(frames).tolist() == [1] * 29
    assert explorer.page.evaluate("window.sent") == 0
    assert (explorer.greys() != greys).any()


def test_presets_and_inversion(explorer, viewer):
    usual, greys = viewer.window, explorer.greys()
    widths = []
    for key in "1234":
        viewer.keys(key)
        widths.append(viewer.window[0])
        assert np.abs(explorer.greys() - through(explorer, *viewer.window)).max() <= 1
    assert widths[1] < widths[0] == usual[0] < widths[3] < widths[2]
    viewer.keys("1", "i")
    assert np.abs(explorer.greys().astype(int) - (255 - greys.astype(int))).max() == 0
    viewer.keys("i")
    assert (explorer.greys() == greys).all()


def test_contrast_by_keys_and_by_menu(explorer, viewer):
    width, level = viewer.window
    viewer.keys("d", "w")
    assert viewer.window[0] > width
    assert viewer.window[1] < level
    viewer.keys("a", "s")
    assert viewer.window == (width, level)
    viewer.tool("contrast").click()
    viewer.item("Hard").click()
    viewer.frame()
    assert viewer.window[0] < width
    viewer.tool("contrast").click()
    assert viewer.item("Hard").get_attribute("aria-checked") == "true"


def test_the_window_stays_while_sliders_move_and_another_picture_has_its_own(explorer, viewer):
    usual = viewer.window
    viewer.keys("3")
    wide = viewer.window
    explorer.press("count")
    assert viewer.window == wide
    explorer.choose("View", "ML")
    assert viewer.window[0] < wide[0]
    explorer.choose("View", "CC")
    assert viewer.window == usual
