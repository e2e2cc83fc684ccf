"""JupyterLab on the learner's folder: on its own, whatever other Jupyter the computer has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launch.places import HIDDEN, PYTHON, environment
from launch.process import Stop, run, write
from launch.serving import serve

FIRST_LESSON = "notebooks/00_start_here.ipynb"
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    # No kernel dialog; and every cell stays in the page, so that Start and links land where they should.
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True, "windowingMode": "none"},
}
PAGE = {
    "disabledExtensions": {"@voila-dashboards/jupyterlab-preview": True},  # pages come from `course.py app`
    "buildCheck": False,  # nothing here is ever built: asking node about it costs a third of a second a page
}


def trust(lessons: Sequence[Path], home: Path) -> None:
    """Sign lessons, so that their Start button runs them without asking first."""
    command: list[str | Path] = [PYTHON, "-m", "jupyter", "trust", *lessons]
    if lessons and run(command, environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        raise Stop(f"The lessons in {home} can't be signed; see whether you can write there.")


def open_lab(home: Path, browser: bool, port: int | None) -> int:
    """Hand over to JupyterLab."""
    settings = home / HIDDEN / "settings"
    write(settings / "overrides.json", json.dumps(OVERRIDES, indent=2).encode())
    write(settings / "page_config.json", json.dumps(PAGE, indent=2).encode())
    return serve(home, "jupyterlab.labapp:main", options(home, settings, browser, port))


def options(home: Path, settings: Path, browser: bool, port: int | None) -> list[str]:
    """Return what JupyterLab is told on its command line."""
    given = [
        f"--ServerApp.root_dir={home}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.answer_yes=True",
        "--ServerApp.jpserver_extensions={'voila.server_extension': False}",
        "--ServerApp.kernel_websocket_connection_class=launch.wire.Prompt",
        "--Application.log_level=ERROR",  # the address to open is shown none the less
        "--LabApp.extension_manager=readonly",  # nothing here looks for extensions
        "--LanguageServerManager.autodetect=False",  # nor for other programmes
        f"--LabApp.app_settings_dir={settings}",
        f"--LabApp.default_url=/doc/tree/{FIRST_LESSON}",
    ]
    if not browser:
        given.append("--no-browser")
    if port is not None:
        given += [f"--port={port}", "--ServerApp.port_retries=0"]
    if sys.platform != "win32" and os.geteuid() == 0:
        given.append("--ServerApp.allow_root=True")
    return given
