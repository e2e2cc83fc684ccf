"""How am I doing, in a browser: what it shows, in every theme and size, and a log that is saved, reset and taken in."""

import pytest

from calcifications.learning import Progress
from tests.browser.axe import violations
from tests.browser.lab import PATIENCE_S, PROJECTOR, WINDOW
from tests.browser.test_quiz import START
from tests.learning.filled import weeks_of_answers

TABS = ("Now", "Word by word", "Mix-ups", "Agreement", "My answers")
THEMES = ("light", "dark", "contrast")


@pytest.fixture
def page_of(course, open_lesson, tmp_path):
    """Open the page on a log of its own."""

    def opened(viewport=WINDOW):
        home = f"import os\nos.environ['CALCIFICATIONS_HOME'] = {str(tmp_path)!r}\n"
        lesson = open_lesson(course.write("standing.ipynb", f"{home}{START}\ncx.standing()"), viewport=viewport)
        lesson.run_cell(0)
        lesson.page.locator(".cx-standing .cx-panel > *").first.wait_for(timeout=PATIENCE_S * 1000)
        lesson.settle()
        return lesson, lesson.page.locator(".cx-standing")

    return opened


@pytest.mark.parametrize("viewport", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_every_tab_is_accessible_in_every_theme_and_fits_the_screen(page_of, tmp_path, viewport):
    Progress(tmp_path / "progress").add(*weeks_of_answers())
    lesson, root = page_of(viewport)
    for name in TABS:
        tab = root.get_by_role("tab", name=name)
        tab.click()
        assert tab.get_attribute("aria-selected") == "true"
        for theme in THEMES:
            root.locator(".cx-colours").select_option(theme)
            assert violations(lesson.page, ".cx-standing") == [], (name, theme)
        assert root.evaluate("root => root.scrollWidth <= root.clientWidth"), name


def test_an_empty_log_is_a_friendly_page_that_fills_once_something_is_answered(page_of, tmp_path):
    _, root = page_of()
    assert "Nothing here yet, and that is fine" in root.inner_text()
    answers = weeks_of_answers(days=2, a_day=20)
    Progress(tmp_path / "progress").add(*answers)
    root.get_by_role("button", name="Look again").click()
    root.locator(".cx-tile").first.wait_for()
    assert root.locator(".cx-tile b").first.inner_text() == str(len(answers))


def test_the_log_is_saved_begun_anew_after_a_question_and_taken_in_again(page_of, tmp_path):
    answers = weeks_of_answers(days=2, a_day=10)
    log = Progress(tmp_path / "progress")
    log.add(*answers)
    lesson, root = page_of()
    root.get_by_role("tab", name="My answers").click()
    with lesson.page.expect_download() as download:
        root.get_by_role("button", name="Save a copy").click()
    copy = tmp_path / download.value.suggested_filename
    download.value.save_as(copy)
    root.get_by_role("button", name="Begin anew …").click()
    assert len(log.answers()) == len(answers)  # nothing is done before the question is answered
    root.get_by_role("button", name="No, keep them").click()
    assert len(log.answers()) == len(answers)
    root.get_by_role("button", name="Begin anew …").click()
    root.get_by_role("button", name="Yes, begin anew").click()
    root.locator(".cx-told", has_text="You begin anew").wait_for()
    assert log.answers() == []
    for told in (f"{len(answers)} answers are new", "0 answers are new"):
        root.locator("input[type=file]").set_input_files(copy)
        root.locator(".cx-told", has_text=told).wait_for()
    assert log.answers() == sorted(answers, key=lambda answer: answer.moment)
    (tmp_path / "holiday.jsonl").write_text("no answers at all")
    root.locator("input[type=file]").set_input_files(tmp_path / "holiday.jsonl")
    root.locator(".cx-told", has_text="holiday.jsonl, line 1").wait_for()
    assert len(log.answers()) == len(answers)
