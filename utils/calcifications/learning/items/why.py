"""Why a rule decides, and what a rule that does not would need."""

from __future__ import annotations

from calcifications.learning.items.feedback import measured
from calcifications.reading import Check, Reading, Step
from calcifications.reading.reading import Checks


def because(fired: Step) -> str:
    """Say why a rule is a rule, and what it asked here."""
    return f"{fired.because}{measured(fired)}"


def needs(checks: list[Check]) -> str:
    """Say what of a rule does not hold: what is clear of the threshold, if anything is."""
    failing = [check for check in checks if not check.holds]
    clear = [check for check in failing if check.margin < -check.tolerance]  # 4.02 is printed as 4.0
    return "; ".join(_need(check) for check in clear or failing)


def _need(check: Check) -> str:
    """Say what a rule asks for, and what is here: "lines at least 2, and here it is 1"."""
    value, asked = check.shown
    return f"{check.label}{':' if isinstance(check.threshold, tuple) else ''} {asked}, and here it is {value}"


def unlike(reading: Reading, step: str, word: str, untold: frozenset[str] = frozenset()) -> str:
    """Say what the rule behind a wrong word would need, or that the one that decides comes first.

    Parameters
    ----------
    reading : Reading
    step, word : str
    untold : frozenset of str
        Features of which nothing may be said yet.
    """
    meant = [each for each in tried(reading, step) if each.says == word]
    # what a rule that leaves another word open asks for, such as a hollow centre, holds of much unlike the word
    rivals = {rule.id for rule in reading.rulebook.of_step(step) if rule.rival}
    behind = min([each for each in meant if each.rule not in rivals] or meant, key=missed, default=None)
    if behind is None:
        return f"“{word}” is for patterns that no rule fits; here one does."
    failing, first = needs([check for check in behind.checks if check.feature not in untold]), reading.fired(step)
    if first and behind.fired:
        return f"What “{word}” asks for is there too, but the rules ask for “{first.says}” first, and it fits."
    if not failing:
        return f"“{word}” would need other numbers, which would tell how they lie: that is asked next."
    return f"“{word}” would need: {failing}."


def missed(step: Step) -> float:
    """Return the share of a rule's checks that do not hold: how far it is from being right."""
    return sum(not check.holds for check in step.checks) / max(len(step.checks), 1)


def tried(reading: Reading, step: str) -> tuple[Step, ...]:
    """Try every rule of a step that has a word for what lies so, also those behind the one that decided."""
    where = reading.distribution
    out = []
    for rule in reading.rulebook.of_step(step):
        says = rule.says if isinstance(rule.says, str) else rule.says.get(where)
        checks = Checks(rule, reading.facts)
        if says is not None:
            fired = all(check.holds for check in checks)
            out.append(
                Step(rule.id, rule.step, rule.title, says, fired, checks, rule.because, rule.source, rule.certainty)
            )
    return tuple(out)
