"""Where things are, and the environment in which the course's own programmes run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from launch.process import ROOT, Stop

VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = SCRIPTS / ("python.exe" if sys.platform == "win32" else "python")
STATE = ROOT / ".course"  # the set-up's lock and log, which outlive a .venv, and the folder that the tests work in
LOG = STATE / "set-up.log"
WORKSHOP = STATE / "home"  # stands in for a learner's folder when nobody is learning
HIDDEN = ".course"  # in the learner's folder: what JupyterLab keeps, and what was shipped

ASTRAY = (  # beginnings of the variables that could lead Python, Jupyter or pip astray
    *("PYTHON", "JUPYTER", "IPYTHON", "JPY_"),
    *("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_CONSTRAINT", "PIP_REQUIRE"),
)


def learners_folder() -> Path:
    """Return the folder a learner works in: CALCIFICATIONS_HOME, or calcifications-course in their home."""
    chosen = os.environ.get("CALCIFICATIONS_HOME")
    try:
        home = (Path(chosen).expanduser() if chosen else Path.home() / "calcifications-course").resolve()
    except RuntimeError:
        raise Stop("Your home folder can't be found; set CALCIFICATIONS_HOME to a folder to work in.") from None
    if home == ROOT or ROOT in home.parents:
        raise Stop(f"You can't work inside the course's own folder {ROOT}; set CALCIFICATIONS_HOME to another.", code=2)
    return home


def environment(home: Path) -> dict[str, str]:
    """Return this process's environment without what leads astray, and with folders of the course's own."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(ASTRAY)}
    own = home / HIDDEN
    return kept | {
        "CALCIFICATIONS_HOME": str(home),
        "IPYTHONDIR": str(own / "ipython"),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_RUNTIME_DIR": str(own / "runtime"),
        "OPENBLAS_NUM_THREADS": "1",  # small matrices: threads that wait for each other made large particles freeze
        "PATH": os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", os.defpath)]),
        "PIP_USER": "0",
        "PYTHONNOUSERSITE": "1",
        "VIRTUAL_ENV": str(VENV),
    }
