"""What is known beside a picture: told in sentences, and what of it a case may bring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from calcifications.reading import Context

_PRIOR = {
    "none": "There is no earlier picture.",
    "new": "On the earlier picture there was nothing here.",
    "increasing": "On the earlier picture there were fewer.",
    "fewer": "On the earlier picture there were more.",
}
CHANGED = {
    "none": "none to compare with",
    "new": "new since then",
    "increasing": "more since then",
    "stable": "unchanged since then",
    "fewer": "fewer since then",
}
"""What a report says of an earlier picture, by `Context.prior`."""
_OTHER = {
    "nothing alike": "The other breast shows nothing like it.",
    "alike groups": "The other breast shows many groups that look alike.",
    "diffuse": "In the other breast there are such calcifications all over.",
}
_HISTORY = {"surgery": "surgery", "radiotherapy": "radiotherapy", "injury": "an injury"}
_PLACE = {
    "not known": ", where in it is not known",
    "here": " at this very place",
    "elsewhere": ", but not at this place",
}
_CANCER = {
    "beside, calcified": "Beside it lies a proved cancer, which is calcified itself.",
    "beside, not calcified": "Beside it lies a proved cancer, which is not calcified.",
    "treated, calcified": "This breast was treated for a cancer that was calcified.",
    "treated, not calcified": "This breast was treated for a cancer that was not calcified.",
    "here, proved": "A needle biopsy at this very place has proved a cancer.",
}
_ASSOCIATED = {
    "mass": "There is a mass with them.",
    "asymmetry": "There is an asymmetry with them.",
    "distortion": "There is an architectural distortion with them.",
}
_SETTING = {
    "screening": "A screening picture of a woman without complaints.",
    "diagnostic": "The work-up is complete: magnified views, a true lateral, earlier pictures if there are any.",
}

_PROVED = ("beside, calcified", "beside, not calcified", "here, proved")
"""Who has a proved cancer in a breast is no longer screened for it."""

_DRAWN: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"prior": "new"}, {"prior": "increasing"}, {"prior": "stable", "stable_months": 36}, {"prior": "fewer"}),
    ({"other_breast": "nothing alike"}, {"other_breast": "alike groups"}, {"other_breast": "diffuse"}),
    (
        {"history": "surgery", "history_place": "here"},
        {"history": "injury", "history_place": "here"},
        {"history": "surgery", "history_place": "elsewhere"},
        {"history": "radiotherapy", "history_place": "elsewhere"},
    ),
    (
        {"known_cancer": "beside, calcified"},
        {"known_cancer": "beside, not calcified"},
        {"known_cancer": "treated, calcified"},
        {"known_cancer": "treated, not calcified"},
        {"known_cancer": "here, proved"},
    ),
    ({"associated": "mass"}, {"associated": "asymmetry"}, {"associated": "distortion"}),
)
"""What a case may bring, one of a row."""


def told(context: Context) -> tuple[str, ...]:
    """Return what is known beside a picture, a sentence each, the setting first."""
    said = [_SETTING[context.setting]]
    if context.prior == "stable":
        months = context.stable_months
        said.append(f"On a picture of {months} months ago it was the same." if months else "It has not changed.")
    else:
        said.append(_PRIOR[context.prior])
    said += [_OTHER[context.other_breast]] if context.other_breast in _OTHER else []
    if context.history in _HISTORY:
        said.append(f"This breast had {_HISTORY[context.history]}{_PLACE[context.history_place]}.")
    said += [_CANCER[context.known_cancer]] if context.known_cancer in _CANCER else []
    said += [_ASSOCIATED[context.associated]] if context.associated in _ASSOCIATED else []
    return tuple(said)


def each_known(setting: str) -> tuple[Context, ...]:
    """Return every context that a case may bring of which nothing is known, or one thing."""
    one = [values for row in _DRAWN for values in row if _fits(values, setting)]
    return (Context(setting=setting), *(Context(setting=setting, **values) for values in one))


def more_known(chance: np.random.Generator, context: Context) -> Context:
    """Return a context of which one thing more is known, by chance."""
    row = _DRAWN[int(chance.integers(len(_DRAWN)))]
    values = row[int(chance.integers(len(row)))]
    if any(name in context.to_dict() for name in values) or not _fits(values, context.setting):
        return context
    return replace(context, **values)


def _fits(values: dict[str, Any], setting: str) -> bool:
    return setting == "diagnostic" or values.get("known_cancer") not in _PROVED
