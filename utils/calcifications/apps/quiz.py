"""The quiz: questions on fresh cases, with right or wrong, the place on the picture, and the reason.

The page sends an answer (`asked`), the kernel marks it and sends `item` back with the feedback in it. The right answer
is not in the page before that. A case that needs several views shows one at a time; the page asks for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import numpy as np
import traitlets

from calcifications.apps.grey_bytes import bytes16, packed
from calcifications.apps.page import alt_text, check_line
from calcifications.apps.picture_page import picture_lines, shapes
from calcifications.apps.widget import AROUND, VIEWER, Still, script, style
from calcifications.errors import CourseError, pick
from calcifications.imaging import Radiograph, view_named
from calcifications.learning import KINDS, Feedback, Item, Session
from calcifications.lexicon import sources


class Quiz(Still):
    """The quiz's widget; see `quiz`."""

    _esm = script("parts.js", *AROUND, *VIEWER, "quiz.js") + "\nexport default { render: renderQuiz };\n"
    _css = style("theme.css", "look.css", "viewer.css")

    fixed = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    item = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__(fixed={"library": {name: asdict(source) for name, source in sources().items()}})
        self._show()

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked = change["new"]
        session = self.session
        try:
            if "look" in asked and asked.get("number") == session.number:
                self._look(pick(asked["look"], session.item.case.views, "view of this case"))
            elif "answer" in asked and asked.get("number") == session.number and not session.answered:
                self._mark(session.answer(asked["answer"]))
            elif asked.get("next") == session.number and session.answered:
                session.next()
                self._show()
        except CourseError as error:
            self.item = {**self.item, "problem": str(error)}

    def _show(self) -> None:
        """Show the question on screen."""
        item: Item = self.session.item
        round_, place = divmod(self.session.number - 1, self.session.length)
        shown = {
            "problem": None,
            "number": self.session.number,
            "kind": item.kind,
            "progress": f"Question {place + 1} of {self.session.length}" + (f", round {round_ + 1}" if round_ else ""),
            "question": item.ask(),
            "options": [asdict(option) for option in item.options],
            "code": item.case.code,
            "views": [[name, view_named(name).plain] for name in item.case.views],
            "feedback": None,
        }
        self._look(item.case.views[0], shown)

    def _look(self, view: str, shown: dict[str, Any] | None = None) -> None:
        """Show a view of the case on screen, with whatever else the page is to show."""
        item: Item = self.session.item
        shown = {**(self.item if shown is None else shown), "problem": None}
        picture = item.case.picture(view)
        if shown["feedback"]:
            shown["feedback"] = {**shown["feedback"], "shapes": _marked(item, self.session.marks[-1].where, picture)}
        with self.hold_sync():
            self.ground = bytes16(picture.background)
            self.layer = packed(picture.layer)
            self.item = {
                **shown,
                **picture_lines(item.case.pattern, picture),
                "look": view,
                "alt": f"A mammogram close-up, {picture.view.name} view, with calcifications to be read.",
            }

    def _mark(self, feedback: Feedback) -> None:
        """Show what is said to an answer."""
        session, item = self.session, self.session.item
        place = (session.number - 1) % session.length + 1
        said = {
            "right": feedback.right,
            "key": feedback.key,
            "chosen": feedback.chosen,
            "why": feedback.step.because if feedback.step else feedback.why,
            "checks": [check_line(check) for check in feedback.step.checks] if feedback.step else [],
            "why_not": feedback.why_not,
            "source": list(feedback.step.source) if feedback.step else [],
            "edition": item.reading.rulebook.edition + ".",
            "alt": alt_text(item.case.findings[0], item.reading),
            "shapes": _marked(item, feedback.where, item.case.picture(self.item["look"])),
            "last": place == session.length,
        }
        score = f"{session.right} of {place} right"
        progress = f"Question {place} of {session.length}: {score}"
        self.item = {**self.item, "problem": None, "feedback": said, "progress": progress}

    def still(self) -> str:
        """Return what stands here before the lesson is started, as HTML."""
        return f"<p>{escape(repr(self))}. Press “Start this lesson” to be asked.</p>"

    def __repr__(self) -> str:
        titles = ", ".join(KINDS[kind].title for kind in self.session.kinds)
        return f"Quiz({self.session.length} questions: {titles})"


def _marked(item: Item, where: np.typing.NDArray[np.int64], picture: Radiograph) -> list[dict[str, Any]]:
    """Return the outlines of the particles that decide, and the circles where the distribution was asked."""
    kinds = ("outline", "circles", "duct") if item.step == "distribution" else ("outline",)
    chosen = set(where.tolist())
    return [
        shape | {"class": "cx-ring"} if shape["kind"] == "outline" else shape
        for shape in shapes(item.case.pattern, picture, kinds)
        if shape["kind"] != "outline" or shape["number"] in chosen
    ]


def quiz(*kinds: str, questions: int = 6, seed: int | None = None, forms: Sequence[str] = ()) -> Quiz:
    """Ask questions on fresh cases.

    Parameters
    ----------
    *kinds : {"form", "distribution", "rule"}
        What to ask; everything by default.
    questions : int
        How many make a round, 1 to 100.
    seed : int, optional
        The same seed asks the same questions; without one, each quiz is new.
    forms : sequence of str
        Which forms may come up; all by default.

    Raises
    ------
    CourseError
        If a kind or a form is unknown, or a number is out of its bounds.
    """
    return Quiz(Session(kinds, questions, seed, forms))
