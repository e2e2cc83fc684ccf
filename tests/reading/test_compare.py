"""What must be true of a comparison: all rulebooks on one pattern, and a reason wherever two act differently."""

from __future__ import annotations

import re
import tomllib
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from calcifications.errors import CourseError
from calcifications.lexicon import sources
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import CHOICES, FEATURES, Context, Findings, measure, read, rulebook, rulebooks
from calcifications.reading.compare import Comparison, compare, compared
from calcifications.reading.rulebook import CERTAINTIES
from tests.strategies import contexts, recipes, seeds

DATA = Path(__file__).resolve().parents[2] / "utils/calcifications/reading/differences.toml"
RECORDS: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["difference"]
DIAGNOSTIC = Context(setting="diagnostic")


def seen(recipe: Recipe, *views: str, seed: int = 5) -> list[Findings]:
    return [measure(grow(recipe, seed), view) for view in views or ("CC",)]


def named(comparison: Comparison) -> set[str]:
    return {part.id for part in comparison.parts}


def is_one_sentence(text: str) -> bool:
    unquoted = re.sub(r"“[^”]*”", "“”", text)  # a rule's title may end in a question mark
    return bool(re.fullmatch(r"[A-Z“][^\n]*[^.]\.", text)) and not re.search(r"\. [A-Z]|  |\{|\bnan\b|None", unquoted)


@given(recipe=recipes(), seed=seeds, context=contexts())
def test_wherever_two_rulebooks_act_differently_a_sentence_says_why(
    recipe: Recipe, seed: int, context: Context
) -> None:
    found = compare(measure(grow(recipe, seed)), context)
    assert [one.rulebook.id for one in found.readings] == rulebooks()
    telling = {record["id"] for record in RECORDS if record["levels"]} | {"rules"}
    for first, second in combinations(found.readings, 2):
        between = (first.rulebook.id, second.rulebook.id)
        if (first.level, first.after_work_up.level) != (second.level, second.after_work_up.level):
            assert telling & {part.id for part in found.parts if part.between == between}, between
    for part in found.parts:
        assert is_one_sentence(part.what), part.what
        assert is_one_sentence(part.why), part.why
        assert set(part.source) <= set(sources())


def test_a_comparison_is_the_readings_one_by_one() -> None:
    views = seen(preset("milk of calcium"), "CC", "ML")
    assert compare(views, DIAGNOSTIC).readings == tuple(read(views, book, DIAGNOSTIC) for book in rulebooks())


def test_rulebooks_that_agree_have_nothing_to_tell() -> None:
    alone = compare(seen(preset("punctate")), DIAGNOSTIC, ["birads5"])
    same = compare(seen(preset("vascular")), DIAGNOSTIC, ["birads5", "rcr2009"])
    assert alone.parts == same.parts == ()
    assert "Here they do not part." in same._repr_html_()


@pytest.mark.parametrize(
    ("difference", "recipe", "context", "books"),
    [
        ("four-or-five", Recipe(0.4, 4), {}, ("birads5", "elliot")),
        ("no-distance", Recipe(0.4, 6, extent_mm=26), {}, ("birads5", "elliot")),
        ("watch-or-sample", preset("fine pleomorphic"), {}, ("birads5", "patients2009")),
        ("wait-or-sample", preset("amorphous"), {}, ("birads5", "elliot")),
        ("how-long", Recipe(0.4, 9), {}, ("birads5", "elliot")),
        ("watched-or-open", Recipe(0.4, 9, elongation=1.8), {}, ("birads5", "patients2009")),
        ("size-or-form", Recipe(1.4, 5), {}, ("birads5", "patients2009")),
        ("harmless-form", preset("popcorn"), {}, ("birads5", "elliot")),
        ("no-words-for-it", preset("amorphous"), {}, ("birads5", "patients2009")),
        ("two-years", Recipe(0.4, 9), {"prior": "stable", "stable_months": 24}, ("birads5", "elliot")),
        ("density", Recipe(0.4, 9, 0.9, around="density", around_strength=1.0), {}, ("birads5", "elliot")),
        ("m3-is-not-3", Recipe(0.4, 9), {}, ("birads5", "rcr2009")),
        ("m3-is-mostly-4", preset("amorphous"), {}, ("birads5", "rcr2009")),
        ("type-2-is-not-3", Recipe(0.4, 9), {}, ("birads5", "legal1984")),
        ("excised", preset("fine pleomorphic"), {}, ("birads5", "legal1984")),
        ("new-name", preset("popcorn"), {}, ("birads5", "birads2025")),
        ("v2025-unknown", preset("amorphous"), {}, ("birads5", "birads2025")),
        ("v2025-letter", preset("fine linear"), {}, ("birads5", "birads2025")),
        ("screening", preset("fine linear"), {"setting": "screening"}, ("birads5", "rcr2009")),
    ],
)
def test_every_difference_can_be_met_with(
    difference: str, recipe: Recipe, context: dict[str, Any], books: tuple[str, str]
) -> None:
    found = compare(seen(recipe), Context(**{"setting": "diagnostic", **context}), books)
    assert difference in named(found), found


def test_no_difference_is_left_untried() -> None:
    (marked,) = [mark for mark in test_every_difference_can_be_met_with.pytestmark if mark.name == "parametrize"]
    assert {row[0] for row in marked.args[1]} == {record["id"] for record in RECORDS}


@pytest.mark.parametrize(
    ("difference", "recipe", "context", "books"),
    [
        ("four-or-five", Recipe(0.4, 5, extent_mm=6), {}, ("birads5", "elliot")),
        ("no-distance", Recipe(0.4, 6), {}, ("birads5", "elliot")),
        ("m3-is-not-3", preset("amorphous"), {}, ("birads5", "rcr2009")),
        ("screening", preset("fine linear"), {"setting": "diagnostic"}, ("birads5", "rcr2009")),
        ("two-years", Recipe(0.4, 9), {"prior": "stable", "stable_months": 23}, ("birads5", "elliot")),
        ("density", Recipe(0.4, 9, 0.9), {}, ("birads5", "elliot")),
        ("new-name", preset("rim"), {}, ("birads5", "birads2025")),
        ("size-or-form", preset("popcorn"), {}, ("birads5", "patients2009")),
    ],
)
def test_a_difference_that_does_not_matter_here_is_not_told(
    difference: str, recipe: Recipe, context: dict[str, Any], books: tuple[str, str]
) -> None:
    found = compare(seen(recipe), Context(**{"setting": "diagnostic", **context}), books)
    assert difference not in named(found)


def test_a_person_s_own_rulebook_is_compared_by_the_rules_that_decide(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(
        """
id = "mine"
title = "Our hospital"
edition = "2026"
kind = "lexicon"
note = "Ours."
silence = "our rules do not say"
outcome = [{ name = "sample", plain = "sample", management = "a needle biopsy", level = 3 }]

[[rule]]
id = "all"
step = "category"
says = "sample"
title = "We sample everything"
because = "We do."
source = ["course"]
certainty = "course convention"
when = []
""",
        encoding="utf-8",
    )
    found = compare(seen(preset("popcorn")), DIAGNOSTIC, ["birads5", str(own)])
    (part,) = found.parts
    assert (part.id, part.between, part.certainty) == ("rules", ("birads5", "mine"), "course convention")
    assert part.what == "BI-RADS: 2, routine screening; Our hospital: sample, a needle biopsy."
    assert part.why == (
        "In BI-RADS the rule “A form that proves itself harmless” decides, "
        "and in Our hospital the rule “We sample everything” decides."
    )
    assert "course" in part.source


def test_a_page_tells_each_sentence_once() -> None:
    found = compare(seen(preset("amorphous")), DIAGNOSTIC)
    told = [part.id for part in found.told if part.id != "rules"]
    assert len(told) == len(set(told)) < len(found.parts)
    for shown in (str(found), found._repr_html_()):
        assert shown.count("leaves out haze") == 1
    html = found._repr_html_()
    assert html.count("<caption") == 2
    assert all(escape(rulebook(id).title) in html for id in rulebooks())
    assert "Second-hand: nobody here has read the v2025 manual." in html


def test_a_leaflet_is_never_shown_without_its_warning() -> None:
    assert compare(seen(preset("popcorn")))._repr_html_().count("to compare, not to act on") == 2


def test_readings_that_were_made_already_can_be_compared() -> None:
    made = [read(seen(preset("amorphous")), book) for book in rulebooks()]
    assert str(compared(made)) == str(compare(seen(preset("amorphous"))))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_difference_speaks_of_what_there_is(record: dict[str, Any]) -> None:
    assert set(record["one"]) | set(record["other"]) <= set(rulebooks())
    assert set(record["one"]).isdisjoint(record["other"])
    assert record["source"]
    assert set(record["source"]) <= set(sources())
    assert record["certainty"] in CERTAINTIES
    assert record["when"]
    own = {"morphology", "distribution", "category", "category_now", "level", "level_now", "rule"}
    for condition in record["when"]:
        feature = condition["feature"]
        assert feature in own | set(FEATURES) | set(CHOICES)
        assert condition.get("of", "one") in ("one", "other")
        if feature == "rule":
            there = {rule.id for id in (*record["one"], *record["other"]) for rule in rulebook(id).rules}
            assert set(condition["is"]) <= there


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: compare("dots"), "What is read is Findings, or a list of them from several views, not 'dots'."),
        (lambda: compare(seen(Recipe()), rulebooks=["birads6"]), "There is no rulebook 'birads6'; choose one of: "),
        (lambda: compare(seen(Recipe()), rulebooks="birads5"), "The rulebooks are a list of ids, not 'birads5'."),
        (lambda: compare(seen(Recipe()), rulebooks=[]), "The rulebooks are a list of ids, not []."),
        (lambda: compare(seen(Recipe()), context="new"), "The context is a Context, not 'new'."),
    ],
)
def test_what_cannot_be_compared_gets_one_sentence(ask: Any, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        ask()
    assert str(told.value).startswith(sentence)
