"""What must be true of the published rates, and of the order of suspicion that rests on them."""

from __future__ import annotations

import itertools
import re
from html import unescape

import pytest

from calcifications.errors import CourseError
from calcifications.lexicon import distributions, source, sources, terms
from calcifications.pattern import grow, preset
from calcifications.reading import Context, measure, read, read_words, rulebook, rulebooks
from calcifications.reading.case_counts import cbis_counts
from calcifications.reading.evidence import Evidence, evidence
from calcifications.reading.rates import Rate, rates, rates_for, suspicion
from calcifications.reading.real_count import UNKNOWN

FORMS = [term.name for term in terms("form")]
NEVER_CLEARED = [term.name for term in terms("form") if term.never_cleared_by_form]
PROVED_BENIGN = [
    term.name for term in terms("form") if term.family == "typically benign" and term.name not in NEVER_CLEARED
]
WHATEVER = [*distributions(), "none"]


@pytest.mark.parametrize("rate", rates(), ids=lambda rate: f"{rate.source} {rate.percent}")
def test_a_rate_says_what_it_counted_where_and_how_sure(rate: Rate) -> None:
    assert rate.source in sources()
    assert rate.design.strip()
    assert rate.certainty == ("found" if source(rate.source).first_hand else "found second-hand")
    assert 0 <= rate.percent <= 100
    assert rate.forms or rate.distributions or rate.categories or rate.orders == ("none",)
    assert bool(rate.categories) == bool(rate.rulebooks)
    for name in rate.rulebooks:
        assert set(rate.categories) & set(rulebook(name).outcomes)
    if rate.n is not None:
        assert f"{rate.n:,}" in rate.design
    assert set(rate.forms) <= set(FORMS)
    assert set(rate.distributions) <= set(distributions())
    if rate.low is not None and rate.high is not None:
        assert rate.low <= rate.percent <= rate.high
    if rate.malignant is not None and rate.lesions is not None:
        assert 100 * rate.malignant / rate.lesions == pytest.approx(rate.percent, abs=0.06)


def test_the_place_of_every_word_rests_on_one_first_hand_rate() -> None:
    placed = [word for rate in rates() for word in rate.orders]
    assert sorted(placed) == sorted([*FORMS, *distributions(), "none"])
    assert all(rate.certainty == "found" for rate in rates() if rate.orders)


def test_what_a_distribution_adds_is_measured_in_its_own_series() -> None:
    for word in distributions():
        (rate,) = [rate for rate in rates() if word in rate.orders]
        bases = [
            other.percent
            for other in rates()
            if other.source == rate.source
            and other.forms == rate.forms
            and not (other.distributions or other.categories)
        ]
        assert rate.base_percent in bases


def test_the_order_that_holds_in_every_series() -> None:
    for where in WHATEVER:
        indefinite = max(suspicion("amorphous", where), suspicion("coarse heterogeneous", where))
        assert indefinite < suspicion("fine pleomorphic", where) < suspicion("fine linear", where)


def test_linear_and_segmental_raise_every_form_that_is_not_proved_benign() -> None:
    for form in set(FORMS) - set(PROVED_BENIGN):
        for raising, other in itertools.product(("linear", "segmental"), ("diffuse", "regional", "grouped", "none")):
            assert suspicion(form, raising) > suspicion(form, other)


def test_a_proved_benign_form_stays_benign_in_any_distribution() -> None:
    assert {suspicion(form, where) for form in PROVED_BENIGN for where in WHATEVER} == {0.0}


def test_round_and_punctate_are_never_cleared_by_form() -> None:
    assert NEVER_CLEARED == ["round", "punctate"]
    assert all(suspicion(form, where) > 0 for form in NEVER_CLEARED for where in WHATEVER)


def test_no_word_is_no_information() -> None:
    assert suspicion("fine pleomorphic", "none") == pytest.approx(0.50)
    assert suspicion("none", "grouped") == pytest.approx(0.161)
    assert suspicion("none", "none") == pytest.approx(0.177)


def test_the_odds_product_by_hand() -> None:
    # 27 % is odds of 0.370; segmental multiplies by 1.198 / 0.215 = 5.57; 2.06 is 67 %
    assert suspicion("amorphous", "segmental") == pytest.approx(0.673, abs=0.001)


def test_every_suspicious_form_and_every_distribution_shows_a_range() -> None:
    for word in [*FORMS[-4:], *NEVER_CLEARED, *distributions()]:
        assert len({rate.percent for rate in rates_for(word)}) > 1


def of(form: str, where: str, rulebook: str = "birads5") -> Evidence:
    return evidence(read_words(form, where, rulebook, Context(setting="diagnostic")))


@pytest.mark.parametrize("where", WHATEVER)
@pytest.mark.parametrize("form", [*FORMS, "none"])
def test_evidence_is_a_range_or_counts_and_never_one_number(form: str, where: str) -> None:
    found = of(form, where)
    for words in [(word,) for word in found.words] + [found.words] * bool(found.words):
        low, high = found.span(*words)
        known = found.of(*words)
        assert 0 <= low <= high <= 100
        if len(known) > 1:
            assert (low, high) == (min(rate.percent for rate in known), max(rate.percent for rate in known))
        if low == high:
            assert len(known) == 1
            assert f"{', '.join(words)}: one figure alone, too little for a range" in str(found)
    for count in found.real:
        low, high = count.wilson
        assert low < high
        if count.lesions:
            assert low <= 100 * count.malignant / count.lesions <= high
    for shown in (str(found), found._repr_html_()):
        assert "nobody's risk" in unescape(shown)
        assert "nan" not in re.findall(r"\w+", shown)


def test_a_reading_gets_the_rates_of_its_words_and_of_no_others() -> None:
    found = of("fine pleomorphic", "regional")
    assert {rate.forms for rate in found.of("fine pleomorphic")} == {
        ("fine pleomorphic",), ("fine pleomorphic", "fine linear"),
    }  # fmt: skip
    # what regional amorphous calcifications were found to be must not reassure about a fine form
    assert [rate.percent for rate in found.of("regional")] == [13.2]
    assert found.of("fine pleomorphic", "regional") == ()
    assert found.span("fine pleomorphic", "regional") == UNKNOWN


def test_the_range_of_amorphous_is_that_of_the_fact_base() -> None:
    found = of("amorphous", "grouped")
    assert found.span("amorphous") == (5.2, 27.0)
    assert found.span("amorphous", "grouped") == (2.8, 7.6)
    assert len({rate.study for rate in found.of("amorphous")}) > 5


def test_where_one_series_is_known_its_interval_stands_in() -> None:
    assert of("vascular", "none").span("vascular") == pytest.approx((0, 8.76), abs=0.01)  # 0 of 40, Wilson


def test_the_categories_of_two_systems_keep_their_own_rates() -> None:
    ours = [rate for rate in rates() if "birads5" in rate.rulebooks]
    theirs = [rate for rate in rates() if "rcr2009" in rate.rulebooks]
    assert {rate.source for rate in ours}.isdisjoint(rate.source for rate in theirs)
    assert {word: rate.percent for rate in theirs for word in rate.categories} == {"M2": 2.4, "M3": 20.6, "M4": 45.2}


def test_the_real_cases_of_a_pair_are_part_of_those_of_each_word() -> None:
    form, where, both = of("punctate", "grouped").real
    assert (form.malignant, form.lesions) == (11, 70)
    assert both.lesions == sum(
        cell.lesions for cell in cbis_counts() if (cell.form, cell.distribution) == ("punctate", "grouped")
    )
    assert both.lesions < min(form.lesions, where.lesions)
    assert both.wilson == pytest.approx((13.3, 42.1), abs=0.1)  # 8 of 32
    assert form.called_back == 44


def test_real_cases_that_nobody_was_called_back_for_are_told_apart() -> None:
    assert "of the 44 that were called back" in str(of("punctate", "grouped"))


def test_a_word_that_no_report_uses_has_no_cases_and_says_so() -> None:
    found = of("coarse heterogeneous", "grouped")
    assert "coarse heterogeneous: no real lesion was described so" in str(found)
    assert "pleomorphic covers fine pleomorphic and coarse heterogeneous" in found.caution
    assert found.real[0].wilson == UNKNOWN


@pytest.mark.parametrize("book", rulebooks())
def test_every_rulebook_s_reading_has_its_evidence(book: str) -> None:
    assert "Malignant, among real cases" in str(of("amorphous", "grouped", book))


def test_the_categories_of_a_rate_are_there() -> None:
    there = {name for book in rulebooks() for name in rulebook(book).outcomes}
    assert {name for rate in rates() for name in rate.categories} <= there


def test_le_gal_s_types_come_with_what_they_were_counted_among() -> None:
    seen = measure(grow(preset("fine pleomorphic"), 5))
    found = evidence(read(seen, "legal1984"))
    assert found.category == "type 4"
    assert found.span("type 4") == (66.0, 66.0)
    assert "type 4: one figure alone, too little for a range" in str(found)
    assert "227 excised lesions that could not be felt, 44 % malignant" in unescape(found._repr_html_()).replace(
        "\xa0", " "
    )


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: of("round", "grouped").span("popcorn"), "There is no word of this reading 'popcorn'; choose one of: "),
        (lambda: suspicion("popcorn-like", "grouped"), "There is no form 'popcorn-like'; choose one of: skin, "),
        (lambda: suspicion("round", "clustered"), "There is no distribution 'clustered'; choose one of: diffuse, "),
        (lambda: rates_for("none"), "There is no form or distribution 'none'; choose one of: skin, "),
    ],
)
def test_an_unknown_word_gets_one_sentence(ask, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CourseError) as told:
        ask()
    assert str(told.value).startswith(sentence)
