"""The numbers of the page of class results: all that is drawn and written there, worked out from what was handed in."""

from __future__ import annotations

from math import isnan
from typing import Any

from calcifications.apps.standing_lines import mix_ups
from calcifications.learning import KINDS
from calcifications.learning.said import Said
from calcifications.teaching.results.again import ENOUGH, weak
from calcifications.teaching.results.class_results import FEW, ClassResults
from calcifications.teaching.results.labels import Labels
from calcifications.teaching.results.numbers import ClassKappa, ItemNumbers, agreements, items, said, spread
from calcifications.teaching.results.told import agreed, left_out, scores, taught_again

Json = dict[str, Any]


_ODD = -0.1  # a question that tells apart the wrong way round by so much is to be looked at: the course's convention


def class_lines(results: ClassResults, named: Labels) -> Json:
    """Return all numbers of the page; students and files are called there as `named` has it."""
    lines: Json = {
        "results": len(results.handed),
        "notes": list(results.notes),
        "left_out": left_out(results, named),
        "missing": sorted(named.student(name, name) for name in results.missing),
        "numbers": named.numbers,
    }
    if not results.handed:
        return lines
    spread_ = spread(results.handed)
    answers = [one for each in results.handed for one in said(each)]
    return lines | {
        "questions": results.questions,
        "enough": ENOUGH,
        "minutes": max(each.minutes for each in results.handed),
        "spread": {
            "told": scores(spread_),
            "mean": spread_.mean,
            "median": spread_.median,
            "low": spread_.low,
            "high": spread_.high,
            "sd": _known(spread_.sd),
            "alpha": _known(spread_.alpha),
        },
        "students": _students(results, named),
        "items": [_item(place, each, len(results.handed)) for place, each in enumerate(items(results.handed))],
        "kinds": [kind for kind in (_mixed(kind, answers) for kind in KINDS) if kind],
        "agreements": [_agreement(each) for each in agreements(results.handed)],
        "again": [
            {"told": told, "share": each.share}
            for told, each in zip(taught_again(results), weak(results.handed), strict=False)
        ]
        or [{"told": taught_again(results)[0], "share": None}],
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _students(results: ClassResults, named: Labels) -> list[Json]:
    """Return each student's score; by number where they have one, so that their order tells no name."""
    rows = [
        {
            "name": named.student(each.student, each.file),
            "right": each.right,
            "minutes": each.minutes,
            "breaks": max(each.visits - 1, 0),
            "answered": sum(bool(one.answer) for one in each.questions),
            "unlisted": each.file in results.unlisted,
        }
        for each in results.handed
    ]
    return sorted(rows, key=lambda row: str(row["name"])) if named.numbers else rows


def _item(place: int, of: ItemNumbers, results: int) -> Json:
    odd = not isnan(of.discrimination) and of.discrimination < _ODD and results >= FEW
    return {
        "place": place + 1,
        "title": of.asked.title,
        "key": of.asked.key,
        "code": of.asked.case,
        "right": of.right,
        "share": of.share,
        "low": of.low,
        "high": of.high,
        "discrimination": _known(of.discrimination),
        "odd": odd,
        "taken_for": of.taken_for[0],
        "times": of.taken_for[1],
        "unanswered": of.unanswered,
        "seconds": _known(of.seconds),
    }


def _mixed(kind: str, answers: list[Said]) -> Json | None:
    mine = [each for each in answers if each.kind == kind]
    matrix = mix_ups(kind, mine) if mine else None
    return {"kind": kind, "title": KINDS[kind].title, "matrix": matrix} if matrix else None


def _agreement(of: ClassKappa) -> Json:
    return {
        "title": KINDS[of.kind].title,
        "told": agreed(of),
        "answers": of.answers,
        "kappa": _known(of.kappa),
        "low": _known(of.low),
        "high": _known(of.high),
        "radiologists": of.radiologists,
    }
