"""The viewer in a real browser: each gesture, key and overlay, by mouse, keyboard and touch."""

import numpy as np
import pytest

from calcifications.apps.still import screen
from calcifications.imaging import view_named
from calcifications.reading.overlays import KINDS
from tests.browser.lesson import Lesson, boxes
from tests.browser.test_access import violations
from tests.browser.viewer import Viewer

START = "import calcifications as cx\ncx.explore(cx.Recipe(size_mm=0.5, count=12))"
COUNT = """() => {
  [window.sent, window.puts] = [0, 0];
  const [send, put] = [WebSocket.prototype.send, CanvasRenderingContext2D.prototype.putImageData];
  WebSocket.prototype.send = function (...words) { window.sent++; return send.apply(this, words); };
  CanvasRenderingContext2D.prototype.putImageData = function (...all) { window.puts++; put.apply(this, all); };
}"""
NO_KERNEL = "() => document.querySelector('.jp-Toolbar-kernelName').textContent.includes('No Kernel')"


@pytest.fixture(scope="module")
def lesson(browser, course):
    with Lesson(browser, course, course.write("viewer.ipynb", START)) as opened:
        yield opened


@pytest.fixture
def explorer(lesson):
    lesson.run_cell(0)
    lesson.settle()
    found = lesson.explorer()
    found.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    return found


@pytest.fixture
def viewer(explorer):
    return Viewer(explorer)


def through(explorer, width, level):
    """Return the page's case as it looks through a window."""
    return screen(explorer.case.picture().pixels, level - width / 2, level + width / 2).astype(int)


# --- Contrast ---


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


# --- Zoom and place ---


def test_keys_and_buttons_zoom_and_the_label_says_that_it_is_no_magnification(viewer):
    assert viewer.zoom == pytest.approx(1, abs=0.01)
    assert viewer.root.locator(".cx-zoomed").inner_text() == ""
    viewer.keys("+", "+")
    assert viewer.zoom == pytest.approx(1.25**2, rel=0.01)
    assert "zoom 1.6×, not magnification" in viewer.root.locator(".cx-zoomed").inner_text()
    viewer.tool("closer").click()
    viewer.frame()
    assert viewer.zoom == pytest.approx(1.25**3, rel=0.01)
    viewer.tool("farther").click()
    viewer.keys("-", "-", "-")
    assert viewer.zoom == pytest.approx(1, abs=0.01)


def test_the_wheel_zooms_about_the_pointer_once_the_picture_was_clicked_and_scrolls_the_page_before(viewer):
    mouse, place = viewer.page.mouse, viewer.at(0.7, 0.3)
    viewer.root.locator(".cx-foot").click()
    mouse.move(*place)
    mouse.wheel(0, -100)
    viewer.page.wait_for_timeout(200)
    assert viewer.zoom == pytest.approx(1, abs=0.01)
    viewer.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    viewer.focus()
    place = viewer.at(0.7, 0.3)
    mouse.move(*place)
    under = [place[axis] - viewer.place()[axis] for axis in (0, 1)]
    mouse.wheel(0, -300)
    viewer.page.wait_for_timeout(200)
    assert viewer.zoom > 1.4
    corner = viewer.place()
    for axis in (0, 1):
        assert (place[axis] - corner[axis]) / viewer.zoom == pytest.approx(under[axis], abs=1.5)


@pytest.mark.parametrize("by", ["middle", "right", "space", "tool", "p"])
def test_a_zoomed_picture_is_moved_by(viewer, by):
    viewer.keys("+", "+", "+")
    before = viewer.place()
    if by == "tool":
        viewer.tool("pan").click()
    elif by == "p":
        viewer.keys("p")
    elif by == "space":
        viewer.focus()
        viewer.page.keyboard.down(" ")
    window = viewer.window
    viewer.drag(viewer.at(0.5, 0.5), (40, -25), button=by if by in ("middle", "right") else "left")
    if by == "space":
        viewer.page.keyboard.up(" ")
    assert viewer.place() == pytest.approx((before[0] + 40, before[1] - 25), abs=1)
    assert viewer.window == window
    assert viewer.page.locator(".lm-Menu").count() == 0  # nor does JupyterLab's own menu open


def test_arrow_keys_move_a_zoomed_picture_and_never_past_its_edge(viewer):
    viewer.keys("+", "+", "+")
    before = viewer.place()
    viewer.keys("ArrowRight")
    assert viewer.place()[0] < before[0]
    assert viewer.place()[1] == before[1]
    viewer.keys(*["ArrowLeft"] * 30, *["ArrowUp"] * 30)
    assert viewer.place() == pytest.approx(viewer.at(0, 0), abs=1)


@pytest.mark.parametrize("view", ["ML", "CC-mag"])
def test_the_scale_bar_is_right_at_every_zoom_and_of_a_plain_length(explorer, viewer, view):
    explorer.choose("View", view)
    columns = explorer.case.picture().pixels.shape[1]
    lengths = set()
    for key in ["0", *"+" * 9]:
        viewer.keys(key)
        said, pixels = viewer.bar_mm()
        width = viewer.canvas.bounding_box()["width"]
        assert pixels * columns * explorer.case.picture().pixel_mm / width == pytest.approx(said, rel=0.03)
        assert pixels < viewer.pane.bounding_box()["width"] / 2
        lengths.add(said)
    assert len(lengths) > 2
    assert lengths <= {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50}


def test_reset_puts_all_back(explorer, viewer):
    greys, place = explorer.greys(), viewer.place()
    for back in (lambda: viewer.keys("0"), lambda: viewer.tool("reset").click(), lambda: viewer.canvas.dblclick()):
        viewer.keys("2", "i", "+", "+", "ArrowLeft", "l")
        assert (explorer.greys() != greys).any()
        back()
        viewer.frame()
        assert (explorer.greys() == greys).all()
        assert viewer.place() == place
        assert not viewer.root.locator(".cx-loupe").is_visible()


# --- Loupe and ruler ---


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


# --- Touch ---


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


# --- Overlays ---


def test_each_overlay_is_switched_by_itself(explorer, viewer):
    before = explorer.drawn()
    explorer.choose("Show me", "vascular")
    viewer.tool("overlays").click()
    for kind in KINDS:
        item = viewer.item(kind)
        assert viewer.drawn(kind) == 0
        if item.get_attribute("aria-disabled") == "true":
            assert kind == "duct"  # an artery is not in one
            continue
        before = explorer.drawn()
        item.click()
        explorer.after(before)
        assert item.get_attribute("aria-checked") == "true"
        assert viewer.drawn(kind) > 0
        assert sum(viewer.drawn(each) > 0 for each in KINDS) == 1
        before = explorer.drawn()
        item.click()
        explorer.after(before)


def test_o_switches_those_that_were_chosen_and_they_stay_while_sliders_move(explorer, viewer):
    viewer.focus()
    for pressed in (True, False, True):
        before = explorer.drawn()
        viewer.keys("o")
        explorer.after(before)
        assert [viewer.drawn(kind) > 0 for kind in KINDS] == [pressed, pressed, False, False, False, False]
    outlines = viewer.drawn("outline")
    explorer.press("count", "ArrowRight", 2)
    assert viewer.drawn("outline") == outlines + 2
    viewer.tool("overlays").click()
    before = explorer.drawn()
    viewer.page.keyboard.press("1")  # the outlines, in the open menu
    explorer.after(before)
    assert viewer.drawn("outline") == 0
    assert viewer.drawn("circles") > 0
    explorer.press("count")
    assert viewer.drawn("outline") == 0
    assert not explorer.root.get_by_label("Outlines").is_checked()  # the tick stands for both
    before = explorer.drawn()
    explorer.root.get_by_label("Outlines").check()
    explorer.after(before)
    assert viewer.drawn("outline") > 0
    assert viewer.drawn("circles") > 0


def test_overlays_lie_on_what_they_name_when_the_picture_is_zoomed_and_moved(explorer, viewer):
    before = explorer.drawn()
    viewer.keys("o")
    explorer.after(before)
    viewer.keys("+", "+", "+", "ArrowLeft")
    picture = explorer.case.picture()
    columns = picture.pixels.shape[1]
    outline = viewer.root.locator(".cx-over .cx-outline").first
    inside = outline.evaluate("path => { const b = path.getBBox(); return [b.x + b.width / 2, b.y + b.height / 2]; }")
    x, y = viewer.place()
    scale = viewer.canvas.bounding_box()["width"] / columns
    box = outline.bounding_box()
    assert box["x"] + box["width"] / 2 == pytest.approx(x + inside[0] * scale, abs=1.5)
    assert box["y"] + box["height"] / 2 == pytest.approx(y + inside[1] * scale, abs=1.5)
    column, row = (int(each) for each in inside)
    tissue = np.median(picture.pixels)
    assert picture.pixels[row - 2 : row + 3, column - 2 : column + 3].max() > tissue


# --- Two panes ---


@pytest.fixture
def beside(explorer, viewer):
    before = explorer.drawn()
    viewer.tool("second").click()
    viewer.item("ML").click()
    explorer.after(before)
    explorer.root.locator(".cx-picture").nth(1).wait_for()
    return viewer


def test_a_second_view_stands_below_the_first_in_the_same_room_and_says_that_it_is_not_read(explorer, viewer):
    room = boxes(viewer.root.locator(".cx-panes"))
    viewer.keys("v")
    viewer.page.keyboard.press("End")
    assert "stereo" in viewer.page.evaluate("document.activeElement.textContent")
    before = explorer.drawn()
    viewer.item("ML").click()
    explorer.after(before)
    assert boxes(viewer.root.locator(".cx-panes")) == [pytest.approx(box, abs=1) for box in room]
    second = viewer.root.locator(".cx-picture").nth(1)
    assert "L ML" in second.locator(".cx-corner").inner_text()
    assert "not read" in second.locator(".cx-corner").inner_text()
    assert "on the ML view" in second.locator("canvas.cx-canvas").get_attribute("aria-label")
    explorer.choose("This is", "diagnostic")
    assert "not read" not in second.locator(".cx-corner").inner_text()
    viewer.tool("second").click()
    before = explorer.drawn()
    viewer.item("none").click()
    explorer.after(before)
    assert viewer.root.locator(".cx-picture").count() == 1


def test_both_panes_share_zoom_place_and_window(beside):
    windows = [text.inner_text() for text in beside.root.locator(".cx-levels").all()]
    before = [beside.place(pane) for pane in (0, 1)]
    beside.keys("+", "+", "ArrowRight", "3")
    after = [beside.place(pane) for pane in (0, 1)]
    moved = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(before, after, strict=True)]
    assert moved[0] == pytest.approx(moved[1], abs=1)
    assert moved[0] != (0, 0)
    now = [text.inner_text() for text in beside.root.locator(".cx-levels").all()]
    assert all(old != new for old, new in zip(windows, now, strict=True))
    second = beside.root.locator(".cx-picture").nth(1).bounding_box()
    beside.drag((second["x"] + 200, second["y"] + 100), (50, 0))
    last = [text.inner_text() for text in beside.root.locator(".cx-levels").all()]
    assert all(old != new for old, new in zip(now, last, strict=True))


def test_both_panes_follow_the_sliders_and_each_has_its_overlays(explorer, beside):
    before = explorer.drawn()
    beside.keys("o")
    explorer.after(before)
    counts = [pane.locator(".cx-outline").count() for pane in beside.root.locator(".cx-picture").all()]
    explorer.press("count", "ArrowRight", 2)
    now = [pane.locator(".cx-outline").count() for pane in beside.root.locator(".cx-picture").all()]
    assert now == [count + 2 for count in counts]


def test_the_same_distance_to_the_nipple_lies_above_itself_in_both_panes(explorer, beside):
    before = explorer.drawn()
    beside.keys("o")
    explorer.after(before)
    x = []
    for pane in beside.root.locator(".cx-picture").all():
        first = pane.locator(".cx-outline").first.bounding_box()
        x.append(first["x"] + first["width"] / 2)
    assert x[0] == pytest.approx(x[1], abs=3)


# --- Keys, help, life ---


def test_the_help_lists_all_and_keeps_the_focus_until_it_is_closed(viewer):
    viewer.keys("?")
    dialog = viewer.root.locator("dialog.cx-help")
    assert dialog.is_visible()
    assert dialog.get_by_role("row").count() > 10
    for _ in range(3):
        viewer.page.keyboard.press("Tab")
        here = "document.activeElement.closest('dialog') !== null || document.activeElement === document.body"
        assert viewer.page.evaluate(here)  # in the dialog, or in the browser's own bars
    viewer.page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert viewer.page.evaluate("document.activeElement.className") == "cx-picture"
    viewer.tool("help").click()
    assert dialog.is_visible()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()


def test_no_key_of_the_viewer_is_taken_by_jupyterlab(lesson, viewer):
    cells = viewer.page.locator(".jp-Cell").count()
    for key in [*"abcdefghijklmnopqrstuvwxyz0123456789", "Enter", "Escape", "ArrowDown", "Shift+Enter"]:
        viewer.focus()
        viewer.page.keyboard.press(key)
        viewer.page.keyboard.press("Escape")
    assert viewer.page.locator(".jp-Cell").count() == cells
    assert viewer.page.locator(".jp-Dialog").count() == 0
    assert viewer.page.locator(".jp-MarkdownCell").count() == 0
    assert viewer.root.is_visible()
    assert viewer.root.locator(".cx-picture").count() == 1


def test_the_picture_has_visible_focus_and_a_name_and_tools_are_one_stop(viewer):
    viewer.keys("0")
    assert viewer.pane.evaluate("pane => getComputedStyle(pane).outlineStyle") != "none"
    assert "press ?" in viewer.pane.get_attribute("aria-label")
    assert "specks" in viewer.canvas.get_attribute("aria-label")
    assert viewer.pane.get_attribute("aria-describedby") == viewer.canvas.get_attribute("id")
    rail = viewer.root.locator(".cx-tool")
    assert all(tool.get_attribute("aria-label") for tool in rail.all())
    assert [tool.get_attribute("tabindex") for tool in rail.all()].count("0") == 1
    rail.first.focus()
    viewer.page.keyboard.press("ArrowDown")
    assert viewer.page.evaluate("document.activeElement.dataset.tool") == "closer"
    viewer.page.keyboard.press("ArrowUp")
    viewer.page.keyboard.press("ArrowUp")
    assert viewer.page.evaluate("document.activeElement.dataset.tool") == "help"


def test_menus_and_help_have_no_violation(lesson, viewer):
    for name in ("contrast", "overlays", "second"):
        viewer.tool(name).click()
        assert violations(lesson, ".cx-viewer") == [], name
        viewer.page.keyboard.press("Escape")
        assert viewer.root.locator(".cx-menu:visible").count() == 0
    viewer.keys("?")
    assert violations(lesson, ".cx-viewer") == []
    viewer.page.keyboard.press("Escape")


def test_a_press_elsewhere_closes_a_menu(viewer):
    viewer.tool("overlays").click()
    viewer.root.locator(".cx-verdict").click()
    assert viewer.root.locator(".cx-menu:visible").count() == 0


def test_a_viewer_that_is_gone_leaves_neither_memory_nor_listeners(lesson, explorer, viewer):
    viewer.canvas.evaluate("canvas => { window.old = canvas; }")
    viewer.tool("overlays").click()
    lesson.run_cell(0)
    lesson.settle()
    explorer.page.wait_for_function("() => window.old.width === 0 && !window.old.isConnected")
    fresh = Viewer(lesson.explorer())
    fresh.keys("2")
    assert explorer.page.evaluate("window.old.width") == 0


def test_without_a_kernel_the_last_picture_stays_at_hand(course, open_lesson):
    lesson = open_lesson(course.write("alone.ipynb", START))
    lesson.run_cell(0)
    lesson.settle()
    explorer = lesson.explorer()
    viewer = Viewer(explorer)
    viewer.keys("o")
    explorer.page.wait_for_timeout(300)
    greys = explorer.greys()
    lesson.page.get_by_role("menuitem", name="Kernel").click()
    lesson.page.locator(".lm-Menu-item", has_text="Shut Down Kernel").first.click()
    lesson.page.wait_for_function(NO_KERNEL)
    assert (explorer.greys() == greys).all()
    viewer.keys("2", "+")
    assert (explorer.greys() != greys).any()
    assert viewer.zoom > 1.1
    viewer.keys("o")
    assert viewer.drawn("outline") == 0
    viewer.keys("o")
    assert viewer.drawn("outline") == 12
    # each overlay was asked for, and ipywidgets says on the console that nobody heard it: that is all
    assert all(said.startswith("Could not send widget sync message") for said in lesson.complaints)
    lesson.complaints.clear()


def test_in_the_quiz_digits_answer_and_no_overlay_tells_the_key(course, open_lesson):
    lesson = open_lesson(course.write("quiz viewer.ipynb", "import calcifications as cx\ncx.quiz('form', seed=1)"))
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    viewer = Viewer(quiz)
    assert viewer.tool("overlays").count() == viewer.tool("second").count() == 0
    viewer.keys("+", "i", "l")
    assert viewer.zoom > 1.2
    viewer.focus()
    viewer.page.keyboard.press("2")
    quiz.root.locator(".cx-feedback .cx-mark").wait_for()
    assert viewer.drawn("ring") > 0
