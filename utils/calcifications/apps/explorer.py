"""The explorer: move a slider, see the pattern change, read which rule applies now and why.

The page asks and the kernel answers. `asked` holds the slider positions and choices; each change is grown and pictured,
and comes back as `layer` (the calcifications alone, cropped) and `seen` (what is drawn and written on the picture). The
tissue under it, `ground`, is sent once a seed and view. While the page paints that, the kernel measures and reads, and
the words follow as `answer`.

Once nothing has moved for a while, the kernel looks for what would change the verdict and sends it slider by slider
(`found`). Between any two readings it sees to what else was asked; a new question calls the search off.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

import traitlets

from calcifications.apps.choices import fixed, preset_of
from calcifications.apps.grey_bytes import bytes16, packed
from calcifications.apps.page import alt_text
from calcifications.apps.panels import PANELS, move_line, page
from calcifications.apps.picture_page import OVERLAYS, picture_lines, switched
from calcifications.apps.still import figure
from calcifications.apps.widget import AROUND, VIEWER, Still, script, style
from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging import SCREENING, WORK_UP, Radiograph, radiograph, view_named
from calcifications.imaging.radiograph import SHAPE
from calcifications.pattern import SLIDERS, Recipe, preset
from calcifications.reading import Context, Reading, measure
from calcifications.reading import rulebook as find_rulebook
from calcifications.what_if import Move, search

REST_S = 0.4
"""A slider that has not moved for so long rests."""

BREATH_S = 0.001
"""Between two readings: long enough for a question that has just come to be heard first."""

POST_S = 0.0005
"""After a picture is handed over: long enough for the thread that sends it to wake up, before the reading begins."""

_START = "Press “Start this lesson” to move the sliders."
_FOLDED = ("size_spread", "density", "settled", "knots", "around_strength")
_MAIN = tuple(slider.name for slider in SLIDERS if slider.name not in _FOLDED)


def read_together(view: str, setting: str) -> tuple[str, ...]:
    """Return the views that are read in a setting, the one on screen first: a routine picture is read as it stands."""
    return (view,) if setting == "screening" else (view, *(other for other in WORK_UP if other != view))


class Explorer(Still):
    """The explorer's widget; see `explore`."""

    _esm = (
        script("parts.js", *AROUND, *VIEWER, "history.js", "panels.js", "explorer.js")
        + "\nexport default { render: renderExplorer };\n"
    )
    _css = style("theme.css", "look.css", "viewer.css")

    fixed = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    seen = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    found = traitlets.Dict().tag(sync=True)
    ground_beside = traitlets.Bytes().tag(sync=True)
    layer_beside = traitlets.Bytes().tag(sync=True)

    def __init__(self, case: Case, rulebook: str, sliders: tuple[str, ...], pixels: int) -> None:
        self.case = case
        self._pixels = pixels
        self._rulebook = rulebook
        self._grown: dict[str, tuple[int, str, str, str, str]] = {}
        self._field = "close-up"
        self._overlays: list[str] = []
        self._beside = ""
        self._reset = 0
        self._tab = next(iter(PANELS))
        self._turn = 0
        self._looking: asyncio.Task[None] | None = None
        asked: dict[str, Any] = {
            "rulebook": rulebook,
            "overlay": [],
            "beside": "",
            "preset": None,
            "laid": None,
            "code": None,
            "field": self._field,
        }
        super().__init__(fixed=fixed(sliders, rulebook), asked=asked | {"tab": self._tab} | self._of_case())
        self._show()

    def _of_case(self) -> dict[str, Any]:
        """Return what the page can change of the case."""
        return {
            "recipe": self.case.groups[0].to_dict(),
            "seed": self.case.seed,
            "view": self.case.views[0],
            "setting": self.case.context.setting,
            "tissue": self.case.tissue,
        }

    @property
    def _looked_at(self) -> tuple[str, str]:
        return self.case.views[0], self.case.context.setting

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        if not self.answer:  # the first state is shown by __init__
            return
        try:
            self._take(change["new"])
        except CourseError as error:
            self.answer = {**self.answer, "problem": str(error)}
        else:
            self._turn += 1
            self._show()
            self._rest()

    def _take(self, asked: dict[str, Any]) -> None:
        """Turn what the page asks into a case."""
        form, code = asked["preset"], asked["code"]
        field, tab = pick(asked["field"], ("close-up", "breast"), "field"), pick(asked["tab"], PANELS, "tab")
        drawn = [pick(kind, OVERLAYS, "overlay") for kind in asked["overlay"]]
        beside = view_named(asked["beside"]).name if asked["beside"] else ""
        if code:
            case = Case.from_code(code)
        else:
            view = view_named(asked["view"]).name
            setting = pick(asked["setting"], ("screening", "diagnostic"), "setting")
            as_before = (view, setting) == self._looked_at
            if setting == "screening" and view not in SCREENING and not as_before:
                # of the view and the setting, the one that was just chosen counts
                view, setting = (view, "diagnostic") if view != self.case.views[0] else (SCREENING[0], setting)
            case = Case(
                [preset(form, asked["laid"]) if form else Recipe.spread_out(asked["recipe"]), *self.case.groups[1:]],
                replace(self.case.context, setting=setting),
                asked["seed"],
                self.case.views if as_before else read_together(view, setting),
                tissue=asked["tissue"],
            )
        find_rulebook(asked["rulebook"])  # an unknown one is named before anything has changed
        laid_anew = case.groups[0].arrangement != self.case.groups[0].arrangement  # the page then sets the extent too
        self.case, self._rulebook, self._field, self._tab = case, asked["rulebook"], field, tab
        self._overlays, self._beside = drawn, beside
        if laid_anew or self._of_case() != {name: asked[name] for name in self._of_case()}:
            self._reset += 1  # more than what is under the hand has moved: the page sets all of it

    def _show(self) -> None:
        picture = self.picture = self._taken(self.case.views[0])
        beside = self._taken(self._beside) if self._beside not in ("", self.case.views[0]) else None
        with self.hold_sync():
            self._put(picture)
            if beside:
                self._put(beside, "_beside")
            elif self._grown.pop("_beside", None):
                self.ground_beside = self.layer_beside = b""  # half a megabyte here, and in the page
            lines = self._lines(picture) | {"beside": self._lines(beside) if beside else None}
            self.seen = lines | {"turn": self._turn}  # always another, so that a layer alone is drawn too
        time.sleep(POST_S)
        reading = self.reading
        self.answer = {
            "problem": None,
            "asked": self._of_case(),
            "reset": self._reset,
            "turn": self._turn,
            **preset_of(self.case.groups[0]),
            "code": self.case.code,
            "alt": self._alt(picture, reading),
            "alt_beside": self._alt(beside, reading) if beside else "",
            "page": page(self.case, reading, self._tab),
        }

    def _taken(self, view: str) -> Radiograph:
        """Take a picture of the case: a close-up as large as this explorer's are, or the whole breast."""
        shape = (self._pixels, self._pixels) if self._field == "close-up" else None
        return radiograph(self.case.pattern, view, tissue=self.case.tissue, field=self._field, shape=shape)

    def _lines(self, picture: Radiograph) -> dict[str, Any]:
        """Return all that a pane shows of a picture, but its grey values and the words for it."""
        return {
            **picture_lines(self.case.pattern, picture),
            **switched(self.case.pattern, picture, self._overlays),
            "read": picture.view.name in self.case.views,
        }

    def _alt(self, picture: Radiograph, reading: Reading) -> str:
        """Return the words for a picture, by what was measured on its view."""
        name = picture.view.name
        measured = dict(zip(self.case.views, self.case.findings, strict=True))
        return alt_text(measured.get(name) or measure(self.case.pattern, name), reading)

    def _put(self, picture: Radiograph, pane: str = "") -> None:
        """Send a pane's grey values: the tissue only if it is another."""
        ground = (self.case.seed, picture.view.name, picture.view.side, self._field, self.case.tissue)
        if ground != self._grown.get(pane):
            self._grown[pane] = ground
            self.set_trait(f"ground{pane}", bytes16(picture.background))
        self.set_trait(f"layer{pane}", packed(picture.layer))

    def _rest(self) -> None:
        """Look for moves once nothing has moved for a while, if the page shows them."""
        if self._looking:
            self._looking.cancel()
        self._looking = None
        if self._tab == "change":
            with suppress(RuntimeError):  # no event loop: then there is no page either
                self._looking = asyncio.get_running_loop().create_task(self._look(self._turn))

    async def _look(self, turn: int) -> None:
        """Send each slider's move to the page as it is found."""
        await asyncio.sleep(REST_S)
        for slider in SLIDERS:
            looking = search(self.case, slider.name, self._rulebook)
            move: Move | None = None
            while True:
                try:
                    next(looking)
                except StopIteration as end:
                    move = end.value
                    break
                await asyncio.sleep(BREATH_S)
            self.found = {"turn": turn, "slider": slider.name, "move": move_line(move) if move else None}

    def close(self) -> None:
        """Close the widget, and let go of all that it held."""
        if self._looking:
            self._looking.cancel()
        for grey in ("ground", "layer", "ground_beside", "layer_beside"):
            self.set_trait(grey, b"")  # in the page too, which may keep the model for a while
        super().close()
        self.unobserve_all()
        self.__dict__.pop("picture", None)

    picture: Radiograph

    @property
    def reading(self) -> Reading:
        """The reading that is shown."""
        return self.case.reading(self._rulebook)

    def still(self) -> str:
        """Return the still as HTML, with the verdict under it."""
        reading = self.reading
        return figure(self.picture, alt_text(self.case.findings[0], reading), f"{reading!r}. {_START}")

    def __repr__(self) -> str:
        recipe = self.case.groups[0]
        return f"Explorer({recipe.size_mm:.2f} mm x {recipe.count}, {self.case.views[0]} -> {self.reading!r})"


def explore(
    start: Recipe | Case | str | None = None,
    *,
    seed: int = 7,
    view: str = "CC",
    rulebook: str = "birads5",
    context: Context | None = None,
    sliders: tuple[str, ...] = _MAIN,
    pixels: int = SHAPE[0],
) -> Explorer:
    """Open the explorer.

    Parameters
    ----------
    start : Recipe, Case or str, optional
        Where the sliders start: a recipe, a case, or a case's code.
    seed : int
        Chance, if `start` is a recipe.
    view, rulebook : str
    context : Context, optional
    sliders : tuple of str
        Which sliders stand open; the others are folded under "More sliders".
    pixels : int
        Rows, and columns, of a close-up, 256 to 1024: more show more of the breast around the group.

    Raises
    ------
    CourseError
        If a value is not one of the choices.
    """
    for name in sliders:
        pick(name, [slider.name for slider in SLIDERS], "slider")
    if start is None:
        start = Recipe(size_mm=0.35, count=9)
    if isinstance(start, str):
        case = Case.from_code(start)
    elif isinstance(start, Case):
        case = start
    elif isinstance(start, Recipe):
        known = Context() if context is None else context
        setting = known.setting if isinstance(known, Context) else ""  # Case says what is wrong with it
        case = Case([start], known, seed, read_together(view_named(view).name, setting))
    else:
        raise CourseError(f"The explorer starts from a Recipe, a Case or a case code, not from {shown(start)}.")
    return Explorer(case, rulebook, tuple(sliders), whole(pixels, 256, 1024, "number of pixels"))
