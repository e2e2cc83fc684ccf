"""Every fact on every page is traceable: each number that the course writes is in its data, or on a short list.

The data: words, sources, facts, rates, thresholds of the rulebooks, bounds of the sliders, views, counts of real cases.
What a lesson's own code asks for and prints stands beside its prose. A number counts with its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.notebooks.quantities import Quantity, known, quantities, untraced
from tests.notebooks.texts import ROOT, Text, data_texts, javascript_strings, lesson_texts, page_texts, python_strings

# Where it stands (the beginning of a text's place), the number, and why it needs no source. At most thirty.
ALLOWED: list[tuple[str, Quantity, str]] = [
    ("01_size.ipynb questions-text", (0.45, "mm"), "a made-up size in a question"),
    ("dicom.py", (192.0, ""), "the name of a character set, ISO_IR 192"),
    ("radiograph.py", (2048.0, ""), "the largest picture that the course takes, no fact"),
    ("read_back.py", (0.12, "mm"), "a size that the check grows, no fact"),
    ("read_back.py", (0.24, "mm"), "a size that the check grows, no fact"),
]
MOST = 30
KINDS: list[Callable[[], Iterator[Text]]] = [lesson_texts, data_texts, page_texts]


def strays(text: Text) -> list[Quantity]:
    """Return the numbers of a text that nothing accounts for; a lesson's own code does so for counts and sizes only."""
    near = {value for value, _ in text.beside}
    return [each for each in untraced(text.text) if not (each[0] in near and each[1] in ("", "mm"))]


@pytest.mark.parametrize("texts", KINDS)
def test_every_number_on_every_page_is_in_the_data(texts: Callable[[], Iterator[Text]]) -> None:
    allowed = {(where, quantity) for where, quantity, _ in ALLOWED}
    stray = [
        f"{text.where}: {value:g} {unit}"
        for text in texts()
        for value, unit in strays(text)
        if not any(text.where.startswith(where) and quantity == (value, unit) for where, quantity in allowed)
    ]
    assert not stray, "\n".join(["no data hold these; add the fact with its source, or take them out:", *stray])


def test_the_list_of_exceptions_is_short_and_each_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nNumbers on the pages that need no source: {len(ALLOWED)} of at most {MOST}.")
    assert len(ALLOWED) <= MOST
    every = [text for texts in KINDS for text in texts()]
    for where, quantity, why in ALLOWED:
        assert why
        assert any(text.where.startswith(where) and quantity in strays(text) for text in every), (where, quantity)


def test_all_pages_are_looked_at() -> None:
    places = {kind.__name__: [text.where for text in kind()] for kind in KINDS}
    assert {place.split()[0] for place in places["lesson_texts"]} == {
        path.name for path in (ROOT / "notebooks").glob("*.ipynb")
    }
    books = {path.name for path in (ROOT / "utils/calcifications/reading/rulebooks").glob("*.toml")}
    assert {place.split()[0] for place in places["data_texts"]} == books | {"differences.toml"}
    files = {place.split(":")[0] for place in places["page_texts"]}
    assert {"explorer.py", "page.py", "quiz.js", "item.py", "findings.py", "report.py"} <= files


@pytest.mark.parametrize(
    "planted",
    [
        "61.7 % were malignant.",
        "Under 0.62 mm.",
        "It takes 17 months.",
        "Turn it by 33 degrees.",
        "Of 9,137 women 4 had.",
    ],
)
@pytest.mark.parametrize("texts", KINDS)
def test_a_number_without_a_source_is_found_wherever_it_is_planted(
    texts: Callable[[], Iterator[Text]], planted: str
) -> None:
    first = next(texts())
    assert strays(Text(first.where, f"{first.text} {planted}", first.beside))


def test_a_number_planted_in_code_is_found() -> None:
    python = 'LABEL = f"{count} specks, 61.7 % malignant"\n'
    script = "label.textContent = `of ${n} lesions 61.7 % were malignant`;\n"
    for strings, code in ((python_strings, python), (javascript_strings, script)):
        (found,) = strings(code)
        assert untraced(found[1]) == [(61.7, "%")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0.5 to 1 mm", [(0.5, "mm"), (1.0, "mm")]),
        ("under 1 cm, or 2\u00a0cm", [(10.0, "mm"), (20.0, "mm")]),
        ("6, 12 and 24 months", [(6.0, "month"), (12.0, "month"), (24.0, "month")]),
        ("10,665 lesions, 27 % of them", [(10665.0, ""), (27.0, "%")]),
        ("a 90-degree lateral", [(90.0, "degree")]),
        ("Fourteen of them, over thirty months", [(14.0, ""), (30.0, "month")]),
        ("4B, M3, S85, 5th and v2025 are names", []),
    ],
)
def test_numbers_are_read_with_their_units(text: str, found: list[Quantity]) -> None:
    assert quantities(text) == found


def test_the_data_hold_what_they_should_and_not_everything() -> None:
    for quantity in [(0.5, "mm"), (27.0, "%"), (29.0, "%"), (856.0, ""), (304.0, ""), (24.0, "month"), (0.07, "mm")]:
        assert quantity in known()
    percents = {value for value, unit in known() if unit == "%" and value == int(value)}
    assert len(percents) <= 90, "if every per cent were known, none could be planted"


def test_every_study_that_a_lesson_names_is_in_the_table_of_sources() -> None:
    """A journal's year, volume and pages are numbers too; this looks at them together."""
    table = re.sub(r"\s", "", (ROOT / "utils/calcifications/lexicon/sources.toml").read_text(encoding="utf-8"))
    for text in lesson_texts():
        for year, volume, pages in re.findall(r"(\d{4});(\d+)(?:\(\d+\))?:(\d+[–-]\d+)", text.text):
            assert re.search(rf"{year};{volume}(\(\d+\))?:{pages.replace('–', '-')}", table), (text.where, pages)
