"""Two views in a real browser: one below the other, linked."""

import pytest

from tests.browser.lesson import boxes


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


def test_keys_measure_in_the_pane_that_has_them(beside):
    beside.page.mouse.move(0, 0)
    second = beside.root.locator(".cx-picture").nth(1)
    second.focus()
    for key in ("r", "Enter", *["Shift+ArrowRight"] * 6, "Enter"):
        beside.page.keyboard.press(key)
    beside.frame()
    assert second.locator(".cx-ruler-line:visible").count() == 1
    assert beside.root.locator(".cx-ruler-line:visible").count() == 1
    assert beside.ruler_px == pytest.approx(60, abs=1)


def test_the_earlier_exam_stands_below_once_one_is_known(explorer, viewer):
    viewer.tool("second").click()
    assert viewer.item("earlier").get_attribute("aria-disabled") == "true"
    viewer.page.keyboard.press("Escape")
    explorer.root.locator(".cx-more summary").click()
    explorer.choose("Earlier exam", "increasing")
    viewer.tool("second").click()
    before = explorer.drawn()
    viewer.item("earlier").click()
    explorer.after(before)
    second = viewer.root.locator(".cx-picture").nth(1)
    assert "L CC · earlier exam" in second.locator(".cx-corner").inner_text()
    before = explorer.drawn()
    viewer.keys("o")
    explorer.after(before)
    now, then = (pane.locator(".cx-outline") for pane in viewer.root.locator(".cx-picture").all())
    assert (now.count(), then.count()) == (12, 6)
    assert second.locator("canvas.cx-canvas").get_attribute("aria-label").startswith("At the earlier exam: Six")
    places = [[each.bounding_box() for each in outlines.all()[:6]] for outlines in (now, then)]
    apart = {round(there["y"] - here["y"]) for here, there in zip(*places, strict=True)}
    assert len(apart) == 1  # each lies where it lay
    explorer.choose("Earlier exam", "new")
    assert then.count() == 0
    explorer.choose("Earlier exam", "none")
    assert viewer.root.locator(".cx-picture").count() == 1
