"""The instructors' notebooks in a browser: apart from the lessons, and each runs in JupyterLab and as a page."""

import pytest

from launch.pages.gallery import for_instructors
from launch.process import ROOT
from tests.browser.axe import violations
from tests.browser.lab import PATIENCE_S, PROJECTOR
from tests.browser.windows import heard
from tests.notebooks.test_instructor import CHAIN

LAST = {
    "1_plan_a_lesson": "minute",
    "2_make_a_deck": "classroom/monday",
    "3_make_an_exam": "classroom/exam on paper",
    "4_read_the_results": "nothing handed in yet",
}
"""What shows that a notebook has run to its end, in small letters."""


def test_the_gallery_has_them_under_a_heading_of_their_own(windows, pages):
    with windows.open() as page:
        page.goto(pages.gallery)
        said = page.locator(".cx-classroom a").all_inner_texts()
        assert said == [f"{card.title}: {card.line}" for card in for_instructors(pages.home, ROOT)]
        assert len(said) == len(CHAIN)
        assert page.get_by_role("heading", name="For instructors").count() == 1
        assert not [link for link in page.locator(".cx-card a").all() if "instructor" in link.get_attribute("href")]


@pytest.mark.parametrize("name", CHAIN)
def test_it_runs_in_jupyterlab(course, open_lesson, name):
    lesson = open_lesson(f"instructor/{name}.ipynb")
    lesson.page.get_by_role("button", name="Start this lesson").click()
    lesson.page.wait_for_timeout(1000)  # what is stored looks the same: the kernel says when it is new
    course.wait_for_kernel(lesson.page)
    lesson.settle()
    said = lesson.page.locator(".jp-Notebook").inner_text()
    assert LAST[name] in said.lower()
    assert "Traceback" not in said


@pytest.mark.parametrize("name", CHAIN)
def test_it_runs_as_a_page_that_everyone_can_use(windows, pages, name):
    with windows.open(viewport=PROJECTOR) as page, heard(page) as wrong:
        page.goto(pages.gallery)
        page.locator(f".cx-classroom a[href$='/{name}.ipynb']").click()
        done = f"() => document.querySelector('#rendered_cells')?.innerText.toLowerCase().includes({LAST[name]!r})"
        page.wait_for_function(done, timeout=PATIENCE_S * 1000)
        page.locator("#rendered_cells").wait_for(timeout=PATIENCE_S * 1000)
        page.wait_for_timeout(500)
        said = page.locator("body").inner_text()
        assert "Traceback" not in said
        assert "Start this lesson" not in said
        for theme in ("light", "dark"):
            page.get_by_label("Colours").first.select_option(theme)
            assert violations(page) == [], theme
        assert wrong == []
        page.goto("about:blank")
