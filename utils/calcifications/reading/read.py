"""Reading: trying a rulebook's rules on findings, in the order in which a reader thinks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from calcifications.errors import CourseError, pick, shown
from calcifications.lexicon import distributions, terms
from calcifications.reading.context import Context
from calcifications.reading.findings import Findings
from calcifications.reading.other_breast import other_breast
from calcifications.reading.rates import suspicion
from calcifications.reading.reading import NONE, Check, Checks, Doubt, Reading, Step
from calcifications.reading.rulebook import WORD_OF_STEP, Outcome, Rule, Rulebook
from calcifications.reading.shelf import rulebook as find_rulebook
from calcifications.reading.together import as_seen, counted, together


def _says(rule: Rule, facts: Mapping[str, Any]) -> str | None:
    """Return the word a rule gives here; None if it has no cell for this distribution."""
    return rule.says if isinstance(rule.says, str) else rule.says.get(facts["distribution"])


def _nearest(checks: Iterable[Check]) -> Check:
    return min(
        (check for check in checks if check.tolerance > 0), key=lambda check: abs(check.margin) / check.tolerance
    )


def _try(rules: tuple[Rule, ...], known: Mapping[str, Any]) -> tuple[list[Step], list[Doubt]]:
    """Try a step's rules in order; return those tried, the last of which fired (if any did), and what competes."""
    facts = dict(known)  # more becomes known later, which these rules were not asked of
    where = facts.get("distribution", NONE)
    # a rule, its word, its checks, and whether it fails by more than a hair
    asked = (
        (rule, says, Checks(rule, facts), rule.far(facts)) for rule in rules if (says := _says(rule, facts)) is not None
    )
    tried: list[tuple[Rule, str, Checks, bool]] = []
    for each in asked:
        tried.append(each)
        if not each[3] and all(check.holds for check in each[2]):
            break
    else:
        return [_step(*each[:3], where, fired=False) for each in tried], []
    *before, (rule, word, checks, _) = tried
    doubts: dict[str, Doubt] = {}

    def compete(rival: str, check: Check) -> None:
        if rival != word and rival not in doubts:
            doubts[rival] = Doubt(rule.step, word, rival, check.feature, check.margin)

    for _, says, earlier, far in before:  # it would have come first, but for a hair
        if not far:
            compete(says, _nearest(check for check in earlier if check.margin < 0))
    hair = [check for check in checks if check.tolerance > 0 and check.margin < check.tolerance]
    if hair:  # a hair less, and the next that fits would have come
        after = next((says for _, says, _, far in asked if not far), None)
        if after is not None:
            compete(after, _nearest(hair))
    for rival in rule.rival:
        doubts.setdefault(rival, Doubt(rule.step, word, rival))
    steps = [_step(*each[:3], where, fired=each is tried[-1]) for each in tried]
    return steps, list(doubts.values())


def _step(rule: Rule, says: str, checks: Checks, where: str, *, fired: bool) -> Step:
    """Record a rule as it was tried; of a table of words, only the cells with a source are as sure as the rule."""
    certainty = rule.certainty if isinstance(rule.says, str) or where in rule.anchored else "course convention"
    return Step(rule.id, rule.step, rule.title, says, fired, checks, rule.because, rule.source, certainty)


def _decide(book: Rulebook, facts: dict[str, Any], context: Context, steps: list[Step], doubts: list[Doubt]) -> Reading:
    """Go on from the words to category and management."""
    tried, rivals = _try(book.of_step("category"), facts)
    outcome = _outcome(book, tried)
    decided = [each for each in tried if each.fired] + _remarks(book, facts)
    after: Reading | None = None
    reading = Reading(
        book, context, facts["morphology"], facts["distribution"], outcome.name, outcome.management, outcome.level,
        (*doubts, *rivals), suspicion(_word(book, "form", facts), _word(book, "distribution", facts)),
        (*steps, *decided), artefact=facts["artefact"], facts=facts,
    )  # fmt: skip
    final, _ = _try(book.of_step("setting"), facts | {"category": outcome.name})
    if final and final[-1].fired and final[-1].says != outcome.name:
        after = replace(reading, context=replace(context, setting="diagnostic"))
        outcome = _outcome(book, final)
        reading = replace(
            reading, category=outcome.name, management=outcome.management, level=outcome.level,
            steps=(*reading.steps, final[-1]), _after=after,
        )  # fmt: skip
    return reading


def _remarks(book: Rulebook, facts: dict[str, Any]) -> list[Step]:
    """Return all remarks that hold: they change nothing, but the category must be read with them."""
    told = []
    for rule in book.remarks:
        checks = Checks(rule, dict(facts))
        if all(c.margin(facts.get(c.feature)) >= 0 for c in rule.when):
            told.append(_step(rule, "", checks, NONE, fired=True))
    return told


def _word(book: Rulebook, step: str, facts: dict[str, Any]) -> str:
    """Return the step's word if the lexicon knows it, else "none": a leaflet's own words carry no published rate."""
    word = book.meant(facts[WORD_OF_STEP[step]])
    return word if word in (t.name for t in terms(step)) else NONE


def _outcome(book: Rulebook, tried: list[Step]) -> Outcome:
    if not tried or not tried[-1].fired:
        return Outcome(NONE, book.silence, book.silence, 0)
    outcome = book.outcomes[tried[-1].says]
    own = next(rule.management for rule in book.rules if rule.id == tried[-1].rule)
    return replace(outcome, management=own) if own else outcome


def _facts(context: Context) -> dict[str, Any]:
    """Return what rules may ask of the context, and that no step has found a word yet."""
    return dict.fromkeys(WORD_OF_STEP.values(), NONE) | {name: getattr(context, name) for name in _KNOWN}


_KNOWN = tuple(Context.__dataclass_fields__)


def _read_group(book: Rulebook, values: Mapping[str, float], context: Context) -> Reading:
    facts = {**_facts(context), **values}
    steps: list[Step] = []
    doubts: list[Doubt] = []
    for step, name in WORD_OF_STEP.items():
        tried, rivals = _try(book.of_step(step), facts)
        facts[name] = tried[-1].says if tried and tried[-1].fired else NONE
        steps += tried
        doubts += rivals
    return _decide(book, facts, context, steps, doubts)


def _worst(readings: Sequence[Reading]) -> Reading:
    """Return the reading that decides: the highest level of management, the highest verdict, the worst words."""

    def concern(one: Reading) -> tuple[int, int, float]:
        final = one.after_work_up
        verdicts = list(one.rulebook.outcomes)
        return final.level, verdicts.index(final.category) if final.category in verdicts else -1, one.suspicion

    return max(readings, key=concern)


def read(
    findings: Findings | Sequence[Findings], rulebook: str | Rulebook = "birads5", context: Context | None = None
) -> Reading:
    """Read findings by a rulebook.

    Parameters
    ----------
    findings : Findings or sequence of Findings
        What was measured on one view, or on several views of the same pattern.
    rulebook : str or Rulebook
        An id of `rulebooks()`, or the path of a TOML file.
    context : Context, optional
        What no picture shows; by default a screening picture with nothing known.

    Returns
    -------
    Reading
        Of the most worrisome group; `populations` holds one a group.

    Raises
    ------
    CourseError
        If a rulebook is unknown or has mistakes, or the views do not belong together.
    """
    book = find_rulebook(rulebook)
    context = _context(context)
    seen = [findings] if isinstance(findings, Findings) else list(findings) if isinstance(findings, Sequence) else []
    if not seen or not all(isinstance(each, Findings) for each in seen):
        raise CourseError(f"What is read is Findings, or a list of them from several views, not {shown(findings)}.")
    populations = together(seen)
    sides = [views[0].side for views in populations]
    groups = Counter(views[0].side for views in populations if any(one.seen for one in views))

    def each(known: Sequence[Context]) -> list[Reading]:
        # each view is read by itself, and the worse one counts: a line seen end-on is a dot in the other view
        worst = [
            _worst([_read_group(book, counted(values, groups[views[0].side]), one) for values in as_seen(views)])
            for views, one in zip(populations, known, strict=True)
        ]
        return [replace(one, group=views[0].number) for one, views in zip(worst, populations, strict=True)]

    readings = each([context] * len(populations))
    if len(set(sides)) > 1 and context.other_breast == "not known":
        beside = [other_breast(number, readings, sides) for number in range(len(readings))]
        readings = each([replace(context, other_breast=word) for word in beside])
    return replace(_worst(readings), _all=tuple(readings)) if len(readings) > 1 else readings[0]


def _context(context: Context | None) -> Context:
    if context is None:
        return Context()
    if not isinstance(context, Context):
        raise CourseError(f"The context is a Context, not {shown(context)}.")
    return context


def weigh(reading: Reading, step: str) -> tuple[Step, ...]:
    """Try every rule of a step that finds a word, also those behind the one that decided.

    Returns
    -------
    tuple of Step
        In the rulebook's order; `fired` says whether all of a rule's own checks hold.

    Raises
    ------
    CourseError
        If the step finds no word: it is one of "real", "form", "distribution".
    """
    pick(step, WORD_OF_STEP, "step")
    out = []
    for rule in reading.rulebook.of_step(step):
        checks = Checks(rule, reading.facts)
        out.append(_step(rule, str(rule.says), checks, NONE, fired=all(check.holds for check in checks)))
    return tuple(out)


def read_words(
    morphology: str, distribution: str, rulebook: str | Rulebook = "birads5", context: Context | None = None
) -> Reading:
    """Read a report's words by a rulebook, with no picture at all.

    Parameters
    ----------
    morphology, distribution : str
        Words of the lexicon, or "none".
    rulebook : str or Rulebook
    context : Context, optional

    Raises
    ------
    CourseError
        If a word is not in the lexicon, or the rulebook is unknown or has mistakes.
    """
    book = find_rulebook(rulebook)
    pick(morphology, [*(t.name for t in terms("form")), NONE], "form")
    pick(distribution, [*distributions(), NONE], "distribution")
    context = _context(context)
    facts = _facts(context) | {"morphology": book.said(morphology), "distribution": book.said(distribution)}
    return _decide(book, facts, context, [], [])
