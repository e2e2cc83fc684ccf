"""Moodle XML: a question bank's category with its questions, pictures within."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape

from calcifications.teaching.plates import Plate
from calcifications.teaching.question import Picture, Question


def text(title: str, named: Iterable[tuple[str, Question]], plate: Plate = Picture.plate) -> Iterator[str]:
    """Return the file of some questions, a part at a time.

    Parameters
    ----------
    title : str
        Of the deck: it names the category.
    named : iterable of (str, Question)
        The questions, each with the title of its case.
    plate : callable
        Gives a picture's bytes.
    """
    category = escape("$course$/top/" + title.replace("/", "//"))  # a single slash would begin a category below it
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    yield f'<question type="category"><category><text>{category}</text></category></question>\n'
    for name, question in named:
        yield entry(name, question, plate)
    yield "</quiz>\n"


def entry(name: str, question: Question, plate: Plate = Picture.plate) -> str:
    """Return one question."""
    choice = question.number is None
    known = "".join(f"<p>{escape(said)}</p>" for said in question.known)
    asked = f"<p><b>{escape(question.prompt)}</b></p>{_images(question.pictures)}"
    cited = f"<p><small>Sources: {escape('; '.join(question.cited))}</small></p>" if question.cited else ""
    why = f"<p>{escape(question.why)}</p>{_images(question.after)}{cited}"
    lines = [
        f'<question type="{"multichoice" if choice else "numerical"}">',
        f"<name><text>{escape(f'{name}: {question.title}')}</text></name>",
        _html("questiontext", known + asked, _files(question.pictures, plate)),
        _html("generalfeedback", why, _files(question.after, plate)),
        "<defaultgrade>1</defaultgrade><penalty>1</penalty><hidden>0</hidden>",
        f"<idnumber>{question.id}</idnumber>",
    ]
    if choice:
        lines += [
            "<single>true</single><shuffleanswers>1</shuffleanswers><answernumbering>ABCD</answernumbering>",
            "<showstandardinstruction>0</showstandardinstruction>",
            _html("correctfeedback", "Right."),
            _html("partiallycorrectfeedback", ""),
            _html("incorrectfeedback", f"The right answer: {escape(question.key)}."),
            *(_answer(question, place) for place in range(len(question.options))),
        ]
    elif question.number:
        value, tolerance = f"{question.number.value:.4g}", f"{question.number.tolerance:.4g}"
        said = _html("feedback", f"Measured: {escape(question.key)}.")
        lines.append(
            f'<answer fraction="100" format="moodle_auto_format"><text>{value}</text>'
            f"<tolerance>{tolerance}</tolerance>{said}</answer>"
        )
    return "\n".join([*lines, "</question>\n"])


def _answer(question: Question, place: int) -> str:
    option = question.options[place]
    words = escape(f"{option.word} ({option.plain})" if option.plain else option.word)
    fraction = 100 if place in question.right else 0
    said = _html("feedback", escape(question.why_not[place]))
    return f'<answer fraction="{fraction}" format="html"><text>{escape(words)}</text>{said}</answer>'


def _html(tag: str, html: str, files: str = "") -> str:
    return f'<{tag} format="html"><text>{escape(html)}</text>{files}</{tag}>'


def _images(pictures: Iterable[Picture]) -> str:
    return "".join(f'<img src="@@PLUGINFILE@@/{picture.name}" alt="{escape(picture.alt)}"> ' for picture in pictures)


def _files(pictures: Iterable[Picture], plate: Plate) -> str:
    return "".join(
        f'<file name="{picture.name}" path="/" encoding="base64">{b64encode(plate(picture)).decode()}</file>'
        for picture in pictures
    )
