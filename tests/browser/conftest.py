"""A browser and a running course for the browser tests."""

import contextlib
import functools
import os

import pytest

from tests.browser.lab import WINDOW, browser_path, open_browser, open_course, open_pages
from tests.browser.lesson import Lesson
from tests.browser.viewer import STATION, Viewer
from tests.browser.windows import Windows


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


@pytest.fixture(scope="package")  # no longer: while Playwright runs, nothing else here may have a loop of its own
def browser():
    if browser_path() is None:
        sentence = "No Chromium or Chrome here; install one, or name it in CALCIFICATIONS_BROWSER."
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def windows(browser):
    """Its windows, used again by one test after another."""
    return Windows(browser)


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
def open_lesson(windows, course):
    """Open notebooks, each in a window; nothing in them may complain."""
    with contextlib.ExitStack() as opened:
        yield lambda notebook, **how: opened.enter_context(Lesson(windows, course, notebook, **how))


@pytest.fixture(scope="package")
def stations(windows, course):
    """Notebooks with one cell, each open in a window of some size for all who ask for the same."""
    with contextlib.ExitStack() as opened:

        @functools.cache
        def station(cell, width, height):
            name = course.write(f"station_{station.cache_info().currsize}.ipynb", cell)
            viewport = {"width": width, "height": height}
            return opened.enter_context(Lesson(windows, course, name, viewport=viewport))

        yield station


@pytest.fixture
def viewport():
    """The size of the window, unless a test asks for another."""
    return WINDOW


@pytest.fixture
def station(request, stations, viewport):
    """A notebook with an explorer: the one that the module's CELL opens, or the viewer's; it may not complain."""
    found = stations(getattr(request.module, "CELL", STATION), **viewport)
    yield found
    complaints = found.complaints.copy()
    found.complaints.clear()  # they are this test's and no other's
    assert complaints == []


@pytest.fixture
def explorer(station):
    """A fresh explorer there, for a learner who has chosen nothing yet."""
    station.page.evaluate("localStorage.clear()")
    station.run_cell(0)
    station.settle()
    found = station.explorer()
    found.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    return found


@pytest.fixture
def viewer(explorer):
    """The explorer's viewer."""
    return Viewer(explorer)
