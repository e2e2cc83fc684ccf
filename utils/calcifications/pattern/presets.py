"""A preset a term: slider positions that show it. What a preset shows is measured like everything else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from calcifications.errors import CourseError, pick
from calcifications.pattern.recipe import Recipe


@cache
def _presets() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("presets.toml").read_text(encoding="utf-8"))


def forms() -> list[str]:
    """Return the forms that the course can grow so far, the least suspicious first."""
    return list(_presets()["form"])


def arrangeable(form: str) -> list[str]:
    """Return the distributions (and "none") in which a form's preset can be laid."""
    record = _presets()["form"][pick(form, forms(), "form")]
    words = list(_presets()["distribution"])
    return ["none"] if record.get("alone") else words


def preset(form: str, distribution: str | None = None) -> Recipe:
    """Return a recipe that shows a form in a distribution.

    Parameters
    ----------
    form : str
        One of `forms()`.
    distribution : str, optional
        A distribution, or "none" for a few scattered particles; by default the one in which the form is mostly met.

    Raises
    ------
    CourseError
        If there is no such form or distribution, or the form does not come so.
    """
    book = _presets()
    record = book["form"][pick(form, forms(), "form")]
    word = pick(record["arranged"] if distribution is None else distribution, book["distribution"], "distribution")
    if word not in arrangeable(form):
        raise CourseError(f"The form {form!r} is not laid out {word!r}; choose one of: {', '.join(arrangeable(form))}.")
    laid = {} if record.get("alone") else book["distribution"][word]["sliders"]
    return replace(Recipe(), **(record["sliders"] | laid))
