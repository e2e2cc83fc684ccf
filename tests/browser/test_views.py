"""The lesson on views in a real browser: one truth, several pictures."""

import numpy as np
import pytest

from calcifications.apps.still import screen, window
from calcifications.imaging import WORK_UP
from tests.browser.lesson import Lesson

VIEWS = "05_views.ipynb"


@pytest.fixture(scope="module")
def window_of_lesson(windows, course):
    with Lesson(windows, course, VIEWS) as lesson:
        yield lesson


@pytest.fixture
def started(window_of_lesson):
    window_of_lesson.start()
    return window_of_lesson


@pytest.fixture
def explorer(started):
    return started.explorer()


def test_the_side_view_turns_smudges_into_tea_cups_and_the_page_reads_all_views(explorer):
    assert "round" in explorer.verdict
    assert "After work-up: milk of calcium" in explorer.verdict
    explorer.choose("View", "ML")
    assert "milk of calcium" in explorer.text(".cx-word em")
    setting = explorer.root.locator("label.cx-select", has_text="This is").locator("select")
    assert setting.input_value() == "diagnostic"
    for view in WORK_UP:
        assert view in explorer.text(".cx-edition")
    assert explorer.text(".cx-category strong") == "2"


def test_the_whole_breast_is_a_picture_of_its_own(explorer):
    case, before = explorer.case, explorer.drawn()
    assert explorer.root.locator(".cx-map").is_visible()
    explorer.root.get_by_label("Whole breast").check()
    explorer.after(before)
    picture = case.picture(field="breast")
    assert np.abs(explorer.greys().astype(int) - screen(picture.pixels, *window(picture))).max() <= 1
    assert not explorer.root.locator(".cx-map").is_visible()
    bar, field = explorer.root.locator(".cx-scale").bounding_box(), explorer.canvas.bounding_box()
    assert explorer.text(".cx-scale") == "5 cm"
    share = 50 / (picture.pixel_mm * picture.pixels.shape[1])
    assert bar["width"] / field["width"] == pytest.approx(share, rel=0.05)
    before = explorer.drawn()
    explorer.root.get_by_label("Whole breast").uncheck()
    explorer.after(before)
    assert explorer.greys().shape == (512, 512)


def test_a_group_in_the_other_breast_faces_the_other_way(explorer):
    explorer.root.locator(".cx-more summary").click()
    assert "nipple →" in explorer.text(".cx-nipple")
    explorer.choose("Which breast", "right")
    assert "← nipple" in explorer.text(".cx-nipple")
    assert explorer.text(".cx-corner").startswith("R CC")


def test_the_quiz_shows_one_view_at_a_time_and_keeps_the_marks_on_each(started):
    quiz = started.quiz()
    looks = quiz.root.locator("[data-look]")
    assert [look.get_attribute("data-look") for look in looks.all()] == list(WORK_UP)
    first, before = quiz.greys(), quiz.drawn()
    quiz.root.locator("[data-look=ML]").click()
    quiz.after(before)
    assert (quiz.greys() != first).any()
    assert quiz.root.locator("[data-look=ML]").get_attribute("aria-checked") == "true"
    quiz.root.locator(".cx-question").click()
    quiz.answer(quiz.words[0], "mouse")
    rings = quiz.root.locator(".cx-over .cx-ring").count()
    before = quiz.drawn()
    quiz.root.locator("[data-look=CC]").click()
    quiz.after(before)
    assert quiz.root.locator(".cx-over .cx-ring").count() == rings > 0
