"""Everyday life of a page: many explorers, some that are closed, a kernel that goes, a panel that must not jump."""

import itertools

import numpy as np
import pytest

from calcifications.pattern import forms
from calcifications.reading import rulebooks
from tests.browser.lab import PROJECTOR, WINDOW
from tests.browser.lesson import boxes

CELL = "import calcifications as cx\ncx.explore()"
OWN = [("birads5", "diagnostic"), ("birads5", "screening")]
# The choices that a list at the top, or that of rulebooks, would cut once they are chosen.
CUT = """root => {
  const pen = document.createElement("canvas").getContext("2d");
  return [...root.querySelectorAll(".cx-top select, .cx-right > label select")].flatMap((list) => {
    const style = getComputedStyle(list);
    pen.font = style.font;
    const arrow = 20;
    const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    return [...list.options].map((option) => option.text).filter((text) => pen.measureText(text).width > room);
  });
}"""


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


def test_ten_explorers_in_one_notebook_stay_independent(course, open_lesson):
    cells = ["import calcifications as cx", *(f"cx.explore(seed={seed})" for seed in range(10))]
    lesson = open_lesson(course.write("ten.ipynb", *cells))
    for number in range(len(cells)):
        lesson.run_cell(number)
    explorers = [lesson.explorer(number) for number in range(10)]
    lesson.settle()
    moved = dict.fromkeys(range(10), 9)
    for number in (9, 4, 0):
        explorers[number].press("count", "ArrowRight", number + 1)
        moved[number] += number + 1
    for number, explorer in enumerate(explorers):
        assert (explorer.case.seed, explorer.case.groups[0].count) == (number, moved[number])
        assert np.abs(explorer.greys().astype(int) - explorer.expected_greys()).max() <= 1


def test_an_explorer_that_is_closed_leaves_nothing_in_the_page(course, open_lesson):
    show, close = "explorer = cx.explore()\nexplorer", "explorer.close()"
    lesson = open_lesson(course.write("close.ipynb", "import calcifications as cx", *[show, close] * 3))
    lesson.run_cell(0)
    lesson.page.evaluate("window.made = []")
    for number in range(3):
        lesson.run_cell(2 * number + 1)
        # not by a key: JupyterLab remembers the element that a cell's last key went to
        lesson.explorer().slider("count").evaluate("s => { s.value = 30; s.dispatchEvent(new Event('input')); }")
        lesson.page.locator(".cx-explorer[data-turn='1']").wait_for()
        lesson.page.evaluate("window.made.push(new WeakRef(document.querySelector('.cx-root')))")
        lesson.run_cell(2 * number + 2)
        lesson.page.wait_for_function("!document.querySelector('.cx-root')")
        lesson.settle()
    heap = lesson.page.context.new_cdp_session(lesson.page)
    for _ in range(5):  # what one round lets go of, the next one finds
        lesson.page.wait_for_timeout(300)
        heap.send("HeapProfiler.collectGarbage")
    assert lesson.page.evaluate("window.made.map(each => Boolean(each.deref()))")[:2] == [False, False]


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
    lost = explorer.root.locator(".cx-lost")
    assert not lost.is_visible()  # nothing was asked yet
    explorer.slider("count").press("ArrowRight")
    lost.wait_for()
    assert (explorer.greys() == greys).all()
    assert "the last picture stays. Press “Start this lesson” at the top to go on." in lost.inner_text()
    lesson.run_cell(0)
    lesson.settle()
    fresh = lesson.explorer()
    assert not fresh.root.locator(".cx-lost").is_visible()
    fresh.press("count")
    assert fresh.case.groups[0].count == 10


@pytest.mark.parametrize("viewport", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_nothing_jumps_while_forms_and_rulebooks_change(explorer):
    still = [explorer.root, *(explorer.root.locator(f".cx-{part}") for part in ("left", "picture", "foot"))]
    parts = [*still, *(explorer.root.locator(f".cx-{part}") for part in ("verdict", "tabs", "panel"))]
    before = boxes(*parts)

    def nothing_has_moved(parts=parts):
        return boxes(*parts) == [pytest.approx(box, abs=1) for box in before[: len(parts)]]

    assert explorer.root.evaluate(CUT) == []
    for rulebook, setting in [*itertools.product(rulebooks()[1:], ["screening"]), *OWN]:
        explorer.consult(rulebook)
        explorer.choose("This is", setting)
        assert nothing_has_moved(still)
        before = boxes(*parts)  # how much room the words have is the rulebook's and the setting's
        for form in forms() if rulebook == OWN[0][0] else forms()[::4]:
            explorer.choose("Show me", form)
            assert nothing_has_moved(), (form, rulebook)
    explorer.choose("Show me", "punctate")
    for slider, key in (("unlikeness", "PageUp"), ("size_mm", "ArrowRight")):
        for _ in range(9):  # through the borderlines, whose sentences are the longest
            explorer.press(slider, key)
            assert nothing_has_moved(), slider
