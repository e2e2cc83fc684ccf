"""Questions into files, a thousand of them on one core: their words alone, and with their pictures."""

from __future__ import annotations

import time

from benchmarks.table import print_limit
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.exports import gift, moodle
from calcifications.teaching.question import questions

COUNT = 1000
CASES = 12
LIMIT_S = 60.0


def run() -> None:
    """Export a few cases and print what a thousand questions would take of this process's own time."""
    deck = make(Rule(CASES, ("suspicious",), questions=("form", "distribution"), borderline=False))
    many = len(deck.asked)
    for what, text in (("words alone (GIFT)", gift.text), ("with three pictures each (Moodle)", moodle.text)):
        began = time.process_time()
        size = sum(len(part) for part in text(deck.title, questions(deck)))
        took = (time.process_time() - began) * COUNT / many
        print(f"\n{many} questions, {what}: {size / many / 1024:.0f} kB each")
        print_limit(f"s for {COUNT} questions, {what}", took, LIMIT_S, at_most=True)
