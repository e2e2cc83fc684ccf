"""A term in a lesson shows its lay words, and leads to the page of words and back."""

import re

import pytest
from playwright.sync_api import expect

from calcifications.lexicon import term
from tests.browser.lesson import Lesson

NAME, WORD = "05_views.ipynb", "amorphous"


@pytest.mark.parametrize("served", ["course", "pages"], ids=["in JupyterLab", "as a page"])
def test_a_term_shows_its_lay_words_and_leads_to_the_words_and_back(windows, served, request):
    with Lesson(windows, request.getfixturevalue(served), NAME) as lesson:
        link = lesson.page.locator("a[title]").filter(has_text=re.compile(f"^{WORD}$")).first
        assert link.get_attribute("title") == term(WORD).plain
        link.focus()
        lesson.page.keyboard.press("Enter")
        lesson.page.get_by_role("heading", name="Words: every word").wait_for()
        lesson.page.get_by_role("link", name="forms", exact=True).click()
        expect(lesson.page.get_by_role("heading", name="The forms")).to_be_in_viewport()
        lesson.page.get_by_role("link", name="views", exact=True).first.evaluate("link => link.click()")
        lesson.page.get_by_role("heading", name="Views: what one picture").wait_for()
