"""A thousand questions of all kinds: how many a second, on one core. Their pictures are taken when they are shown."""

from __future__ import annotations

import time
from collections import defaultdict

import numpy as np

from benchmarks.table import print_limit, print_table
from calcifications.learning.items import KINDS, fresh_item

COUNT = 1000
LIMIT_A_SECOND = 200.0


def run() -> None:
    """Make the questions, kinds in turn, and print what each took of this process's own time."""
    chance = np.random.default_rng(0)
    kinds = list(KINDS)
    for kind in kinds:
        fresh_item(kind, chance)  # tables are read once
    took = defaultdict(list)
    for number in range(COUNT):
        kind = kinds[number % len(kinds)]
        began = time.process_time()
        fresh_item(kind, chance)
        took[kind].append(1000 * (time.process_time() - began))
    print_table(f"{COUNT} questions", {KINDS[kind].title: times for kind, times in took.items()})
    total = sum(sum(times) for times in took.values()) / 1000
    print_limit("questions a second on one core", COUNT / total, LIMIT_A_SECOND, at_most=False)
