"""The viewer where there is no JupyterLab, on a projector, and under a finger."""

import contextlib

import pytest

from tests.browser.lesson import Lesson
from tests.browser.viewer import STATION, Viewer

FIRST = "00_start_here.ipynb"
SCREENS = {"laptop": {"width": 1366, "height": 768}, "projector": {"width": 1024, "height": 768}}


@pytest.fixture
def read(windows, pages):
    """Open lessons as pages."""
    with contextlib.ExitStack() as opened:
        yield lambda **how: opened.enter_context(Lesson(windows, pages, FIRST, **how))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_all_of_it_works_on_a_page(read, screen, scheme):
    explorer = read(viewport=SCREENS[screen], color_scheme=scheme).explorer()
    explorer.root.scroll_into_view_if_needed()
    viewer = Viewer(explorer)
    greys, (width, level) = explorer.greys(), viewer.window
    viewer.drag(viewer.at(0.5, 0.5), (60, -20))
    assert viewer.window[0] > width
    assert viewer.window[1] < level
    viewer.keys("i", "+", "+", "ArrowRight", "l")
    assert viewer.root.locator(".cx-loupe").is_visible()
    viewer.keys("0")
    assert (explorer.greys() == greys).all()
    viewer.keys("r")
    viewer.drag(viewer.at(0.3, 0.4), (80, 0))
    assert viewer.ruler_px == pytest.approx(80, abs=1)
    before = explorer.drawn()
    viewer.keys("o")
    explorer.after(before)
    assert viewer.drawn("outline") > 0
    viewer.keys("v")
    before = explorer.drawn()
    viewer.item("MLO").click()
    explorer.after(before)
    assert viewer.root.locator(".cx-picture").count() == 2
    viewer.keys("?")
    help_ = viewer.root.locator("dialog.cx-help")
    box = help_.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= SCREENS[screen]["height"]
    viewer.page.keyboard.press("Escape")


@pytest.mark.parametrize("viewport", SCREENS.values(), ids=SCREENS)
def test_picture_and_tools_are_in_sight_together(station, viewer):
    station.page.wait_for_timeout(300)
    assert station.in_view(viewer.pane)
    for tool in viewer.root.locator(".cx-tool").all():
        assert station.in_view(tool)
        box = tool.bounding_box()
        assert min(box["width"], box["height"]) >= 24  # large enough for a finger
    for name in ("contrast", "overlays", "second"):
        viewer.tool(name).click()
        assert station.in_view(viewer.root.locator(".cx-menu:visible"))
        station.page.keyboard.press("Escape")


def test_a_tablet_does_all_by_touch(course, open_lesson):
    lesson = open_lesson(course.write("tablet.ipynb", STATION), has_touch=True, viewport=SCREENS["projector"])
    lesson.run_cell(0)
    lesson.settle()
    explorer = lesson.explorer()
    viewer = Viewer(explorer)
    viewer.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    lesson.page.wait_for_timeout(300)
    viewer.tool("loupe").tap()
    viewer.frame()
    assert viewer.root.locator(".cx-loupe").is_visible()
    viewer.tool("reset").tap()
    viewer.tool("ruler").tap()
    x, y = viewer.at(0.3, 0.5)
    for place in (x, x + 100):
        lesson.page.touchscreen.tap(place, y)
    viewer.frame()
    assert viewer.ruler_px == pytest.approx(100, abs=1)
    viewer.tool("overlays").tap()
    before = explorer.drawn()
    viewer.item("circles").tap()
    explorer.after(before)
    assert viewer.drawn("circles") > 0
    lesson.page.touchscreen.tap(x, y)
    assert viewer.root.locator(".cx-menu:visible").count() == 0
    viewer.tool("help").tap()
    viewer.root.locator("dialog.cx-help").get_by_role("button", name="Close").tap()
    assert not viewer.root.locator("dialog.cx-help").is_visible()
