"""New tissue: what a learner waits for when a new breast comes up, a close-up or the whole of it."""

from __future__ import annotations

import time

from benchmarks.table import median, print_limit, print_table
from calcifications.imaging import radiograph
from calcifications.pattern import Recipe, grow

SEEDS = range(100, 112)  # never seen before, so nothing is kept of them
SHAPE = (768, 768)
LIMITS_MS = {"close-up": 300.0, "breast": 600.0}


def run() -> None:
    """Time new tissue, and the same again once it is kept."""
    taken: dict[str, list[float]] = {}
    for field, limit in LIMITS_MS.items():
        new, kept = (taken.setdefault(f"{field}, {when}", []) for when in ("new", "kept"))
        for seed in SEEDS:
            # another seed for each field: the whole breast would else be cut from the tissue of the close-up
            pattern = grow(Recipe(), seed + 1000 * list(LIMITS_MS).index(field))
            for times in (new, kept):
                begin = time.perf_counter()
                radiograph(pattern, "MLO", shape=SHAPE if field == "close-up" else None, field=field)
                times.append(1000 * (time.perf_counter() - begin))
        print_limit(f"{field} of a new breast, median ms", median(new), limit, at_most=True)
    print_table(f"tissue, close-up of {SHAPE[0]} x {SHAPE[1]} and the whole breast, {len(SEEDS)} seeds", taken)
