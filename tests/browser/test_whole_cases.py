"""Whole cases in a real browser: four steps of one case by keyboard alone, each marked at once."""

import pytest

from calcifications.apps.quiz import Quiz
from calcifications.learning import Session
from tests.apps.answering import right_answer, wrong_answer
from tests.browser.axe import violations
from tests.browser.keyboard import by_keyboard
from tests.browser.lab import PROJECTOR, WINDOW
from tests.browser.standalone import open_widget

SEED = 1
STEPS = 4


@pytest.fixture
def reading(windows):
    """Open a quiz of two whole cases."""

    def opened(**how):
        return open_widget(windows, Quiz(Session((), 6, SEED, cases=2)), "renderQuiz", **how)

    return opened


@pytest.mark.parametrize("give", [right_answer, wrong_answer], ids=["right", "wrong"])
def test_a_whole_case_is_read_by_keyboard_alone(reading, give):
    with reading() as quiz:
        session, page = quiz.widget.session, quiz.page
        code = session.item.case.code
        for step in range(STEPS):
            item = session.item
            assert item.case.code == code
            assert page.locator(".cx-progress").inner_text() == f"Case 1 of 2, step {step + 1} of {STEPS}"
            assert page.locator(".cx-known li").count() == len(item.known)
            by_keyboard(quiz, give(item))
            mark = page.locator(".cx-mark").inner_text()
            assert mark.startswith("✓ Right" if give is right_answer else "✗ Not this one")
            last = step == STEPS - 1
            assert page.locator(".cx-next").inner_text() == ("Next case" if last else "Next step")
            assert (code.partition("-")[2] in page.content()) is last
            quiz.press("Enter")  # the focus is on the button
        assert page.locator(".cx-progress").inner_text() == f"Case 2 of 2, step 1 of {STEPS}"
        assert session.item.case.code != code
        assert session.marks == [give is right_answer] * STEPS


@pytest.mark.parametrize("window", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_every_step_is_on_one_screen_and_has_no_violation(reading, window):
    with reading(viewport=window) as quiz:
        page = quiz.page
        for _ in range(STEPS):
            for _ in range(2):
                assert violations(page, ".cx-quiz") == []
                root = page.locator(".cx-quiz").bounding_box()
                assert root["y"] + root["height"] <= window["height"]
                assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
                if not quiz.widget.session.answered:
                    by_keyboard(quiz, wrong_answer(quiz.widget.session.item))
            quiz.press("Enter")
