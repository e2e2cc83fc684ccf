"""The `.venv` with the course's packages: exactly those that a lock names, and whole or made again."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from launch.places import LOG, PYTHON, STATE, VENV, WORKSHOP, environment
from launch.process import ROOT, Stop, one_at_a_time, read_json, run, write

STAMP = VENV / "course-stamp.json"  # written last: without it, a set-up was interrupted
LOCKS = {"course": ROOT / "locks" / "course.txt", "test": ROOT / "locks" / "test.txt"}

AS_SOURCE = "pygiftparser,yattag"
"""What the tests need and comes only as source."""

FULL = "the disk is full; free 2 GB and start again"
NEARLY_FULL_BYTES = 50_000_000  # too little for any step, and perhaps for its log
REASONS = (  # words in the log of a failed set-up, and what a person can do about it
    (("No space left",), FULL),
    (("Permission denied", "Read-only"), "its folder can't be written to; copy the course to a folder of your own"),
    (("DO NOT MATCH THE HASHES",), "a download is not the tested package; start again, or use another network"),
    (("Connection", "NameResolution", "timed out", "SSLError", "ProxyError"), "check the network and start again"),
    (("No matching distribution",), "a package isn't made for this computer; use a 64-bit Python 3.11 to 3.14"),
)


def set_up(which: str) -> None:
    """Make .venv hold what a lock names: in a moment if it does already, from nothing if a set-up was interrupted.

    Raises
    ------
    Stop
        If a step fails; the sentence says what a person can do.
    """
    if ready(which):
        return
    with one_at_a_time(STATE):
        if ready(which):  # the other start did it
            return
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            raise Stop("This Python can't make a .venv; install that part of it (Debian: apt install python3-venv).")
        print(f"Setting up the course in {VENV}; the first time takes a minute or three.", flush=True)
        LOG.write_bytes(b"")
        stamp = read_json(STAMP)
        STAMP.unlink(missing_ok=True)
        if stamp.get("made") != made():
            step("making .venv", sys.executable, "-m", "venv", "--clear", VENV)
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install"]
        pip += ["--no-input", "--disable-pip-version-check", "--progress-bar=off"]
        pip_locked = [*pip, "--only-binary=:all:", "--require-hashes", "-r"]
        step("installing the packages", *pip_locked, LOCKS["course"])
        if which != "course":  # what comes as source is built by what the first step has brought
            built = ["--no-build-isolation", f"--no-binary={AS_SOURCE}"]
            step("installing what tests need", *pip_locked, LOCKS[which], *built)
        step("installing the course", *pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
        installed = {name: fingerprint(name) for name in ("course", which)}  # the test lock holds the course's
        write(STAMP, json.dumps({"made": made(), **installed}).encode())


def ready(which: str) -> bool:
    """Whether .venv holds what a lock names."""
    stamp = read_json(STAMP)
    return stamp.get(which) == fingerprint(which) and stamp.get("made") == made()


def made() -> list[str]:
    """What a .venv stands and falls with: its Python ("" if that doesn't run) and its place."""
    try:
        version = subprocess.check_output([PYTHON, "-I", "-c", "import sys; print(sys.version)"], text=True)
    except (OSError, subprocess.CalledProcessError):
        version = ""
    return [version.strip(), str(VENV)]


def fingerprint(which: str) -> str:
    """What is to be installed: the lock, and the project as it describes itself."""
    return hashlib.sha256(LOCKS[which].read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def step(what: str, *command: str | Path) -> None:
    """Take one step of the set-up: its words go to the log, dots show that it lives, a failure becomes a sentence."""
    print(f"  {what} ", end="", flush=True)
    began = time.monotonic()
    with LOG.open("ab") as log:
        code = run(
            command,
            environment(WORKSHOP),
            beat=lambda: print(".", end="", flush=True),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
    if code:
        print(flush=True)
        raise Stop(f"The set-up stopped while {what}: {reason(LOG.read_text(errors='replace'))} (log: {LOG}).")
    print(f" {time.monotonic() - began:.0f} s", flush=True)


def reason(words: str) -> str:
    """What a person can do about a failed step, going by what it wrote."""
    if shutil.disk_usage(STATE).free < NEARLY_FULL_BYTES:
        return FULL
    for signs, advice in REASONS:
        if any(sign in words for sign in signs):
            return advice
    return "start again, or look at the log"
