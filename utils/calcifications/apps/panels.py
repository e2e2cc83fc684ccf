"""What stands behind the tabs beside the verdict: why, what would change it, the other rulebooks, the evidence.

Only the tab that is open is worked out, so that the others cost a slider's step nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from calcifications.apps.page import amount, check_line, doubt_line, verdict
from calcifications.case import Case
from calcifications.errors import pick
from calcifications.reading import NONE, Check, Reading, Step, rulebooks
from calcifications.reading.compare import compared
from calcifications.reading.evidence import Evidence, Rate, RealCount, evidence
from calcifications.what_if import FINE, GRID, Move

Json = dict[str, Any]

_STEP_NAMES = {
    "real": "Calcium?",
    "form": "Form",
    "distribution": "Where",
    "category": "Category",
    "setting": "Setting",
}
_DEPTHS = ("anterior", "middle", "posterior")  # thirds of the way from the nipple to the chest wall
TRIED = (
    f"Tried by growing and reading again: {GRID[0]} of a slider’s hundred positions away on both sides, then its ends; "
    f"then the way is halved, down to 1/{FINE} of the move, a count to the very number."
)


def near_line(check: Check) -> Json:
    """Return a check with how much there is to spare, or missing, and whether that is so little that words compete."""
    line = check_line(check)
    if isinstance(check.threshold, tuple) or math.isinf(check.margin):
        return line | {"margin": "", "near": False}
    spare = abs(check.margin)
    said = (
        f"{amount(check.feature, spare)} {'to spare' if check.holds else 'short'}" if spare > math.ulp(0) else "no more"
    )
    return line | {"margin": said, "near": spare < check.tolerance}


def step_lines(step: Step) -> Json:
    """Return a rule that fired, with its checks on numbers; a remark gives no word and stands beside the category."""
    return {
        "name": _STEP_NAMES[step.step] if step.says else "Also",
        "rule": step.rule,
        "title": step.title,
        "because": step.because,
        "checks": [near_line(check) for check in step.checks if not isinstance(check.threshold, tuple)],
        "source": list(step.source),
        "certainty": step.certainty,
    }


def failed(step: Step) -> str:
    """Say which checks a rule failed on: "most within 1 cm of each other: 4, asked: at least 5"."""
    lines = [check for check in step.checks if not check.holds]
    return "; ".join("{}: {}, asked: {}".format(check.label, *check.shown) for check in lines)


def place(case: Case, group: int) -> Json:
    """Return where a group lies, as a report says it: side, clock as one faces the patient, depth, nipple distance."""
    pattern = case.pattern
    x, y, z = pattern.particles.centre[pattern.particles.group == group].mean(axis=0).tolist()
    nipple, side = pattern.breast.nipple, case.groups[group].breast
    turn = math.atan2(y if side == "left" else -y, z)  # y: towards the arm, at 3 o'clock in a left breast
    share = (nipple[0] - x) / (nipple[0] - pattern.breast.wall_mm)
    return {
        "side": side,
        "clock": round(turn / (math.pi / 6)) % 12 or 12,
        "depth": _DEPTHS[min(max(int(3 * share), 0), 2)],
        "distance_mm": float(np.linalg.norm(np.array([x, y, z]) - nipple)),
    }


def why(case: Case, reading: Reading) -> Json:
    """Return the rules that apply, how near the thresholds are, and the words of a report."""
    book = reading.rulebook
    return {
        "about": [text for text in (book.banner, book.note) if text],
        "not_covered": list(book.not_covered),
        "doubts": [doubt_line(doubt) for doubt in reading.borderline],
        # that nothing speaks for an artefact is the rule; the page says it only when something does
        "steps": [
            step_lines(step) for step in reading.steps if step.fired and (step.step, step.says) != ("real", NONE)
        ],
        "report": reading.report(**place(case, reading.group)),
        "edition": book.edition,
        "read_on": "Read on this picture." if len(case.views) == 1 else f"Read on {', '.join(case.views)}.",
    }


def change(case: Case, reading: Reading) -> Json:
    """Return how moves are looked for; the moves themselves come one slider at a time."""
    return {"tried": TRIED}


def move_line(move: Move) -> Json:
    """Return a move: where its slider goes, and what that does."""
    head, news = move.sentence.split(": ", 1)
    return {"slider": move.slider, "now": move.now, "head": head, "news": news}


def book_line(reading: Reading) -> Json:
    """Return a rulebook's verdict in one line: its own words, and what it makes of them."""
    book = reading.rulebook
    said = reading.category if reading.category != NONE else book.silence
    words = [word for word in (reading.morphology, reading.distribution) if word != NONE]
    return {
        "id": book.id,
        "title": book.title,
        "words": ", ".join(words) or "no word fits",
        "line": said if book.advisory else reading.verdict_phrase,
        "then": reading.after_work_up.management if reading.category != NONE else "",
        "warning": bool(book.banner),
    }


def books(case: Case, reading: Reading) -> Json:
    """Return all rulebooks' verdicts on the same pattern, and where and why they part, the chosen one first."""
    chosen = reading.rulebook.id
    every = {name: case.reading(name) for name in rulebooks()} | {chosen: reading}  # it may be a person's own file
    parts = compared([reading, *(one for name, one in every.items() if name != chosen)]).told
    return {
        "rows": [book_line(one) | {"chosen": name == chosen} for name, one in every.items()],
        "parts": [
            {
                "between": [every[name].rulebook.title for name in part.between],
                "what": part.what,
                "why": part.why,
                "source": list(part.source),
            }
            for part in parts
        ],
    }


def _per_cent(span: tuple[float, float]) -> str:
    low, high = (f"{round(percent, 1 if percent < 1 else 0):g}" for percent in span)
    return f"{low} to {high} %"


def _published(known: Evidence, outcome: str) -> Iterator[Json]:
    """Return the range of each of the reading's words and of its outcome, and the studies behind it."""
    asked = [(word,) for word in known.words] + ([known.words] if len(known.words) > 1 else []) + [(known.category,)]
    for words in asked:
        if rates := known.of(*words):
            span = known.span(*words)
            yield {
                "words": outcome if words == (known.category,) else ", ".join(words),
                "span": _per_cent(span) if span[0] < span[1] else "one figure, too little for a range",
                "many": f"{len(rates)} figures" if len(rates) > 1 else "one series",
                "studies": [_study(rate) for rate in rates],
            }


def _study(rate: Rate) -> Json:
    counted = f"{rate.malignant} of {rate.lesions}" if rate.malignant is not None and rate.lesions else ""
    return {
        "percent": f"{rate.percent:g} %" + (f" ({counted})" if counted else ""),
        "design": rate.design,
        "note": rate.note,
        "source": rate.source,
    }


def _counted(count: RealCount) -> Json:
    if not count.lesions:
        return {"words": ", ".join(count.words), "span": "", "cases": "no lesion was described so"}
    cases = f"{count.malignant} of {count.lesions} malignant, 95 % interval"
    if 0 < count.called_back < count.lesions:
        cases += f"; of the {count.called_back} called back, {_per_cent(count.wilson_called_back)}"
    return {"words": ", ".join(count.words), "span": _per_cent(count.wilson), "cases": cases}


def known(case: Case, reading: Reading) -> Json:
    """Return what has been published and counted of lesions with these words: ranges and intervals, nobody's risk."""
    found = evidence(reading)
    outcome = f"category {found.category}" if reading.rulebook.kind == "lexicon" else found.category
    return {
        "published": list(_published(found, outcome)),
        "real": [_counted(count) for count in found.real],
        "caution": found.caution,
    }


PANELS = {
    "why": ("Why", why),
    "change": ("What would change it", change),
    "books": ("Rulebooks", books),
    "evidence": ("Evidence", known),
}
"""The tabs in their order: what stands on each, and what works it out."""


def not_applied(reading: Reading) -> list[Json]:
    """Return the rules that were tried before those that apply, and what each failed on."""
    return [{"title": step.title, "failed": failed(step)} for step in reading.steps if not step.fired]


def page(case: Case, reading: Reading, tab: str, *, others: bool = False) -> Json:
    """Return all that is written on the right: the verdict, and the tab that is open.

    Parameters
    ----------
    case : Case
    reading : Reading
    tab : str
    others : bool
        Whether the rules that do not apply are unfolded too: they are longer than all the rest.

    Raises
    ------
    CourseError
        If there is no such tab.
    """
    _, panel = PANELS[pick(tab, PANELS, "tab")]
    unfolded = not_applied(reading) if others else None
    return {"verdict": verdict(reading), "tab": tab, "panel": panel(case, reading), "others": unfolded}
