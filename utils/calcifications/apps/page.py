"""What a page writes about a reading: plain words first, the field's term beside them, checks against thresholds."""

from __future__ import annotations

from typing import Any

from calcifications.lexicon import term
from calcifications.reading import FEATURES, NONE, Check, Doubt, Findings, Group, Reading, Rulebook

Json = dict[str, Any]

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


def amount(feature: str, value: float) -> str:
    """Return a measure as a page prints it; a digit more where it would look like nothing and is not."""
    known = FEATURES.get(feature)
    if known is None:  # a number of the context: months, years
        return f"{value:g}"
    if "share" in feature:
        value, places, unit = 100 * value, 0, "%"
    else:
        places, unit = known.places, known.unit
    more = next((more for more in range(places, 6) if value == 0 or float(f"{value:.{more}f}")), places)
    return f"{value:.{more}f} {unit}".strip()


def doubt_line(doubt: Doubt) -> str:
    """Say which two words compete, and how near the measure is to the threshold between them."""
    words = [word if word != NONE else "no word" for word in (doubt.word, doubt.rival)]
    if not doubt.feature:
        return f"Borderline: {words[0]} or {words[1]} (what is seen here can't tell them apart)."
    label = FEATURES[doubt.feature].label if doubt.feature in FEATURES else doubt.feature.replace("_", " ")
    return (
        f"Borderline: {words[0]} or {words[1]} ({label} {amount(doubt.feature, abs(doubt.margin))} from the threshold)."
    )


def warning(book: Rulebook) -> str:
    """Return what stands over everything a rulebook says: its banner's first sentence, or that it is none to act on."""
    if book.banner:
        return book.banner.split(". ")[0].rstrip(".") + "."
    if book.kind == "history":
        return "History: to compare, not to act on."
    return book.note if book.advisory else ""


def verdict(reading: Reading) -> Json:
    """Return the verdict: the words, the category, what is done, what it would be after work-up."""
    after = reading.after_work_up
    book = reading.rulebook
    outcome = book.outcomes.get(reading.category)
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
        "form_plain": plain(book.meant(reading.morphology), "Form"),
        "distribution": reading.distribution_phrase,
        "distribution_plain": plain(book.meant(reading.distribution), "Where"),
        "category": reading.category if outcome else "–",
        "category_plain": outcome.plain if outcome else "",
        "management": reading.management,
        "after": said,
        "doubt": doubt_line(reading.borderline[0]) if reading.borderline else "",
        "warning": warning(book),
    }


def alt_text(findings: Findings, reading: Reading) -> str:
    """Describe the picture by what was measured: "Nine irregular specks, about 0.35 mm, in a group 8 mm wide, ..."."""
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
    if (largest := f"{group.values['largest_mm']:.2f}") != f"{size:.2f}":
        text = text.removesuffix(" mm") + f" and up to {largest} mm"
    if count > 1:
        wide = f"{group.values['extent_mm']:.0f} mm"
        text += f", in a group {wide} wide" if reading.distribution == "grouped" else f", over {wide}"
    return f"{text}, on the {findings.view} view."
