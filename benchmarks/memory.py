"""Peak memory of a session with ten cases open, each on all its views and as a whole breast."""

from __future__ import annotations

import multiprocessing

import psutil

from benchmarks.table import print_limit

CASES, LIMIT_MB = 10, 500.0


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


def run() -> None:
    """Run the session in a process of its own, so that nothing else counts, and print its memory."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        before, peak = pool.apply(session)
    print(f"\nmemory: {before:.0f} MB with the course loaded, {peak:.0f} MB with {CASES} cases open")
    print_limit(f"peak memory with {CASES} cases open, MB", peak, LIMIT_MB, at_most=True)
