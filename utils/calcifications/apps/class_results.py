"""The page of class results: files dropped into it or taken from a folder, and what the class has understood.

The page asks (`asked`) with files, a class list, or what to show, and the kernel sends `shown`: all numbers, already
worked out. Files stay in the kernel, names there and on the page; where numbers stand for them, none leaves the kernel.
"""

from __future__ import annotations

import base64
import binascii
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from calcifications.apps.class_lines import class_lines
from calcifications.apps.widget import AROUND, script, style
from calcifications.errors import CourseError, shown
from calcifications.learning.result import LARGEST
from calcifications.teaching.deck import counted
from calcifications.teaching.results import roster
from calcifications.teaching.results.again import deck, weak
from calcifications.teaching.results.class_results import ClassResults, gather
from calcifications.teaching.results.example import example as invented
from calcifications.teaching.results.file import MOST, File, files_in, one_line
from calcifications.teaching.results.told import labels

Json = dict[str, Any]


class ClassPage(anywidget.AnyWidget):
    """The page's widget; see `class_results`."""

    _esm = (
        script("parts.js", *AROUND, "panels.js", "plots.js", "mix_ups.js", "class_panels.js", "class_results.js")
        + "\nexport default { render: renderClass };\n"
    )
    _css = style("theme.css", "look.css", "standing.css", "class_results.css")

    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    shown = traitlets.Dict().tag(sync=True)
    largest = traitlets.Int(LARGEST).tag(sync=True)

    def __init__(self, files: list[File], names: tuple[str, ...], *, numbers: bool) -> None:
        super().__init__()
        self._files = {file.name: file for file in files}
        self._roster, self._numbers = names, numbers
        self._results = gather(files, names)
        self._tell("")

    @property
    def results(self) -> ClassResults:
        """The results as they are now."""
        return self._results

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked, told, file = change["new"], "", None
        try:
            if "files" in asked:
                self._take(asked["files"])
                if asked.get("more"):
                    return  # the last ones bring the numbers
                told = f"{counted(len(self._files), 'file')} in all."
            elif "list" in asked:
                self._roster = roster.names(_bytes(asked["list"].get("bytes64")) or b"")
                told = f"The class list has {counted(len(self._roster), 'name')}."
            elif "numbers" in asked:
                self._numbers = asked["numbers"] is True
            elif asked.get("teach"):
                made = deck(weak(self._results.handed))
                file = {"name": "to-teach-again.toml", "text": made.text()}
                told = f"A deck of {made} is with your downloads."
            elif asked.get("forget"):
                self._files, self._roster = {}, ()
            if "teach" not in asked:
                self._results = gather([self._files[name] for name in sorted(self._files)], self._roster)
        except CourseError as mistake:
            told = str(mistake)
        self._tell(told, file)

    def _take(self, files: Any) -> None:
        """Take files that were dropped: of those with the same name but another content, both are kept."""
        for each in files if isinstance(files, list) else []:
            name, raw = str(each.get("name")), _bytes(each.get("bytes64"))
            problem = "" if raw is not None else one_line(str(each.get("problem") or "can't be read"))
            file, number = File(name, raw or b"", problem), 1
            while self._files.get(file.name, file) != file:
                number += 1
                file = File(f"{name} ({number})", raw or b"", problem)
            if len(self._files) >= MOST:
                raise CourseError(f"No more than {MOST} files can be compared; forget these first.")
            self._files[file.name] = file

    def _tell(self, told: str, file: Json | None = None) -> None:
        lines = class_lines(self._results, labels(self._results, numbers=self._numbers))
        listed = {"files": len(self._files), "listed": len(self._roster)}
        self.shown = {**lines, **listed, "told": told, "file": file, "turn": self.asked.get("turn", 0)}

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        # no name, and no score: a notebook that is stored tells nothing of a student
        still = f"<p>{escape(repr(self))}. Press “Start this lesson” to see it.</p>"
        return {**(data or {}), "text/plain": repr(self), "text/html": still}, metadata

    def __repr__(self) -> str:
        if not self._files:
            return "ClassResults(nothing handed in yet)"
        many, out = len(self._results.handed), len(self._results.left_out)
        return f"ClassResults({counted(many, 'result')}, {counted(out, 'file')} left out)"


def _bytes(text: Any) -> bytes | None:
    """Return what the page sent of a file."""
    try:
        return base64.b64decode(text, validate=True)[: LARGEST + 1] if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        return None


def class_results(
    folder: str | Path = "", class_list: str | Path = "", names: bool = True, example: bool = False
) -> ClassPage:
    """Show what a class has understood, from the result files of an exam.

    Nothing leaves this computer: files and names stay in the notebook's kernel and on the page.

    Parameters
    ----------
    folder : str or Path
        Where the files are, in it or in folders below; without one they are dropped into the page.
    class_list : str or Path
        A text file with a name a line, to see who is missing.
    names : bool
        Whether students are called by name; else by a number that only this computer can lead back to a name.
    example : bool
        Whether to show an invented class of 24, where there is no folder.

    Raises
    ------
    CourseError
        If the folder or the class list can't be read, or `names` is neither.
    """
    if not isinstance(names, bool):
        raise CourseError(f"'names' can't be {shown(names)}; it is True or False.")
    listed = roster.read(class_list) if class_list else ()
    files = files_in(folder, Path(class_list) if class_list else None) if folder else []
    files += invented() if example and not folder else ()
    return ClassPage(files, listed, numbers=not names)
