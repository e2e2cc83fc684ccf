"""What must be true of the published rates, and of the order of suspicion that rests on them."""

from __future__ import annotations

import itertools

import pytest

from calcifications.errors import CourseError
from calcifications.lexicon import distributions, source, sources, terms
from calcifications.reading.evidence import Rate, rates, rates_for, suspicion

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
    assert 0 <= rate.percent < 100
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
            if other.source == rate.source and other.forms == rate.forms and not other.distributions
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


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: suspicion("popcorn-like", "grouped"), "There is no form 'popcorn-like'; choose one of: skin, "),
        (lambda: suspicion("round", "clustered"), "There is no distribution 'clustered'; choose one of: diffuse, "),
        (lambda: rates_for("none"), "There is no form or distribution 'none'; choose one of: skin, "),
    ],
)
def test_an_unknown_word_gets_one_sentence(ask, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CourseError) as told:
        ask()
    assert str(told.value).startswith(sentence)
