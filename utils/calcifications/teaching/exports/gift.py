"""GIFT: questions as plain text. It can't hold pictures: each question names its files, which lie beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from calcifications.teaching.question import Picture, Question

_CONTROL = re.compile(r"([~=#{}:\\])")


def text(title: str, named: Iterable[tuple[str, Question]]) -> Iterator[str]:
    """Return the file of some questions, a part at a time; the parameters are those of `moodle.text`."""
    yield f"$CATEGORY: $course$/top/{_line(title).replace('/', '//')}\n\n"
    for name, question in named:
        yield entry(name, question)


def entry(name: str, question: Question) -> str:
    """Return one question."""
    shown = ", ".join(picture.name for picture in question.pictures)
    asked = _escaped(" ".join([*question.known, question.prompt, f"Pictures: {shown}."]))
    head = f"// [id:{question.id}]\n::{_escaped(f'{name}, {question.title}')}::[plain]{asked} {{"
    if question.number:
        # a tolerance is part of the number here, and its colon is no sign of a person's
        return f"{head}#{question.number.value:.4g}:{question.number.tolerance:.4g}####{_escaped(question.why)}\n}}\n\n"
    lines = []
    for place, option in enumerate(question.options):
        sign = "~" if place not in question.right else "=" if len(question.right) == 1 else "~%100%"
        said = f" #{_escaped(question.why_not[place])}" if question.why_not[place] else ""
        words = f"{option.word} ({option.plain})" if option.plain else option.word
        lines.append(f"\t{sign}{_escaped(words)}{said}")
    return "\n".join([head, *lines, f"\t####{_escaped(question.why)}", "}\n\n"])


def pictures(named: Iterable[tuple[str, Question]]) -> list[Picture]:
    """Return the pictures that lie beside it, each once."""
    return list({picture.name: picture for _, question in named for picture in question.pictures}.values())


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _CONTROL.sub(r"\\\1", _line(text))
