"""Calcifications on mammograms: grow them, picture them, measure them, read them, explain them.

The whole face of the course. Everything is fetched when it is first asked for, so that importing costs nothing.

>>> import calcifications as cx
>>> pattern = cx.grow(cx.preset("fine pleomorphic", "grouped"), seed=7)
>>> cx.read(cx.measure(pattern))
fine pleomorphic, grouped -> 0 (after work-up 4B)
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calcifications.apps import aim, class_results, exam, explore, quiz, standing
    from calcifications.apps.classroom import deck
    from calcifications.case import Case
    from calcifications.errors import CourseError
    from calcifications.imaging import radiograph, tissue, views
    from calcifications.lexicon import distributions, lexicon
    from calcifications.pattern import Recipe, forms, grow, preset
    from calcifications.pattern.phantom import phantom
    from calcifications.reading import Context, measure, measure_pixels, read, read_words, rulebooks
    from calcifications.reading.catalogue import catalogue
    from calcifications.reading.change import change
    from calcifications.reading.compare import compare
    from calcifications.reading.evidence import evidence
    from calcifications.reading.overlays import overlays
    from calcifications.what_if import what_if

__all__ = [
    "Case",
    "Context",
    "CourseError",
    "Recipe",
    "aim",
    "catalogue",
    "change",
    "class_results",
    "compare",
    "deck",
    "distributions",
    "evidence",
    "exam",
    "explore",
    "forms",
    "grow",
    "lexicon",
    "measure",
    "measure_pixels",
    "overlays",
    "phantom",
    "preset",
    "quiz",
    "radiograph",
    "read",
    "read_words",
    "rulebooks",
    "standing",
    "tissue",
    "views",
    "what_if",
]

_ROOM = {
    "Case": "case",
    "Context": "reading",
    "CourseError": "errors",
    "Recipe": "pattern",
    "aim": "apps",
    "catalogue": "reading.catalogue",
    "change": "reading.change",
    "class_results": "apps",
    "compare": "reading.compare",
    "deck": "apps.classroom",
    "distributions": "lexicon",
    "evidence": "reading.evidence",
    "exam": "apps",
    "explore": "apps",
    "forms": "pattern",
    "grow": "pattern",
    "lexicon": "lexicon",
    "measure": "reading",
    "measure_pixels": "reading",
    "overlays": "reading.overlays",
    "phantom": "pattern.phantom",
    "preset": "pattern",
    "quiz": "apps",
    "radiograph": "imaging",
    "read": "reading",
    "read_words": "reading",
    "rulebooks": "reading",
    "standing": "apps",
    "tissue": "imaging",
    "views": "imaging",
    "what_if": "what_if",
}


class _Face(ModuleType):
    """A word of the face stays what it is when a room of that name is imported: `cx.lexicon`, `cx.what_if`."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _ROOM and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    if name not in _ROOM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_ROOM[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
