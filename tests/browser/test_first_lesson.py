"""The first lesson in a real browser: what a newcomer sees and does, in the order in which they do it."""

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.pattern import preset
from tests.browser.lesson import Lesson

FIRST = "00_start_here.ipynb"


@pytest.fixture(scope="module")
def window(windows, course):
    """One window for most of what follows: Start, pressed again, makes everything new."""
    with Lesson(windows, course, FIRST) as lesson:
        yield lesson


@pytest.fixture
def started(window):
    window.start()
    return window


@pytest.fixture
def explorer(started):
    return started.explorer()


def test_before_start_there_is_a_still_picture_with_words_and_no_error(open_lesson):
    lesson = open_lesson(FIRST, alone=True)
    picture = lesson.page.locator(".jp-OutputArea figure img").first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 512
    assert "specks" in picture.get_attribute("alt")
    assert "punctate, grouped" in lesson.page.locator(".jp-OutputArea figcaption").first.inner_text()
    assert lesson.page.locator("canvas.cx-canvas").count() == 0
    said = lesson.page.locator(".jp-Notebook").inner_text()
    assert "Error displaying widget" not in said
    assert "Traceback" not in said


def test_start_leaves_the_whole_explorer_in_view_and_so_it_does_when_pressed_again(open_lesson):
    lesson = open_lesson(FIRST, alone=True)
    for _ in range(2):
        lesson.start()
        explorer = lesson.explorer()
        lesson.page.wait_for_timeout(1500)  # whatever still wants to scroll has scrolled
        for part in (explorer.canvas, explorer.root.locator(".cx-verdict"), explorer.slider("size_mm"), explorer.root):
            assert lesson.in_view(part)


@pytest.mark.parametrize("slider", ["size_mm", "count", "irregularity"])
def test_an_arrow_key_moves_the_slider_the_picture_and_the_words(explorer, slider):
    words, greys, alt = explorer.text(".cx-right"), explorer.greys(), explorer.canvas.get_attribute("aria-label")
    value = getattr(explorer.case.groups[0], slider)
    explorer.press(slider, "PageUp", 3)
    explorer.press(slider, "ArrowRight", 3)
    assert getattr(explorer.case.groups[0], slider) > value
    assert explorer.text(".cx-right") != words
    assert explorer.canvas.get_attribute("aria-label") != alt
    assert (explorer.greys() != greys).any()


def test_size_count_and_edge_change_the_verdict(explorer):
    assert "punctate" in explorer.verdict
    assert "grouped" in explorer.verdict
    explorer.press("size_mm", "PageUp", 2)
    assert "round" in explorer.verdict
    explorer.press("count", "ArrowLeft", 5)
    assert "no distribution word fits" in explorer.verdict
    explorer.press("irregularity", "End")
    assert "coarse heterogeneous" in explorer.verdict


def test_the_canvas_shows_the_sum_of_the_layers(explorer):
    def differ():
        return int(np.abs(explorer.greys().astype(int) - explorer.expected_greys()).max())

    assert differ() <= 1
    explorer.press("count", "PageUp", 2)
    assert differ() <= 1
    explorer.press("extent_mm", "End")
    assert differ() <= 1
    explorer.press("extent_mm", "Home")
    assert differ() <= 1  # nothing is left where the layer was
    explorer.choose("View", "ML-mag")
    assert differ() <= 1
    explorer.choose("Show me", "popcorn")
    assert differ() <= 1
    explorer.press("lucent_centre", "End")
    assert differ() <= 1


def test_a_form_is_shown_at_once_and_its_sliders_follow(explorer):
    explorer.choose("Show me", "fine linear")
    assert "fine linear" in explorer.verdict
    recipe = explorer.case.groups[0]
    assert recipe.arrangement == "duct"
    assert explorer.root.locator("label.cx-select", has_text="laid out").locator("select").input_value() == "duct"
    assert explorer.slider("elongation").input_value() == f"{recipe.elongation:g}"
    explorer.press("elongation", "ArrowLeft")
    assert explorer.root.locator("label.cx-select", has_text="Show me").locator("select").input_value() == ""


def test_four_against_five(explorer):
    explorer.press("count", "ArrowLeft", 5)
    explorer.open_tab("books")
    books = {book: explorer.text(f"[data-book={book}]") for book in ("birads5", "patients2009", "elliot")}
    assert "examine further" in books["elliot"]
    assert "does not say" in books["patients2009"]
    assert "Four close together" in explorer.panel("books").inner_text()
    explorer.consult("elliot")
    assert "to compare, not to act on" in explorer.verdict
    assert explorer.text("[data-book=birads5]") == books["birads5"].removeprefix("● ")
    explorer.consult("birads5")
    assert "to compare, not to act on" not in explorer.verdict


def test_the_end_of_a_work_up_has_its_own_category(explorer):
    assert "After work-up: 3" in explorer.verdict
    explorer.choose("This is", "diagnostic")
    assert explorer.text(".cx-category strong") == "3"
    assert "After work-up" not in explorer.verdict


def test_another_breast_and_outlines(explorer):
    seed, before = explorer.case.seed, explorer.drawn()
    explorer.root.get_by_role("button", name="Another breast").click()
    explorer.after(before)
    assert explorer.case.seed != seed
    assert explorer.root.locator(".cx-over .cx-outline").count() == 0
    before = explorer.drawn()
    explorer.root.get_by_label("Outlines").check()
    explorer.after(before)
    assert explorer.root.locator(".cx-over .cx-outline").count() == 9
    assert explorer.root.locator(".cx-over circle").count() == 2


def test_a_case_code_opens_its_case_and_a_damaged_one_is_named(explorer):
    shared = Case([preset("fine linear")], seed=5, views=("ML",))
    box = explorer.root.locator("input.cx-code")
    before = explorer.drawn()
    box.fill(shared.code)
    box.press("Enter")
    explorer.after(before)
    assert explorer.case == shared
    assert "fine linear" in explorer.verdict
    assert explorer.root.locator("label.cx-select", has_text="View").locator("select").input_value() == "ML"
    greys = explorer.greys()
    box.fill("cx1-nonsense")
    box.press("Enter")
    explorer.root.locator(".cx-problem:not(:empty)").wait_for()
    assert "cx1-nonsense" in explorer.text(".cx-problem")
    assert (explorer.greys() == greys).all()
    explorer.press("count")
    assert explorer.text(".cx-problem") == ""


def test_dragging_on_the_picture_changes_contrast_and_a_double_click_puts_it_back(explorer):
    greys, box = explorer.greys(), explorer.canvas.bounding_box()
    mouse, x, y = explorer.page.mouse, box["x"] + 200, box["y"] + 200
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y - 40)
    mouse.up()
    assert explorer.greys().std() < greys.std()  # a wider window: less contrast
    assert explorer.greys().mean() > greys.mean()  # up: brighter
    explorer.press("count")
    assert explorer.greys().std() < greys.std()  # the next picture is seen through the same window
    explorer.press("count", "ArrowLeft")
    explorer.canvas.dblclick()
    assert (explorer.greys() == greys).all()


def test_each_step_opens_its_sources(explorer):
    for source in explorer.root.locator(".cx-step details").all():
        source.locator("summary").click()
        assert len(source.locator("li").first.inner_text()) > 20


def test_digits_in_the_quiz_are_not_taken_for_commands_of_jupyterlab(started):
    quiz = started.quiz()
    quiz.root.locator(".cx-picture").click()
    started.page.keyboard.press("1")
    quiz.root.locator(".cx-feedback .cx-mark").wait_for()
    assert started.page.locator(".cx-quiz canvas").count() == 1
