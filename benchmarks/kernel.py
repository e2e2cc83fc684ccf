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

WARM_UP = 5
SEED, VIEW = 7, "CC"  # one breast, one view: its tissue is kept, as it is under a learner's hand
SHAPE = (768, 768)
EVERYDAY, MOST = 60, 5000
STEPS = {EVERYDAY: 240, MOST: 24}
FROM = {"size_mm": 0.25, "irregularity": 0.7, "unlikeness": 0.4}
TO = {"size_mm": 0.4, "irregularity": 1.0, "unlikeness": 0.6}
LIMITS_MS = {EVERYDAY: 10.0, MOST: 150.0}


def crowd(count: int) -> Recipe:
    """Return so many fine pleomorphic calcifications, all within the field."""
    recipe = preset("fine pleomorphic", "grouped")
    return replace(recipe, count=count, arrangement="area", extent_mm=40.0)


def steps(count: int, number: int) -> Iterator[Recipe]:
    """Move three sliders in turn, a little at a time and never back, so that no step repeats an earlier one."""
    recipe, last = (replace(crowd(count), **ends) for ends in (FROM, TO))
    for step in range(number):
        slider = list(FROM)[step % len(FROM)]
        move = (getattr(last, slider) - getattr(recipe, slider)) / (number - step)
        recipe = replace(recipe, **{slider: getattr(recipe, slider) + move})
        yield recipe


def times(count: int, number: int) -> dict[str, list[float]]:
    """Return the time of each stage at each step, in ms."""
    out: dict[str, list[float]] = {stage: [] for stage in ("grow", "picture", "measure", "read", "all four")}
    for recipe in steps(count, WARM_UP + number):
        clock = [time.perf_counter()]
        pattern = grow(recipe, SEED)
        clock.append(time.perf_counter())
        radiograph(pattern, VIEW, shape=SHAPE)
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
    for count, number in STEPS.items():
        taken = times(count, number)
        print_table(f"kernel, {count} particles, {SHAPE[0]} x {SHAPE[1]}, {number} steps", taken)
        print_limit(
            f"one slider step at {count} particles, median ms",
            median(taken["all four"]),
            LIMITS_MS[count],
            at_most=True,
        )
