"""Two exams of the same breast: above, the earlier one; below, what the second shows, and what that means."""

from dataclasses import replace

import calcifications as cx
from figures.plate import Panel, plate, save

ROUND, RAGGED = cx.preset("punctate"), cx.preset("fine pleomorphic")
WAS = [
    Panel(replace(ROUND, count=5), "first exam", "5 smooth dots"),
    Panel(ROUND, "first exam", f"{ROUND.count} smooth dots"),
    Panel(RAGGED, "first exam", f"{RAGGED.count} ragged specks"),
    Panel(RAGGED, "first exam", f"{RAGGED.count} ragged specks"),
]


def now(recipe: cx.Recipe, was: cx.Recipe, what: str, months: int = 0) -> Panel:
    """Return the second exam, with the change that is measured and the category after work-up."""
    change = cx.change(*(cx.measure(cx.grow(each, seed=2)) for each in (recipe, was)))
    known = cx.Context(setting="diagnostic", prior=change, stable_months=months)
    reading = cx.Case(recipe, known, seed=2).reading()
    since = f" for {months} months" if months else ""
    return Panel(recipe, what, f"{change}{since}\n{reading.morphology}: {reading.category}")


NOW = [
    now(ROUND, WAS[0].recipe, "second exam"),
    now(ROUND, ROUND, "second exam", 24),
    now(RAGGED, RAGGED, "second exam", 24),
    now(replace(RAGGED, count=6), RAGGED, "second exam"),
]
save(plate([("earlier", WAS), ("now", NOW)], 12, 5), __file__)
