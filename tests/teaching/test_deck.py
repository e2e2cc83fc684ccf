"""A deck gives the same cases to everyone, is made as its rule says, and names every mistake in its file at once."""

import base64
import json
import tomllib
import zlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.__main__ import main
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.exam import Plan
from calcifications.lexicon import distributions
from calcifications.pattern import preset, varied
from calcifications.reading import Context
from calcifications.teaching.deck import MOST, QUESTIONS, REVEALS, Deck, Slide
from calcifications.teaching.deck_file import _Reader, parse
from calcifications.teaching.deck_rule import MOST_BREASTS, Rule, make
from tests.strategies import recipes, seeds

POPCORN = Case([preset("popcorn")], seed=1).code
FOUR = ["amorphous", "coarse heterogeneous", "fine pleomorphic", "fine linear"]


@pytest.fixture(scope="module")
def made():
    """Twenty cases of the four suspicious forms, none borderline."""
    return make(Rule(20, ("suspicious",), (), ("form",), borderline=False, seed=7), "Monday")


# --- Made by a rule ---


def test_a_rule_gives_each_form_and_each_distribution_as_often_as_the_others(made):
    read = [slide.case.reading() for slide in made.slides]
    assert Counter(reading.morphology for reading in read) == dict.fromkeys(FOUR, 5)
    assert Counter(reading.distribution for reading in read) == dict.fromkeys(distributions(), 4)
    assert not any(reading.borderline for reading in read)
    assert len({slide.code for slide in made.slides}) == 20


def test_the_same_rule_makes_the_same_deck_and_another_seed_another():
    rule = Rule(2, ("amorphous",), ("grouped",), seed=3)
    assert make(rule).text() == make(rule).text()
    assert make(rule).text() != make(Rule(2, ("amorphous",), ("grouped",), seed=4)).text()


def test_the_cases_of_a_large_deck_share_some_breasts_left_and_right_ones_and_those_of_a_small_one_none():
    small, large = (make(Rule(many, ("suspicious",), questions=("form",))).slides for many in (10, 60))
    assert len({slide.case.seed for slide in small}) == 10
    assert len({slide.case.seed for slide in large}) <= MOST_BREASTS + 1
    assert {slide.case.groups[0].breast for slide in small} == {"left", "right"}
    assert len({slide.code for slide in large}) == 60


def test_a_borderline_case_is_there_to_be_talked_over_and_nothing_is_asked_of_it():
    rule = Rule(12, ("fine pleomorphic",), ("linear", "segmental"), ("form",), seed=1)
    slides = make(rule).slides
    doubtful = [slide for slide in slides if slide.case.reading().borderline]
    assert doubtful
    for slide in slides:
        assert (slide.questions == ()) is (slide in doubtful)
        assert slide.notes.startswith("Borderline") is (slide in doubtful)


def test_a_form_that_comes_in_one_way_alone_comes_in_that_one():
    assert Rule(2, ("vascular",), ("grouped",)).words == [("vascular", "linear")] * 2


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ({"cases": 0}, "0"),
        ({"cases": MOST + 1}, str(MOST)),
        ({"forms": ("popcron",)}, "popcorn"),
        ({"distributions": ("everywhere",)}, "segmental"),
        ({"questions": ("fact",)}, "form"),
        ({"seed": -1}, "-1"),
    ],
)
def test_a_rule_that_cannot_be_gets_one_sentence(what, named):
    with pytest.raises(CourseError) as told:
        Rule(**what)
    assert named in str(told.value)
    assert "\n" not in str(told.value)


# --- The file ---


def test_a_deck_is_the_same_after_it_was_written_and_read(made, tmp_path):
    made.write(tmp_path / "monday.toml")
    assert Deck.read(tmp_path / "monday.toml") == made
    with pytest.raises(CourseError, match="already"):
        made.write(tmp_path / "monday.toml")


texts = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc",)), max_size=40)
said = texts.filter(str.strip) | st.just("")
slides = st.builds(Slide, st.just(POPCORN), said, st.just(()), said, st.permutations(REVEALS).map(tuple))


@given(texts.filter(str.strip), said, st.lists(slides, min_size=1, max_size=4))
def test_whatever_a_person_writes_comes_back(title, notes, slides):
    deck = Deck(title, tuple(slides), notes)
    assert parse("a.toml", deck.text()) == deck


@given(recipes(), seeds)
def test_a_case_in_a_deck_is_the_case_that_was_put_there(recipe, seed):
    case = Case([recipe], Context(), seed)
    assert parse("a.toml", Deck("A", (Slide(case.code),)).text()).slides[0].case == case


def test_a_deck_with_a_code_of_the_first_version_still_works():
    body = Case([preset("rim")], seed=4).code
    raw = json.loads(zlib.decompress(base64.urlsafe_b64decode(body[4:] + "=" * (-len(body[4:]) % 4))))
    packed = zlib.compress(json.dumps(raw[:5]).encode())
    old = "cx1-" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    (slide,) = parse("a.toml", Deck("A", (Slide(old, questions=("form",)),)).text()).slides
    assert slide.asked[0].item.key == "rim"


def test_an_exam_of_a_deck_asks_what_the_deck_asks(made):
    kinds, codes = made.plan
    assert Plan.of(kinds, 1, 20, 0, cases=codes).exam().questions == made.asked


def test_an_exam_of_a_deck_that_asks_nothing_gets_one_sentence():
    with pytest.raises(CourseError, match="asks no question"):
        _ = Deck("Looking", (Slide(POPCORN),)).plan


def borderline():
    """The code of a case in which two words compete."""
    tried = (varied("fine pleomorphic", "linear", seed, 0.4) for seed in range(200))
    return next(case.code for case in (Case([each]) for each in tried) if case.reading().borderline)


WRONG = f"""version = 1
title = ""
colour = "blue"

[[case]]
code = "cx2-damaged"

[[case]]
code = "{POPCORN}"
title = "The second"
questions = ["form", "shape", "form"]
reveal = ["outlines", "everything"]

[[case]]
code = "{borderline()}"
questions = ["form"]
notes = 7
"""


def test_every_mistake_is_named_with_its_line_and_what_would_do():
    with pytest.raises(CourseError) as told:
        parse("a.toml", WRONG)
    lines = str(told.value).splitlines()
    for line, words in [
        (2, "'title' is missing or empty"),
        (3, "'colour'; choose one of: case, notes, rule, title, version"),
        (6, "damaged; copy it again"),
        (11, f"no kind of question 'shape'; choose one of: {', '.join(QUESTIONS)}"),
        (11, "'form' stands twice"),
        (12, f"no step to reveal 'everything'; choose one of: {', '.join(REVEALS)}"),
        (16, "borderline"),
        (17, "'notes' can't be 7; it is a text"),
    ]:
        assert sum(f"(line {line})" in each and words in each for each in lines) == 1, words
    assert len(lines) == 8
    assert any("case 2 'The second'" in each for each in lines)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "a.toml is empty; it should hold a deck."),
        ("title = 'x'", "a.toml, its head (line 1): 'version' is missing; this course reads version 1."),
        ("version = 2\nwidgets = 3", "a.toml, its head (line 1): 'version' can't be 2; this course reads version 1."),
        ("version = true", "a.toml, its head (line 1): 'version' can't be True; this course reads version 1."),
        ("version = 1\ntitle = 'x'", "a.toml, its head (line 1): there is no [[case]]."),
        ("version = 1\ntitle = 'x'\ncase = 3", "a.toml, its head (line 3): there is no [[case]]."),
        ("a." * 40 + "b = 1", "a.toml is not a deck: a name in it has more than thirty parts."),
        (
            "version = 1\ntitle = 'x'\n" + "[[case]]\n" * (MOST + 1),
            f"there are {MOST + 1} cases; a deck has {MOST} at most.",
        ),
        (f"version = 1\ntitle = '\u202e'\n[[case]]\ncode = '{POPCORN}'", "'\\u202e', which no page can show"),
    ],
)
def test_a_file_that_is_no_deck_gets_one_sentence(text, sentence):
    with pytest.raises(CourseError) as told:
        parse("a.toml", text)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n", None], ids=["a picture", "missing"])
def test_a_file_that_is_no_text_gets_one_sentence(raw, tmp_path):
    path = tmp_path / "a.toml"
    if raw:
        path.write_bytes(raw)
    with pytest.raises(CourseError, match=r"^(a.toml is not a text file|The deck .* can't be read)[^\n]*\.$"):
        Deck.read(path)


WHOLE = Deck("Whole", (Slide(POPCORN, "One", ("form",), "Say this."), Slide(POPCORN, "Two")), "On all").text()
PIECES = ["", '"', "[", "]]", "\n", "=", "[[case]]\n", "9", "\\u0001", "'", "{", "."]


def sentences(read):
    """Return what is told of a file's mistakes, a line each; none if it is read."""
    try:
        read()
    except CourseError as told:
        return str(told).splitlines()
    return []


@given(st.data())
def test_a_damaged_file_gets_sentences_and_never_a_crash(data):
    text = WHOLE
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 12, len(text))))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=4)) + text[end:]
    for line in sentences(lambda: parse("a.toml", text)):
        assert line.startswith("a.toml")
        assert line.endswith(".")


plain = st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates()
values = st.recursive(plain, lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=4), some))


@given(st.sampled_from(["title", "notes", "rule", "case"]), values)
def test_a_value_of_another_kind_in_its_head_is_told_in_sentences(entry, value):
    data = tomllib.loads(WHOLE) | {entry: value}
    assert all(line.endswith(".") for line in sentences(_Reader("a.toml", data).deck))


@given(st.sampled_from(["code", "title", "questions", "notes", "reveal"]), values)
def test_a_value_of_another_kind_in_a_case_is_told_in_sentences(entry, value):
    data = tomllib.loads(WHOLE)
    data["case"][0][entry] = value
    assert all(line.endswith(".") for line in sentences(_Reader("a.toml", data).deck))


# --- The commands ---


def test_a_deck_is_made_and_checked_on_the_command_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = ["deck", "make", "--cases", "2", "--forms", "rim", "--no-borderline", "--seed", "7", "--out", "a.toml"]
    assert main(command) == 0
    assert capsys.readouterr().out == "a.toml: 2 cases, 2 questions.\n"
    assert main(["deck", "check", "a.toml"]) == 0
    assert capsys.readouterr().out == "a.toml: 'Cases to read', 2 cases, 2 questions, no mistake found.\n"
    assert main(command) == 2
    assert capsys.readouterr().err == "There is a file 'a.toml' already; choose another name.\n"
    (tmp_path / "b.toml").write_text(WRONG)
    assert main(["deck", "check", "b.toml"]) == 2
    assert capsys.readouterr().err.count("\n") == 8


def test_nothing_is_to_be_measured_where_a_close_up_does_not_show_all():
    rule = Rule(2, ("amorphous",), ("diffuse", "grouped"), ("form", "number"), borderline=False, seed=3)
    for slide in make(rule).slides:
        assert ("number" in slide.questions) is (slide.case.reading().distribution == "grouped")


def test_a_question_that_no_case_of_a_rule_can_be_asked_is_told():
    with pytest.raises(CourseError, match="Of none of these cases 'category' can be asked"):
        make(Rule(1, ("amorphous",), ("grouped",), ("recall", "category"), borderline=False))


def test_nobody_is_asked_how_lies_what_comes_in_one_way_alone():
    (slide,) = make(Rule(1, ("vascular",), borderline=False)).slides
    assert slide.questions == ("form",)


def test_sediment_is_left_out_where_no_true_lateral_is_shown():
    assert "milk of calcium" in Rule().known
    assert "milk of calcium" not in Rule(questions=("recall",)).known
