"""Every lesson: from pressing Start to the first picture, as a page too; and all of them under strict nbval."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.table import print_limit
from launch.process import ROOT
from tests.browser.lab import WINDOW, Lab, Pages, open_browser, open_course, open_pages
from tests.notebooks.lessons import LESSONS

FIRST_S, ALL_S = 6.0, 240.0
PICTURE = ".cx-root canvas[data-n]"
PATIENCE_MS = 60_000


def in_lab(browser: Browser, lab: Lab, name: str) -> float:
    """Return how many seconds pass from pressing Start to the first picture."""
    page = browser.new_page(viewport=WINDOW)
    lab.open(page, name)
    page.get_by_role("button", name="Start this lesson").click()
    took = first_picture(page)
    lab.leave(page, name)
    page.close()
    return took


def as_page(browser: Browser, pages: Pages, name: str) -> float:
    """Return how many seconds pass from choosing a lesson in the gallery to its first picture."""
    page = browser.new_page(viewport=WINDOW)
    page.goto(pages.gallery)
    page.locator(f"a[href$='/{name}']").click()
    took = first_picture(page)
    pages.leave(page, name)
    page.close()
    return took


def first_picture(page: Page) -> float:
    """Wait for the first picture, and return how many seconds it took."""
    began = time.perf_counter()
    page.wait_for_selector(PICTURE, state="attached", timeout=PATIENCE_MS)
    return time.perf_counter() - began


def run() -> None:
    """Time all lessons, and print the slowest beside the limit."""
    names = [path.name for path in LESSONS]
    taken: dict[str, list[float]] = {name: [] for name in names}
    with open_browser() as browser:
        with tempfile.TemporaryDirectory() as folder, open_course(Path(folder)) as lab:
            for name in names:
                taken[name].append(in_lab(browser, lab, name))
        with tempfile.TemporaryDirectory() as folder, open_pages(Path(folder)) as pages:
            for name in names:
                taken[name].append(as_page(browser, pages, name))
    print(f"{'lesson':34}  in Lab, s  as a page, s")
    for name, (lab_s, page_s) in taken.items():
        print(f"{name:34}  {lab_s:9.1f}  {page_s:12.1f}")
    print_limit("s to the first picture, in Lab", max(times[0] for times in taken.values()), FIRST_S, at_most=True)
    print_limit("s to the first picture, as a page", max(times[1] for times in taken.values()), FIRST_S, at_most=True)
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", "notebooks"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip().splitlines()
    print(told[-1])
    print_limit("s for all notebooks under nbval, on two processes", time.perf_counter() - began, ALL_S, at_most=True)
