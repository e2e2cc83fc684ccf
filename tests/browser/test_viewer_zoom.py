"""Zoom, place and scale in a real browser."""

import pytest


def test_keys_and_buttons_zoom_and_the_label_says_that_it_is_no_magnification(viewer):
    assert viewer.zoom == pytest.approx(1, abs=0.01)
    assert viewer.root.locator(".cx-zoomed").inner_text() == ""
    viewer.keys("+", "=")  # the same key, with Shift and without
    assert viewer.zoom == pytest.approx(1.25**2, rel=0.01)
    assert "zoom 1.6×, not magnification" in viewer.root.locator(".cx-zoomed").inner_text()
    viewer.tool("closer").click()
    viewer.frame()
    assert viewer.zoom == pytest.approx(1.25**3, rel=0.01)
    viewer.tool("farther").click()
    viewer.keys("-", "_", "-")
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
