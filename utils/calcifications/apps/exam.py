"""The exam: a sealed set of questions in a given time, nothing said before the end, and a result to hand in.

The page asks (`asked`), and the kernel sends `item`: what is to be known before it begins, then question after question
without any feedback, then the result, in which each question can be looked at again. Each answer is on the disk before
the next question comes.
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
from calcifications.errors import CourseError, whole
from calcifications.learning import KINDS, Progress
from calcifications.learning.exam import Plan
from calcifications.learning.result import Result, hand_in, result_path
from calcifications.learning.sitting import Sitting
from calcifications.teaching.deck import Deck

TICK_S = 5
"""How often the page has the time kept that is used."""


class Exam(QuestionPage):
    """The exam's widget; see `exam`."""

    _esm = question_script("exam.js", "renderExam")

    left_s = traitlets.Float().tag(sync=True)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sitting = Sitting.of(plan)
        self._maker = ThreadPoolExecutor(1, "next-question")
        self._next: Future[Shown] | None = None
        self._since = monotonic()
        super().__init__(tick_s=TICK_S)
        self._show()

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked, sitting = change["new"], self.sitting
        if asked.get("number") != self.item["number"]:
            return  # of a question that is no longer on screen
        try:
            if "review" in asked:
                self._review(asked["review"])
            elif asked.get("begin"):
                sitting.go_on(str(asked.get("name") or ""))
                self._show()
            elif asked.get("again") and sitting.ended:
                self.sitting = Sitting.new(self.plan)
                self._show()
            elif sitting.running:
                self._take(asked)
        except CourseError as error:
            self.item = {**self.item, "problem": str(error)}
            if self.item["stage"] == "asking" and (sitting.ended or sitting.place + 1 != self.item["number"]):
                self._show()  # the time was over, or another window has answered

    def _take(self, asked: Json) -> None:
        """Do what the page asks while the exam runs."""
        sitting = self.sitting
        if "answer" in asked:
            sitting.answer(asked["answer"], monotonic() - self._since)
            self._show()
        elif asked.get("hand_in"):
            sitting.end()
            self._show()
        elif "look" in asked:
            self.put(shown(sitting.item, look=asked["look"]), None, self.item)
        elif "try" in asked:
            look = sitting.item.trial(asked["try"])
            self.put(Shown(sitting.item, panes=(pane(look, sitting.item),)), None, self.item)
        elif asked.get("drawn"):
            self._since = monotonic()
            self._make_next()
        elif asked.get("tick"):
            sitting.tick()
            self.left_s = sitting.left_s  # a page that was loaded again knows it from here
            if sitting.ended:
                self._show()

    def _make_next(self) -> None:
        """Make the question after the one on screen ready meanwhile."""
        following = self.sitting.place + 1
        if self._next is None and following < len(self.sitting.exam.questions):
            question = self.sitting.exam.questions[following]
            self._next = self._maker.submit(lambda: shown(question.item))

    def _show(self) -> None:
        """Show where the exam stands."""
        sitting = self.sitting
        self.left_s = sitting.left_s
        if sitting.ended:
            self._end()
        elif not sitting.running:
            self._put_words({"stage": "ready", "number": 0, **self._facts()})
        else:
            ready, self._next = self._next, None
            question = ready.result() if ready else shown(sitting.item)
            if question.item is not sitting.item:  # another window was quicker
                question = shown(sitting.item)
            self._since = monotonic()
            place = sitting.place
            facts = self._facts() | {"progress": f"Question {place + 1} of {len(sitting.exam.questions)}"}
            self.put(question, None, {**asked_lines(question.item), "stage": "asking", "number": place + 1, **facts})

    def _facts(self) -> Json:
        """Return what is known of the exam at any time."""
        sitting = self.sitting
        return {
            "title": f"Exam: {self._size()}",
            "kinds": [KINDS[kind].title for kind in dict.fromkeys(each.kind for each in sitting.exam.questions)],
            "begun": sitting.began is not None,
            "place": sitting.place,
            "of": len(sitting.exam.questions),
            "left_s": round(sitting.left_s, 1),
            "note": sitting.note,
            "name": sitting.name,
        }

    def _end(self) -> None:
        """Show the result, and keep it."""
        trouble = []
        try:
            progress = Progress()
            result = hand_in(self.sitting, progress)
            trouble = [said for said in (*progress.notes, progress.trouble) if said]
        except CourseError as mistake:
            result = Result.of(self.sitting)
            trouble = [str(mistake)]
        path = result_path(self.sitting)
        rows = [
            {**each, "case": "", "title": KINDS[each["kind"]].title, "place": place}
            for place, each in enumerate(result.values["questions"])
        ]
        ended = {
            "stage": "ended",
            "number": 0,
            **self._facts(),
            "told": result.told.splitlines(),
            "right": result.values["right"],
            "rows": rows,
            "kept": str(path),
            "file": {"name": path.name, "text": result.text().decode()},
            "log": trouble,
            "review": None,
        }
        self._put_words(ended)

    def _review(self, place: Any) -> None:
        """Show a question of an exam that has ended again, with what is said to its answer; None closes it."""
        if self.sitting.ended is None:
            return
        if place is None:
            self._put_words({**self.item, "review": None})
            return
        place = whole(place, 0, len(self.sitting.exam.questions) - 1, "number of the question")
        asked = self.sitting.exam.questions[place].item
        mark = self.sitting.marks()[place]
        question = shown(asked)
        said = {
            **asked_lines(asked),
            "number": f"review {place}",
            "review": True,
            "progress": f"Question {place + 1} of {len(self.sitting.exam.questions)}",
            "code": asked.code if asked.case else "",
            "feedback": feedback_lines(asked, mark) | {"can_mend": False} if mark else None,
            "key": asked.key,
            "why": asked.explain(),
        }
        self.question = question
        review = {**said, **self.pane_lines(mark)}
        with self.hold_sync():
            self.ground, self.ground_beside = ([each.grey for each in question.panes] + [b"", b""])[:2]
            self.item = {**self.item, "problem": None, "review": review}

    def _put_words(self, lines: Json) -> None:
        """Show words alone."""
        with self.hold_sync():
            self.ground = self.ground_beside = b""
            self.item = {"problem": None, "panes": [], **lines}

    def close(self) -> None:
        """Close the widget; nothing is made for it any more."""
        self._maker.shutdown(wait=False, cancel_futures=True)
        super().close()

    def _size(self) -> str:
        many, minutes = len(self.sitting.exam.questions), self.sitting.exam.minutes
        return f"{many} question{'' if many == 1 else 's'} in {minutes:g} minute{'' if minutes == 1 else 's'}"

    def still(self) -> str:
        """Return what stands here before the lesson is started, as HTML."""
        return f"<p>{escape(repr(self))}. Press “Start this lesson” to sit it.</p>"

    def __repr__(self) -> str:
        kinds = self.plan.kinds
        asked = ", ".join(KINDS[kind].title for kind in kinds) if set(kinds) < set(KINDS) else "of every kind"
        return f"Exam({self._size()}: {asked})"


def exam(
    *kinds: str,
    questions: int = 20,
    minutes: float = 20,
    seed: int = 0,
    forms: Sequence[str] = (),
    cases: Sequence[str] = (),
    deck: str = "",
) -> Exam:
    """Sit an exam: the same questions for everyone who gives the same arguments, and nothing said before the end.

    It can be begun, and after a crash gone on with, wherever this is called with the same arguments. Whoever runs code
    in the kernel can always get at the key: where that matters, sit beside.

    Parameters
    ----------
    *kinds : str
        What to ask, in turn: "form", "distribution", "rule", ...; everything by default.
    questions : int
        How many, 1 to 100, where `cases` doesn't say it.
    minutes : float
        The time, 0.1 to 300.
    seed : int
        Another seed is another exam.
    forms : sequence of str
        Which forms may come up; all by default.
    cases : sequence of str
        Codes of the cases to ask of, where they are not to be grown; none may be borderline.
    deck : str
        Or the path of a deck, whose cases and questions it then has, in its order.

    Raises
    ------
    CourseError
        If a value is unknown or out of its bounds, a case is damaged or borderline, a deck has mistakes, or the disk
        refuses.
    """
    if deck and (kinds or cases):
        raise CourseError("A deck brings its own questions and cases: give the deck alone, or questions and cases.")
    if deck:
        kinds, cases = Deck.read(deck).plan
    return Exam(Plan.of(kinds, questions, minutes, seed, forms, cases))
