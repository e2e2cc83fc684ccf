"""Peak memory of a session with ten cases open, and what ten thousand steps of a slider leave behind."""

from __future__ import annotations

import multiprocessing

import psutil

from benchmarks.table import print_limit

CASES, LIMIT_MB = 10, 500.0
FEW, MANY, GROWTH = 100, 10_000, 1.05


def session() -> tuple[float, float]:
    """Open the cases; return this process's memory after the imports and at its peak, in MB."""
    from calcifications.imaging import WORK_UP, radiograph
    from calcifications.pattern import forms, grow, preset
    from calcifications.reading import measure, read

    process = psutil.Process()
    before = process.memory_info().rss
    open_cases = []
    peak = before
    for seed, form in zip(range(CASES), forms(), strict=False):
        pattern = grow(preset(form), seed)
        pictures = [radiograph(pattern, view) for view in WORK_UP]
        pictures.append(radiograph(pattern, "MLO", field="breast"))
        read([measure(pattern, view) for view in WORK_UP])
        open_cases.append([picture.pixels for picture in pictures])  # as a page holds them, sums and layers
        open_cases.append(pictures)  # type: ignore[arg-type]
        peak = max(peak, process.memory_info().rss)
    return before / 1e6, peak / 1e6


def steps() -> tuple[float, float]:
    """Move an explorer's sliders as its page does; return this process's memory after a few steps and after many."""
    from itertools import cycle, islice

    from calcifications.apps import explore
    from calcifications.pattern import Recipe

    process = psutil.Process()
    explorer = explore(Recipe(count=60, extent_mm=18))
    moves = ({"count": count, "size_mm": 0.2 + count / 400} for count in cycle([*range(40, 80), *range(80, 40, -1)]))
    after = []
    for number, move in enumerate(islice(moves, MANY), start=1):
        explorer.set_state({"asked": {**explorer.asked, "recipe": {**explorer.asked["recipe"], **move}}})
        if number in (FEW, MANY):
            after.append(process.memory_info().rss / 1e6)
    return after[0], after[1]


def run() -> None:
    """Run each session in a process of its own, so that nothing else counts, and print its memory."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        before, peak = pool.apply(session)
        few, many = pool.apply(steps)
    print(f"\nmemory: {before:.0f} MB with the course loaded, {peak:.0f} MB with {CASES} cases open")
    print_limit(f"peak memory with {CASES} cases open, MB", peak, LIMIT_MB, at_most=True)
    print(f"memory: {few:.0f} MB after {FEW} steps of a slider, {many:.0f} MB after {MANY:,}")
    print_limit(f"times the memory, {MANY:,} steps against {FEW}", many / few, GROWTH, at_most=True)
