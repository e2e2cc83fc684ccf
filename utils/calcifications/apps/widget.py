"""What the widgets are made of: their scripts, and a still picture where they can't run."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

HERE = Path(__file__).parent
_PARTS = (
    *("grey", "window", "zoom", "ruler", "pin", "loupe", "shapes", "pane", "overlays", "menu", "rail", "help", "tools"),
    *("hand", "keys"),
)
VIEWER = (*(f"viewer_{part}.js" for part in _PARTS), "viewer.js")
"""The viewer's scripts, in the order in which they build on each other."""

AROUND = ("theme.js", "stage.js", "link.js")
"""The scripts of what stands around every widget: its colours, its size, its link to the kernel."""

ANSWERS = ("sliders.js", "answers.js", *sorted(path.name for path in HERE.glob("answers_*.js")))
"""The scripts of the ways to answer a question, a file each."""

LOOKS = ("theme.css", "look.css", "viewer.css", *sorted(path.name for path in HERE.glob("answers*.css")))
"""The style sheets of a page with questions."""


def script(*names: str) -> str:
    """Return JavaScript files joined into one module; the last names the widget's render function."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def style(*names: str) -> str:
    """Return style sheets joined into one."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


@cache
def settle() -> None:
    """Take all that is in memory by now out of the garbage collector's rounds, once.

    Looking through a kernel's own hundred thousands of objects takes it 30 to 70 ms, in the midst of a slider's way.
    """
    gc.collect()
    gc.freeze()


class Still(anywidget.AnyWidget):
    """A widget that shows a still picture, with alt text, wherever it can't run."""

    ground = traitlets.Bytes().tag(sync=True)
    layer = traitlets.Bytes().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        settle()
        super().__init__(**traits)

    def still(self) -> str:
        """Return the still as HTML."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(data or {}), "text/plain": repr(self), "text/html": self.still()}, metadata
