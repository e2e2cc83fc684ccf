"""Keys, help and the life of a viewer in a real browser."""

import pytest

from tests.browser.axe import violations
from tests.browser.test_access import THEMES
from tests.browser.viewer import STATION, Viewer

NO_KERNEL = "() => document.querySelector('.jp-Toolbar-kernelName').textContent.includes('No Kernel')"


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


def test_no_key_of_the_viewer_is_taken_by_jupyterlab(station, viewer):
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


@pytest.mark.parametrize("theme", THEMES)
def test_menus_and_help_have_no_violation(station, viewer, theme):
    viewer.root.locator(".cx-colours").select_option(theme)

    def wrong():
        return violations(station.page, ".cx-viewer")

    for name in ("contrast", "overlays", "second"):
        viewer.tool(name).click()
        assert wrong() == [], name
        viewer.page.keyboard.press("Escape")
        assert viewer.root.locator(".cx-menu:visible").count() == 0
    viewer.keys("?")
    assert wrong() == []
    viewer.page.keyboard.press("Escape")


def test_a_press_elsewhere_closes_a_menu(viewer):
    viewer.tool("overlays").click()
    viewer.root.locator(".cx-verdict").click()
    assert viewer.root.locator(".cx-menu:visible").count() == 0


def test_a_viewer_that_is_gone_leaves_neither_memory_nor_listeners(station, explorer, viewer):
    viewer.canvas.evaluate("canvas => { window.old = canvas; }")
    viewer.tool("overlays").click()
    station.run_cell(0)
    station.settle()
    explorer.page.wait_for_function("() => window.old.width === 0 && !window.old.isConnected")
    fresh = Viewer(station.explorer())
    fresh.keys("2")
    assert explorer.page.evaluate("window.old.width") == 0


def test_without_a_kernel_the_last_picture_stays_at_hand(course, open_lesson):
    lesson = open_lesson(course.write("alone.ipynb", STATION))
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
