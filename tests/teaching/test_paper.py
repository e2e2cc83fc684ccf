"""An exam on paper: two forms of the same questions, a key that fits each, and pictures that show 0.2 mm."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from calcifications.__main__ import main
from calcifications.errors import CourseError
from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.paper import write
from calcifications.teaching.paper.form import forms
from calcifications.teaching.paper.page import LEFT, RIGHT

TITLE = "Exam $x_1$ \\frac <b> & =1"


@pytest.fixture(scope="module")
def deck():
    """Three cases with a picture each."""
    rule = Rule(3, ("fine pleomorphic", "rim", "coarse heterogeneous"), ("grouped",), ("form",), False, 5)
    slides = [replace(slide.case, views=("CC",)).code for slide in make(rule).slides]
    return Deck(TITLE, tuple(Slide(code, "", ("form", "distribution", "category")) for code in slides))


@pytest.fixture(scope="module")
def both(deck):
    return forms(deck, seed=1)


@pytest.fixture(scope="module")
def written(deck, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper") / "exam"
    write(deck, folder, seed=1)
    return folder


def test_both_forms_ask_the_same_in_another_order(both):
    one, other = both
    assert {question.id for question in one.questions} == {question.id for question in other.questions}
    assert [question.id for question in one.questions] != [question.id for question in other.questions]
    answers = {question.id: [option.word for option in question.options] for question in one.questions}
    shuffled = {question.id: [option.word for option in question.options] for question in other.questions}
    assert {id: sorted(words) for id, words in answers.items()} == {id: sorted(w) for id, w in shuffled.items()}
    assert answers != shuffled


def test_the_right_word_is_the_same_in_both_forms(both):
    one, other = ({question.id: question.key for question in form.questions} for form in both)
    assert one == other


def test_categories_stay_in_the_order_of_suspicion(both):
    for form in both:
        scales = [[o.word for o in question.options] for question in form.questions if question.kind == "category"]
        assert all(words in scales[:2] for words in scales)


def test_what_is_asked_of_one_picture_stays_with_it(both):
    for form in both:
        assert [len(case) for case in form.cases] == [4, 4, 4]
        assert all(len({question.code for question in case}) == 1 for case in form.cases)


def test_the_table_of_the_key_names_the_letters_of_both_forms(written, both):
    rows = list(csv.DictReader(io.StringIO((written / "key.csv").read_text(encoding="utf-8-sig"))))
    for form in both:
        mine = [row for row in rows if row["form"] == form.letter]
        assert [int(row["number"]) for row in mine] == list(range(1, 13))
        for row, question in zip(mine, form.questions, strict=True):
            words = [question.options["ABCDEFGHI".index(letter)].word for letter in row["letter"].split(" or ")]
            assert " or ".join(words) == row["answer"] == question.key


def test_a_picture_on_paper_has_all_its_pixels_and_0_2_mm_are_wide_enough_to_see(written, deck):
    raw = (written / "exam-A.pdf").read_bytes()
    assert len(re.findall(rb"/Width 512\b", raw)) == len(deck.slides)
    field = 512 * deck.slides[0].case.picture().pixel_mm
    narrowest = (RIGHT - LEFT - 6) / 3  # three in a row
    assert 0.2 * narrowest / field > 0.25  # mm on paper: a hair is 0.1 mm wide


def test_there_is_an_exam_an_answer_sheet_and_a_key_for_each_form(written):
    names = {f"{what}-{form}.pdf" for what in ("exam", "answers", "key") for form in "AB"}
    assert {path.name for path in written.iterdir()} == {*names, "key.csv"}
    for name in names:
        assert (written / name).read_bytes().startswith(b"%PDF")


def test_the_same_deck_gives_the_same_files(written, deck, tmp_path):
    write(deck, tmp_path / "again", seed=1)
    for path in written.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_each_picture_has_alt_text_which_before_the_answer_tells_nothing_of_it(written, both):
    def alts(name):
        raw = (written / name).read_bytes()
        assert b"/Lang (en-GB)" in raw
        return re.findall(rb"/Alt \((.*?)\)", raw)

    for form in both:
        exam, key = alts(f"exam-{form.letter}.pdf"), alts(f"key-{form.letter}.pdf")
        assert len(exam) == sum(len(case[0].pictures) for case in form.cases)
        assert all(b"mammogram close-up" in alt for alt in exam)
        words = {option.word for question in form.questions for option in question.options if len(option.word) > 2}
        assert not [word for word in words if any(word.encode() in alt for alt in exam)]
        assert len(key) == sum(bool(question.after) for question in form.questions)
        assert all(b"with rings" in alt for alt in key)


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler-utils is not installed")
def test_a_reader_by_ear_hears_each_question_its_answers_and_its_pictures_in_order(written, both):
    for form in both:
        path = written / f"exam-{form.letter}.pdf"
        heard = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
        flat = " ".join(" ".join(re.findall(r'"(.*)"', heard)).split())
        at = 0
        for number, question in enumerate(form.questions, 1):
            for said in (f"{number}. {question.prompt}", *(option.word for option in question.options)):
                at = flat.index(said, at)
        assert heard.count("Figure") == sum(len(case[0].pictures) for case in form.cases)
        assert "page 1" not in flat


def test_a_title_of_any_letters_is_printed(deck, tmp_path):
    odd = replace(deck, title="考试 \U0001f600 " + "W" * 300, slides=deck.slides[:1])
    assert "1 case" in write(odd, tmp_path / "odd", seed=1)


def said(path):
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(told.split())


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_what_is_printed_is_what_is_asked(written, both):
    for form in both:
        exam, key = said(written / f"exam-{form.letter}.pdf"), said(written / f"key-{form.letter}.pdf")
        assert TITLE in exam
        assert "not for diagnosis" in exam
        assert "Sources" not in exam
        for number, question in enumerate(form.questions, 1):
            assert f"{number}. {question.prompt}" in exam
            assert f"{number}. {form.letters(question)}: {question.key}" in key


def test_a_deck_that_paper_cannot_ask_makes_no_folder(deck, tmp_path):
    silent = replace(deck, slides=(replace(deck.slides[0], questions=("find",)),))
    with pytest.raises(CourseError, match="nothing that paper can hold"):
        write(silent, tmp_path / "exam", seed=0)
    assert not (tmp_path / "exam").exists()


def test_an_exam_is_written_on_the_command_line_and_never_over_another(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = ["exam", "--cases", "1", "--forms", "rim", "--questions", "form", "--seed", "7", "--out", "exam"]
    assert main(command) == 0
    assert capsys.readouterr().out == "exam: 1 question on 1 case, forms A and B.\n"
    assert main(command) == 2
    assert capsys.readouterr().err == "There is 'exam' already; choose another name.\n"
