"""A browser and a running course for the browser tests."""

import contextlib
import os

import pytest

from tests.browser.lab import browser_path, open_browser, open_course, open_pages
from tests.browser.lesson import Lesson
from tests.browser.viewer import STATION, Viewer


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Show what the course printed beside a test that failed."""
    report = yield
    for name in ("course", "pages"):
        served = getattr(item, "funcargs", {}).get(name)
        if report.failed and served:
            log = (served.home.parent / "server.log").read_text(errors="replace")
            report.sections.append((f"what {name} printed", log[-2000:]))
    return report


@pytest.fixture(scope="module")
def browser():
    if browser_path() is None:
        sentence = "No Chromium or Chrome here; install one, or name it in CALCIFICATIONS_BROWSER."
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """The course, started as a learner starts it; nothing of it is left running afterwards."""
    with open_course(tmp_path_factory.mktemp("learner")) as lab:
        yield lab


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The course as pages."""
    with open_pages(tmp_path_factory.mktemp("reader")) as served:
        yield served


@pytest.fixture
def open_lesson(browser, course):
    """Open notebooks, each in a window of its own; nothing in them may complain."""
    with contextlib.ExitStack() as windows:
        yield lambda notebook, **how: windows.enter_context(Lesson(browser, course, notebook, **how))


@pytest.fixture(scope="module")
def station(request, browser, course):
    """A notebook with an explorer: the one that the module's CELL opens, or the viewer's."""
    cell = getattr(request.module, "CELL", STATION)
    with Lesson(browser, course, course.write(f"{request.module.__name__}.ipynb", cell)) as opened:
        yield opened


@pytest.fixture
def explorer(station):
    """A fresh explorer there."""
    station.run_cell(0)
    station.settle()
    found = station.explorer()
    found.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    return found


@pytest.fixture
def viewer(explorer):
    """The explorer's viewer."""
    return Viewer(explorer)
