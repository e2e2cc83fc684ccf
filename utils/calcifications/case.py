"""A case: recipes, context and seed, and a short code that rebuilds exactly it.

The code carries the recipe, not only a seed, and a version, so that a code that was shared in class keeps its meaning.
It is the letters "cx2-" and, in base64 without padding, the deflated JSON list of recipes (fields in the order of
`_FIELDS`, without those at the end that are at their defaults), context (what differs from its defaults), seed, views,
the prior's code and the breast's density. Version 1, "cx1-", had fewer fields and no density; it is still read.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging import WORK_UP, Radiograph, radiograph, view_named
from calcifications.imaging.density import DENSITIES
from calcifications.pattern import Pattern, Recipe, earlier, grow
from calcifications.reading import Context, Findings, Reading, Rulebook, measure, read
from calcifications.reading.projection import Projections

_PREFIX, _OLD_PREFIX = "cx2-", "cx1-"
_LONGEST, _FEW = 4000, 8
_FIELDS = (
    "size_mm", "count", "irregularity", "elongation", "unlikeness", "branching", "lucent_centre", "size_spread",
    "density", "arrangement", "extent_mm", "forward_mm", "across_mm", "up_mm",
    "settled", "knots", "around", "around_strength", "breast",
)  # fmt: skip
EARLIER_SHARE = {"new": 0.0, "increasing": 0.5, "stable": 1.0, "fewer": 1.5}
"""Calcifications that an earlier exam showed for each that is there now: the course's convention, plain to see."""

_DEFAULTS = tuple(Recipe.__dataclass_fields__[name].default for name in _FIELDS)


@dataclass(frozen=True)
class Case:
    """One or more groups of calcifications in one breast, what is known beside the picture, and the seed.

    Parameters
    ----------
    recipes : Recipe or sequence of Recipe
    context : Context
    seed : int
    views : sequence of str
    prior : Case, optional
        The same breast at an earlier exam.
    tissue : {"a", "b", "c", "d"}
        Density of the breast.

    Raises
    ------
    CourseError
        If a part is not what it should be, or the case is too big for a code.
    """

    recipes: Recipe | Sequence[Recipe]
    context: Context = field(default_factory=Context)
    seed: int = 0
    views: Sequence[str] = ("CC",)
    prior: Case | None = None
    tissue: str = "b"

    def __post_init__(self) -> None:
        recipes = self.groups
        if not recipes or not all(isinstance(recipe, Recipe) for recipe in recipes):
            raise CourseError(f"A case has one Recipe or more, not {shown(self.recipes)}.")
        if not isinstance(self.context, Context):
            raise CourseError(f"The context is a Context, not {shown(self.context)}.")
        if isinstance(self.views, str) or not isinstance(self.views, Sequence) or not self.views:
            raise CourseError(f"The views are a list of view names, not {shown(self.views)}.")
        if self.prior is not None and not isinstance(self.prior, Case):
            raise CourseError(f"The prior is a Case, not {shown(self.prior)}.")
        object.__setattr__(self, "recipes", recipes)
        object.__setattr__(self, "views", tuple(view_named(view).name for view in self.views))
        object.__setattr__(self, "seed", whole(self.seed, 0, 2**31, "seed"))
        pick(self.tissue, DENSITIES, "density")
        one = len(recipes) == 1 and self.prior is None and len(self.views) <= _FEW  # that always fits
        if not one and len(self.code) > _LONGEST:
            raise CourseError(f"This case is too big for a code of {_LONGEST} letters; leave groups or the prior out.")

    @property
    def groups(self) -> tuple[Recipe, ...]:
        """The recipes, one a group."""
        if isinstance(self.recipes, Recipe):
            return (self.recipes,)
        return tuple(self.recipes) if isinstance(self.recipes, Sequence) else ()

    @cached_property
    def pattern(self) -> Pattern:
        """The calcifications, grown."""
        return grow(self.groups, self.seed)

    @cached_property
    def earlier(self) -> Pattern | None:
        """The calcifications at the earlier exam, the prior's own or as the context tells of it; None without one."""
        if self.prior:
            return self.prior.pattern
        share = EARLIER_SHARE.get(self.context.prior)
        return None if share is None else earlier(self.pattern, share)

    @cached_property
    def _along(self) -> Projections:
        return Projections(self.pattern)

    @cached_property
    def findings(self) -> tuple[Findings, ...]:
        """What each of the case's views shows."""
        return tuple(measure(self.pattern, view, along=self._along) for view in self.views)

    @cached_property
    def work_up(self) -> tuple[Findings, ...]:
        """What the views of a full work-up show."""
        seen = dict(zip(self.views, self.findings, strict=True))
        return tuple(seen.get(view) or measure(self.pattern, view, along=self._along) for view in WORK_UP)

    def picture(
        self, view: str | None = None, field: str = "close-up", *, shape: tuple[int, int] | None = None
    ) -> Radiograph:
        """Take a picture: of the case's first view, or of another; a close-up, or the whole breast."""
        return radiograph(self.pattern, view or self.views[0], tissue=self.tissue, field=field, shape=shape)

    def earlier_picture(self, field: str = "close-up", *, shape: tuple[int, int] | None = None) -> Radiograph:
        """Take the earlier exam's picture of the first view: the same breast and field, another exposure.

        Raises
        ------
        CourseError
            If nothing is known of an earlier exam.
        """
        if self.earlier is None:
            raise CourseError("There is no earlier picture: the context's prior is 'none'.")
        was = self.prior or self
        return radiograph(self.earlier, self.views[0], tissue=was.tissue, noise_seed=1, field=field, shape=shape)

    def reading(self, rulebook: str | Rulebook = "birads5") -> Reading:
        """Read the case's views by a rulebook; what a work-up would say is read on the views of a work-up."""
        reading = read(self.findings, rulebook, self.context)
        if reading.after_work_up is reading:
            return reading
        return reading.awaiting(read(self.work_up, rulebook, replace(self.context, setting="diagnostic")))

    @cached_property
    def code(self) -> str:
        """The short code that rebuilds this case."""
        recipes = [_trimmed([getattr(recipe, name) for name in _FIELDS]) for recipe in self.groups]
        prior = self.prior.code if self.prior else None
        body = [recipes, self.context.to_dict(), self.seed, list(self.views), prior, self.tissue]
        text = json.dumps(body, separators=(",", ":")).encode()
        return _PREFIX + base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")

    @classmethod
    def from_code(cls, code: str) -> Case:
        """Rebuild a case from its code.

        Raises
        ------
        CourseError
            If the code is of a newer version, or damaged.
        """
        text = code.strip() if isinstance(code, str) else ""
        if not text.startswith("cx"):
            raise CourseError(f"A case code starts with {_PREFIX!r}; {shown(code)} does not.")
        if not text.startswith((_PREFIX, _OLD_PREFIX)):
            raise CourseError(
                f"The case code {shown(code)} is of another version; this course reads {_PREFIX!r} and {_OLD_PREFIX!r}."
            )
        damaged = CourseError(f"The case code {shown(code)} is damaged; copy it again, whole.")
        body = _unpacked(text, damaged)
        try:
            recipes, context, seed, views, prior, *rest = body
            if any(len(values) > len(_FIELDS) for values in recipes):
                raise damaged
            return cls(
                [Recipe(**dict(zip(_FIELDS, values, strict=False))) for values in recipes],
                Context.from_dict(context),
                seed,
                views,
                cls.from_code(prior) if prior else None,
                *rest,
            )
        except (TypeError, ValueError, AttributeError, RecursionError) as error:
            raise damaged from error

    def __repr__(self) -> str:
        return f"Case({self.code})"


def _trimmed(values: list[Any]) -> list[Any]:
    """Return a recipe's values without those at the end that are at their defaults."""
    while values and values[-1] == _DEFAULTS[len(values) - 1]:
        values = values[:-1]
    return values


def _unpacked(text: str, damaged: CourseError) -> Any:
    if len(text) > _LONGEST:
        raise damaged
    body = text[len(_PREFIX) :]
    inflate = zlib.decompressobj()
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        plain = inflate.decompress(raw, 16 * _LONGEST)  # a small code can't unpack to a huge one
        if inflate.eof:
            return json.loads(plain)
    except (ValueError, zlib.error, RecursionError) as error:  # ValueError: no base64, no UTF-8, no JSON
        raise damaged from error
    raise damaged
