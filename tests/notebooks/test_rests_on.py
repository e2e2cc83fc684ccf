"""The lessons say what the rulebooks say: change a threshold that a lesson rests on, and a stored sentence changes.

Each lesson lists in its metadata the thresholds it rests on, as [rulebook, rule, feature, another value].
"""

import ast
import contextlib
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import nbformat
import pytest

from calcifications.errors import CourseError
from calcifications.reading import Reading, rulebook, shelf
from calcifications.reading.rulebook_file import parse
from tests.notebooks.lessons import LESSONS, NOTEBOOKS

ROOT = Path(__file__).resolve().parents[2]
RULEBOOKS = ROOT / "utils/calcifications/reading/rulebooks"
SHIPPED = shelf._shipped
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@cache
def lesson(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def rests_on(path: Path) -> list[tuple[str, str, str, float]]:
    return [tuple(entry) for entry in lesson(path).metadata["calcifications"]["rests_on"]]


def stored(path: Path) -> list[str]:
    """What each code cell of a lesson says, as it is stored."""
    cells = [cell for cell in lesson(path).cells if cell.cell_type == "code"]
    return ["".join(o.text if o.output_type == "stream" else o.data["text/plain"] for o in c.outputs) for c in cells]


def says(source: str, names: dict[str, object]) -> str:
    """What a code cell says when it is run now: what it prints, then its last value."""
    *before, last = ast.parse(source).body
    value = isinstance(last, ast.Expr)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(ast.Module(before if value else [*before, last], []), "cell", "exec"), names)
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if value else None
    return printed.getvalue() + ("" if shown is None else repr(shown))


def said(path: Path) -> Iterator[str]:
    """What each code cell of a lesson says, run from top to bottom as far as is asked."""
    names: dict[str, object] = {}
    return (says(cell.source, names) for cell in lesson(path).cells if cell.cell_type == "code")


@cache
def spoken(path: Path) -> tuple[list[str], set[tuple[str, str]]]:
    """What a lesson says, and the rules of form and distribution that speak in it."""
    speaking = set()
    sentence = Reading.__repr__

    def listen(reading: Reading) -> str:
        fired = [
            step.rule
            for step in reading.steps
            if step.fired
            and step.step in ("form", "distribution")
            and any(not isinstance(check.threshold, tuple) for check in step.checks)
        ]
        speaking.update((home(reading.rulebook.id, rule), rule) for rule in fired)
        return sentence(reading)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reading, "__repr__", listen)
        return list(said(path)), speaking


@pytest.fixture
def with_rulebook(monkeypatch) -> Callable[[str, str], None]:
    """Let the course read a rulebook from another text."""

    def put(name: str, text: str) -> None:
        changed = parse(f"{name}.toml", text)
        monkeypatch.setattr(shelf, "_shipped", lambda asked: changed if asked == name else SHIPPED(asked))

    return put


def home(name: str, rule: str) -> str:
    """The rulebook in whose file a rule stands: one that is based on another takes over its rules."""
    there = f'\nid = "{rule}"\n' in (RULEBOOKS / f"{name}.toml").read_text(encoding="utf-8")
    return name if there else rulebook(name).base


def with_threshold(name: str, rule: str, feature: str, value: float) -> str:
    """A copy of a rulebook in which a rule's threshold has another value, as in all rules for the same word."""
    head, *rules = (RULEBOOKS / f"{name}.toml").read_text(encoding="utf-8").split("[[rule]]")
    ours = next(text for text in rules if f'\nid = "{rule}"\n' in text)
    word = re.search(r"^says = .+$", ours, re.MULTILINE)[0]
    asked = re.search(rf'feature = "{feature}", op = "[<>=]+", value = [\d.]+', ours)[0]
    other = re.sub(r"[\d.]+$", str(value), asked)
    if feature.endswith("share") and value == 1:  # more than everything: never
        other = other.replace('">="', '">"')
    assert other != asked
    return "[[rule]]".join([head, *(text.replace(asked, other) if word in text else text for text in rules)])


@each_lesson
def test_a_lesson_says_what_is_stored(path):
    assert spoken(path)[0] == stored(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_say_the_same_in_any_order_and_twice(path):
    """From bottom to top after a restart, then from top to bottom in the same kernel."""
    names: dict[str, object] = {}
    sources = [cell.source for cell in lesson(path).cells if cell.cell_type == "code"]
    backwards = [says(source, names) for source in reversed(sources)]
    assert backwards[::-1] == stored(path)
    assert [says(source, names) for source in sources] == stored(path)


@pytest.mark.parametrize(
    ("path", "entry"),
    [(path, entry) for path in LESSONS for entry in rests_on(path)],
    ids=lambda value: value.stem if isinstance(value, Path) else "-".join(map(str, value)),
)
def test_another_threshold_changes_a_stored_sentence(path, entry, with_rulebook):
    with_rulebook(entry[0], with_threshold(*entry))
    with contextlib.suppress(CourseError):  # a quiz that can no longer find its cases is another page too
        assert any(now != then for now, then in zip(said(path), stored(path), strict=True))


@each_lesson
def test_the_list_names_every_rule_that_speaks_in_a_lesson(path):
    """Of form and distribution, where the thresholds stand. A category's rule asks for words."""
    speaking = spoken(path)[1]
    assert speaking
    assert speaking <= {(name, rule) for name, rule, *_ in rests_on(path)}
