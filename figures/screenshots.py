"""The two screenshots: the explorer, and a wrong answer in the quiz. From the course's folder, with .venv's Python:

python -m figures.screenshots
"""

import itertools
import tempfile
from pathlib import Path

from calcifications.learning import Session
from tests.browser.lab import open_browser, open_course
from tests.browser.lesson import Lesson

HERE = Path(__file__).parent
START = "import calcifications as cx\n"
RIGHT, WRONG = "coarse heterogeneous", "fine pleomorphic"  # the two that size alone tells apart


def explorer(lesson: Lesson) -> None:
    """Take the explorer on a group to be sampled, with outlines and circles."""
    lesson.run_cell(0)
    page = lesson.explorer()
    lesson.settle()
    page.choose("Show me", "fine pleomorphic")
    page.choose("View", "CC-mag")
    before = page.drawn()
    page.root.get_by_label("Outlines").check()
    page.after(before)
    lesson.page.mouse.move(0, 0)
    page.root.screenshot(path=HERE / "explorer.png")


def quiz(lesson: Lesson) -> None:
    """Take the quiz after a wrong answer."""
    lesson.run_cell(0)
    page = lesson.quiz()
    lesson.settle()
    page.answer(WRONG, "mouse")
    lesson.page.mouse.move(0, 0)
    page.root.screenshot(path=HERE / "quiz.png")


def telling_seed() -> int:
    """Return the first seed whose question shows a group of the right form and offers the wrong one."""

    def tells(seed: int) -> bool:
        item = Session(("form",), seed=seed).item
        found = (item.key, item.reading.distribution) == (RIGHT, "grouped")
        return found and WRONG in [option.word for option in item.options]

    return next(seed for seed in itertools.count() if tells(seed))


with tempfile.TemporaryDirectory() as folder, open_course(Path(folder)) as lab, open_browser() as browser:
    with Lesson(browser, lab, lab.write("explorer.ipynb", START + "cx.explore()")) as window:
        explorer(window)
    with Lesson(browser, lab, lab.write("quiz.ipynb", f'{START}cx.quiz("form", seed={telling_seed()})')) as window:
        quiz(window)
