"""The three sheets of an exam: what is asked, where it is answered, and the key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import ascii_uppercase

from calcifications.teaching.deck import counted
from calcifications.teaching.paper.form import Form
from calcifications.teaching.paper.page import LEFT, PALE, RIGHT, STRIP_MM, TOP, Paper, paper
from calcifications.teaching.question import Picture, Question
from calcifications.teaching.still import taken

_TEXT, _SMALL = 8.5, 7.8  # points; two cases with three pictures and two questions each fit on a page
_GAP = 3.0  # mm between pictures, and between columns
_INDENT, _LETTER = 8.0, 5.0  # mm: for a question's number, and for an answer's letter
_WIDEST = 88.0  # mm: what is 36 mm wide in the breast then has 0.2 mm drawn 0.5 mm wide
_COLUMN = (RIGHT - LEFT - _INDENT - _GAP) / 2
_ROW = 8.6  # mm from answer to answer
_MARKED = 36.0  # mm: a ringed picture in the key
_ROWS = 25  # answers in a column of the answer sheet


def exam_sheet(path: Path, form: Form, tell: Callable[[], None]) -> None:
    """Write what is asked."""
    with paper(path, form.title, f"Form {form.letter}") as sheet:
        sheet.turn()
        sheet.write(
            f"{counted(len(form.questions), 'question')}. Choose one answer to each and mark it on the answer sheet of "
            f"form {form.letter}. The bar below a picture is 10 mm long in the breast; the small outline is the whole "
            f"breast, the box in it what the picture shows. {_marked_by(form)}",
            8.5,
        )
        number = 1
        for case in form.cases:
            sheet.y -= 4
            _asked(sheet, case, number)
            number += len(case)
            tell()


def _marked_by(form: Form) -> str:
    editions = dict.fromkeys(question.edition for question in form.questions if question.edition)
    return f"Marked by: {'; '.join(editions)}." if editions else ""


def _asked(sheet: Paper, case: tuple[Question, ...], number: int) -> None:
    """Write the pictures of a case, and what is asked of them."""
    pictures = max((question.pictures for question in case), key=lambda some: sum(each.dots for each in some))
    known, full = " ".join(case[0].known), RIGHT - LEFT
    across = min(len(pictures), 3) or 1
    wide = min((full - (across - 1) * _GAP) / across, _WIDEST)
    rows = [pictures[start : start + across] for start in range(0, len(pictures), across)]
    height = (sheet.tall(known, full, _SMALL) + 1.5 if known else 0) + len(rows) * (wide + STRIP_MM + 1)
    sheet.room(min(height + sum(_tall(sheet, question) for question in case), TOP - 20))
    if known:
        sheet.write(known, _SMALL, face="I")
        sheet.y -= 1.5
    for row in rows:
        sheet.room(wide + STRIP_MM)
        for place, picture in enumerate(row):
            sheet.picture(picture, LEFT + place * (wide + _GAP), wide)
        sheet.y -= wide + STRIP_MM + 1
    for place, question in enumerate(case):
        _question(sheet, question, number + place)


def _halves(question: Question) -> list[list[tuple[str, str]]]:
    """Return letters and answers, row by row of two columns; the left one is read first, from top to bottom."""
    said = [f"{option.word} ({option.plain})" if option.plain else option.word for option in question.options]
    lettered = list(zip(ascii_uppercase, said, strict=False))
    half = (len(lettered) + 1) // 2
    return [lettered[row::half] for row in range(half)]


def _tall(sheet: Paper, question: Question) -> float:
    rows = (max(sheet.tall(text, _COLUMN - _LETTER, _TEXT) for _, text in row) + 0.6 for row in _halves(question))
    return sheet.tall(question.prompt, RIGHT - LEFT - _INDENT, 9.5, face="B") + 3.5 + sum(rows)


def _question(sheet: Paper, question: Question, number: int) -> None:
    sheet.room(_tall(sheet, question))
    top = sheet.y
    sheet.put(LEFT, top - 0.48 * 9.5, f"{number}.", 9.5, face="B")
    sheet.write(question.prompt, 9.5, LEFT + _INDENT, RIGHT - LEFT - _INDENT, face="B")
    sheet.y -= 1
    rows = _halves(question)
    tops = [sheet.y]
    for row in rows:
        tops.append(tops[-1] - max(sheet.tall(text, _COLUMN - _LETTER, _TEXT) for _, text in row) - 0.6)
    for place in (0, 1):  # column by column: so they are read aloud in the order of their letters
        x = LEFT + _INDENT + place * (_COLUMN + _GAP)
        for sheet.y, row in zip(tops, rows, strict=False):
            for letter, text in row[place : place + 1]:
                sheet.put(x, sheet.y - 0.48 * _TEXT, letter, _TEXT, face="B")
                sheet.write(text, _TEXT, x + _LETTER, _COLUMN - _LETTER)
    sheet.y = tops[-1] - 2.5


def answer_sheet(path: Path, form: Form) -> None:
    """Write where it is answered: a row of circles for each question, or a line for a number."""
    with paper(path, form.title, f"Answer sheet, form {form.letter}") as sheet:
        for start in range(0, len(form.questions), 2 * _ROWS):
            sheet.turn()
            for text, x, end in (("Name", LEFT, 115.0), ("Number", 122.0, RIGHT)):
                sheet.put(x, TOP - 6, text)
                sheet.rule(x + 15, end, TOP - 6.5)
            sheet.put(LEFT, TOP - 16, f"Form {form.letter}. Fill in one circle a question; cross out what you change.")
            for place, question in enumerate(form.questions[start : start + 2 * _ROWS]):
                column, row = divmod(place, _ROWS)
                _answer(sheet, question, start + place + 1, LEFT + column * 92, TOP - 26 - row * _ROW)


def _answer(sheet: Paper, question: Question, number: int, x: float, y: float) -> None:
    sheet.put(x + 7, y - 1.2, f"{number}", align="right", face="B")
    for place in range(len(question.options)):
        sheet.ring(x + 14 + place * 7.4, y, ascii_uppercase[place])
    if question.number:
        sheet.rule(x + 12, x + 42, y - 2)
        sheet.put(x + 44, y - 1.2, question.number.unit)


def marking_key(path: Path, form: Form, tell: Callable[[], None]) -> None:
    """Write the key: the right answer, why, and the picture with what decides ringed."""
    with paper(path, form.title, f"Key, form {form.letter}") as sheet:
        number = 1
        for case in form.cases:
            for question in case:
                _right(sheet, form, question, number)
                number += 1
            tell()
        cited = list(dict.fromkeys(source for question in form.questions for source in question.sources))
        sheet.room(20)
        sheet.write("Sources", 9, face="B")
        sheet.write(_marked_by(form), 7.5)
        for source in cited:
            sheet.write(source, 7.5)


def _telling(question: Question) -> Picture:
    """Return the ringed picture that tells most: how they lie is seen on the widest, what they are on the closest."""
    if question.kind in ("distribution", "number"):
        return question.after[0]
    return min(question.after, key=lambda picture: taken(picture.look).pixel_mm)


def _right(sheet: Paper, form: Form, question: Question, number: int) -> None:
    x, wide = LEFT + _MARKED + 5, RIGHT - LEFT - _MARKED - 5
    letters = form.letters(question)
    key = f"{number}.  {f'{letters}: ' if letters else ''}{question.key}"
    if question.number:
        key += f" (up to {f'{question.number.tolerance:.2g} {question.number.unit}'.strip()} off)"
    tall = sheet.tall(key, wide, 10, face="B") + sheet.tall(question.why, wide, 8) + 12
    sheet.room(max(tall, _MARKED + 4))
    top = sheet.y
    if question.after:
        sheet.plate(_telling(question), LEFT, _MARKED)
    sheet.write(key, 10, x, wide, face="B")
    sheet.y -= 0.8
    sheet.write(f"{question.title}; {question.id}", 7.5, x, wide, shade=PALE)
    sheet.y -= 0.8
    sheet.write(question.why, 8, x, wide)
    sheet.y = min(sheet.y, top - (_MARKED if question.after else 0)) - 4
