"""The explorer: move a slider, see the pattern change, read which rule applies now and why.

The page asks and the kernel answers. `asked` holds the slider positions and choices; each change is grown, pictured,
measured and read, and comes back in one message: `layer` (the calcifications alone, cropped) and `answer` (what is
drawn and written). The tissue under it, `ground`, is sent once a seed and view.

Once nothing has moved for a while, the kernel looks for what would change the verdict and sends it slider by slider
(`found`). Between any two readings it sees to what else was asked; a new question calls the search off.

With `add`, one more each time, the page asks for the case to be put at the end of the instructor's deck (`added`).
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import traitlets

from calcifications.apps.choices import EARLIER, fixed, preset_of
from calcifications.apps.classroom import FOLDER, MINE, folder
from calcifications.apps.display import Display, read_together
from calcifications.apps.grey_bytes import bytes16, packed
from calcifications.apps.page import alt_text
from calcifications.apps.panels import move_line, page
from calcifications.apps.picture_page import picture_lines, switched
from calcifications.apps.still import figure
from calcifications.apps.widget import AROUND, VIEWER, Still, script, style
from calcifications.case import Case
from calcifications.errors import CourseError, pick, shown, whole
from calcifications.imaging import Radiograph, view_named
from calcifications.imaging.radiograph import SHAPE
from calcifications.pattern import SLIDERS, Pattern, Recipe
from calcifications.reading import Context, Reading, measure
from calcifications.teaching.deck_add import add
from calcifications.what_if import Move, search

REST_S = 0.4
"""A slider that has not moved for so long rests."""

BREATH_S = 0.001
"""Between two readings: long enough for a question that has just come to be heard first."""

_START = "Press “Start this lesson” to move the sliders."
_FOLDED = ("size_spread", "density", "settled", "knots", "around_strength")
_MAIN = tuple(slider.name for slider in SLIDERS if slider.name not in _FOLDED)


_PARTS = ("adding.js", "history.js", "panels.js", "sliders.js", "verdict.js")


class Explorer(Still):
    """The explorer's widget; see `explore`."""

    _esm = (
        script(
            "parts.js",
            *AROUND,
            *VIEWER,
            "adding.js",
            "history.js",
            "panels.js",
            "sliders.js",
            "verdict.js",
            "explorer.js",
        )
        + "\nexport default { render: renderExplorer };\n"
    )
    _css = style("theme.css", "look.css", "viewer.css")

    fixed = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True, echo_update=False)  # no other page shows it
    answer = traitlets.Dict().tag(sync=True)
    found = traitlets.Dict().tag(sync=True)
    add = traitlets.Int().tag(sync=True)
    added = traitlets.Dict().tag(sync=True)
    ground_beside = traitlets.Bytes().tag(sync=True)
    layer_beside = traitlets.Bytes().tag(sync=True)

    picture: Radiograph

    def __init__(self, case: Case, rulebook: str, sliders: tuple[str, ...], pixels: int) -> None:
        self.display = Display(case, rulebook)
        self._pixels = pixels
        self._grounds: dict[str, tuple[Any, ...]] = {}
        self._reset = 0
        self._turn = 0
        self._looking: asyncio.Task[None] | None = None
        super().__init__(fixed=fixed(sliders, rulebook), asked=self.display.asked())
        self._show()

    @property
    def case(self) -> Case:
        """The case that is shown."""
        return self.display.case

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        if not self.answer:  # the first state is shown by __init__
            return
        before, asked = self.display, change["new"]
        try:
            self.display = before.after(asked)
        except CourseError as error:
            self.answer = {**self.answer, "problem": str(error)}
        else:
            self._turn += 1
            self._reset += self.display.more_than_a_hand(before, asked)
            self._show()
            self._rest()

    @traitlets.observe("add")
    def _on_add(self, change: Any) -> None:
        path = folder() / MINE
        try:
            told = {"case": add(self.case, path), "problem": ""}
        except CourseError as error:
            told = {"case": 0, "problem": str(error)}
        self.added = {"turn": change["new"], "deck": f"{FOLDER}/{MINE}", **told}

    def _show(self) -> None:
        """Send the picture and the words of what is on display, in one message."""
        display, case = self.display, self.case
        reading = self.reading
        measured = dict(zip(case.views, case.findings, strict=True))
        shape = (self._pixels, self._pixels) if display.field == "close-up" else None
        with self.hold_sync():
            picture = self.picture = case.picture(field=display.field, shape=shape)
            self._put(picture)
            answer = {
                "problem": None,
                "asked": display.of_case(),
                "reset": self._reset,
                "turn": self._turn,
                **preset_of(case.groups[0]),
                "code": case.code,
                "offered": display.offered,
                **self._lines(case.pattern, picture),
                "alt": alt_text(measured[display.view], reading),
                "beside": None,
                "alt_beside": "",
                "page": page(case, reading, display.tab, others=display.others),
            }
            if display.beside == EARLIER and case.earlier:
                picture = case.earlier_picture(display.field, shape=shape)
                self._put(picture, "_beside", EARLIER)
                lines = self._lines(case.earlier, picture)
                lines["view"] = {**lines["view"], "id": EARLIER, "plain": "earlier exam"}
                was = alt_text(measure(case.earlier, display.view), reading)
                answer |= {"beside": lines, "alt_beside": f"At the earlier exam: {was}"}
            elif display.beside not in ("", EARLIER, display.view):
                picture = case.picture(display.beside, display.field, shape=shape)
                self._put(picture, "_beside")
                seen = measured.get(display.beside) or measure(case.pattern, display.beside)
                answer |= {"beside": self._lines(case.pattern, picture), "alt_beside": alt_text(seen, reading)}
            elif self._grounds.pop("_beside", None):
                self.ground_beside = self.layer_beside = b""  # half a megabyte here, and in the page
            self.answer = answer

    def _lines(self, pattern: Pattern, picture: Radiograph) -> dict[str, Any]:
        """Return all that a pane shows of a picture, but its grey values and the words for it."""
        return {
            **picture_lines(pattern, picture),
            **switched(pattern, picture, self.display.overlays),
            "read": picture.view.name in self.case.views,
        }

    def _put(self, picture: Radiograph, pane: str = "", exam: str = "") -> None:
        """Send a pane's grey values: the tissue only if it is another."""
        ground = (self.case.seed, picture.view.name, picture.view.side, self.display.field, self.case.tissue, exam)
        if ground != self._grounds.get(pane):
            self._grounds[pane] = ground
            self.set_trait(f"ground{pane}", bytes16(picture.background))
        self.set_trait(f"layer{pane}", packed(picture.layer))

    def _rest(self) -> None:
        """Look for moves once nothing has moved for a while, if the page shows them."""
        if self._looking:
            self._looking.cancel()
        self._looking = None
        if self.display.tab == "change":
            with suppress(RuntimeError):  # no event loop: then there is no page either
                self._looking = asyncio.get_running_loop().create_task(self._look(self._turn))

    async def _look(self, turn: int) -> None:
        """Send each slider's move to the page as it is found."""
        await asyncio.sleep(REST_S)
        for slider in SLIDERS:
            looking = search(self.case, slider.name, self.display.rulebook)
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

    @property
    def reading(self) -> Reading:
        """The reading that is shown."""
        return self.case.reading(self.display.rulebook)

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
    tissue: str = "b",
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
        Chance, if `start` is a recipe, as are tissue, view and context.
    tissue : {"a", "b", "c", "d"}
        Density of the breast.
    view, rulebook : str
    context : Context, optional
    sliders : tuple of str
        Which sliders stand open; the others are folded under "More sliders".
    pixels : int
        Rows, and columns, of a close-up, 256 to 1024: more show more of the breast around the group. As many as by
        default have room on a laptop's screen one for one, and the smallest specks look as sharp as they are; more are
        drawn smaller, and specks fade.

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
        case = Case([start], known, seed, read_together(view_named(view).name, setting), tissue=tissue)
    else:
        raise CourseError(f"The explorer starts from a Recipe, a Case or a case code, not from {shown(start)}.")
    return Explorer(case, rulebook, tuple(sliders), whole(pixels, 256, 1024, "number of pixels"))
