"""Everyday life of a page: two explorers, a kernel that restarts, a panel that must not jump."""

import pytest

from calcifications.pattern import forms
from calcifications.reading import rulebooks
from tests.browser.lesson import boxes


def test_two_explorers_in_one_page_know_nothing_of_each_other(course, open_lesson):
    lesson = open_lesson(course.write("two.ipynb", "import calcifications as cx\ncx.explore()", "cx.explore(seed=3)"))
    lesson.run_cell(0)
    first = lesson.explorer()
    lesson.run_cell(1)
    second = lesson.explorer(1)
    lesson.settle()
    code, greys = second.case.code, second.greys()
    first.press("count", "PageUp")
    first.choose("View", "ML-mag")
    assert first.case.views[0] == "ML-mag"
    assert second.case.code == code
    assert (second.greys() == greys).all()
    second.press("size_mm")
    assert first.case.groups[0].size_mm == 0.35


def test_after_a_restart_of_the_kernel_the_last_picture_stays(course, open_lesson):
    lesson = open_lesson(course.write("restart.ipynb", "import calcifications as cx\ncx.explore()"))
    lesson.run_cell(0)
    explorer = lesson.explorer()
    explorer.press("count")
    lesson.settle()
    greys, verdict = explorer.greys(), explorer.verdict
    lesson.page.get_by_role("menuitem", name="Kernel").click()
    lesson.page.locator(".lm-Menu-item", has_text="Restart Kernel…").first.click()
    lesson.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    lesson.wait_for_kernel()
    assert (explorer.greys() == greys).all()
    assert explorer.verdict == verdict
    lesson.run_cell(0)
    lesson.settle()
    fresh = lesson.explorer()
    fresh.press("count")
    assert fresh.case.groups[0].count == 10


def test_nothing_jumps_while_forms_and_rulebooks_change(course, open_lesson):
    lesson = open_lesson(course.write("steady.ipynb", "import calcifications as cx\ncx.explore()"))
    lesson.run_cell(0)
    explorer = lesson.explorer()
    lesson.settle()
    parts = [explorer.root.locator(f".cx-{part}") for part in ("left", "picture", "verdict", "tabs", "panel", "foot")]
    before = boxes(explorer.root, *parts)

    def nothing_has_moved():
        return boxes(explorer.root, *parts) == [pytest.approx(box, abs=1) for box in before]

    for rulebook in rulebooks()[1:] + rulebooks()[:1]:
        explorer.consult(rulebook)
        for form in forms():
            explorer.choose("Show me", form)
            assert nothing_has_moved(), (form, rulebook)
    explorer.choose("Show me", "punctate")
    for slider, key in (("unlikeness", "PageUp"), ("size_mm", "ArrowRight")):
        for _ in range(9):  # through the borderlines, whose sentences are the longest
            explorer.press(slider, key)
            assert nothing_has_moved(), slider
