"""Rows of times, as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np


def median(times: Sequence[float]) -> float:
    """Return the median of times in ms."""
    return float(np.median(times))


def print_table(title: str, rows: Mapping[str, Sequence[float]]) -> None:
    """Print the median and the 95th percentile of each row's times, in ms."""
    width = max(len(name) for name in (title, *rows))
    print(f"\n{title:{width}}  median ms  p95 ms")
    for name, times in rows.items():
        print(f"{name:{width}}  {median(times):9.1f}  {np.percentile(times, 95):6.1f}")


def print_limit(what: str, value: float, limit: float, *, at_most: bool) -> None:
    """Print whether a figure keeps to its limit."""
    kept = value <= limit if at_most else value >= limit
    print(f"{'PASS' if kept else 'FAIL'}  {what}: {value:.2f}, {'at most' if at_most else 'at least'} {limit:g}")
