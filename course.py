#!/usr/bin/env python3
"""Open the course, test it or time it; `python course.py --help` says how.

This file runs on any Python, however old, so that it can look for a newer one or say in one sentence which it needs.
Everything else is in utils/launch/, which needs nothing but the standard library either.
"""

import os
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 11)
NAMES = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"]  # the newest tested one first
WILL_DO = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"


def newer_python():
    """Return the command of a Python that is new enough, or None."""
    for name in NAMES:
        try:
            with open(os.devnull, "w") as nowhere:
                if subprocess.call([name, "-c", WILL_DO], stderr=nowhere) == 0:
                    return name
        except OSError:  # there is none of that name
            continue
    return None


def main():
    """Start the launcher in a Python that is new enough; return the exit code."""
    if sys.version_info >= OLDEST:
        sys.path.insert(0, os.path.join(FOLDER, "utils"))
        from launch.command import main as launch

        return launch(sys.argv[1:])
    python = newer_python()
    if python is None:
        this = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write("The course needs Python 3.11 or newer and this is %s; install one and start again.\n" % this)
        return 1
    command = [python, os.path.abspath(__file__)] + sys.argv[1:]
    if os.name != "nt":  # there, exec would leave the terminal before the course has ended
        os.execvp(python, command)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
