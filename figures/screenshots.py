"""The two screenshots: the explorer, and a wrong answer in the quiz. From the course's folder, with .venv's Python:

python -m figures.screenshots

With the name of a folder, all that a page can look like goes there instead, to be looked at: both in every theme and at
both sizes of screen, presented, as pages without JupyterLab, and each lesson from top to bottom.
"""

import itertools
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser

from calcifications.learning import Session
from tests.browser.lab import PROJECTOR, WINDOW, Lab, Pages, open_browser, open_course, open_pages
from tests.browser.lesson import Lesson
from tests.notebooks.lessons import LESSONS

HERE = Path(__file__).parent
START = "import calcifications as cx\n"
RIGHT, WRONG = "coarse heterogeneous", "fine pleomorphic"  # the two that size alone tells apart
SCREENS = {"laptop": WINDOW, "projector": PROJECTOR}
WHOLE = {"width": WINDOW["width"], "height": 9000}  # a lesson from its top to its sources
THEMES = ("light", "dark", "contrast")


def explorer(lesson: Lesson) -> None:
    """Show the explorer on a group to be sampled, with outlines and circles."""
    lesson.run_cell(0)
    page = lesson.explorer()
    lesson.settle()
    page.choose("Show me", "fine pleomorphic")
    page.choose("View", "CC-mag")
    before = page.drawn()
    page.root.get_by_label("Outlines").check()
    page.after(before)
    lesson.page.mouse.move(0, 0)


def quiz(lesson: Lesson) -> None:
    """Show the quiz after a wrong answer."""
    lesson.run_cell(0)
    page = lesson.quiz()
    lesson.settle()
    page.answer(WRONG, "mouse")
    lesson.page.mouse.move(0, 0)


def telling_seed() -> int:
    """Return the first seed whose question shows a group of the right form and offers the wrong one."""

    def tells(seed: int) -> bool:
        item = Session(("form",), seed=seed).item
        found = (item.key, item.reading.distribution) == (RIGHT, "grouped")
        return found and WRONG in [option.word for option in item.options]

    return next(seed for seed in itertools.count() if tells(seed))


SHOWN: dict[str, tuple[Callable[[Lesson], None], str]] = {
    "explorer": (explorer, START + "cx.explore()"),
    "quiz": (quiz, f'{START}cx.quiz("form", seed={telling_seed()})'),
}


def dress(lesson: Lesson, name: str, theme: str) -> None:
    """Put a widget into a theme, and bring it into view."""
    root = lesson.page.locator(f".cx-{name}")
    root.locator(".cx-colours").select_option(theme)
    root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    lesson.page.wait_for_timeout(300)


def two(browser: Browser, lab: Lab) -> None:
    """Take the two that the course shows of itself."""
    for name, (show, cell) in SHOWN.items():
        with Lesson(browser, lab, lab.write(f"{name}.ipynb", cell)) as window:
            show(window)
            dress(window, name, "dark")
            window.page.locator(f".cx-{name}").screenshot(path=HERE / f"{name}.png")


def every(browser: Browser, lab: Lab, pages: Pages, folder: Path) -> None:
    """Take all, as the screen shows them."""
    for (name, (show, cell)), (screen, viewport) in itertools.product(SHOWN.items(), SCREENS.items()):
        with Lesson(browser, lab, lab.write(f"{name}.ipynb", cell), viewport=viewport) as window:
            show(window)
            for theme in THEMES:
                dress(window, name, theme)
                window.page.screenshot(path=folder / f"{name} {screen} {theme}.png")
            dress(window, name, "light")
            window.page.locator(".cx-present").click()
            window.page.wait_for_timeout(800)
            window.page.screenshot(path=folder / f"{name} {screen} presented.png")
    for screen, theme in itertools.product(SCREENS, THEMES):
        with Lesson(browser, pages, "01_size.ipynb", viewport=SCREENS[screen]) as window:
            window.page.get_by_label("Colours").first.select_option(theme)
            window.page.screenshot(path=folder / f"page {screen} {theme}.png")
            dress(window, "explorer", theme)
            window.page.screenshot(path=folder / f"page explorer {screen} {theme}.png")
            window.page.get_by_text("All lessons").click()
            window.page.locator(".cx-card").first.wait_for()
            window.page.screenshot(path=folder / f"gallery {screen} {theme}.png")
    for path in LESSONS:
        with Lesson(browser, pages, path.name, viewport=WHOLE) as window:
            window.page.screenshot(path=folder / f"lesson {path.stem}.png")


with tempfile.TemporaryDirectory() as home, open_course(Path(home)) as lab, open_browser() as browser:
    if len(sys.argv) < 2:
        two(browser, lab)
    else:
        chosen = Path(sys.argv[1])
        chosen.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as other, open_pages(Path(other)) as pages:
            every(browser, lab, pages, chosen)
