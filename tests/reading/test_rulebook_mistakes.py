"""What a person is told of a rulebook file with mistakes: every one, with its file and rule, never a traceback."""

from __future__ import annotations

import copy
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.pattern import Recipe, grow
from calcifications.reading import measure, read, rulebook, rulebooks
from calcifications.reading.rulebook_file import _Reader, parse
from calcifications.reading.toml_lines import lines


def text_of(name: str) -> str:
    return files("calcifications.reading").joinpath("rulebooks", f"{name}.toml").read_text(encoding="utf-8")


def mistakes(text: str) -> list[str]:
    with pytest.raises(CourseError) as told:
        parse("mine.toml", text)
    return str(told.value).split("\n")


def test_three_mistakes_in_one_file_are_all_named_with_file_and_rule() -> None:
    wrong = (
        text_of("birads5")
        .replace('{ feature = "size_mm", op = ">=", value = 1.0', '{ feature = "size", op = ">=", value = 1.0', 1)
        .replace('id = "regional"\nstep = "distribution"', 'id = "regional"\nstep = "distributon"')
        .replace('value = 20, tolerance = 2 }', 'value = "two cm", tolerance = 2 }')
    )  # fmt: skip
    told = mistakes(wrong)
    assert len(told) == 3
    lines = [1 + wrong[: wrong.index(text)].count("\n") for text in ('"size",', '"distributon"', '"two cm"')]
    assert told[0].startswith(f"mine.toml, rule 'rim' (line {lines[0]}): There is no feature 'size'; choose one of: ")
    assert told[1].startswith(f"mine.toml, rule 'regional' (line {lines[1]}): There is no step 'distributon'; choose ")
    assert told[2] == f"mine.toml, rule 'regional' (line {lines[2]}): 'value' can't be 'two cm'; it is a number, in mm."


RULE = """
[[rule]]
id = "grouped-five"
step = "distribution"
says = "grouped"
title = "Five or more within 1 cm"
because = "At least five."
source = ["S1"]
certainty = "found"
when = [{ feature = "count_within_10mm", op = ">=", value = 5 }]
"""
HEAD = """
id = "mine"
title = "Mine"
edition = "Mine"
kind = "lexicon"
note = "A note."
silence = "this rulebook does not say"
outcome = [{ name = "1", plain = "negative", management = "nothing", level = 0 }]
"""


def test_the_smallest_rulebook_is_a_head_and_a_rule() -> None:
    book = parse("mine.toml", HEAD + RULE)
    assert [rule.id for rule in book.rules] == ["grouped-five"]
    reading = read(measure(grow(Recipe())), book)
    assert repr(reading) == "no form word, grouped -> this rulebook does not say"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('source = ["S1"]', 'source = ["S999"]', "There is no source 'S999'; choose one of: S1, "),
        ('source = ["S1"]', "", "'source' is missing; it is a list of source ids."),
        ('because = "At least five."\n', "", "'because' is missing or empty; it is a text."),
        ('says = "grouped"', 'says = "clustered"', "There is no distribution word 'clustered'; choose one of: diffuse"),
        (
            'says = "grouped"',
            'says = { grouped = "grouped" }',
            "'says' is one word in the step 'distribution'",
        ),
        ('op = ">="', 'op = "=>"', "There is no comparison '=>'; choose one of: >=, >, <=, <."),
        ("value = 5", "value = nan", "'value' can't be nan; it is a number."),
        ("value = 5", "value = true", "'value' can't be True; it is a number."),
        ("value = 5", "value = 5, tolerance = -1", "'tolerance' can't be -1; it is 0 or more."),
        ("value = 5", "value = -5", "'value' can't be -5; it is from 0 to 1e+06."),
        (
            '"count_within_10mm", op = ">=", value = 5',
            '"size_mm", op = ">=", value = 500',
            "'value' can't be 500; it is ",
        ),
        (
            '"count_within_10mm", op = ">=", value = 5',
            '"odd_share", op = ">=", value = 20',
            "'value' can't be 20; it is ",
        ),
        (
            '"count_within_10mm", op = ">=", value = 5',
            '"age", op = ">=", value = 5',
            "'value' can't be 5; it is from 18",
        ),
        ("value = 5", f"value = 0x{'f' * 5000}", "'value' can't be a huge number; it is a number."),
        (', op = ">=", value = 5', ', op = ">="', "'value' is missing; it is a number."),
        (
            'feature = "count_within_10mm", op = ">=", value = 5',
            'feature = "category", is = ["1"]',
            "a rule of the step 'distribution' can't ask for 'category', which is not found before it.",
        ),
        ('says = "grouped"', "remark = true", "a remark is of the step 'category', and has no 'says', "),
        (
            'says = "grouped"',
            'says = "grouped"\nanchored = ["linear"]',
            "'linear' is anchored, but 'says' has no such ",
        ),
        ("value = 5", "value = 5, vlaue = 4", "there is no entry 'vlaue'; choose one of: feature, op, "),
        ('certainty = "found"', 'certainty = "sure"', "There is no certainty 'sure'; choose one of: found, "),
        ('certainty = "found"', 'certainty = "found"\nanchored = 5', "'anchored' can't be 5; it is a list of texts."),
        ('feature = "count_within_10mm", op = ">=", value = 5', 'feature = "prior"', "'prior' needs 'is' or 'is_not' "),
    ],
)
def test_a_mistake_is_named_with_its_file_and_rule(old: str, new: str, sentence: str) -> None:
    assert RULE.count(old) == 1
    (told,) = mistakes(HEAD + RULE.replace(old, new))
    found = re.fullmatch(r"mine\.toml, rule 'grouped-five' \(line (\d+)\): (.*\.)", told)
    assert found
    assert found[2].startswith(sentence)
    *_, last = (number for number, line in enumerate((HEAD + RULE).split("\n"), 1) if line.startswith("when"))
    assert (HEAD + RULE).split("\n").index("[[rule]]") < int(found[1]) <= last + 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + RULE + RULE, "mine.toml, rule 'grouped-five' (line 21): this id stands twice; each rule has its own."),
        (HEAD, "mine.toml, its head (line 1): there is no [[rule]]."),
        (
            RULE.replace('id = "grouped-five"', ""),
            "mine.toml, a rule without an id (line 2): 'id' is missing; it is a text.",
        ),
        (" \n", "mine.toml is empty; it should hold a rulebook."),
        ("a = " + "[" * 100_000, "mine.toml is not a rulebook: its lists and tables are too deep."),
        ("a = " + "9" * 5000, "mine.toml is not a TOML file: "),
        ("a" + ".b" * 100_000 + " = 1", "mine.toml is not a rulebook: a name in it has more than thirty parts."),
        (
            HEAD + "[[rule]]\n" * 5000,
            "mine.toml, its head (line 1): 'rule' has 5000 entries; a rulebook has at most 1000.",
        ),
        ("rules = [", "mine.toml is not a TOML file: "),
        ("\x89PNG", "mine.toml is not a TOML file: "),
    ],
)
def test_a_file_that_is_no_rulebook_is_told_what_it_lacks(text: str, sentence: str) -> None:
    assert any(told.startswith(sentence) for told in mistakes(text))


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        ('rulebook = "mine"\nsteps = ["form"]', "a rulebook can't be based on itself."),
        ('rulebook = "birads2025"\nsteps = ["form"]', "There is no rulebook 'birads2025'; choose one of: birads5, "),
        ('rulebook = "nobody"\nsteps = ["form"]', "There is no rulebook 'nobody'; choose one of: birads5, "),
        ('rulebook = "birads5"\nsteps = ["from"]', "There is no step 'from'; choose one of: real, form, "),
        ('rulebook = "birads5"', "'steps' is missing or empty; it is a list of: real, form, "),
        ('rulebook = "birads5"\nsteps = ["form"]\nrenamed = { popcron = "coarse" }', "There is no word 'popcron'; "),
        ('rulebook = "birads5"\nsteps = ["form"]\nrenamed = { popcorn = 5 }', "'popcorn' can't be 5; it is a text."),
    ],
)
def test_a_mistake_in_what_it_is_based_on_is_named(tmp_path: Path, base: str, sentence: str) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(f"{HEAD}[based_on]\n{base}\n{RULE}", encoding="utf-8")
    with pytest.raises(CourseError) as told:
        rulebook(str(mine))
    (line,) = str(told.value).split("\n")
    assert re.match(r"mine\.toml, its based_on \(line \d+\): ", line)
    assert sentence in line


def places(tree: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [place for key, value in inside for place in [(*way, key), *places(value, (*way, key))]]


# --- Whatever is done to a file ---

TEXT = {name: text_of(name) for name in rulebooks()}
WHOLE = {name: tomllib.loads(text) for name, text in TEXT.items()}
oddities = st.sampled_from([5, -1, 2.5, "", "odd", True, float("nan"), [], ["odd"], [5], [[1]], {}, {"odd": 1}])


@given(name=st.sampled_from(rulebooks()), odd=oddities, data=st.data())
def test_whatever_a_rulebook_holds_it_is_read_or_its_mistakes_are_told(
    name: str, odd: object, data: st.DataObject
) -> None:
    book = copy.deepcopy(WHOLE[name])
    *way, last = data.draw(st.sampled_from(places(book)))
    inner: Any = book
    for key in way:
        inner = inner[key]
    inner[last] = odd
    told = ""
    try:
        read(measure(grow(Recipe())), _Reader("mine.toml", book).book()).report()
    except CourseError as error:
        told = str(error)
    assert all(line.startswith("mine.toml, ") and line.endswith(".") for line in told.splitlines())


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.toml", None, "can't be read; give the path of a TOML file."),
        ("latin.toml", "id = 'läsion'".encode("latin-1"), "latin.toml is not a text file in UTF-8."),
        ("broken.toml", b"id = ", "broken.toml is not a TOML file: "),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CourseError) as told:
        rulebook(str(tmp_path / name))
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["birads6", "", None, 5, "birads5.TOML"])
def test_an_unknown_rulebook_gets_one_sentence(name: object) -> None:
    with pytest.raises(CourseError) as told:
        rulebook(name)  # type: ignore[arg-type]
    assert str(told.value) == f"There is no rulebook {name!r}; choose one of: {', '.join(rulebooks())}."


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A rulebook of the course after some accidents: lines lost, doubled, swapped, cut or scribbled over; bytes too."""
    lines = TEXT[draw(st.sampled_from(rulebooks()))].split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        line = lines[at]
        match draw(st.sampled_from(["lose", "double", "swap", "cut", "word", "scribble"])):
            case "lose":
                lines[at] = ""
            case "double":
                lines[at] = f"{line}\n{line}"
            case "swap":
                lines[at], lines[other] = lines[other], line
            case "cut":
                lines[at] = line[: draw(st.integers(0, len(line)))]
            case "word":
                words = re.split(r"(\W+)", line)
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(["", "odd", "7", "-1", "nan", "[]"]))
                lines[at] = "".join(words)
            case "scribble":
                lines[at] = line + draw(st.text(max_size=8))
    text = "\n".join(lines)
    match draw(st.sampled_from(["as it is", "as it is", "end", "byte", "utf-16", "latin-1", "utf-8-sig", "dos"])):
        case "end":
            return text.encode()[: draw(st.integers(0, 5000))]
        case "byte":
            at = draw(st.integers(0, 3000))
            return text.encode()[:at] + draw(st.binary(min_size=1, max_size=3)) + text.encode()[at:]
        case "utf-16" | "utf-8-sig" as encoding:
            return text.encode(encoding)
        case "latin-1":
            return text.replace("a", "\xe4").encode("latin-1", errors="replace")
        case "dos":
            return text.replace("\n", "\r\n").encode()
    return text.encode()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("broken") / "mine.toml"


@settings(max_examples=150)
@given(raw=broken())
def test_a_broken_file_is_told_all_its_mistakes_and_never_a_traceback(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    try:
        book = rulebook(str(file))
    except CourseError as error:
        told = str(error).split("\n")
        assert all(line.startswith("mine.toml") and line.endswith(".") and len(line) < 2000 for line in told)
        if len(told) > 1:  # several: each with its place
            assert all(re.match(r"mine\.toml, .+ \(line \d+\): ", line) for line in told)
    else:
        for name in (book, *rulebooks()):
            assert read(measure(grow(Recipe())), name).steps


@given(name=st.sampled_from(rulebooks()))
def test_every_entry_of_a_rulebook_has_its_line(name: str) -> None:
    found, written = lines(TEXT[name]), TEXT[name].split("\n")
    for place in places(WHOLE[name]):
        if place[-1] in ("rule", "outcome"):  # a list of tables begins with its first
            continue
        line = written[found[place] - 1]
        if isinstance(place[-1], str):
            assert place[-1] in line
        elif place[:-1] in (("rule",), ("outcome",)):
            assert line.strip().startswith(("[[", "{"))


def test_every_value_of_a_rule_that_is_lost_is_missed(file: Path) -> None:
    kept = RULE.strip().split("\n")
    for number, line in enumerate(kept):
        if number and not line.startswith("when"):
            file.write_text(HEAD + "\n".join([*kept[:number], *kept[number + 1 :]]), encoding="utf-8")
            with pytest.raises(CourseError) as told:
                rulebook(str(file))
            assert len(str(told.value).split("\n")) == 1
    file.write_text("[[rule]]\n", encoding="utf-8")
    with pytest.raises(CourseError) as told:
        rulebook(str(file))
    # six of the head, and id, step, says, title, because, source and certainty of the rule
    assert len(str(told.value).split("\n")) >= 12


def test_a_huge_file_is_refused_unread(file: Path) -> None:
    file.write_bytes(b"# a picture\n" * 100_000)
    with pytest.raises(CourseError) as told:
        rulebook(str(file))
    assert str(told.value) == "mine.toml is larger than a rulebook can be: at most 1 MB."
