"""What the explorer has on display: a case, and how it is looked at; and what the page may ask to change of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from calcifications.apps.choices import EARLIER, PRIORS
from calcifications.apps.panels import PANELS
from calcifications.apps.picture_page import OVERLAYS
from calcifications.case import Case
from calcifications.errors import pick
from calcifications.imaging import SCREENING, WORK_UP, view_named, views
from calcifications.pattern import Recipe, preset
from calcifications.reading import rulebook as find_rulebook

Json = dict[str, Any]

ONCE: Json = {"preset": None, "laid": None, "code": None}
"""What the page asks for once, and not again with the next question."""


def read_together(view: str, setting: str) -> tuple[str, ...]:
    """Return the views that are read in a setting, the one on screen first: a routine picture is read as it stands."""
    return (view,) if setting == "screening" else (view, *(other for other in WORK_UP if other != view))


@dataclass(frozen=True)
class Display:
    """A case, and how it is looked at.

    Attributes
    ----------
    case : Case
    rulebook : str
        An id, or the path of a person's own.
    tab : str
        The one that is open beside the verdict.
    field : {"close-up", "breast"}
    overlays : tuple of str
        The kinds that are drawn.
    beside : str
        The view in the second pane, `EARLIER`, or "" for one pane.
    others : bool
        Whether the rules that do not apply are unfolded.
    """

    case: Case
    rulebook: str
    tab: str = next(iter(PANELS))
    field: str = "close-up"
    overlays: tuple[str, ...] = ()
    beside: str = ""
    others: bool = False

    @property
    def view(self) -> str:
        """The view in the first pane."""
        return self.case.views[0]

    @property
    def offered(self) -> list[str]:
        """What may stand beside the first view."""
        return [EARLIER] * (self.case.earlier is not None) + [name for name in views() if name != self.view]

    def of_case(self) -> Json:
        """Return what the page can change of the case."""
        context = self.case.context
        known = (context.prior, context.stable_months)
        return {
            "recipe": self.case.groups[0].to_dict(),
            "seed": self.case.seed,
            "view": self.view,
            "setting": context.setting,
            "prior": next((name for name, (_, *told) in PRIORS.items() if tuple(told) == known), ""),
            "tissue": self.case.tissue,
        }

    def asked(self) -> Json:
        """Return this display as the page asks for one."""
        how = {name: getattr(self, name) for name in ("rulebook", "tab", "field", "beside", "others")}
        return {**how, "overlay": list(self.overlays), **ONCE, **self.of_case()}

    def after(self, asked: Json) -> Display:
        """Return the display that the page asks for.

        Raises
        ------
        CourseError
            If what it asks for is not one of the choices, or can't be grown.
        """
        beside = asked["beside"]
        shown = Display(
            case=Case.from_code(asked["code"]) if asked["code"] else self._case(asked),
            rulebook=asked["rulebook"],
            tab=pick(asked["tab"], PANELS, "tab"),
            field=pick(asked["field"], ("close-up", "breast"), "field"),
            overlays=tuple(pick(kind, OVERLAYS, "overlay") for kind in asked["overlay"]),
            beside=beside if beside in ("", EARLIER) else view_named(beside).name,
            others=bool(asked["others"]),
        )
        find_rulebook(shown.rulebook)  # an unknown one is named before anything has changed
        return shown

    def _case(self, asked: Json) -> Case:
        """Turn sliders and choices into a case."""
        before = self.of_case()
        view = view_named(asked["view"]).name
        setting = pick(asked["setting"], ("screening", "diagnostic"), "setting")
        as_before = (view, setting) == (before["view"], before["setting"])
        if setting == "screening" and view not in SCREENING and not as_before:
            # of the view and the setting, the one that was just chosen counts
            view, setting = (view, "diagnostic") if view != before["view"] else (SCREENING[0], setting)
        context = replace(self.case.context, setting=setting)
        if asked["prior"] != before["prior"]:
            _, prior, months = PRIORS[pick(asked["prior"], PRIORS, "earlier exam")]
            context = replace(context, prior=prior, stable_months=months)
        form = asked["preset"]
        first = preset(form, asked["laid"]) if form else Recipe.spread_out(asked["recipe"])
        return Case(
            [first, *self.case.groups[1:]],
            context,
            asked["seed"],
            self.case.views if as_before else read_together(view, setting),
            self.case.prior if asked["prior"] == before["prior"] else None,
            asked["tissue"],
        )

    def more_than_a_hand(self, before: Display, asked: Json) -> bool:
        """Say whether more has moved than what the page asked for: then the page sets all of it."""
        laid_anew = self.case.groups[0].arrangement != before.case.groups[0].arrangement  # it sets the extent too
        return laid_anew or self.of_case() != {name: asked[name] for name in self.of_case()}
