"""A Jupyter server of the course's own: on loopback, on its own, whatever other Jupyter the computer has."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from launch.places import HIDDEN, PYTHON, environment
from launch.process import ROOT, Stop, run, write

# Without the computer's own Jupyter folders; and a closed terminal stops it like any other signal, kernels and all.
ALONE = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT / "utils")!r})
from jupyter_core import paths
paths.SYSTEM_CONFIG_PATH.clear()
paths.SYSTEM_JUPYTER_PATH.clear()
for name in ("SIGHUP", "SIGINT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) != signal.SIG_IGN:
        signal.signal(number, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
"""


def serve(home: Path, program: str, options: Sequence[str]) -> int:
    """Hand over to a server, which takes this process's place where the system knows such a thing.

    Parameters
    ----------
    home : Path
        The learner's folder.
    program : str
        What is imported and called, as "package.module:function".
    options : sequence of str
        Its command line.
    """
    kernels = {"IPKernelApp": {"log_level": "ERROR"}}  # a learner can do nothing about a kernel's warnings
    write(home / HIDDEN / "ipython/profile_default/ipython_kernel_config.json", json.dumps(kernels).encode())
    module, function = program.split(":")
    code = f"{ALONE}from {module} import {function}\nsys.exit({function}())\n"
    command = [str(PYTHON), "-c", code, *options]
    sys.stdout.flush()
    if sys.platform == "win32":  # where exec would leave the terminal before the server has ended
        return run(command, environment(home))
    else:
        os.chdir(home)
        os.execve(PYTHON, command, environment(home))


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
