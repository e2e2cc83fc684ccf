"""What the course says when it can't go on: one sentence, with the value and the valid choices."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


class CourseError(ValueError):
    """A mistake that a person can mend; its text is one plain sentence (or one a line, where there are several)."""


def shown(value: object) -> str:
    """A person's value as it is quoted back to them: short, on one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def pick(value: object, choices: Iterable[str], noun: str) -> str:
    """Return `value` if it is one of `choices`; otherwise say what the choices are."""
    options = list(choices)
    if isinstance(value, str) and value in options:
        return value
    raise CourseError(f"There is no {noun} {shown(value)}; choose one of: {', '.join(options)}.")


def number(value: object, low: float, high: float, noun: str, unit: str = "") -> float:
    """Return `value` as a float if it is a number from `low` to `high`."""
    unit = f" {unit}" if unit else ""
    bad = isinstance(value, (bool, str, bytes)) or value is None
    try:
        out = math.nan if bad else float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        out = math.nan
    if not low <= out <= high:
        raise CourseError(f"The {noun} can't be {shown(value)}; it goes from {low:g} to {high:g}{unit}.")
    return out


def whole(value: object, low: int, high: int, noun: str) -> int:
    """Return `value` as an int if it is a whole number from `low` to `high`."""
    try:
        out = number(value, low, high, noun)
    except CourseError:
        out = math.nan
    if out != out or out != int(out):
        raise CourseError(f"The {noun} can't be {shown(value)}; it is a whole number from {low} to {high}.")
    return int(out)
