"""What a page writes about a reading: plain words first, the field's term beside them, checks against thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcifications.case import Case
from calcifications.imaging import Radiograph, View, project
from calcifications.lexicon import term
from calcifications.pattern import Pattern
from calcifications.reading import FEATURES, NONE, Check, Doubt, Findings, Group, Reading, Step, rulebooks
from calcifications.reading.overlays import overlays

Json = dict[str, Any]

_STEP_NAMES = {
    "real": "Calcium?",
    "form": "Form",
    "distribution": "Where",
    "category": "Category",
    "setting": "Setting",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def plain(word: str, otherwise: str) -> str:
    """Return the lay words for a lexicon term; `otherwise` if the word is not the lexicon's."""
    try:
        return term(word).plain
    except ValueError:
        return otherwise


def check_line(check: Check) -> Json:
    """Return one check for the page: label, value, threshold, and where both lie on a bar (None for words)."""
    value, asked = check.shown
    fraction = mark = None
    if not isinstance(check.threshold, tuple) and check.threshold > 0 and check.value == check.value:
        # the bar ends at twice the threshold, so the mark stands in the middle; shares end at everything
        end = max(1.0, check.threshold) if "share" in check.feature else 2 * check.threshold
        fraction, mark = min(max(check.value / end, 0.0), 1.0), check.threshold / end
    return {
        "label": check.label,
        "value": value,
        "asked": asked,
        "holds": check.holds,
        "fraction": fraction,
        "mark": mark,
    }


def step_lines(step: Step) -> Json:
    """Return a rule that fired, with its checks on numbers."""
    return {
        "name": _STEP_NAMES[step.step],
        "rule": step.rule,
        "title": step.title,
        "because": step.because,
        "checks": [check_line(check) for check in step.checks if not isinstance(check.threshold, tuple)],
        "source": list(step.source),
        "certainty": step.certainty,
    }


def failed(step: Step) -> str:
    """Say which checks a rule failed on: "most within 1 cm of each other: 4, asked: at least 5"."""
    lines = [check for check in step.checks if not check.holds]
    return "; ".join("{}: {}, asked: {}".format(check.label, *check.shown) for check in lines)


def doubt_line(doubt: Doubt) -> str:
    """Say which two words compete, and how near the measure is to the threshold between them."""
    words = [word if word != NONE else "no word" for word in (doubt.word, doubt.rival)]
    if not doubt.feature:
        return f"Borderline: {words[0]} or {words[1]} (what is seen here can't tell them apart)."
    feature = FEATURES[doubt.feature]
    near = f"{100 * abs(doubt.margin):.0f} %" if "share" in feature.name else f"{abs(doubt.margin):.2f} {feature.unit}"
    return f"Borderline: {words[0]} or {words[1]} ({feature.label} {near.strip()} from the threshold)."


def verdict(reading: Reading) -> Json:
    """Return the verdict: the words, the category, what is done, what it would be after work-up."""
    after = reading.after_work_up
    outcome = reading.rulebook.outcomes.get(reading.category)
    said = ""
    if after is not reading:
        known = after.rulebook.outcomes.get(after.category)
        # other views may show what this one can't: then the words change too
        words = [after.form_phrase, after.distribution_phrase]
        first = "" if words == [reading.form_phrase, reading.distribution_phrase] else f"{', '.join(words)}: "
        said = (
            f"After work-up: {first}" + (f"{after.category}, {known.plain}; " if known else "") + f"{after.management}."
        )
    return {
        "form": reading.form_phrase,
        "form_plain": plain(reading.morphology, "Form"),
        "distribution": reading.distribution_phrase,
        "distribution_plain": plain(reading.distribution, "Where"),
        "category": reading.category if outcome else "–",
        "category_plain": outcome.plain if outcome else "",
        "management": reading.management,
        "after": said,
        "doubt": doubt_line(reading.borderline[0]) if reading.borderline else "",
        "advisory": reading.rulebook.advisory,
        "note": reading.rulebook.note,
    }


def book_line(reading: Reading) -> str:
    """Return a rulebook's verdict in one line."""
    if reading.rulebook.advisory:
        return reading.category if reading.category != NONE else reading.rulebook.silence
    return reading.verdict_phrase


def page(case: Case, reading: Reading) -> Json:
    """Return everything that the right-hand side writes about a reading, beside the other rulebooks' verdicts."""
    books = []
    for name in rulebooks():
        one = reading if name == reading.rulebook.id else case.reading(name)
        chosen = name == reading.rulebook.id
        books.append({"id": name, "title": one.rulebook.title, "line": book_line(one), "chosen": chosen})
    if reading.rulebook.id not in rulebooks():  # a person's own file
        books.append(
            {"id": reading.rulebook.id, "title": reading.rulebook.title, "line": book_line(reading), "chosen": True}
        )
    return {
        "verdict": verdict(reading),
        "books": books,
        # that nothing speaks for an artefact is the rule; the page says it only when something does
        "steps": [
            step_lines(step) for step in reading.steps if step.fired and (step.step, step.says) != ("real", NONE)
        ],
        "others": [{"title": step.title, "failed": failed(step)} for step in reading.steps if not step.fired],
        "edition": reading.rulebook.edition,
        "read_on": "Read on this picture." if len(case.views) == 1 else f"Read on {', '.join(case.views)}.",
    }


def alt_text(findings: Findings, reading: Reading) -> str:
    """Describe the picture by what was measured: "Nine irregular specks, about 0.35 mm, over 8 mm, on the CC view"."""
    group: Group = findings.groups[reading.group]
    count, size = int(group.values["count"]), group.values["size_mm"]
    if not count:
        return f"A mammogram close-up, {findings.view} view, on which no calcification can be made out."
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    edge = "hazy" if group.values["readable_share"] <= 0.5 else (
        "irregular" if group.values["odd_share"] >= 0.2 else "smooth"
    )  # fmt: skip
    noun = "speck" if size < 1 else "calcification"
    text = f"{number.capitalize()} {edge} {noun}{'' if count == 1 else 's'}, about {size:.2f} mm"
    if count > 1:
        text += f", over {group.values['extent_mm']:.0f} mm"
    return f"{text}, on the {findings.view} view."


def shapes(pattern: Pattern, picture: Radiograph) -> list[Json]:
    """Return outlines, duct, and the 1 and 2 cm circles about the tightest particles, in picture pixels."""
    over = overlays(pattern, picture.view, shape=picture.background.shape)
    out: list[Json] = [
        {"points": np.round(over.to_pixels(polygon), 1).tolist(), "class": "cx-outline"} for polygon in over.outlines
    ]
    out.append({"points": np.round(over.to_pixels(over.duct), 1).tolist(), "class": "cx-duct", "open": True})
    for x, y, _ in over.circles:
        middle = over.to_pixels(np.array([x, y]))
        for radius, kind in ((5.0, "cx-circle"), (10.0, "cx-circle2")):
            out.append({"x": middle[0], "y": middle[1], "r": radius / over.pixel_mm, "class": kind})
    return out


def labels(view: View) -> Json:
    """Return what is written on a picture: which view it is, and which way the nipple lies."""
    out = "skin" if view.name == "tangential" else "nipple"
    return {
        "name": f"{view.side[0].upper()} {view.name}",
        "plain": view.plain,
        "top": view.top,
        "toward": f"{out} →" if view.side == "left" else f"← {out}",
    }


def breast_map(pattern: Pattern, picture: Radiograph) -> Json:
    """Return the whole breast in small, in mm: its outline, the field of the picture, and every particle's place.

    It is not needed beside a picture that shows the whole breast itself.
    """
    edge = project(picture.view, pattern.breast.silhouette(picture.view.axes))
    rows, columns = (side * picture.pixel_mm / 2 for side in picture.background.shape)
    flip = np.array([1.0, -1.0])
    here = pattern.of_breast(picture.view.side)
    return {
        "needed": not picture.view.whole,
        "outline": np.round(edge * flip, 1).tolist(),
        "field": [-columns, -rows, 2 * columns, 2 * rows],
        "dots": np.round(project(picture.view, pattern.particles.centre[here]) * flip, 1).tolist(),
    }
