"""Every lesson opens, starts, keeps its explorer in view, and asks."""

import pytest

from tests.browser.lab import PROJECTOR, WINDOW
from tests.notebooks.lessons import LESSONS

PROJECTED = ("00_start_here.ipynb", "09_biopsy.ipynb", "11_reading_room.ipynb")  # between them they hold every widget


@pytest.mark.parametrize(
    ("name", "viewport"),
    [
        *(pytest.param(path.name, WINDOW, id=f"{path.name}-laptop") for path in LESSONS),
        *(pytest.param(name, PROJECTOR, id=f"{name}-projector") for name in PROJECTED),
    ],
)
def test_a_lesson_opens_starts_and_asks(open_lesson, name, viewport):
    lesson = open_lesson(name, viewport=viewport)
    assert lesson.page.locator(".jp-OutputArea figure img").first.get_attribute("alt")
    for picture in lesson.page.locator(".jp-Notebook img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")  # raises if the picture can't be had
        assert picture.get_attribute("alt")
    lesson.start()
    explorer = lesson.explorer()
    lesson.page.wait_for_timeout(1500)  # whatever still wants to scroll has scrolled
    assert lesson.in_view(explorer.root)
    quiz = lesson.tried(explorer)
    quiz.next("mouse")
    assert lesson.page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert "Traceback" not in lesson.page.locator(".jp-Notebook").inner_text()
