"""What is grown reads back as what it is called; where life leaves a word open, the reading says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from scipy.stats import binom

from calcifications.errors import CourseError
from calcifications.lexicon import distributions
from calcifications.pattern import forms
from calcifications.reading.read_back import SEEDS, Row, questions, read_back, store, stored

PROMISED, SURE = 0.99, 1e-4
FEW = 60
TABLE = Path(__file__).resolve().parents[2] / "figures/read_back.csv"


@pytest.fixture(scope="module")
def few() -> list[Row]:
    return read_back(FEW, jobs=1)


def test_every_form_and_distribution_is_asked_for() -> None:
    asked = {(each.step, each.word) for each in questions() if not each.open}
    assert asked == {("morphology", word) for word in forms()} | {("distribution", word) for word in distributions()}


def test_a_part_of_the_full_run_keeps_the_promise_within_chance(few: list[Row]) -> None:
    least = binom.ppf(SURE, FEW, PROMISED)
    assert {row.word: row.itself for row in few if not row.open and row.itself < least} == {}


def test_whatever_reads_otherwise_says_that_the_right_word_competes(few: list[Row]) -> None:
    assert [row for row in few if not row.open and row.doubted < row.seeds - row.itself] == []


def test_where_life_is_open_the_reading_is_borderline_or_splits(few: list[Row]) -> None:
    (dots,) = (row for row in few if row.open and "smooth dots" in row.what and "magnified" in row.what)
    assert dots.borderline > 0
    assert 0 < dots.itself < dots.seeds
    (contact,) = (row for row in few if row.open and "faint specks" in row.what and "contact" in row.what)
    (magnified,) = (row for row in few if row.open and "faint specks" in row.what and "magnified" in row.what)
    assert magnified.itself < contact.itself == contact.seeds  # some of the haze resolves on magnification


def test_the_stored_table_is_that_of_the_full_run_and_keeps_the_promise(few: list[Row]) -> None:
    rows = stored(TABLE)
    assert [(row.what, row.step, row.word, row.views) for row in rows] == [
        (row.what, row.step, row.word, row.views) for row in few
    ]
    assert all(row.seeds >= SEEDS for row in rows)
    assert all(row.itself >= PROMISED * row.seeds for row in rows if not row.open)


def test_a_stored_table_comes_back_as_it_was(few: list[Row], tmp_path: Path) -> None:
    store(few, tmp_path / "table.csv")
    assert stored(tmp_path / "table.csv") == few


@pytest.mark.parametrize(("wrong", "named"), [({"seeds": 0}, "0"), ({"jobs": -1}, "-1"), ({"seeds": 2.5}, "2.5")])
def test_a_number_that_cannot_be_gets_one_sentence(wrong: dict[str, int], named: str) -> None:
    with pytest.raises(CourseError, match=named) as told:
        read_back(**wrong)
    assert "\n" not in str(told.value)
