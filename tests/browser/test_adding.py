"""A case from the explorer into the instructor's deck."""

import pytest
from playwright.sync_api import expect

from calcifications.apps.classroom import FOLDER, MINE
from calcifications.teaching.deck import Deck
from tests.browser.axe import violations


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_a_case_goes_to_the_end_of_the_deck_once(explorer, course, by):
    button = explorer.root.locator(".cx-adding")
    explorer.press("count", times=2 + (by == "keys"))

    def press():
        if by == "mouse":
            return button.click()
        button.focus()
        return explorer.page.keyboard.press("Enter")

    press()
    expect(button).to_contain_text("✓ Case")
    slides = Deck.read(course.home / FOLDER / MINE).slides
    assert slides[-1].code == explorer.code
    expect(button).to_have_text("Add to deck")
    press()
    expect(explorer.root.locator(".cx-problem")).to_contain_text(f"already: case {len(slides)}.")
    assert Deck.read(course.home / FOLDER / MINE).slides == slides
    assert violations(explorer.page, ".cx-explorer") == []
    explorer.press("count")
    expect(explorer.root.locator(".cx-problem")).to_have_text("")
