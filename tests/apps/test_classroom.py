"""What an instructor does in a notebook: a deck in one line, and what it saves, which never goes over an older file."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calcifications as cx
from calcifications.apps.bar import Bar
from calcifications.apps.classroom import FOLDER
from calcifications.teaching.deck import Deck


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A folder of the test's own."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def made():
    return cx.deck(cases=3, forms="suspicious", questions="form", seed=2, title="<b>Monday</b>")


def test_a_deck_of_one_line_is_the_same_each_time_and_shows_its_answers_to_the_instructor(made):
    again = cx.deck(cases=3, forms=["suspicious"], questions=["form"], seed=2, title="<b>Monday</b>")
    assert again == made
    assert repr(made) == "Deck(3 cases, 3 questions)"
    for slide in made.slides:
        assert slide.case.reading().morphology in made._repr_html_()
    assert "<b>" not in made._repr_html_()


def test_a_run_sheet_fills_the_time_and_has_the_answers(made):
    sheet = made.run_sheet(minutes=30)
    assert [row[0] for row in sheet.rows] == ["0", "10", "20"]
    assert all("name the form" in line for line in repr(sheet).splitlines())
    for minutes in (0, 601, "long", float("nan")):
        with pytest.raises(cx.CourseError, match="time of a lesson"):
            made.run_sheet(minutes)


def test_what_is_saved_lies_in_the_instructor_s_folder_and_the_next_goes_beside_it(made, home):
    assert repr(made.save("monday")) == f"{FOLDER}/monday.toml: 3 cases, 3 questions."
    assert made.save("monday.toml") == f"{FOLDER}/monday (2).toml: 3 cases, 3 questions."
    assert made.export("csv", "monday") == f"{FOLDER}/monday.csv: 3 questions."
    assert made.paper("monday") == f"{FOLDER}/monday: 3 questions on 3 cases, forms A and B."
    names = {path.name for path in (home / FOLDER).iterdir()}
    assert names == {"monday.toml", "monday (2).toml", "monday.csv", "monday"}
    assert Deck.read(home / FOLDER / "monday.toml").slides == made.slides
    assert cx.deck("monday.toml") == cx.deck(str(home / FOLDER / "monday (2).toml")) == made


@given(st.one_of(st.text(max_size=100), st.none(), st.integers()))
def test_any_name_is_taken_or_refused_in_one_sentence_and_nothing_leaves_the_folder(made, tmp_path_factory, name):
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALCIFICATIONS_HOME", str(home))
        with suppress(cx.CourseError):
            made.save(name)
            assert len(list((home / FOLDER).iterdir())) == 1
        assert {path.name for path in home.iterdir()} <= {FOLDER}


@pytest.mark.parametrize(
    "given_", [{"forms": "stardust"}, {"cases": 0}, {"questions": ("colour",)}, {"file": "no.toml"}, {"seed": -1}]
)
def test_what_no_deck_can_be_gets_one_sentence(given_):
    with pytest.raises(cx.CourseError):
        cx.deck(**given_)


def test_what_takes_its_time_shows_how_far_it_is_and_leaves_nothing(made, monkeypatch):
    monkeypatch.setattr("calcifications.apps.bar.PATIENCE_S", 0.0)
    told, take = [], Bar.__call__

    def taken(bar, done, of):
        take(bar, done, of)
        told.append((done, of, bar.value, bar.layout.display))

    monkeypatch.setattr(Bar, "__call__", taken)
    for hand_on in (lambda: made.export("png", "pictures"), lambda: made.paper("exam")):
        told.clear()
        hand_on()
        assert len(told) > 1
        for done, of, value, seen in told[:-1]:
            assert (f"{done} of {of} done" in value, seen) == (True, "")
        assert told[-1][0] == told[-1][1]
        assert told[-1][3] == "none"
