"""The server of a deck that is presented: Voila with one page, and beside it the poll's own process."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from traitlets.config import Config
from voila.tornado.handler import TornadoVoilaHandler

from launch.pages.server import Pages, settings

DESK = "CALCIFICATIONS_DESK"
"""Where kernels find the poll's desk: its port and key."""


class Stage(Pages):
    """Voila with the presenting page alone."""

    def init_handlers(self) -> list[Any]:
        """Serve the page, and what it is made of."""
        kept = [each for each in super().init_handlers() if each[0] != "/" and "/voila/render" not in each[0]]
        known = {
            "notebook_path": "deck.ipynb",
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        return [(r"/", TornadoVoilaHandler, known), *kept]

    def launch_browser(self) -> None:
        """Say where the page is, and open it."""
        address = f"http://127.0.0.1:{self.port}/?token={self.identity_provider.token}"
        print(f"The deck is at {address}", flush=True)
        if self.show:
            webbrowser.open(address)


GONE_S, LOOK_S = 90, 30
"""A kernel whose page was closed is ended after so long, and its room a minute later; how often that is looked for."""


@contextlib.contextmanager
def poll(room: str | None) -> Iterator[str]:
    """Run the poll's process; it ends with this one, for it waits for the end of the pipe between them.

    Parameters
    ----------
    room : str or None
        The address at which rooms are open to the network, found by itself if empty; None if they are not.

    Yields
    ------
    str
        Its desk's port, and the key.
    """
    key = secrets.token_urlsafe(24)
    command = [sys.executable, "-m", "calcifications.teaching.poll"]
    command += [] if room is None else ["--room", *([room] if room else [])]
    how = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process: subprocess.Popen[str] = subprocess.Popen(command, **how)  # type: ignore[call-overload]
    assert process.stdin
    assert process.stdout
    with process:
        process.stdin.write(f"{key}\n")
        process.stdin.flush()
        yield f"{json.loads(process.stdout.readline())['desk']} {key}"


def staged(folder: Path, port: int | None) -> Config:
    """Return how Voila is set up for one page."""
    told = settings(folder, port)
    told.VoilaConfiguration.preheat_kernel = False  # one that ran the page beforehand would be a second presenter
    del told.VoilaConfiguration.multi_kernel_manager_class
    del told.VoilaKernelManager
    told.MappingKernelManager.cull_idle_timeout, told.MappingKernelManager.cull_interval = GONE_S, LOOK_S
    return told


def main() -> int:
    """Serve a page; on the command line a folder, a port or "-", "show" or "quiet", and "shut" or "room [ADDRESS]"."""
    folder, port, show, room = sys.argv[1:]
    with poll(None if room == "shut" else room.removeprefix("room ")) as desk:
        os.environ[DESK] = desk
        stage = Stage(config=staged(Path(folder), None if port == "-" else int(port)), show=show == "show")
        stage.initialize([])
        stage.start()
    return 0
