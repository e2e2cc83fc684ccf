"""Where a learner's sliders can stand, and what can be known beside the picture: the spaces of promises."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from calcifications.imaging import views
from calcifications.pattern import ARRANGEMENTS, SLIDERS, Recipe, Slider
from calcifications.reading import CHOICES, Context, rulebook


def positions(slider: Slider, low: float | None = None, high: float | None = None) -> st.SearchStrategy[float]:
    """Positions of one slider, evenly as it moves: by factors where it is logarithmic."""
    low, high = slider.low if low is None else low, slider.high if high is None else high
    if slider.name == "count":
        return st.integers(int(low), int(high))
    if slider.log:
        return st.floats(math.log(low), math.log(high)).map(lambda power: min(max(math.exp(power), low), high))
    return st.floats(low, high)


def recipes(**fixed: Any) -> st.SearchStrategy[Recipe]:
    """Any recipe in the middle of the field; a field that is given is fixed, or drawn within (low, high)."""
    fields: dict[str, Any] = {slider.name: positions(slider) for slider in SLIDERS}
    fields["arrangement"] = st.sampled_from(list(ARRANGEMENTS))
    for name, value in fixed.items():
        if isinstance(value, tuple):
            (slider,) = [each for each in SLIDERS if each.name == name]
            fields[name] = positions(slider, *value)
        else:
            fields[name] = value if isinstance(value, st.SearchStrategy) else st.just(value)

    # a ball holds only so many: the group gets the room that it needs, as on the page
    return st.fixed_dictionaries(fields).map(Recipe.spread_out)


def contexts(**fixed: Any) -> st.SearchStrategy[Context]:
    """Any context that can be; a field that is given is fixed, or drawn from a strategy."""
    fields: dict[str, Any] = {name: st.sampled_from(words) for name, words in CHOICES.items()}
    fields["stable_months"] = st.sampled_from([0, 6, 23, 24, 36])
    fields["age"] = st.none() | st.integers(18, 110)
    for name, value in fixed.items():
        fields[name] = value if isinstance(value, st.SearchStrategy) else st.just(value)

    def possible(values: dict[str, Any]) -> Context:
        # only what is stable has been so for some months
        return Context(**values | ({} if values["prior"] == "stable" else {"stable_months": 0}))

    return st.fixed_dictionaries(fields).map(possible)


LETTERS = ("1", "2", "3", "4A", "4B", "4C", "5", "6")


def lowered(before: str, after: str) -> bool:
    """Whether a BI-RADS category lies wholly under another: where it is a range, any letter of it is right.

    0 is none yet: nothing is under it, nor over it.
    """
    if "0" in (before, after):
        return False
    return LETTERS.index(after.split("-")[-1]) < LETTERS.index(before.split("-")[0])


def rank(category: str) -> int:
    """Return the place of a BI-RADS category in the order of concern: 0 first, for it is none yet, then 1 to 6."""
    return list(rulebook("birads5").outcomes).index(category)


seeds = st.integers(0, 2**31)
view_names = st.sampled_from(views())
