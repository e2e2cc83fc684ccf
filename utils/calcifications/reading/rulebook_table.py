"""All rules of all rulebooks as one page of Markdown: what each asks, with its tolerance, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from calcifications.lexicon import sources
from calcifications.reading.context import CHOICES
from calcifications.reading.findings import FEATURES
from calcifications.reading.rulebook import STEPS, WORD_OF_STEP, Condition, Rule, Rulebook
from calcifications.reading.shelf import rulebook, rulebooks

_STEP = {
    "real": "Real or not", "form": "Form", "distribution": "Distribution", "category": "Category", "setting": "Setting",
}  # fmt: skip
_SIGN = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_HEAD = """# The rules of every rulebook

Written by `python -m calcifications rules table --store docs/rulebooks.md`; a test says when it is out of date. The
rules themselves are in `utils/calcifications/reading/rulebooks`, one file a rulebook, and every one of them can be
changed there without Python. In each step the first rule whose conditions all hold gives the word. "± 0.1" is the
tolerance: nearer to a threshold than that, two words compete and the reading is borderline. Remarks change no category.

How sure: *found* is read in the source; *found second-hand*, in somebody's summary of it; *course convention*, the
course put the number on a word of the source, or the word itself.
"""


def table() -> str:
    """Return the page."""
    books = [rulebook(name) for name in rulebooks()]
    lines = [_HEAD]
    for book in books:
        lines += [*_book(book), ""]
    cited = {source for book in books for rule in book.rules for source in rule.source}
    lines += ["## Sources", ""]
    lines += [f"- **{each.id}** {each.citation} ({each.kind})" for each in sources().values() if each.id in cited]
    return "\n".join(lines) + "\n"


def _book(book: Rulebook) -> Iterator[str]:
    yield f"## {book.title} (`{book.id}`)"
    yield ""
    yield f"{book.edition}. {book.note}"
    yield ""
    if book.banner:
        yield f"> {book.banner}\n"
    yield "It does not cover: " + "; ".join(book.not_covered) + "."
    yield ""
    yield "| verdict | means | what is done |\n|---|---|---|"
    yield from (f"| {each.name} | {each.plain} | {each.management} |" for each in book.outcomes.values())
    taken: set[str] = set()
    if book.base:
        base = rulebook(book.base)
        own = {rule.id for rule in book.rules} - {rule.id for rule in base.rules}
        taken = {rule.step for rule in book.rules if rule.id not in own}
        words = "; ".join(f"{old} is called {new}" for old, new in book.renamed.items() if old != new)
        yield ""
        yield (
            f"{', '.join(_STEP[step] for step in STEPS if step in taken)}: as in {base.title}"
            + (f", but {words}." if words else ".")
        )
    for step in STEPS:
        if step not in taken and any(rule.step == step for rule in book.rules):
            yield ""
            yield f"### {_STEP[step]}\n"
            yield "| rule | says | asks | sources | how sure |\n|---|---|---|---|---|"
            yield from (_row(rule) for rule in book.rules if rule.step == step)


def _row(rule: Rule) -> str:
    asks = "; ".join(_asked(condition) for condition in rule.when) or "nothing: it holds where no other did"
    title = f"**{rule.title}** {rule.because}"
    return f"| {title} | {_said(rule)} | {asks} | {', '.join(rule.source)} | {rule.certainty} |"


def _said(rule: Rule) -> str:
    if rule.remark:
        return "(remark)"
    if isinstance(rule.says, str):
        said = rule.says if rule.says != "none" or rule.step not in WORD_OF_STEP else "no word"
    else:
        said = ", ".join(f"{where}{'*' if where in rule.anchored else ''} {word}" for where, word in rule.says.items())
        said += " (* has a source)" if rule.anchored else ""
    return said + (f" (or {', '.join(rule.rival)})" if rule.rival else "")


def _asked(condition: Condition) -> str:
    if isinstance(condition.threshold, tuple):
        name = condition.feature.replace("_", " ") if condition.feature in CHOICES else condition.feature
        return f"{name} {'not ' if condition.op == 'is not' else ''}{' or '.join(condition.threshold)}"
    feature = FEATURES.get(condition.feature)
    label, unit = (feature.label, feature.unit) if feature else (condition.feature.replace("_", " "), "")
    share = "share" in condition.feature
    number, give = (100 * each if share else each for each in (condition.threshold, condition.tolerance))
    tolerance = f" ± {give:g}" if give else ""
    return f"{label} {_SIGN[condition.op]} {number:g}{tolerance}{' %' if share else f' {unit}' if unit else ''}"
