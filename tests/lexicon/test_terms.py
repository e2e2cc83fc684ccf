"""What must be true of the words: all there, each with plain words and a source that exists."""

from __future__ import annotations

import pytest

from calcifications.errors import CourseError
from calcifications.lexicon import KINDS, Term, distributions, source, sources, term, terms

FORMS = [
    "skin",
    "vascular",
    "popcorn",
    "large rod-like",
    "round",
    "punctate",
    "rim",
    "dystrophic",
    "milk of calcium",
    "suture",
    "amorphous",
    "coarse heterogeneous",
    "fine pleomorphic",
    "fine linear",
]
EVERY_TERM = [term for kind in KINDS for term in terms(kind)]


def test_every_form_and_distribution_of_the_course_is_told() -> None:
    assert [term.name for term in terms("form")] == FORMS
    assert distributions() == ["diffuse", "regional", "grouped", "linear", "segmental"]


def test_every_category_has_a_range_and_an_action() -> None:
    categories = terms("category")
    assert [term.name for term in categories] == ["0", "1", "2", "3", "4A", "4B", "4C", "5", "6"]
    assert all(term.likelihood and term.management for term in categories)


@pytest.mark.parametrize("word", EVERY_TERM, ids=lambda term: f"{term.kind} {term.name}")
def test_a_term_has_plain_words_and_says_how_sure_it_is(word: Term) -> None:
    assert word.plain.strip()
    assert word.certainty in {"found", "found second-hand"}
    assert word.sources
    assert set(word.sources) <= set(sources())
    if word.certainty == "found":
        assert any(source(id).first_hand for id in word.sources)


@pytest.mark.parametrize("word", terms("form") + terms("distribution"), ids=lambda term: term.name)
def test_what_is_seen_and_the_trap_are_told_in_sentences(word: Term) -> None:
    for sentence in (word.look, word.trap, word.cause):
        assert sentence == "" or sentence.endswith(".")
    assert word.look
    assert word.trap


def test_each_form_is_typically_benign_or_suspicious() -> None:
    families = {term.name: term.family for term in terms("form")}
    assert set(families.values()) == {"typically benign", "suspicious"}
    assert [name for name, family in families.items() if family == "suspicious"] == FORMS[-4:]


def test_only_round_and_punctate_are_never_cleared_by_form() -> None:
    assert [term.name for term in EVERY_TERM if term.never_cleared_by_form] == ["round", "punctate"]


def test_only_popcorn_dystrophic_milk_and_fine_linear_have_another_name_in_v2025() -> None:
    renamed = {term.name: term.v2025 for term in EVERY_TERM if term.v2025 not in ("", term.name)}
    assert renamed == {
        "popcorn": "coarse",
        "dystrophic": "coarse",
        "milk of calcium": "layering",
        "fine linear": "fine linear or fine-linear branching",
    }
    # nobody says whether it survives
    assert [term.name for term in terms("form") + terms("distribution") if not term.v2025] == ["punctate"]


@pytest.mark.parametrize("word", [term for term in EVERY_TERM if term.v2025], ids=lambda term: term.name)
def test_a_name_of_v2025_rests_on_a_second_hand_source(word: Term) -> None:
    assert {"S24", "S25", "S26"} & set(word.sources)


def test_every_size_says_what_is_measured() -> None:
    """The atlas speaks of particles, calibres, walls and groups: half a millimetre of one is not that of another."""
    sizes = {term.name: (term.size, term.dimension) for term in EVERY_TERM if term.size or term.dimension}
    assert all(size and dimension for size, dimension in sizes.values())
    without = {"vascular", "milk of calcium", "suture", "amorphous", "diffuse", "linear", "segmental"}
    assert set(sizes) == set(FORMS) - without | {"regional", "grouped"}
    for name, what in {
        "skin": "group", "large rod-like": "calibre", "fine linear": "calibre", "rim": "wall", "grouped": "group",
        "punctate": "diameter", "fine pleomorphic": "longest diameter", "coarse heterogeneous": "longest diameter",
    }.items():  # fmt: skip
        assert sizes[name][1].startswith(what)


def test_punctate_is_a_kind_of_round() -> None:
    assert {term.name: term.under for term in EVERY_TERM if term.under} == {"punctate": "round"}


def test_a_category_shows_a_typical_finding() -> None:
    assert all(term.look.endswith(".") for term in terms("category"))


def test_every_source_can_be_recognised() -> None:
    for id, record in sources().items():
        assert record.id == id
        assert record.citation.strip()
        assert record.kind.strip()
        assert record.address == "" or record.address.startswith("https://")


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: term("blob"), "There is no term 'blob'; choose one of: skin, "),
        (
            lambda: terms("shape"),
            "There is no kind of term 'shape'; choose one of: form, distribution, category, artefact.",
        ),
        (lambda: source("S999"), "There is no source 'S999'; choose one of: S1, "),
    ],
)
def test_an_unknown_word_gets_one_sentence(ask, sentence) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CourseError) as told:
        ask()
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)
