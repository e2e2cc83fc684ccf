"""Questions into files: a thousand of them in each format, on one core, with all their pictures."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.table import print_limit
from calcifications.teaching.deck_file import parse
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.exports import FORMATS, export

CASES = 500  # two questions each
LIMIT_S = 60.0


def run() -> None:
    """Export each format in full, and print how much of this process's own time it took."""
    deck = make(Rule(CASES, ("suspicious",), questions=("form", "distribution"), borderline=False))
    many, text = len(deck.asked), deck.text()
    print(f"\n{many} questions of {CASES} cases made by a rule, three pictures each; read and drawn anew each time")
    for form in FORMATS:
        with tempfile.TemporaryDirectory() as folder:
            began = time.process_time()
            export(parse("a deck", text), form, Path(folder) / f"a.{form}")
            took = time.process_time() - began
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
            print_limit(f"s a core for {many} questions as {form} ({size / 1e6:.0f} MB)", took, LIMIT_S, at_most=True)
