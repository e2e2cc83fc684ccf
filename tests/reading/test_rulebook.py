"""What must be true of a rulebook: every rule says why and from where, and a person can edit it without Python."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from calcifications.lexicon import sources
from calcifications.pattern import Recipe, grow
from calcifications.reading import FEATURES, Context, Rule, measure, read, read_words, rulebook, rulebooks
from calcifications.reading.rulebook import COUNTED, STEPS

SHIPPED = files("calcifications.reading").joinpath("rulebooks")
EVERY_RULE = [(name, rule) for name in rulebooks() for rule in rulebook(name).rules]
each_rule = pytest.mark.parametrize(("book", "rule"), EVERY_RULE, ids=lambda part: getattr(part, "id", part))


def text_of(name: str) -> str:
    return SHIPPED.joinpath(f"{name}.toml").read_text(encoding="utf-8")


# --- The rulebooks of the course ---


def test_every_rulebook_file_is_offered() -> None:
    assert sorted(rulebooks()) == sorted(file.name.removesuffix(".toml") for file in SHIPPED.iterdir())
    assert [rulebook(name).id for name in rulebooks()] == rulebooks() == ["birads5", "patients2009", "elliot"]


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


# --- A file of one's own ---


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
