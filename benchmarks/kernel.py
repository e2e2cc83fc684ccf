"""The kernel's work for one step of a slider: grow, picture, measure, read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from benchmarks.table import median, print_limit, print_table
from calcifications.imaging import radiograph
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import measure, read

STEPS, WARM_UP = 240, 20
SEED, VIEW = 7, "CC"  # one breast, one view: its tissue is kept, as it is under a learner's hand
LIMIT_MS = 15.0
COUNTS = (30, 120)  # an everyday group, and the longest that the slider goes


def steps(count: int) -> Iterator[Recipe]:
    """Move three sliders in turn, a little at a time and never back, so that no step repeats an earlier one."""
    recipe = preset("fine pleomorphic", "grouped")
    recipe = replace(recipe, count=count, size_mm=0.2, irregularity=0.2, unlikeness=0.2)
    moves = {"size_mm": 0.005, "irregularity": 0.008, "unlikeness": 0.008}
    for number in range(WARM_UP + STEPS):
        slider = list(moves)[number % len(moves)]
        recipe = replace(recipe, **{slider: getattr(recipe, slider) + moves[slider]})
        yield recipe


def times(count: int) -> dict[str, list[float]]:
    """Return the time of each stage at each step, in ms."""
    out: dict[str, list[float]] = {stage: [] for stage in ("grow", "radiograph", "measure", "read", "all four")}
    for recipe in steps(count):
        clock = [time.perf_counter()]
        pattern = grow(recipe, SEED)
        clock.append(time.perf_counter())
        radiograph(pattern, VIEW)
        clock.append(time.perf_counter())
        findings = measure(pattern, VIEW)
        clock.append(time.perf_counter())
        read(findings)
        clock.append(time.perf_counter())
        stages = [1000 * (end - begin) for begin, end in pairwise(clock)]
        for stage, took in zip(out, (*stages, sum(stages)), strict=True):
            out[stage].append(took)
    return {stage: taken[WARM_UP:] for stage, taken in out.items()}


def run() -> None:
    """Time the kernel's work and print it."""
    for count in COUNTS:
        taken = times(count)
        print_table(f"kernel, {count} particles, 512 x 512, {STEPS} steps", taken)
        if count == COUNTS[0]:
            print_limit(
                f"one slider step at {count} particles, median ms", median(taken["all four"]), LIMIT_MS, at_most=True
            )
