"""`python course.py present DECK`: a deck on a screen of its own, for a class."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from launch.places import HIDDEN, PYTHON, environment
from launch.process import Stop, run, write
from launch.serving import serve

HELP = """Present a deck of cases to a class: one case a screen, each answer once you reveal it. Press ? for the keys.

Press n for your notes in a window of their own, and p to let the room vote on phones. The voting page can be reached
from this computer alone until you open it to the room: by the button on the page that says how to join, or by
--room."""


def arguments(reader: argparse.ArgumentParser) -> None:
    """Add what can follow the command."""
    reader.add_argument("deck", metavar="DECK.toml", help="the deck; python -m calcifications deck make writes one")
    reader.add_argument("--room", action="store_true", help="let phones on this network reach the voting page")
    reader.add_argument("--address", metavar="A.B.C.D", help="with --room: at which of this computer's addresses")


def present(home: Path, asked: argparse.Namespace) -> int:
    """Check a deck, and hand over to its page; a deck with mistakes is not opened.

    Parameters
    ----------
    home : Path
        The learner's folder.
    asked : argparse.Namespace
        The command line.
    """
    if asked.address and not asked.room:
        raise Stop("--address goes with --room: it says where the room is.", code=2)
    deck = Path(asked.deck).expanduser().resolve()
    # the command of that name says every mistake, and its exit code is ours
    if code := run([PYTHON, "-m", "calcifications", "deck", "check", str(deck)], environment(home)):
        raise Stop("So nothing was opened.", code)
    folder = home / HIDDEN / "present"
    write(folder / "deck.ipynb", json.dumps(notebook(deck)).encode())
    print("Opening the deck. Leave this window open; Ctrl-C ends it, and the room with it.", flush=True)
    words = [str(folder), str(asked.port or "-"), "quiet" if asked.no_browser else "show"]
    return serve(home, "launch.pages.stage:main", [*words, f"room {asked.address or ''}" if asked.room else "shut"])


def notebook(deck: Path) -> dict[str, object]:
    """Return the page of a deck: one cell, and in it no more of the deck than where it is."""
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": "present",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": f"from calcifications.apps.present import present\npresent({str(deck)!r})",
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "cells": [cell],
        "metadata": {"kernelspec": kernel, "cx_stage": True, "title": "Calcifications on mammograms"},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
