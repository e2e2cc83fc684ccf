"""What a page offers and never changes: sliders with their words, choices, sources."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from calcifications.apps.panels import PANELS
from calcifications.apps.picture_page import switches
from calcifications.imaging import view_named, views
from calcifications.lexicon import sources
from calcifications.pattern import (
    AROUND,
    ARRANGEMENTS,
    BREASTS,
    SLIDERS,
    Recipe,
    arrangeable,
    artefacts,
    forms,
    preset,
)
from calcifications.reading import NONE, rulebook, rulebooks
from calcifications.what_if import FACTORS

EARLIER = "earlier"
"""What the page calls the earlier exam's picture of the first view, where others are the names of views."""

PRIORS = {
    "none": ("not known", "none", 0),
    "new": ("showed nothing here", "new", 0),
    "increasing": ("showed fewer", "increasing", 0),
    "stable, 6 months": ("6 months ago: the same", "stable", 6),
    "stable, 24 months": ("24 months ago: the same", "stable", 24),
    "fewer": ("showed more", "fewer", 0),
}
"""Earlier exams for the page to choose from: what it calls them, and what the context knows of them."""

_TISSUES = {"a": "almost all fat", "b": "some glandular tissue", "c": "dense in parts", "d": "dense all over"}
_ROOM = {
    "duct": {"extent_mm": 22.0},
    "lobe": {"extent_mm": 28.0},
    "area": {"extent_mm": 30.0},
    "lobule": {"extent_mm": 8.0},
    "ducts": {"extent_mm": 30.0},
    "vessel": {"extent_mm": 30.0},
    "skin": {"extent_mm": 4.0},
    "thread": {"extent_mm": 14.0},
}
"""The extent a page starts from when another arrangement is chosen: room enough to show it."""


def fixed(main: tuple[str, ...], own: str) -> dict[str, Any]:
    """Return all of it.

    Parameters
    ----------
    main : tuple of str
        The sliders that stand open.
    own : str
        The rulebook that the page starts with: it may be a person's own file.
    """
    return {
        "sliders": [asdict(slider) | {"main": slider.name in main, "factors": FACTORS} for slider in SLIDERS],
        "choices": {
            "forms": [(name, name) for name in forms()] + [(name, f"{name} (no calcium)") for name in artefacts()],
            "laid": {
                name: [(word, "scattered" if word == NONE else word) for word in arrangeable(name)]
                for name in (*forms(), *artefacts())
            },
            "arrangements": [(name, words.split(",")[0]) for name, words in ARRANGEMENTS.items()],
            "room": _ROOM,
            # the picture itself says the whole of it
            "views": [(name, f"{name}: {view_named(name).plain.split(',')[0]}") for name in views()],
            "seconds": [
                (EARLIER, "this view at the earlier exam"),
                *((name, f"{name}: {view_named(name).plain}") for name in views()),
            ],
            "priors": [(name, words) for name, (words, *_) in PRIORS.items()],
            "settings": [("screening", "a screening picture"), ("diagnostic", "the end of a full work-up")],
            "tissues": [(name, f"{name}: {words}") for name, words in _TISSUES.items()],
            "arounds": list(AROUND.items()),
            "breasts": [(side, side) for side in BREASTS],
            "overlays": switches(),
            "tabs": [(name, title) for name, (title, _) in PANELS.items()],
            "books": [(name, rulebook(name).title) for name in dict.fromkeys([*rulebooks(), own])],
        },
        "library": {name: asdict(source) for name, source in sources().items()},
    }


def preset_of(recipe: Recipe) -> dict[str, str | None]:
    """Return which form's preset a recipe is, and in which distribution; None twice if it is none."""
    form, laid = _presets().get(recipe, (None, None))
    return {"preset": form, "laid": laid}


@cache
def _presets() -> dict[Recipe, tuple[str, str]]:
    every = [(name, word) for name in (*forms(), *artefacts()) for word in arrangeable(name)]
    return {preset(name, word): (name, word) for name, word in every}
