"""What is exported says what the course says, shows the same picture, and is read by others' readers."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pydicom
import pytest
from PIL import Image

from calcifications.__main__ import main
from calcifications.apps import still as screen_still
from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.items import KINDS
from calcifications.pattern import preset
from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.deck_file import parse
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.exports import FORMATS, export, gift
from calcifications.teaching.exports.dicom import file as dicom_file
from calcifications.teaching.exports.folder import looks
from calcifications.teaching.question import left_out, on_paper, questions
from calcifications.teaching.still import grey

HOSTILE = "=1+1 </text>]]><script>alert(1)</script> & {~%100%x} $\\frac$ \"q\" 'a' ::b//c"
ASKED = ("form", "distribution", "category", "number", "find")


@pytest.fixture(scope="module")
def deck():
    """One case, one picture, asked in every way that there is; the title is the worst that a person can write."""
    (slide,) = make(Rule(1, ("fine pleomorphic",), ("grouped",), ("form",), borderline=False, seed=3)).slides
    code = replace(slide.case, views=("CC",)).code
    return parse("a.toml", Deck(HOSTILE, (Slide(code, HOSTILE, ASKED),)).text())


@pytest.fixture(scope="module")
def asked(deck):
    return [question for _, question in questions(deck)]


@pytest.fixture(scope="module")
def written(deck, tmp_path_factory):
    """The deck in every format, twice."""
    folder = tmp_path_factory.mktemp("out")
    for form in FORMATS:
        for name in ("one", "two"):
            export(deck, form, folder / f"{name}.{form}")
    return folder


class Html(HTMLParser):
    """Texts and pictures of a piece of HTML; a tag that the course doesn't write is a flaw."""

    def __init__(self, html):
        super().__init__()
        self.images, self.said = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        assert tag in ("p", "b", "small", "img", "ol", "li")
        if tag == "img":
            self.images.append(dict(attributes))

    def handle_data(self, text):
        self.said += text


# --- The question that they all are made from ---


def test_the_key_of_each_question_is_the_key_of_the_item(deck, asked):
    items = {each.kind: each.item for each in deck.asked}
    for question in asked:
        item = items[question.kind]
        if question.kind == "category":
            assert question.key in (item.reading.management, item.reading.category.replace("-", " or "))
        else:
            assert question.key == item.key
    assert [question.kind for question in asked] == ["form", "distribution", "category", "category", "number"]


def test_ids_are_fixed_and_no_two_questions_share_one(deck, asked):
    assert [question.id for _, question in questions(deck)] == [question.id for question in asked]
    assert len({question.id for question in asked}) == len(asked)


def test_what_only_the_page_can_take_is_named_and_left_out(deck):
    assert left_out(deck) == [f"Left out, for only the page can take the answer: {KINDS['find'].title}."]


def test_alt_text_before_the_answer_tells_nothing_of_it(asked):
    for question in asked:
        for picture in question.pictures:
            assert not picture.where
            assert all(option.word not in picture.alt for option in question.options)


def test_each_wrong_form_is_told_why_and_the_right_one_is_not(asked):
    question = asked[0]
    assert [not said for said in question.why_not] == [place in question.right for place in range(4)]


def test_a_picture_is_as_grey_as_the_page_first_shows_it(deck):
    picture = deck.slides[0].case.picture()
    low, high = screen_still.window(picture)
    assert np.array_equal(grey(picture), screen_still.screen(picture.pixels, low, high))


# --- Moodle ---


def test_moodle_gets_each_question_with_its_picture_and_its_key(written, deck, asked):
    entries = ElementTree.parse(written / "one.moodle").getroot().findall("question")
    category, *entries = entries
    assert category.findtext("category/text") == "$course$/top/" + deck.title.replace("/", "//")
    assert [entry.findtext("idnumber") for entry in entries] == [question.id for question in asked]
    for entry, question in zip(entries, asked, strict=True):
        assert entry.findtext("name/text") == f"{HOSTILE}: {question.title}"
        text = Html(entry.findtext("questiontext/text"))
        assert question.prompt in text.said
        files = {file.get("name"): b64decode(file.text) for file in entry.findall("questiontext/file")}
        assert [image["src"] for image in text.images] == [f"@@PLUGINFILE@@/{name}" for name in files]
        assert all(image["alt"] for image in text.images)
        assert all(Image.open(io.BytesIO(raw)).width == 512 for raw in files.values())
        why = Html(entry.findtext("generalfeedback/text"))
        assert question.why in why.said
        assert len(why.images) == len(entry.findall("generalfeedback/file"))
        answers = entry.findall("answer")
        if question.number:
            assert float(answers[0].findtext("text")) == pytest.approx(question.number.value, rel=1e-3)
            assert float(answers[0].findtext("tolerance")) == pytest.approx(question.number.tolerance, rel=1e-3)
        else:
            best = [place for place, answer in enumerate(answers) if answer.get("fraction") == "100"]
            assert best == list(question.right)
            for answer, option in zip(answers, question.options, strict=True):
                assert Html(answer.findtext("text")).said.startswith(option.word)


# --- GIFT ---


def unescaped(text):
    return re.sub(r"\\([~=#{}:\\])", r"\1", text)


def test_gift_gives_each_question_with_its_key(written, asked):
    text = (written / "one.gift").read_text(encoding="utf-8")
    head, *entries = re.split(r"^// \[id:(cx-[0-9a-f]+)\]\n", text, flags=re.MULTILINE)
    assert head.count("\n") == 2
    for number, body, question in zip(entries[::2], entries[1::2], asked, strict=True):
        assert number == question.id
        title, stem, answers = re.fullmatch(
            r"::((?:\\.|[^:\\])*)::\[plain\]((?:\\.|[^{}\\])*)\{((?:\\.|[^{}\\])*)\}\n\n", body, re.DOTALL
        ).groups()
        assert unescaped(title) == f"{' '.join(HOSTILE.split())}, {question.title}"
        assert question.prompt in unescaped(stem)
        for picture in question.pictures:
            assert picture.name in stem
            assert (written / "one_pictures" / picture.name).read_bytes() == picture.plate()
        right = re.findall(r"^\t(?:=|~%[\d.]+%)((?:\\.|[^~=#\\\n])*)", answers, re.MULTILINE)
        wrong = re.findall(r"^\t~(?!%)((?:\\.|[^~=#\\\n])*)", answers, re.MULTILINE)
        if question.number:
            value, tolerance = re.match(r"#([\d.]+):([\d.]+)####", answers).groups()
            assert float(value) == pytest.approx(question.number.value, rel=1e-3)
            assert float(tolerance) == pytest.approx(question.number.tolerance, rel=1e-3)
        else:
            for said, at in zip(right, question.right, strict=True):
                assert unescaped(said).startswith(question.options[at].word)
            assert len(right) + len(wrong) == len(question.options)


def test_gift_gives_all_the_points_to_a_word_where_two_are_right(asked):
    question = next(each for each in asked if len(each.options) > 4)
    both = replace(question, right=(0, 1))
    assert gift.entry("a", both).count("~%100%") == 2


# --- A table ---


def test_a_spreadsheet_gets_each_question_and_no_formula(written, asked):
    rows = list(csv.DictReader(io.StringIO((written / "one.csv").read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == [question.id for question in asked]
    for row, question in zip(rows, asked, strict=True):
        assert row["case"] == "'" + HOSTILE
        assert row["right"].split(" | ") == (
            [question.key.split()[0]] if question.number else [question.options[at].word for at in question.right]
        )
        assert row["code"] == question.code
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


# --- Pictures ---


def test_a_folder_of_pictures_has_a_table_of_what_was_measured(written, deck):
    (row,) = csv.DictReader(io.StringIO((written / "one.png" / "truth.csv").read_text(encoding="utf-8-sig")))
    case = deck.slides[0].case
    assert (row["form"], row["distribution"]) == ("fine pleomorphic", "grouped")
    assert float(row["extent_mm"]) == pytest.approx(case.findings[0].groups[0].values["extent_mm"], rel=0.01)
    image = Image.open(written / "one.png" / row["file"])
    assert np.array_equal(np.asarray(image), grey(case.picture()))
    assert 25.4 / image.info["dpi"][0] == pytest.approx(float(row["pixel_mm"]), rel=1e-3)


def test_a_dicom_file_is_the_picture_with_its_scale_and_of_no_patient(written, deck):
    (path,) = (written / "one.dicom").glob("*.dcm")
    data = pydicom.dcmread(path)
    picture = deck.slides[0].case.picture()
    assert np.array_equal(data.pixel_array, np.rint(picture.pixels))
    assert [float(side) for side in data.PixelSpacing] == pytest.approx([picture.pixel_mm] * 2)
    assert (data.Modality, data.ViewPosition, data.ImageLaterality) == ("MG", "CC", "L")
    assert data.PatientName.family_name == "SYNTHETIC"
    assert "not for diagnosis" in data.ImageComments
    assert "not for diagnosis" in data.SeriesDescription
    assert (data.ImageType[0], data.ContentQualification) == ("DERIVED", "RESEARCH")


def test_a_magnified_dicom_file_has_the_spacing_of_the_breast_and_that_of_the_detector(deck):
    case = replace(deck.slides[0].case, views=("ML-mag",))
    data = pydicom.dcmread(io.BytesIO(dicom_file(looks(Slide(case.code))[0], 1)))
    factor = float(data.EstimatedRadiographicMagnificationFactor)
    assert factor > 1.5
    assert float(data.ImagerPixelSpacing[0]) == pytest.approx(factor * float(data.PixelSpacing[0]), rel=1e-4)
    assert data.ViewCodeSequence[0].ViewModifierCodeSequence[0].CodeMeaning == "Magnification"


@pytest.mark.parametrize(
    ("view", "side", "across", "down"),
    [
        ("CC", "left", "A", "R"),  # from the wall to the nipple; from the armpit to the middle
        ("CC", "right", "P", "L"),
        ("ML", "left", "A", "F"),
        ("ML", "right", "P", "F"),
        ("MLO", "left", "A", "RF"),
    ],
)
def test_a_dicom_file_says_which_way_the_breast_lies(view, side, across, down):
    case = Case([replace(preset("rim"), breast=side)], views=(view,))
    data = pydicom.dcmread(io.BytesIO(dicom_file(looks(Slide(case.code))[0], 1)))
    assert list(data.PatientOrientation) == [across, down]
    assert data.ImageLaterality == side[0].upper()


@pytest.mark.skipif(not shutil.which("dciodvfy"), reason="dicom3tools is not installed")
def test_a_validator_finds_no_error_in_a_dicom_file(written):
    (path,) = (written / "one.dicom").glob("*.dcm")
    told = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False).stderr
    assert "MammographyImageForPresentation" in told
    assert "Error" not in told


# --- Anki ---


def test_an_anki_deck_is_a_sound_database_with_all_its_media(written, asked, tmp_path):
    with zipfile.ZipFile(written / "one.anki") as package:
        assert package.testzip() is None
        media = json.loads(package.read("media"))
        assert {*media, "media", "collection.anki2"} == set(package.namelist())
        assert all(package.read(number).startswith(b"\x89PNG") for number in media)
        package.extract("collection.anki2", tmp_path)
    base = sqlite3.connect(tmp_path / "collection.anki2")
    try:
        assert base.execute("pragma integrity_check").fetchall() == [("ok",)]
        ((version, models, decks),) = base.execute("select ver, models, decks from col").fetchall()
        notes = base.execute("select guid, mid, flds from notes order by id").fetchall()
        cards = base.execute("select did, type, queue from cards").fetchall()
    finally:
        base.close()
    assert version == 11
    (model,) = json.loads(models).values()
    assert {deck for deck, _, _ in cards} <= {int(each) for each in json.loads(decks)}
    assert {card[1:] for card in cards} == {(0, 0)}  # new ones
    by_id = {question.id: question for question in asked}
    assert {guid for guid, _, _ in notes} == set(by_id)
    for guid, kind, joined in notes:
        fields = dict(zip([field["name"] for field in model["flds"]], joined.split("\x1f"), strict=True))
        assert kind == model["id"]
        question = Html(fields["Question"])
        assert by_id[guid].prompt in question.said
        assert by_id[guid].key in Html(fields["Answer"]).said
        shown = question.images + Html(fields["Marked"]).images
        assert {image["src"] for image in shown} <= set(media.values())
        assert len(question.images) == len(by_id[guid].pictures)


# --- All of them ---


@pytest.mark.parametrize("form", ["moodle", "gift", "csv"])
def test_the_same_deck_gives_the_same_file(written, form):
    one, two = ((written / f"{name}.{form}").read_bytes() for name in ("one", "two"))
    assert one.replace(b"one_", b"two_") == two


def test_what_is_there_already_is_never_written_over(written, deck):
    with pytest.raises(CourseError, match="already"):
        export(deck, "csv", written / "one.csv")


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_that_was_stopped_leaves_nothing_behind(deck, form, tmp_path):
    def stop(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(deck, form, tmp_path / "a", stop)
    assert not list(tmp_path.iterdir())


def test_a_deck_that_asks_nothing_is_not_exported_as_questions(deck, tmp_path):
    silent = replace(deck, slides=(replace(deck.slides[0], questions=()),))
    with pytest.raises(CourseError, match="asks nothing that a file can hold"):
        export(silent, "moodle", tmp_path / "a.xml")
    assert not list(tmp_path.iterdir())


def test_a_question_that_a_file_can_take_is_known_by_its_item(deck):
    assert [each.kind for each in deck.asked if not on_paper(each.item)] == ["find"]


def test_a_deck_is_exported_on_the_command_line(deck, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    deck.write("a.toml")
    assert main(["export", "--deck", "a.toml", "--as", "csv", "--out", "a.csv"]) == 0
    assert capsys.readouterr().out == (
        "a.csv: 5 questions. Left out, for only the page can take the answer: find the group.\n"
    )
    assert main(["export", "--deck", "a.toml", "--as", "word", "--out", "a.doc"]) == 2
    assert capsys.readouterr().err == f"There is no format 'word'; choose one of: {', '.join(FORMATS)}.\n"
