"""The course as a learner meets it: started by its own command, seen in a real browser.

The browser tests, the benchmarks and the script of the screenshots all come in by this door.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from launch.places import HIDDEN, VENV
from launch.process import ROOT

WINDOW = {"width": 1366, "height": 768}  # a small laptop
PROJECTOR = {"width": 1024, "height": 768}
PATIENCE_S = 60
FLAGS = [  # a quiet browser: it asks nobody for anything
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
# For a moment at first, JupyterLab calls a notebook without a kernel idle.
KERNEL_READY = """() => {
  const name = document.querySelector(".jp-Toolbar-kernelName");
  const light = document.querySelector(".jp-Notebook-ExecutionIndicator");
  return name && light && !name.textContent.includes("No Kernel") && light.dataset.status === "idle";
}"""
# What course.py does once .venv holds what the lock names, with the Python that runs this in the place of .venv's.
AS_IF_SET_UP = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT / "utils")!r})
from launch import command, lab, places, present, serving
command.set_up = lambda which: None
places.SCRIPTS = Path(sys.executable).parent
for room in (lab, present, serving):
    room.PYTHON = sys.executable
    room.environment = lambda home: places.environment(home) | {{"PYTHONPATH": {str(ROOT / "utils")!r}}}
sys.exit(command.main(sys.argv[1:]))
"""


def browser_path() -> str | None:
    """Find Chromium or Chrome: the one that CALCIFICATIONS_BROWSER names, the system's, or Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = [os.environ.get("CALCIFICATIONS_BROWSER"), *(shutil.which(name) for name in names)]
    with sync_playwright() as playwright:
        found.append(playwright.chromium.executable_path)
    return next((path for path in found if path and Path(path).exists()), None)


@contextlib.contextmanager
def open_browser() -> Iterator[Browser]:
    """Open a browser without a window; None of its traffic leaves this computer."""
    path = browser_path()
    if path is None:
        raise FileNotFoundError("There is no Chromium or Chrome here.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Lab:
    """A running course.

    Parameters
    ----------
    home : Path
        The learner's folder.
    port : int
    token : str
    """

    def __init__(self, home: Path, port: int, token: str) -> None:
        self.home, self.port, self.token = home, port, token
        self._workspaces = itertools.count()

    def address(self, notebook: str) -> str:
        """Return where a notebook in the learner's folder is seen, in a workspace of its own."""
        place = f"doc/workspaces/w{next(self._workspaces)}/tree/notebooks/{notebook}"
        return f"http://127.0.0.1:{self.port}/{place}?token={self.token}"

    def open(self, page: Page, notebook: str) -> None:
        """Open a notebook and wait until it can be run."""
        page.goto(self.address(notebook))
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE_S * 1000)
        self.wait_for_kernel(page)

    def leave(self, page: Page, notebook: str) -> None:
        """End the kernels of a notebook, which closing its window would leave running."""
        known = {"Authorization": f"token {self.token}"}
        api = f"http://127.0.0.1:{self.port}/api/sessions"
        for session in page.request.get(api, headers=known).json():
            if session["path"].endswith(notebook):
                page.request.delete(f"{api}/{session['id']}", headers=known)

    @staticmethod
    def wait_for_kernel(page: Page) -> None:
        """Wait until the notebook's kernel is there and has nothing to do."""
        page.wait_for_function(KERNEL_READY, timeout=PATIENCE_S * 1000)

    def write(self, name: str, *cells: str) -> str:
        """Put a notebook of code cells into the learner's folder and return its name."""
        blank = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
        body = [{**blank, "id": f"cell-{number}", "source": cell} for number, cell in enumerate(cells)]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        book = {"cells": body, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        path = self.home / "notebooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(book), encoding="utf-8")
        return name


class Pages:
    """The course as pages.

    Parameters
    ----------
    home : Path
        The learner's folder.
    gallery : str
        The address of the gallery, with the word that lets one in.
    """

    def __init__(self, home: Path, gallery: str) -> None:
        self.home, self.gallery = home, gallery

    def open(self, page: Page, notebook: str) -> None:
        """Open a lesson by its card in the gallery, and wait until all of it is there."""
        page.goto(self.gallery)
        page.locator(f"a[href$='/{notebook}']").click()
        page.wait_for_selector(".cx-quiz[data-number]", state="attached", timeout=PATIENCE_S * 1000)

    @staticmethod
    def leave(page: Page, notebook: str) -> None:
        """Go elsewhere, upon which a lesson's page ends its kernel."""
        page.goto("about:blank")


@contextlib.contextmanager
def open_course(folder: Path) -> Iterator[Lab]:
    """Start the course as a learner does, whose home folder is `folder`; stop it afterwards, kernels and all."""
    port = free_port()
    with started(folder, "--port", str(port)) as (server, home, log):
        yield Lab(home, port, _token(server, home, log))


@contextlib.contextmanager
def open_pages(folder: Path) -> Iterator[Pages]:
    """Start the course as pages, for a learner whose home folder is `folder`; stop it afterwards, kernels and all."""
    with started(folder, "app", "--port", str(free_port())) as (server, home, log):
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and server.poll() is None:
            if told := re.search(r"The lessons are at (\S+)\n", log.read_text(errors="replace")):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"The pages did not start:\n{log.read_text(errors='replace')}")
        yield Pages(home, told[1])


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def started(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[bytes], Path, Path]]:
    """Run course.py with these words, and stop it afterwards: its process, the learner's folder, and its log."""
    set_up = Path(sys.prefix).resolve() == VENV.resolve()
    start = [sys.executable, str(ROOT / "course.py")] if set_up else [sys.executable, "-c", AS_IF_SET_UP]
    env = {name: value for name, value in os.environ.items() if name != "CALCIFICATIONS_HOME"}
    env |= {"HOME": str(folder), "USERPROFILE": str(folder)}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([*start, *words, "--no-browser"], cwd=folder, env=env, stdout=log, stderr=log)
        try:
            yield server, folder / "calcifications-course", folder / "server.log"
        finally:
            _stop(server)


def _token(server: subprocess.Popen[bytes], home: Path, log: Path) -> str:
    """Wait until the server answers, and return the token that lets one in."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        for note in (home / HIDDEN / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, OSError):
                known = json.loads(note.read_text())
                socket.create_connection(("127.0.0.1", known["port"]), timeout=1).close()
                return str(known["token"])
        time.sleep(0.1)
    raise RuntimeError(f"The course did not start:\n{log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop a server by its signal, and whatever it should have stopped by force."""
    with contextlib.suppress(psutil.NoSuchProcess):
        below = psutil.Process(server.pid).children(recursive=True)
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        for process in (*psutil.wait_procs(below, timeout=5)[1], server):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
    server.wait()
