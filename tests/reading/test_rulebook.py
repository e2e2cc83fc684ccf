"""What must be true of a rulebook: every rule says why and from where, and a person can edit it without Python."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.lexicon import distributions, sources, terms
from calcifications.pattern import Recipe, arrangeable, forms, grow, preset
from calcifications.reading import FEATURES, Context, Rule, measure, read, read_words, rulebook, rulebooks
from calcifications.reading.rulebook import COUNTED, STEPS
from tests.strategies import contexts

SHIPPED = files("calcifications.reading").joinpath("rulebooks")
EVERY_RULE = [(name, rule) for name in rulebooks() for rule in rulebook(name).rules]
each_rule = pytest.mark.parametrize(("book", "rule"), EVERY_RULE, ids=lambda part: getattr(part, "id", part))


def text_of(name: str) -> str:
    return SHIPPED.joinpath(f"{name}.toml").read_text(encoding="utf-8")


# --- The rulebooks of the course ---


def test_every_rulebook_file_is_offered() -> None:
    assert sorted(rulebooks()) == sorted(file.name.removesuffix(".toml") for file in SHIPPED.iterdir())
    shelf = ["birads5", "birads2025", "patients2009", "elliot", "legal1984", "rcr2009"]
    assert [rulebook(name).id for name in rulebooks()] == rulebooks() == shelf


@pytest.mark.parametrize("name", rulebooks())
def test_every_rulebook_says_what_it_does_not_cover(name: str) -> None:
    book = rulebook(name)
    assert book.not_covered
    assert "not say" in book.silence
    assert book.note
    assert bool(book.banner) == (name == "birads2025")


@each_rule
def test_every_rule_has_a_reason_and_a_source(book: str, rule: Rule) -> None:
    assert rule.title.strip()
    assert rule.because.endswith((".", ".)"))
    assert rule.source
    assert set(rule.source) <= set(sources())
    assert rule.step in STEPS
    assert rule.certainty in {"found", "found second-hand", "course convention"}


@each_rule
def test_every_number_is_of_something_that_is_measured_and_reaches_no_further_than_it(book: str, rule: Rule) -> None:
    for condition in rule.when:
        if isinstance(condition.threshold, float):
            assert condition.feature in {*FEATURES, *COUNTED}
            assert 0 <= condition.tolerance <= max(condition.threshold, 1)


def test_where_the_course_put_a_number_on_a_word_the_rule_says_so() -> None:
    numbers = [rule for rule in rulebook("birads5").rules if any(c.tolerance > 0 for c in rule.when)]
    assert numbers
    assert not [rule.id for rule in numbers if rule.certainty != "course convention"]


def test_a_leaflet_names_its_own_words_and_bi_rads_those_of_the_lexicon() -> None:
    assert read_words("fine pleomorphic", "grouped", context=Context(setting="diagnostic")).category == "4B"
    five_dots = measure(grow(Recipe(count=5, density=1.0)))
    assert read(five_dots, "elliot").distribution == "clustered"
    assert read(five_dots).distribution == "grouped"


# --- BI-RADS v2025: only what is known ---


def test_every_rule_of_v2025_was_found_second_hand() -> None:
    assert {rule.certainty for rule in rulebook("birads2025").rules} == {"found second-hand"}


def test_v2025_says_its_own_words_where_the_lexicon_knows_them() -> None:
    book = rulebook("birads2025")
    for term in (*terms("form"), *terms("distribution")):
        assert term.v2025.startswith(book.said(term.name)) or not term.v2025
    assert book.said("punctate") == "round"  # nobody says whether the word survives; the heading does
    above_and_side = [measure(grow(preset("milk of calcium"), 7), view) for view in ("CC", "ML")]
    assert repr(read(above_and_side, "birads2025")) == "layering, grouped -> 2"
    for form in ("popcorn", "dystrophic"):
        assert read(measure(grow(preset(form), 7)), "birads2025").morphology == "coarse"


@given(form=st.sampled_from(forms()), word=st.sampled_from([*distributions(), "none"]), context=contexts())
def test_v2025_and_the_5th_edition_find_the_same_words(form: str, word: str, context: Context) -> None:
    word = word if word in arrangeable(form) else arrangeable(form)[0]
    seen = measure(grow(preset(form, word), 7))
    then, now = read(seen, "birads5", context), read(seen, "birads2025", context)
    assert (now.morphology, now.distribution) == (now.rulebook.said(then.morphology), then.distribution)
    # which of two harmless forms "coarse" was makes no difference to the order
    assert now.suspicion == then.suspicion or now.morphology in ("coarse", "round")


@pytest.mark.parametrize(("form", "word"), [("amorphous", "grouped"), ("punctate", "grouped"), ("round", "diffuse")])
def test_what_is_not_known_of_v2025_it_does_not_say(form: str, word: str) -> None:
    reading = read_words(form, word, "birads2025", Context(setting="diagnostic"))
    assert (reading.category, reading.verdict_phrase) == ("none", "this rulebook does not say")


# --- Le Gal: types, and rates among excised cases ---


@pytest.mark.parametrize(
    ("recipe", "word", "rate"),
    [
        (Recipe(size_mm=0.9, lucent_centre=1.0, count=6), "1, ring-shaped", "0 %"),
        (preset("punctate"), "2, regular dots", "22 %"),
        (preset("amorphous"), "3, dust", "40 %"),
        (preset("fine pleomorphic"), "4, irregular dots", "66 %"),
        (preset("fine linear"), "5, worm-shaped", "100 %"),
    ],
)
def test_a_type_comes_with_its_rate_among_excised_cases_and_that_of_all_of_them(
    recipe: Recipe, word: str, rate: str
) -> None:
    reading = read(measure(grow(recipe, 7)), "legal1984")
    assert reading.morphology == word
    assert reading.rulebook.outcomes[reading.category].plain.startswith(f"{rate} malignant among excised cases, 44 %")
    assert "no action" in reading.management


@pytest.mark.parametrize("form", ["vascular", "large rod-like", "popcorn", "suture", "milk of calcium"])
def test_le_gal_says_nothing_of_what_was_not_cut_out(form: str) -> None:
    pattern = grow(preset(form), 7)
    assert read([measure(pattern, view) for view in ("CC", "ML")], "legal1984").category == "none"


def test_le_gal_counts() -> None:
    def told(*recipes: Recipe) -> list[str]:
        return [step.rule for step in read(measure(grow(list(recipes), 7)), "legal1984").steps if not step.says]

    small, large = preset("punctate"), Recipe(size_mm=0.3, count=31, extent_mm=20.0)
    assert told(small) == []
    assert told(large) == ["legal-remark-many"]
    assert told(Recipe(size_mm=0.3, count=11, extent_mm=4.0)) == ["legal-remark-dense"]
    assert told(small, replace(small, across_mm=20.0)) == ["legal-remark-several"]


# --- The UK scale ---


def test_no_point_of_the_uk_scale_is_a_category_of_bi_rads() -> None:
    scale, categories = (rulebook(name).outcomes for name in ("rcr2009", "birads5"))
    assert not set(scale) & set(categories)
    assert scale["M3"].level > categories["3"].level  # M3 is looked into, 3 is watched


@pytest.mark.parametrize(
    ("form", "word", "known", "point"),
    [
        ("amorphous", "diffuse", {"other_breast": "diffuse"}, "M1"),
        ("vascular", "linear", {}, "M2"),
        ("punctate", "grouped", {}, "M3"),
        ("amorphous", "segmental", {}, "M4"),
        ("fine pleomorphic", "grouped", {}, "M4"),
        ("fine linear", "linear", {}, "M5"),
    ],
)
def test_points_of_the_uk_scale(form: str, word: str, known: dict[str, str], point: str) -> None:
    assert read_words(form, word, "rcr2009", Context(setting="diagnostic", **known)).category == point


# --- A patient page ---


def test_a_density_around_irregular_ones_is_named_by_the_page_that_speaks_of_it() -> None:
    plain = preset("fine pleomorphic")
    for recipe, told in ((plain, False), (replace(plain, around="density", around_strength=1.0), True)):
        rules = [step.rule for step in read(measure(grow(recipe, 7)), "elliot").steps]
        assert ("B3-density" in rules) == told


# --- A file of one's own ---


BASED = """
id = "ours"
title = "Our hospital"
edition = "Our hospital, 2026"
kind = "lexicon"
note = "As BI-RADS, but four make a group."
silence = "we do not say"
[based_on]
rulebook = "birads5"
steps = ["real", "form", "distribution", "category", "setting"]
[[rule]]
id = "grouped-five"
step = "distribution"
says = "grouped"
title = "Four or more within 1 cm"
because = "We look at four."
source = ["course"]
certainty = "course convention"
when = [{ feature = "count_within_10mm", op = ">=", value = 4 }]
"""


def test_a_hospital_changes_one_rule_of_another_rulebook(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(BASED, encoding="utf-8")
    ours = rulebook(str(tmp_path / "ours.toml"))
    theirs = rulebook("birads5")
    changed = [(mine, yours) for mine, yours in zip(ours.rules, theirs.rules, strict=True) if mine != yours]
    assert [mine.id for mine, _ in changed] == ["grouped-five"]
    four = measure(grow(Recipe(count=4, density=1.0, extent_mm=5.0)))
    assert repr(read(four, ours)) == "punctate, grouped -> 0 (after work-up 3)"
    assert read(four).distribution == "none"


def test_a_file_of_ones_own_is_read_and_an_edit_takes_effect_at_once(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    four = measure(grow(Recipe(count=4, density=1.0, extent_mm=5.0)))
    five = '{ feature = "count_within_10mm", op = ">=", value = 5 }'
    assert text_of("birads5").count(five) == 1
    mine.write_text(text_of("birads5"), encoding="utf-8")
    assert read(four, str(mine)).distribution == "none"
    mine.write_text(text_of("birads5").replace(five, five.replace("5 }", "4 }")), encoding="utf-8")
    assert read(four, str(mine)).distribution == "grouped"
    mine.write_text(text_of("birads5"), encoding="utf-8")
    assert read(four, str(mine)).distribution == "none"
    assert read(four).distribution == "none"


def test_a_rulebook_that_was_read_is_read_again_without_its_file() -> None:
    book = rulebook("elliot")
    assert rulebook(book) is book
