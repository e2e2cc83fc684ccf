"""The quiz: questions on fresh cases, with right or wrong, the place on the picture, and the reason.

The page sends an answer (`asked`). The kernel marks it, writes it to the learner's log, and then sends `item` back with
the feedback in it; the right answer is not in the page before that. While a question is looked at, the next one is made
in another thread, so that it is there at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from time import monotonic
from typing import Any

import traitlets

from calcifications.apps.question import (
    Json,
    QuestionPage,
    Shown,
    asked_lines,
    feedback_lines,
    pane,
    question_script,
    shown,
)
from calcifications.errors import CourseError
from calcifications.learning import KINDS, Progress, Schedule, Session
from calcifications.learning.asked import Asked
from calcifications.learning.items import Look


class Quiz(QuestionPage):
    """The quiz's widget; see `quiz`."""

    _esm = question_script("quiz.js", "renderQuiz")

    ground_mended = traitlets.Bytes().tag(sync=True)

    def __init__(self, session: Session, trouble: str = "") -> None:
        self.session = session
        self._trouble = trouble
        self._maker = ThreadPoolExecutor(1, "next-question")
        self._next: Future[tuple[Asked, Shown]] | None = None
        self._since = monotonic()
        super().__init__()
        self._show(shown(session.item, session.why))

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked, session = change["new"], self.session
        if asked.get("number") != session.number:
            return  # of a question that is no longer on screen
        try:
            if "answer" in asked and not session.answered:
                session.answer(asked["answer"], monotonic() - self._since)
                self._mark()
            elif asked.get("next") and session.answered:
                self._go_on()
            elif "look" in asked:
                self._look(asked["look"])
            elif "try" in asked and not session.answered:
                self._try(asked["try"])
            elif asked.get("mend") and session.answered:
                self._mend()
            elif asked.get("drawn") and not session.answered:
                self._since = monotonic()
                self._make_next()
        except CourseError as error:
            self.item = {**self.item, "problem": str(error)}

    def _make_next(self) -> None:
        """Make the next question meanwhile."""
        if self._next is None:
            self._next = self._maker.submit(self._made, self.session.schedule(), self.session.number)

    def _made(self, schedule: Schedule | None, before: int) -> tuple[Asked, Shown]:
        asked = self.session.fresh(schedule, before)
        return asked, shown(asked.item, asked.why)

    def _go_on(self) -> None:
        """Show the next question."""
        ready, self._next = self._next, None
        asked, question = ready.result() if ready else self._made(self.session.schedule(), self.session.number)
        self.session.put(asked)
        self._show(question)
        self.session.remember()

    def _show(self, question: Shown) -> None:
        """Show a question that has just come."""
        session = self.session
        round_ = (session.number - 1) // session.length
        lines = {
            **asked_lines(session.item),
            "number": session.number,
            "progress": self._place() + (f", round {round_ + 1}" if round_ else ""),
            "log": self._problems(),
        }
        self._since = monotonic()
        with self.hold_sync():
            self.ground_mended = b""
            self.put(question, None, lines)

    def _look(self, name: str) -> None:
        """Show another of the question's pictures."""
        self.put(shown(self.session.item, look=name), self.session.feedback, self.item)

    def _try(self, answer: Any) -> None:
        """Show what an answer would look like."""
        item = self.session.item
        self.put(Shown(item, panes=(pane(item.trial(answer), item),)), None, self.item)

    def _mark(self) -> None:
        """Show what is said to an answer."""
        session = self.session
        feedback = session.feedback
        assert feedback is not None
        place = (session.number - 1) % session.length + 1
        next_ = "Another round" if place == session.length else f"Next {self._unit()}"
        said = feedback_lines(session.item, feedback) | {"next": next_, "scheduled": session.why}
        self.item = {
            **self.item,
            "problem": None,
            "feedback": said,
            "progress": f"{self._place()}: {session.right} of {place} right",
            "code": session.item.code if session.item.case and not session.item.later else "",
            "log": self._problems(),
            **self.pane_lines(feedback),
        }

    def _place(self) -> str:
        """Return where in its round a question stands."""
        session = self.session
        place = (session.number - 1) % session.length
        if not session.cases:
            return f"Question {place + 1} of {session.length}"
        case, step = divmod(place, len(session.kinds))
        return f"Case {case + 1} of {session.cases}, step {step + 1} of {len(session.kinds)}"

    def _unit(self) -> str:
        """Return what comes next in the midst of a round."""
        if not self.session.cases:
            return "question"
        return "step" if self.session.item.later else "case"

    def _mend(self) -> None:
        """Show the same picture with the one slider moved that would have made the answer right."""
        item, feedback = self.session.item, self.session.feedback
        assert feedback is not None
        found = feedback.mended
        mended: Json = {"sentence": "No single slider, moved from here, makes it so.", "pane": None}
        with self.hold_sync():
            if found:
                first = self.question.panes[0].look
                look = Look(first.name, first.plain, found.case, first.view)
                made = pane(look, item)
                self.ground_mended = made.grey
                mended = {"sentence": found.sentence, "pane": {**made.lines, "alt": made.said}}
            self.item = {**self.item, "problem": None, "feedback": {**self.item["feedback"], "mended": mended}}

    def _problems(self) -> list[str]:
        """Return what is wrong with the log, a sentence each; the quiz goes on."""
        return [sentence for sentence in (self._trouble, *self.session.problems) if sentence]

    def close(self) -> None:
        """Close the widget; nothing is made for it any more."""
        self._maker.shutdown(wait=False, cancel_futures=True)
        super().close()

    def still(self) -> str:
        """Return what stands here before the lesson is started, as HTML."""
        return f"<p>{escape(repr(self))}. Press “Start this lesson” to be asked.</p>"

    def __repr__(self) -> str:
        kinds, cases = self.session.kinds, self.session.cases
        if cases:
            return f"Quiz({cases} whole case{'s' * (cases > 1)}: {', '.join(KINDS[kind].title for kind in kinds)})"
        asked = ", ".join(KINDS[kind].title for kind in kinds) if len(kinds) < len(KINDS) else "of every kind"
        return f"Quiz({self.session.length} questions: {asked})"


def quiz(*kinds: str, questions: int = 6, seed: int | None = None, forms: Sequence[str] = (), whole: int = 0) -> Quiz:
    """Ask questions on fresh cases. Every answer goes into the learner's log, and the log says what comes next.

    Parameters
    ----------
    *kinds : str
        What to ask: "form", "distribution", "rule", ...; everything by default.
    questions : int
        How many make a round, 1 to 100.
    seed : int, optional
        The same seed asks the same questions from the first one on, kinds in turn; without one, what the learner needs
        comes next, and a round that was left in its midst goes on.
    forms : sequence of str
        Which forms may come up; all by default.
    whole : int
        How many whole cases make a round, 1 to 25, in the place of `questions`: each is found on the picture, named,
        and given its category before the next one comes. `kinds` are then some of these steps; all four by default.

    Raises
    ------
    CourseError
        If a kind or a form is unknown, or no step of a whole case, or a number is out of its bounds.
    """
    progress, trouble = None, ""
    try:
        progress = Progress()
    except CourseError as mistake:
        trouble = f"{mistake} Until then, no answer is kept."
    return Quiz(Session(kinds, questions, seed, forms, progress, whole), trouble)
