"""Loupe, ruler and fingers in a real browser."""

import numpy as np
import pytest

from calcifications.imaging import view_named


def test_the_loupe_goes_round_its_powers_and_shows_what_lies_under_the_pointer(explorer, viewer):
    brightest = np.unravel_index(explorer.greys()[150:350, 150:350].argmax(), (200, 200))
    row, column = brightest[0] + 150, brightest[1] + 150
    viewer.focus()
    viewer.page.mouse.move(*viewer.at((column + 0.5) / 512, (row + 0.5) / 512))
    loupe = viewer.root.locator(".cx-loupe")
    for said in ("2×", "4×"):
        viewer.keys("l")
        assert loupe.inner_text() == said
        middle = loupe.locator("canvas").evaluate(
            "lens => lens.getContext('2d').getImageData(lens.width / 2, lens.height / 2, 1, 1).data[0]"
        )
        assert abs(middle - int(explorer.greys()[row, column])) < 25
        box, glass = viewer.at((column + 0.5) / 512, (row + 0.5) / 512), loupe.bounding_box()
        assert (glass["x"] + glass["width"] / 2, glass["y"] + glass["height"] / 2) == pytest.approx(box, abs=3)
        assert viewer.tool("loupe").get_attribute("aria-pressed") == "true"
    viewer.keys("l")
    assert not loupe.is_visible()


def test_the_loupe_is_led_by_keys(viewer):
    viewer.page.mouse.move(0, 0)
    viewer.keys("l")
    loupe = viewer.root.locator(".cx-loupe")
    before = loupe.bounding_box()
    viewer.keys("Shift+ArrowRight", "Shift+ArrowRight", "ArrowUp")
    after = loupe.bounding_box()
    assert (after["x"] - before["x"], after["y"] - before["y"]) == pytest.approx((20, -1), abs=0.5)


def test_a_hand_that_comes_before_the_page_was_laid_out_finds_a_place(viewer):
    """As in a lesson whose cells the page hides while they are out of sight: shown again under the pointer."""
    viewer.keys("l")
    hidden = "root => { root.style.display = 'none'; return new Promise(requestAnimationFrame); }"
    shown = """pane => {
      pane.closest(".cx-root").style.display = "";
      const box = pane.getBoundingClientRect();
      const place = { clientX: box.left + 100, clientY: box.top + 80, bubbles: true };
      pane.focus();
      pane.dispatchEvent(new PointerEvent("pointermove", place));
      pane.dispatchEvent(new WheelEvent("wheel", { ...place, deltaY: -100, cancelable: true }));
    }"""
    viewer.root.evaluate(hidden)
    viewer.frame()
    viewer.pane.evaluate(shown)
    viewer.frame()
    assert viewer.zoom > 1
    loupe, box = viewer.root.locator(".cx-loupe").bounding_box(), viewer.pane.bounding_box()
    middle = (loupe["x"] + loupe["width"] / 2 - box["x"], loupe["y"] + loupe["height"] / 2 - box["y"])
    assert middle == pytest.approx((100, 80), abs=2)


@pytest.mark.parametrize("zoomed", [0, 3])
@pytest.mark.parametrize("view", ["ML", "ML-mag"])
def test_the_ruler_measures_in_mm_of_the_view_at_every_zoom(explorer, viewer, view, zoomed):
    explorer.choose("View", view)
    viewer.keys("r", *"+" * zoomed)
    viewer.drag(viewer.at(0.3, 0.3), (120, 90))
    pixels = viewer.canvas.bounding_box()["width"] / 512
    assert viewer.ruler_px == pytest.approx(150, abs=1)
    assert viewer.ruler_mm == pytest.approx(150 / pixels * view_named(view).pixel_mm, abs=0.15)


def test_the_ruler_agrees_with_the_measured_extent(explorer, viewer):
    viewer.tool("overlays").click()
    before = explorer.drawn()
    viewer.item("extent").click()
    explorer.after(before)
    viewer.page.keyboard.press("Escape")
    said = float(viewer.root.locator(".cx-over text.cx-extent").text_content().removesuffix(" mm"))
    assert said == pytest.approx(explorer.case.findings[0].extent_mm, abs=0.06)
    x0, y0, x1, y1 = viewer.root.locator(".cx-over path.cx-extent").evaluate(
        "path => { const [a, b] = [0, path.getTotalLength()].map((at) => path.getPointAtLength(at));"
        "return [a.x, a.y, b.x, b.y]; }"
    )
    viewer.keys("r")
    viewer.drag(viewer.at(x0 / 512, y0 / 512), (x1 - x0, y1 - y0))
    assert viewer.ruler_mm == pytest.approx(said, abs=0.15)


def test_the_ruler_is_set_by_two_clicks(viewer):
    viewer.tool("ruler").click()
    mouse, start = viewer.page.mouse, viewer.at(0.5, 0.5)
    mouse.click(*start)
    mouse.move(start[0] + 60, start[1])
    viewer.frame()
    follows = viewer.ruler_px
    mouse.move(start[0] + 100, start[1], steps=3)
    mouse.click(start[0] + 100, start[1])
    assert follows == pytest.approx(60, abs=1)
    assert viewer.ruler_px == pytest.approx(100, abs=1)
    mouse.move(start[0] + 10, start[1] + 50)
    assert viewer.ruler_px == pytest.approx(100, abs=1)  # it lies where it was laid


def test_the_ruler_is_set_by_keys_and_says_what_it_measures(viewer):
    viewer.page.mouse.move(0, 0)
    viewer.keys("r", "Enter", *["Shift+ArrowRight"] * 10, "Enter")
    assert viewer.ruler_px == pytest.approx(100, abs=1)
    assert viewer.root.locator(".cx-viewer > .cx-said").inner_text() == f"{viewer.ruler_mm:.1f} mm"
    viewer.keys("Escape")
    assert viewer.root.locator(".cx-ruler-line:visible").count() == 0
    assert viewer.tool("ruler").get_attribute("aria-pressed") == "false"


def test_another_picture_takes_the_ruler_away(explorer, viewer):
    viewer.keys("r")
    viewer.drag(viewer.at(0.3, 0.3), (50, 50))
    explorer.press("count")
    assert viewer.root.locator(".cx-ruler-line:visible").count() == 1
    explorer.choose("View", "ML")
    assert viewer.root.locator(".cx-ruler-line:visible").count() == 0


def test_one_finger_is_contrast_two_zoom_and_move(explorer, viewer):
    x, y = viewer.at(0.5, 0.5)
    width, level = viewer.window
    viewer.touch([(x, y), (x + 30, y), (x + 60, y - 20)])
    assert viewer.window[0] > width
    assert viewer.window[1] < level
    viewer.keys("0")
    viewer.touch([(x - 40, y), (x - 60, y), (x - 80, y)], [(x + 40, y), (x + 60, y), (x + 80, y)])
    assert viewer.zoom == pytest.approx(2, rel=0.05)
    assert viewer.window == (width, level)
    before = viewer.place()
    viewer.touch([(x, y), (x + 15, y + 10), (x + 30, y + 20)], [(x, y + 90), (x + 15, y + 100), (x + 30, y + 110)])
    assert viewer.place() == pytest.approx((before[0] + 30, before[1] + 20), abs=2)


def test_a_finger_measures_and_leads_the_loupe(viewer):
    x, y = viewer.at(0.4, 0.4)
    viewer.tool("ruler").click()
    viewer.touch([(x, y), (x + 40, y), (x + 80, y)])
    assert viewer.ruler_px == pytest.approx(80, abs=1)
    viewer.tool("ruler").click()
    viewer.tool("loupe").click()
    window = viewer.window
    viewer.touch([(x, y), (x + 40, y), (x + 80, y + 30)])
    glass = viewer.root.locator(".cx-loupe").bounding_box()
    middle = (glass["x"] + glass["width"] / 2, glass["y"] + glass["height"] / 2)
    assert middle == pytest.approx((x + 80, y + 30), abs=1)
    assert viewer.window == window
