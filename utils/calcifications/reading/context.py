"""What no picture here can show: the setting, earlier exams by report, the other breast if it is not here, history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from calcifications.errors import CourseError, pick, whole

CHOICES = {
    "setting": ("screening", "diagnostic"),
    "prior": ("none", "new", "increasing", "stable", "fewer"),
    "other_breast": ("not known", "nothing alike", "alike groups", "diffuse"),
    "history": ("none", "surgery", "radiotherapy", "injury"),
    "history_place": ("not known", "here", "elsewhere"),
    "known_cancer": (
        "none", "beside, calcified", "beside, not calcified", "treated, calcified", "treated, not calcified",
        "here, proved",
    ),
    "associated": ("none", "mass", "asymmetry", "distortion"),
    "risk": ("average", "raised"),
}  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What is known beside the picture.

    Parameters
    ----------
    setting : {"screening", "diagnostic"}
        A routine picture of a well woman, or the end of a full work-up: magnified CC, true lateral, earlier pictures.
    prior : {"none", "new", "increasing", "stable", "fewer"}
        What an earlier picture shows; "none" is a first picture (baseline).
    stable_months : int
        How long, if stable.
    other_breast : {"not known", "nothing alike", "alike groups", "diffuse"}
        By report; if it is not known and its picture is read too, what that shows.
    history, history_place : str
        Surgery, radiotherapy or injury; at this very place or elsewhere in the breast.
    known_cancer : str
        A proved cancer in this breast: beside these calcifications, treated earlier, or proved at this very place; and
        whether it was calcified itself.
    associated : {"none", "mass", "asymmetry", "distortion"}
        By report, together with the calcifications.
    age : int, optional
        In years, 18 to 110.
    risk : {"average", "raised"}
        Age and risk inform; no rulebook clears by them.

    Raises
    ------
    CourseError
        If a word is not one of the choices or a number is out of bounds.
    """

    setting: str = "screening"
    prior: str = "none"
    stable_months: int = 0
    other_breast: str = "not known"
    history: str = "none"
    history_place: str = "not known"
    known_cancer: str = "none"
    associated: str = "none"
    age: int | None = None
    risk: str = "average"

    def __post_init__(self) -> None:
        for name, choices in CHOICES.items():
            pick(getattr(self, name), choices, name.replace("_", " "))
        object.__setattr__(self, "stable_months", whole(self.stable_months, 0, 600, "number of stable months"))
        if self.stable_months and self.prior != "stable":
            raise CourseError(f"Stable for {self.stable_months} months needs prior 'stable', not {self.prior!r}.")
        if self.age is not None:
            object.__setattr__(self, "age", whole(self.age, 18, 110, "age"))

    def to_dict(self) -> dict[str, Any]:
        """Return what differs from the defaults."""
        values = ((field.name, getattr(self, field.name), field.default) for field in fields(self))
        return {name: value for name, value, default in values if value != default}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Context:
        """Build a context from `to_dict`'s form; unknown names are a CourseError."""
        known = [field.name for field in fields(cls)]
        for name in values:
            pick(name, known, "part of a context")
        return cls(**values)
