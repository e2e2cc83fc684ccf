"""What would change the verdict, of all sliders, at 60 particles: beside the second that a reader waits."""

from __future__ import annotations

import time

from benchmarks.kernel import EVERYDAY, SEED
from benchmarks.table import median, print_limit, print_table
from calcifications.case import Case
from calcifications.imaging import SCREENING, WORK_UP
from calcifications.pattern import Recipe, forms, preset
from calcifications.reading import Context
from calcifications.what_if import what_if

ROUNDS = 5
LIMIT_MS = 1000.0
VIEWS = {"screening": SCREENING[:1], "diagnostic": WORK_UP}


def took(form: str, setting: str) -> float:
    """Return how long all moves of a form take, in ms, from a case that nothing is known of yet."""
    recipe = Recipe.spread_out(preset(form).to_dict() | {"count": EVERYDAY})
    case = Case([recipe], Context(setting=setting), SEED, VIEWS[setting])
    began = time.perf_counter()
    what_if(case)
    return 1000 * (time.perf_counter() - began)


def run() -> None:
    """Time all forms in both settings and print them."""
    for setting in VIEWS:
        taken = {form: [took(form, setting) for _ in range(ROUNDS)] for form in forms()}
        print_table(f"all moves, {EVERYDAY} particles, {setting}", taken)
        typical = median([median(times) for times in taken.values()])
        print_limit(f"all moves of the typical form, {setting}, median ms", typical, LIMIT_MS, at_most=True)
        slowest = max(median(times) for times in taken.values())
        print_limit(f"all moves of the slowest form, {setting}, median ms", slowest, LIMIT_MS, at_most=True)
