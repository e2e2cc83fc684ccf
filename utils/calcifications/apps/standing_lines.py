"""The numbers of the page "how am I doing": all that is drawn and written there, worked out from the log."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from calcifications.learning import KINDS, Category, Schedule
from calcifications.learning.judgement import Decision, Range, decisions, ranges
from calcifications.learning.said import Told
from calcifications.learning.scores import (
    RADIOLOGISTS,
    Score,
    agreement,
    all_over_time,
    by_category,
    confusion_matrix,
    due_days,
    over_time,
    score,
)
from calcifications.learning.standing import IN_A_ROW

Json = dict[str, Any]

MOST_WORDS = 16
"""More words than these make a table of mix-ups that nobody can read: those that are mixed up most come into it."""

DAYS = 7
"""How far ahead it is told what is due."""


def standing_lines(answers: Sequence[Told], schedule: Schedule, now: datetime, zone: tzinfo) -> Json:
    """Return all numbers of the page.

    Parameters
    ----------
    answers : sequence of Answer
    schedule : Schedule
        Of the same answers.
    now : datetime
    zone : tzinfo
        Where the learner's days begin.
    """
    if not answers:
        return {"answers": 0}
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for each in answers:
        by_kind[each.kind].append(each)
    asked = {kind: by_kind[kind] for kind in KINDS if kind in by_kind}
    right = score(answers)
    return {
        "answers": len(answers),
        "days": _days(answers, zone),
        "score": _score(right),
        "mastered": len(schedule.mastered),
        "met": len(schedule.standings),
        "due": _due(schedule, now, zone),
        "kinds": [_kind(kind, some, schedule, zone) for kind, some in asked.items()],
        "agreements": [_agreement(kind, some) for kind, some in asked.items() if _speaks_of_words(kind, some)],
        "decisions": [_decision(each) for each in decisions(answers)],
        "ranges": _ranges(answers),
    }


def _days(answers: Sequence[Told], zone: tzinfo) -> int:
    """Return on how many days there were answers."""
    return len({each.when.astimezone(zone).date() for each in answers})


def _score(of: Score) -> Json:
    known = bool(of.answers)
    return {
        "answers": of.answers,
        "right": of.right,
        "share": of.accuracy if known else None,
        "low": of.low,
        "high": of.high,
        "seconds": None if math.isnan(of.seconds) else of.seconds,
    }


def _due(schedule: Schedule, now: datetime, zone: tzinfo) -> list[Json]:
    """Return what is due on each of the days to come, today first."""
    first = now.astimezone(zone).date()
    return [
        {"day": (first + timedelta(days=ahead)).isoformat(), "words": [_named(each) for each in due]}
        for ahead, due in enumerate(due_days(schedule, now, DAYS))
    ]


def _named(category: Category) -> str:
    title = KINDS[category.kind].title if category.kind in KINDS else category.kind
    return f"{category.word} ({title})"


def _kind(kind: str, some: Sequence[Told], schedule: Schedule, zone: tzinfo) -> Json:
    """Return how a kind of question went: as a whole, word by word, and over time."""
    days = _days(some, zone)
    period = "day" if days <= 30 else "week"
    times = over_time(some, period, zone)
    return {
        "kind": kind,
        "title": KINDS[kind].title,
        "period": period,
        "score": _score(score(some)),
        "words": [
            {
                "word": category.word,
                "score": _score(of),
                "state": _state(schedule, category),
                "times": [{"day": day.isoformat(), **_score(then)} for day, then in times[category]],
            }
            for category, of in sorted(by_category(some).items(), key=lambda pair: pair[1].accuracy)
        ],
        "times": [{"day": day.isoformat(), **_score(then)} for day, then in all_over_time(some, period, zone)],
        "matrix": mix_ups(kind, some),
    }


def _state(schedule: Schedule, category: Category) -> str:
    """Say how a word stands."""
    known = schedule.standing(category)
    if known.mastered:
        return "mastered"
    if known.row == IN_A_ROW:
        return f"right, but slower than {schedule.fluent_s:.0f} s"
    return f"{known.row} of {IN_A_ROW} in a row"


def _speaks_of_words(kind: str, answers: Sequence[Told]) -> bool:
    """Whether the answers to a kind of question are words: only of these a kappa can be told."""
    words = set(KINDS[kind].words())
    return kind in RADIOLOGISTS and any(each.right or each.chosen in words for each in answers)


def _agreement(kind: str, answers: Sequence[Told]) -> Json:
    found = agreement(answers, kind)
    assert found is not None
    whole = not math.isnan(found.kappa)
    return {
        "title": KINDS[kind].title,
        "answers": found.answers,
        "kappa": found.kappa if whole else None,
        "low": found.low if whole else None,
        "high": found.high if whole else None,
        "radiologists": found.radiologists,
    }


def mix_ups(kind: str, answers: Sequence[Told]) -> Json | None:
    """Return which word was taken for which; None where nothing was mixed up, or the answers are no words."""
    words, times = confusion_matrix(answers, kind, KINDS[kind].words())
    wrong = times.sum(axis=0) + times.sum(axis=1) - 2 * times.diagonal()
    mixed = [place for place, many in enumerate(wrong) if many]
    mixed = sorted(sorted(mixed, key=lambda place: -int(wrong[place]))[:MOST_WORDS])
    known = set(KINDS[kind].words())
    if not mixed or not any(each.chosen in known for each in answers if not each.right):
        return None
    return {"words": [words[place] for place in mixed], "times": times[mixed][:, mixed].tolist()}


def _decision(of: Decision) -> Json:
    return {"what": of.what, "yes": _score(of.yes), "no": _score(of.no)}


def _ranges(answers: Sequence[Told]) -> list[Json]:
    """Return the last range of each word, and how many of the published figures all ranges of it held."""
    by_word: dict[str, list[Range]] = {}
    for each in ranges(answers):
        by_word.setdefault(each.word, []).append(each)
    return [
        {
            "word": word,
            "low": mine[-1].low,
            "high": mine[-1].high,
            "published": list(mine[-1].published),
            "held": sum(each.held for each in mine),
            "figures": sum(len(each.published) for each in mine),
            "given": len(mine),
        }
        for word, mine in by_word.items()
    ]
