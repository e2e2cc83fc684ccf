"""Reading: trying a rulebook's rules on findings, in the order in which a reader thinks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from calcifications.errors import CourseError, pick, shown
from calcifications.lexicon import distributions, terms
from calcifications.reading.context import Context
from calcifications.reading.evidence import suspicion
from calcifications.reading.findings import Findings, Group
from calcifications.reading.reading import NONE, Check, Doubt, Reading, Step
from calcifications.reading.rulebook import Outcome, Rule, Rulebook
from calcifications.reading.shelf import rulebook as find_rulebook

_WORD_OF_STEP = {"form": "morphology", "distribution": "distribution"}


def _asked(rule: Rule, facts: dict[str, Any]) -> tuple[Check, ...]:
    return tuple(
        Check(c.feature, facts.get(c.feature), c.op, c.threshold, c.margin(facts.get(c.feature)), c.tolerance)
        for c in rule.when
    )


def _says(rule: Rule, facts: dict[str, Any]) -> str | None:
    """Return the word a rule gives here; None if it has no cell for this distribution."""
    return rule.says if isinstance(rule.says, str) else rule.says.get(facts["distribution"])


def _nearest(checks: Sequence[Check]) -> Check:
    return min(
        (check for check in checks if check.tolerance > 0), key=lambda check: abs(check.margin) / check.tolerance
    )


def _try(rules: tuple[Rule, ...], facts: dict[str, Any]) -> tuple[list[Step], list[Doubt]]:
    """Try a step's rules in order; return those tried, the last of which fired (if any did), and what competes."""
    tried: list[tuple[Rule, str, tuple[Check, ...]]] = []
    winner, where = -1, facts.get("distribution", NONE)
    for rule in rules:
        says = _says(rule, facts)
        if says is None:
            continue
        tried.append((rule, says, _asked(rule, facts)))
        if winner < 0 and all(check.margin >= 0 for check in tried[-1][2]):
            winner = len(tried) - 1
    if winner < 0:
        return [_step(*each, where, fired=False) for each in tried], []
    _, word, checks = tried[winner]
    step = tried[winner][0].step
    doubts: dict[str, Doubt] = {}

    def compete(rival: str, check: Check) -> None:
        if rival != word and rival not in doubts:
            doubts[rival] = Doubt(step, word, rival, check.feature, check.margin)

    for _, says, earlier in tried[:winner]:  # it would have come first, but for a hair
        if all(check.margin >= -check.tolerance for check in earlier):
            compete(says, _nearest([check for check in earlier if check.margin < 0]))
    hair = [check for check in checks if check.tolerance > 0 and check.margin < check.tolerance]
    if hair:  # a hair less, and the next that fits would have come
        after = next(
            (says for _, says, later in tried[winner + 1 :] if all(c.margin >= -c.tolerance for c in later)), None
        )
        if after is not None:
            compete(after, _nearest(hair))
    steps = [_step(*each, where, fired=number == winner) for number, each in enumerate(tried[: winner + 1])]
    return steps, list(doubts.values())


def _step(rule: Rule, says: str, checks: tuple[Check, ...], where: str, *, fired: bool) -> Step:
    """Record a rule as it was tried; of a table of words, only the cells with a source are as sure as the rule."""
    certainty = rule.certainty if isinstance(rule.says, str) or where in rule.anchored else "course convention"
    return Step(rule.id, rule.step, rule.title, says, fired, checks, rule.because, rule.source, certainty)


def _decide(book: Rulebook, facts: dict[str, Any], context: Context, steps: list[Step], doubts: list[Doubt]) -> Reading:
    """Go on from the words to category and management."""
    facts = facts | {name: getattr(context, name) for name in Context.__dataclass_fields__}
    tried, _ = _try(book.of_step("category"), facts)
    outcome = _outcome(book, tried)
    after: Reading | None = None
    reading = Reading(
        book, context, facts["morphology"], facts["distribution"], outcome.name, outcome.management, outcome.level,
        tuple(doubts), suspicion(_word("form", facts), _word("distribution", facts)),
        (*steps, *(each for each in tried if each.fired)),
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


def _word(step: str, facts: dict[str, Any]) -> str:
    """Return the step's word if the lexicon knows it, else "none": a leaflet's own words carry no published rate."""
    word: str = facts[_WORD_OF_STEP[step]]
    return word if word in (t.name for t in terms(step)) else NONE


def _outcome(book: Rulebook, tried: list[Step]) -> Outcome:
    if tried and tried[-1].fired:
        return book.outcomes[tried[-1].says]
    return Outcome(NONE, book.silence, book.silence, 0)


def _read_group(book: Rulebook, values: dict[str, float], context: Context) -> Reading:
    facts: dict[str, Any] = dict(values)
    steps: list[Step] = []
    doubts: list[Doubt] = []
    for step, name in _WORD_OF_STEP.items():
        tried, rivals = _try(book.of_step(step), facts)
        facts[name] = tried[-1].says if tried and tried[-1].fired else NONE
        steps += tried
        doubts += rivals
    return _decide(book, facts, context, steps, doubts)


def _worst(readings: Sequence[Reading]) -> Reading:
    """Return the reading that decides: the highest level of management, then the most suspicious words."""
    return max(readings, key=lambda one: (one.after_work_up.level, one.suspicion))


def _same_groups(seen: Sequence[Findings]) -> Iterator[tuple[Group, ...]]:
    if len({len(each.groups) for each in seen}) != 1:
        raise CourseError("Views that are read together show the same groups; these do not.")
    return zip(*(each.groups for each in seen), strict=True)


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
    readings = []
    for number, views in enumerate(_same_groups(seen)):
        # each view is read by itself, and the worse one counts: a line seen end-on is a dot in the other view
        one = _worst([_read_group(book, view.values, context) for view in _proved(views)])
        readings.append(replace(one, group=number))
    return replace(_worst(readings), _all=tuple(readings)) if len(readings) > 1 else readings[0]


def _proved(views: tuple[Group, ...]) -> list[Group]:
    """Hold each view's group to what all views show: together on one view alone may be overlap, a fake cluster."""
    within = min(view.values["count_within_10mm"] for view in views)
    extent = max(view.values["extent_mm"] for view in views)
    if len(views) == 1 or math.isnan(within):
        return list(views)
    return [Group(view.values | {"count_within_10mm": within, "extent_mm": extent}, view.members) for view in views]


def _context(context: Context | None) -> Context:
    if context is None:
        return Context()
    if not isinstance(context, Context):
        raise CourseError(f"The context is a Context, not {shown(context)}.")
    return context


def weigh(group: Group, step: str, rulebook: str | Rulebook = "birads5") -> tuple[Step, ...]:
    """Try every rule of a form or distribution step on one group, also those behind the one that decides.

    Returns
    -------
    tuple of Step
        In the rulebook's order; `fired` says whether all of a rule's own checks hold.

    Raises
    ------
    CourseError
        If the step is neither "form" nor "distribution".
    """
    pick(step, _WORD_OF_STEP, "step")
    out = []
    for rule in find_rulebook(rulebook).of_step(step):
        checks = _asked(rule, dict(group.values))
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
    return _decide(book, {"morphology": morphology, "distribution": distribution}, _context(context), [], [])
