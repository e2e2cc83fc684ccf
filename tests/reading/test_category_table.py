"""The course's category table, cell by cell: fact base, section 3a. It holds after a complete work-up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.lexicon import distributions, terms
from calcifications.pattern import grow, preset
from calcifications.reading import Context, Reading, measure, read, read_words, rulebook
from tests.strategies import contexts

PROVED_BENIGN = ["skin", "vascular", "popcorn", "large rod-like", "rim", "milk of calcium", "suture"]
DOTS = ["round", "punctate"]
laid = st.sampled_from([*distributions(), "none"])
COLUMNS = ["diffuse, both breasts alike", "diffuse", "regional", "grouped", "linear", "segmental"]

Row = tuple[list[str], dict[str, Any], list[str]]
TABLE: list[Row] = [
    (PROVED_BENIGN, {}, ["2", "2", "2", "2", "2", "2"]),
    (["dystrophic"], {"history": "surgery", "history_place": "here"}, ["2", "2", "2", "2", "2", "2"]),
    (DOTS, {}, ["2", "3", "3", "3", "4A-4B", "4A-4B"]),
    (DOTS, {"prior": "stable", "stable_months": 24}, ["2", "2", "2", "2", "4A-4B", "4A-4B"]),
    (DOTS, {"prior": "new"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (DOTS, {"prior": "increasing"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (DOTS, {"prior": "fewer"}, ["2", "3", "3", "3", "4A-4B", "4A-4B"]),
    (DOTS, {"associated": "mass"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (DOTS, {"known_cancer": "treated, not calcified"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (DOTS, {"known_cancer": "beside, calcified"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (DOTS, {"known_cancer": "beside, not calcified"}, ["4A", "4A", "4A", "4A-4B", "4B", "4B"]),
    (["amorphous"], {}, ["2", "4A", "4A-4B", "4B", "4B", "4B"]),
    (["coarse heterogeneous"], {}, ["2", "4B", "4B", "4B", "4B-4C", "4B-4C"]),
    (["fine pleomorphic"], {}, ["4B", "4B", "4B-4C", "4B", "4C", "4C"]),
    (["fine linear"], {}, ["4C", "4C", "4C", "4C", "4C-5", "4C-5"]),
]
CELLS = [
    pytest.param(form, column, known, category, id=f"{form}, {column}, {', '.join(map(str, known.values()))}")
    for forms, known, row in TABLE
    for form in forms
    for column, category in zip(COLUMNS, row, strict=True)
]
cells = pytest.mark.parametrize(("form", "column", "known", "category"), CELLS)


def cell(form: str, column: str, known: dict[str, Any], setting: str) -> Reading:
    """Read the words of a cell."""
    if column == COLUMNS[0]:
        # of coarse heterogeneous it is numerous alike groups in both breasts that reassure
        alike = "alike groups" if form == "coarse heterogeneous" else "diffuse"
        known = known | {"other_breast": alike}
    word = column.split(",")[0]
    return read_words(form, word, context=Context(setting=setting, **known))


@cells
def test_after_a_work_up(form: str, column: str, known: dict[str, Any], category: str) -> None:
    reading = cell(form, column, known, "diagnostic")
    assert reading.category == category
    assert reading.after_work_up is reading


@cells
def test_a_screening_picture_is_recalled_unless_the_form_is_proved_benign(
    form: str, column: str, known: dict[str, Any], category: str
) -> None:
    reading = cell(form, column, known, "screening")
    proved = form in PROVED_BENIGN or form == "dystrophic"
    assert reading.category == ("2" if proved else "0")
    assert reading.after_work_up.category == category
    assert reading.after_work_up.context.setting == ("screening" if proved else "diagnostic")
    if not proved:
        assert reading.management.startswith("recall")


def test_each_cell_has_one_level_of_management_whichever_letter_is_right() -> None:
    outcomes = rulebook("birads5").outcomes
    tissue = {(one.management, one.level) for one in outcomes.values() if one.name.startswith("4")}
    assert len(tissue) == 1
    ((_, level),) = tissue
    assert level > outcomes["3"].level > outcomes["0"].level > outcomes["2"].level == outcomes["1"].level


@given(form=st.sampled_from([term.name for term in terms("form")]), word=laid, context=contexts())
def test_no_calcification_word_is_a_5_by_itself(form: str, word: str, context: Context) -> None:
    reading = read_words(form, word, context=context).after_work_up
    if reading.category == "5":  # no word reaches 95 %
        assert (form, context.prior) == ("fine linear", "new")
        assert word in ("linear", "segmental")
        assert reading.steps[-1].rule == "remark-discordant"


@pytest.mark.parametrize("word", ["linear", "segmental"])
def test_new_casts_along_ducts_are_a_5(word: str) -> None:
    assert read_words("fine linear", word, context=Context("diagnostic", "new")).category == "5"
    assert read_words("fine linear", word, context=Context("diagnostic", "increasing")).category == "4C-5"


@given(form=st.sampled_from([term.name for term in terms("form")]), word=laid,
       context=contexts(known_cancer="here, proved"))  # fmt: skip
def test_where_cancer_is_proved_it_is_a_6_also_on_a_screening_picture(form: str, word: str, context: Context) -> None:
    reading = read_words(form, word, context=context)
    assert (reading.category, reading.management) == ("6", "treatment of the known cancer")


@pytest.mark.parametrize("form", DOTS)
def test_fewer_than_five_scattered_dots_are_benign(form: str) -> None:
    for seed in range(10):
        few = measure(grow(preset(form, "none"), seed))
        assert few.count < 5
        assert read(few, context=Context(setting="diagnostic")).category == "2"
        assert read(few, context=Context(setting="diagnostic", prior="new")).category == "4A"


@pytest.mark.parametrize("form", ["amorphous", "coarse heterogeneous", "fine pleomorphic", "fine linear"])
def test_a_suspicious_form_is_sampled_also_where_no_distribution_word_fits(form: str) -> None:
    assert read_words(form, "none", context=Context(setting="diagnostic")).level == 3


def test_dystrophic_without_history_at_that_place_is_read_as_coarse_heterogeneous_is() -> None:
    for known in ({}, {"history": "surgery"}, {"history": "radiotherapy", "history_place": "elsewhere"}):
        assert read_words("dystrophic", "grouped", context=Context(setting="diagnostic", **known)).category == "4B"


@pytest.mark.parametrize("book", ["patients2009", "elliot"])
def test_a_leaflet_says_nothing_of_words_that_are_not_its_own(book: str) -> None:
    reading = read_words("fine linear", "segmental", book)
    assert reading.category == "none"
    assert reading.verdict_phrase == reading.rulebook.silence
