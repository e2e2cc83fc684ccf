"""From pressing "Next question" to the new question on screen, in a real browser: picture drawn, answers there.

The learner is quick: an answer after a second and a half, and as long to read what is said to it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.table import median, print_limit, print_table
from calcifications.learning.items import KINDS
from tests.browser.lab import WINDOW, open_browser, open_course

QUESTIONS, WARM_UP = 40, 3
PAUSE_MS = 1500
LIMIT_MS = 300.0

# What is on screen once the next question is drawn, and how long after the key that is.
STOPWATCH = """() => {
  const root = document.querySelector(".cx-quiz");
  root.addEventListener("keydown", () => {
    const [pressed, number] = [performance.now(), root.dataset.number];
    window.took = new Promise((done) => {
      const look = () => {
        if (root.dataset.number !== number) requestAnimationFrame(() => done(performance.now() - pressed));
        else if (performance.now() - pressed > 20000) done(null);
        else requestAnimationFrame(look);
      };
      look();
    });
  }, { capture: true });
}"""


def go_through(page: Page) -> dict[str, list[float]]:
    """Answer question after question, and return how long each kind took to come, in ms."""
    quiz = page.locator(".cx-quiz")
    taken: dict[str, list[float]] = {}
    for number in range(WARM_UP + QUESTIONS):
        page.wait_for_timeout(PAUSE_MS)
        quiz.locator(".cx-option").first.click()
        quiz.locator(".cx-mark").wait_for()
        page.wait_for_timeout(PAUSE_MS)
        quiz.locator(".cx-next").focus()
        page.keyboard.press("Enter")
        took = page.evaluate("window.took")
        if took is None:
            raise RuntimeError("No new question within 20 s.")
        if number >= WARM_UP:
            taken.setdefault(str(quiz.get_attribute("data-kind")), []).append(took)
    return taken


def run() -> None:
    """Time it and print it."""
    kinds = [kind for kind, made in KINDS.items() if made.way == "choice"]
    with tempfile.TemporaryDirectory() as folder, open_course(Path(folder)) as lab, open_browser() as browser:
        page = browser.new_page(viewport=WINDOW)
        lab.open(page, lab.write("quiz.ipynb", f"import calcifications as cx\ncx.quiz(*{kinds!r}, questions=100)"))
        page.locator(".jp-Notebook .jp-Cell").first.click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_selector(".cx-quiz .cx-option", timeout=60_000)
        page.evaluate(STOPWATCH)
        taken = go_through(page)
    print_table(f"“Next question” to the new question on screen, {QUESTIONS} of {len(kinds)} kinds", taken)
    every = [time for times in taken.values() for time in times]
    print_limit("next question, median, ms", median(every), LIMIT_MS, at_most=True)
