"""Answers of several words, each from a list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from calcifications.errors import CourseError, pick, shown
from calcifications.learning.items.item import Option


@dataclass(frozen=True)
class Slot:
    """One place for a word.

    Attributes
    ----------
    name, label : str
        Its id in the answer, and what the page writes beside it.
    options : tuple of Option
        In their usual order: these lists are scales, or those of the lexicon.
    """

    name: str
    label: str
    options: tuple[Option, ...]


def slot_sheet(slots: tuple[Slot, ...]) -> dict[str, Any]:
    """Return what the page needs to take such an answer."""
    return {"way": "slots", "slots": [asdict(slot) | {"options": [asdict(o) for o in slot.options]} for slot in slots]}


def filled(slots: tuple[Slot, ...], answer: Any) -> dict[str, str]:
    """Return the words of an answer, one a slot.

    Raises
    ------
    CourseError
        If a slot is empty or unknown, or its word is not one of its options.
    """
    names = [slot.name for slot in slots]
    if not isinstance(answer, Mapping) or set(answer) != set(names):
        raise CourseError(f"The answer can't be {shown(answer)}; it needs a word for each of: {', '.join(names)}.")
    return {slot.name: pick(answer[slot.name], [o.word for o in slot.options], slot.label.lower()) for slot in slots}
