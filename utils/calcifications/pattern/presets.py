"""A preset a term: slider positions that show it. What a preset shows is measured like everything else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from calcifications.errors import CourseError, pick
from calcifications.pattern.draws import draws
from calcifications.pattern.recipe import SLIDERS, Recipe


@cache
def _presets() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("presets.toml").read_text(encoding="utf-8"))


def forms() -> list[str]:
    """Return the forms of the lexicon, the typically benign first."""
    return list(_presets()["form"])


def artefacts() -> list[str]:
    """Return what looks like calcium and is none: not a form, but `preset` knows it."""
    return list(_presets()["artefact"])


def _record(form: str) -> dict[str, Any]:
    known = _presets()["form"] | _presets()["artefact"]
    record: dict[str, Any] = known[form if form in artefacts() else pick(form, forms(), "form")]
    return record


def arrangeable(form: str) -> list[str]:
    """Return the distributions (and "none") in which a form's preset can be laid."""
    record = _record(form)
    return [record["arranged"]] if record.get("alone") else list(_presets()["distribution"])


def _laid(form: str, distribution: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a form's record and that of the distribution: an empty one where the form brings its own."""
    book, record = _presets(), _record(form)
    word = pick(record["arranged"] if distribution is None else distribution, book["distribution"], "distribution")
    if word not in arrangeable(form):
        raise CourseError(f"The form {form!r} is not laid out {word!r}; choose one of: {', '.join(arrangeable(form))}.")
    return record, {"sliders": {}, "range": {}} if record.get("alone") else book["distribution"][word]


def preset(form: str, distribution: str | None = None) -> Recipe:
    """Return a recipe that shows a form in a distribution.

    Parameters
    ----------
    form : str
        One of `forms()` or `artefacts()`.
    distribution : str, optional
        A distribution, or "none" for a few scattered particles; by default the one in which the form is mostly met.

    Raises
    ------
    CourseError
        If there is no such form or distribution, or the form does not come so.
    """
    record, laid = _laid(form, distribution)
    return replace(Recipe(), **(record["sliders"] | laid["sliders"]))


def ranges(form: str, distribution: str | None = None) -> dict[str, tuple[float, float]]:
    """Return how far each slider of a preset may move, low and high, with the form still deserving its name.

    Parameters and errors are those of `preset`. A slider that is not named stays where the preset has it.
    """
    record, laid = _laid(form, distribution)
    of_form = {name: ends for name, ends in record["range"].items() if name not in laid["sliders"]}
    return {name: (float(low), float(high)) for name, (low, high) in (of_form | laid["range"]).items()}


def varied(form: str, distribution: str | None = None, seed: int = 0, beyond: float = 0.0) -> Recipe:
    """Return a preset with every slider somewhere in its range, by the chance of a seed.

    Parameters
    ----------
    form, distribution
        As for `preset`.
    seed : int
    beyond : float
        How far the sliders may leave their ranges on either side: 0.3 is to a 1.3th of the low end and to 1.3 times
        the high one, as far as the slider goes. There the word may be another, or borderline. The particles lie no
        more crowded than the ranges have them at the most: their extent grows with them.

    Raises
    ------
    CourseError
        As `preset`.
    """
    bounds = ranges(form, distribution)
    chance = draws(seed, "varied", 1, len(SLIDERS))[0]
    moved: dict[str, Any] = {}
    for slider, share in zip(SLIDERS, chance, strict=True):
        if slider.name not in bounds:
            continue
        low, high = bounds[slider.name]
        low, high = max(low / (1 + beyond), slider.low), min(high * (1 + beyond), slider.high)
        if slider.name == "count":
            moved["count"] = min(int(low + (high - low + 1) * share), int(slider.high))
        else:
            moved[slider.name] = float(low * (high / low) ** share if slider.log else low + (high - low) * share)
    values = preset(form, distribution).to_dict() | moved
    most = values | {name: ends[0 if name == "extent_mm" else 1] for name, ends in bounds.items()}
    if (crowded := _crowding(values) / _crowding(most)) > 1:
        (extent,) = (slider for slider in SLIDERS if slider.name == "extent_mm")
        values["extent_mm"] = min(values["extent_mm"] * crowded, extent.high)
    return Recipe.spread_out(values)


def _crowding(values: dict[str, Any]) -> float:
    """Return how much of an arrangement particles take up: of its length where they lie in a row, else of its width."""
    count, size = values["count"], values["size_mm"]
    in_a_row = values["arrangement"] in ("duct", "ducts", "vessel", "thread")
    return float((count * size if in_a_row else count**0.5 * size) / values["extent_mm"])
