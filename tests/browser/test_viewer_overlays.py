"""Overlays in a real browser: each by itself, in its place, and remembered."""

import numpy as np
import pytest

from calcifications.reading.overlays import KINDS


@pytest.mark.parametrize(("form", "lacks"), [("vascular", "duct"), ("fine linear", "vessel")])
def test_each_overlay_is_switched_by_itself(explorer, viewer, form, lacks):
    explorer.choose("Show me", form)
    viewer.tool("overlays").click()
    for kind in KINDS:
        item = viewer.item(kind)
        assert viewer.drawn(kind) == 0
        if item.get_attribute("aria-disabled") == "true":
            assert kind == lacks  # an artery lies in no duct, and a duct on no artery
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


def test_a_circle_too_small_for_its_words_goes_without(explorer, viewer):
    before = explorer.drawn()
    viewer.keys("o")
    explorer.after(before)
    words = viewer.root.locator(".cx-over text.cx-circles:visible")
    assert words.all_text_contents() == ["1 cm", "2 cm"]
    before = explorer.drawn()
    explorer.root.get_by_label("Whole breast").check()
    explorer.after(before)
    assert words.all_text_contents() == ["2 cm"]
    viewer.keys("+", "+", "+")
    assert words.all_text_contents() == ["1 cm", "2 cm"]


@pytest.mark.parametrize("view", ["CC", "CC-mag"])
def test_the_words_of_a_circle_lie_on_its_line_and_are_never_cut(explorer, viewer, view):
    explorer.choose("View", view)
    before = explorer.drawn()
    viewer.keys("o")
    explorer.after(before)
    for key in ("", "+", "+"):
        if key:
            viewer.keys(key)
        pane = viewer.pane.bounding_box()
        words = viewer.root.locator(".cx-over text.cx-circles:visible").all()
        assert words or key
        for word in words:
            box = word.bounding_box()
            assert box["x"] >= pane["x"]
            assert box["y"] >= pane["y"]
            assert box["x"] + box["width"] <= pane["x"] + pane["width"]
            assert box["y"] + box["height"] <= pane["y"] + pane["height"]
            place = [float(word.get_attribute(each)) for each in "xy"]
            ring = [float(number) for number in word.get_attribute("data-round").split()]
            assert np.hypot(place[0] - ring[0], place[1] - ring[1]) == pytest.approx(ring[2], rel=1e-3)
