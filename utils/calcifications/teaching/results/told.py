"""What is said of a class's results, in sentences: on the page, and on the command line."""

from __future__ import annotations

from math import isnan

from calcifications.learning.items import KINDS
from calcifications.teaching.deck import counted
from calcifications.teaching.results.again import ENOUGH, weak
from calcifications.teaching.results.class_results import ClassResults
from calcifications.teaching.results.labels import Labels
from calcifications.teaching.results.numbers import ClassKappa, Spread, agreements, spread


def labels(results: ClassResults, *, numbers: bool) -> Labels:
    """Return what the students and files of some results are called."""
    files = [(each.student, each.file) for each in results.handed]
    files += [(each.student, each.file) for each in results.left_out]
    return Labels([*results.missing, *(name for both in files for name in both if name)], numbers=numbers)


def left_out(results: ClassResults, named: Labels) -> list[str]:
    """Return for each file that is left out why, in one sentence."""
    return [
        f"{named.file(each.file)} {each.reason}{f' {named.file(each.other)}' if each.other else ''}."
        for each in results.left_out
    ]


def scores(of: Spread) -> str:
    """Return how the scores lie, in one sentence."""
    said = f"Mean {of.mean:.1f} of {of.questions}, median {of.median:g}, from {of.low} to {of.high}"
    return f"{said}." if isnan(of.sd) else f"{said}, standard deviation {of.sd:.1f}."


def agreed(of: ClassKappa) -> str:
    """Return how far a class agrees with the key in a kind of question, in one sentence."""
    within = "" if isnan(of.low) else f" (95 % interval {of.low:.2f} to {of.high:.2f})"
    return (
        f"{KINDS[of.kind].title.capitalize()}: kappa {of.kappa:.2f}{within} over {counted(of.answers, 'answer')}; "
        f"radiologists among themselves {of.radiologists:.2f}."
    )


def taught_again(results: ClassResults) -> list[str]:
    """Return what to teach again, a sentence or two a word."""
    found = [str(each) for each in weak(results.handed)]
    return found or [f"Nothing stands out: every word was right in {100 * ENOUGH:.0f} % of the answers or more."]


def summary(results: ClassResults, *, numbers: bool = False) -> str:
    """Return the results as text."""
    named = labels(results, numbers=numbers)
    head = f"{counted(len(results.handed), 'result')}, {counted(len(results.left_out), 'file')} left out"
    lines = [f"{head}, {len(results.missing)} missing.", *results.notes]
    if results.handed:
        lines += ["", f"Scores: {scores(spread(results.handed))}"]
        lines += [f"  {agreed(each)}" for each in agreements(results.handed)]
        lines += ["", "To be taught again:", *(f"  {each}" for each in taught_again(results))]
    if results.left_out:
        lines += ["", "Left out:", *(f"  {line}" for line in left_out(results, named))]
    if results.missing:
        lines += ["", "Missing:", *(f"  {named.student(name, name)}" for name in results.missing)]
    return "\n".join(lines)
