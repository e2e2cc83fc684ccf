"""Running other programmes and writing small files so that an interruption at any moment does no harm."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 10  # how long a programme may take to put its things away once it is told to stop


class Stop(Exception):
    """The course can't go on; the text is one plain sentence."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def run(command: Sequence[str | Path], env: dict[str, str], beat: Callable[[], None] | None = None, **how: Any) -> int:
    """Run a command to its end and return its exit code; what stops this process stops the command as well.

    `beat` is called every two seconds, as a sign of life.
    """
    process = subprocess.Popen([str(word) for word in command], env=env, cwd=ROOT, **how)
    try:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(timeout=2)
            if beat:
                beat()
    except BaseException as told:
        stop(process, already_told=isinstance(told, KeyboardInterrupt))
        raise


def stop(process: subprocess.Popen[bytes], already_told: bool) -> None:
    """Stop a programme: as Ctrl-C would (a terminal has told it already), then more firmly."""
    ways: list[Callable[[], None]] = [process.terminate, process.kill]
    if already_told:
        ways.insert(0, lambda: None)
    elif sys.platform != "win32":
        ways.insert(0, lambda: process.send_signal(signal.SIGINT))
    for way in ways:
        way()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_S)
            return


def stop_when_told() -> None:
    """Let a signal end this process in good order, like Ctrl-C; one that is ignored (nohup) stays so."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, leave)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; another start waits its turn.

    The system lets go of the lock when its holder ends, however it ends. The programmes that `run` starts with
    `close_fds=False` hold it too: if this process is killed, nobody else sets up while its pip still writes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        os.set_inheritable(lock.fileno(), True)
        waited = 0
        while not _take(lock):
            print("." if waited else "Another start is at work here; waiting for it ", end="", flush=True)
            waited += 1
            time.sleep(1)
        if waited:
            print(flush=True)
        yield


def _take(lock: IO[str]) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Return a small file of our own; an absent or damaged one counts as empty."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
