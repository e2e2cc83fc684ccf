"""An exam on paper: for two forms a sheet with pictures, an answer sheet and a marking key, as PDF.

Lines and pictures are tagged, in the order in which they are read, and pictures have alt text.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from calcifications.errors import CourseError, shown
from calcifications.teaching.deck import Deck, counted
from calcifications.teaching.exports import table
from calcifications.teaching.paper.form import Form, forms
from calcifications.teaching.paper.sheets import answer_sheet, exam_sheet, marking_key
from calcifications.teaching.question import left_out
from calcifications.teaching.whole import whole

COLUMNS = ("form", "number", "letter", "answer", "tolerance", "id", "kind", "code")


def write(deck: Deck, out: str | Path, seed: int, tell: Callable[[int, int], None] = lambda done, of: None) -> str:
    """Write a deck as an exam on paper into a folder that must not be there yet.

    Parameters
    ----------
    deck : Deck
    out : str or Path
    seed : int
        Chance of form B's order.
    tell : callable
        Told how many parts are done, and of how many.

    Returns
    -------
    str
        What was written and what was left out, in a sentence or two.

    Raises
    ------
    CourseError
        If nothing of it can be asked on paper, or the folder is there already.
    """
    folder = Path(out)
    with whole(folder) as part:
        both = forms(deck, seed)
        if not both[0].questions:
            raise CourseError(f"The deck {shown(deck.title)} asks nothing that paper can hold; ask the form of a case.")
        part.mkdir(parents=True)
        done, of = count(1), 2 * sum(len(form.cases) for form in both)
        for form in both:
            exam_sheet(part / f"exam-{form.letter}.pdf", form, lambda: tell(next(done), of))
            answer_sheet(part / f"answers-{form.letter}.pdf", form)
            marking_key(part / f"key-{form.letter}.pdf", form, lambda: tell(next(done), of))
        lines = [table.line(COLUMNS), *(table.line(row) for form in both for row in _rows(form))]
        (part / "key.csv").write_text("".join(lines), encoding="utf-8-sig", newline="")
    asked = both[0].questions
    cases = counted(len({question.code for question in asked}), "case")
    return " ".join([f"{folder}: {counted(len(asked), 'question')} on {cases}, forms A and B.", *left_out(deck)])


def _rows(form: Form) -> list[tuple[object, ...]]:
    return [
        (
            form.letter,
            number,
            form.letters(question),
            question.key,
            f"{question.number.tolerance:.4g}" if question.number else "",
            question.id,
            question.title,
            question.code,
        )
        for number, question in enumerate(form.questions, 1)
    ]
