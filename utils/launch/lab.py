"""JupyterLab on the learner's folder: on its own, whatever other Jupyter the computer has."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launch.places import HIDDEN, PYTHON, environment
from launch.process import Stop, run, write

FIRST_LESSON = "notebooks/00_start_here.ipynb"
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    # No kernel dialog; and every cell stays in the page, so that Start and links land where they should.
    "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True, "windowingMode": "none"},
}
# Without the computer's own Jupyter folders; and a closed terminal stops it like any other signal, kernels and all.
SERVER = """
import os, signal, sys
from jupyter_core import paths
paths.SYSTEM_CONFIG_PATH.clear()
paths.SYSTEM_JUPYTER_PATH.clear()
for name in ("SIGHUP", "SIGINT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) != signal.SIG_IGN:
        signal.signal(number, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
from jupyterlab.labapp import main
sys.exit(main())
"""


def trust(lessons: Sequence[Path], home: Path) -> None:
    """Sign lessons, so that their Start button runs them without asking first."""
    command: list[str | Path] = [PYTHON, "-m", "jupyter", "trust", *lessons]
    if lessons and run(command, environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        raise Stop(f"The lessons in {home} can't be signed; see whether you can write there.")


def open_lab(home: Path, browser: bool, port: int | None) -> int:
    """Hand over to JupyterLab, which takes this process's place where the system knows such a thing."""
    settings = home / HIDDEN / "settings"
    write(settings / "overrides.json", json.dumps(OVERRIDES, indent=2).encode())
    kernels = {"IPKernelApp": {"log_level": "ERROR"}}  # a learner can do nothing about a kernel's warnings
    write(home / HIDDEN / "ipython/profile_default/ipython_kernel_config.json", json.dumps(kernels).encode())
    command = [str(PYTHON), "-c", SERVER, *options(home, settings, browser, port)]
    sys.stdout.flush()
    if sys.platform == "win32":  # where exec would leave the terminal before the server has ended
        return run(command, environment(home))
    else:
        os.chdir(home)
        os.execve(PYTHON, command, environment(home))


def options(home: Path, settings: Path, browser: bool, port: int | None) -> list[str]:
    """Return what JupyterLab is told on its command line."""
    given = [
        f"--ServerApp.root_dir={home}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.answer_yes=True",
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


def check_port(port: int) -> None:
    """Raise `Stop` if a server can't listen at `port`."""
    if not 1 <= port <= 65535:
        raise Stop(f"There is no port {port}; ports go from 1 to 65535.", code=2)
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would let us share a taken port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Stop(f"Port {port} is taken; give another one, or leave --port out.") from None
