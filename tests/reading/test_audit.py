"""The audit of the rulebooks: all of them pass it, and one that is broken on purpose does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.__main__ import main
from calcifications.reading import NONE, Context, Rule, Rulebook, read_words, rulebook, rulebooks
from calcifications.reading.audit import Audit, BookAudit, audit
from calcifications.reading.rulebook import Condition, Outcome
from calcifications.reading.rulebook_table import table
from calcifications.reading.witnesses import witnesses
from tests.strategies import contexts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rulebooks.md"


@pytest.fixture(scope="module")
def all_books() -> Audit:
    return audit()


def of(result: Audit, name: str) -> BookAudit:
    return next(each for each in result.books if each.book.id == name)


# --- The rulebooks of the course ---


def test_every_rulebook_passes(all_books: Audit) -> None:
    assert [each.book.id for each in all_books.books] == rulebooks()
    assert all_books.faults == ()


def test_each_combination_has_one_verdict_or_the_rulebook_does_not_say(all_books: Audit) -> None:
    for each in all_books.books:
        assert sum(each.outcomes.values()) == each.cells > 0
        assert set(each.outcomes) <= {*each.book.outcomes, NONE}
        assert each.silent == each.outcomes.get(NONE, 0)


def test_bi_rads_says_something_of_every_form_anywhere_in_any_context(all_books: Audit) -> None:
    book = of(all_books, "birads5").book
    without_words = replace(book, words={**book.words, "morphology": ()})
    assert of(audit([without_words]), "birads5").silent == of(all_books, "birads5").silent


@given(form=st.sampled_from(rulebook("birads5").words["morphology"]), context=contexts())
def test_read_words_says_no_less_than_the_audit_holds(form: str, context: Context) -> None:
    for where in (*rulebook("birads5").words["distribution"], NONE):
        assert read_words(form, where, context=context).category != NONE


def test_the_audit_counts_what_reading_word_by_word_gives() -> None:
    book = rulebook("rcr2009")
    only_words = tuple(
        rule for rule in book.rules if rule.remark or all(isinstance(c.threshold, tuple) for c in rule.when)
    )
    book = replace(book, rules=only_words)
    counted: dict[str, int] = {}
    for form in (*book.words["morphology"], NONE):
        for where in (*book.words["distribution"], NONE):
            category = read_words(form, where, book, Context(other_breast="diffuse", prior="new")).category
            counted[category] = counted.get(category, 0) + 1
    of_audit = of(audit([book]), "rcr2009").outcomes
    assert set(counted) <= set(of_audit)
    assert all(of_audit[name] >= number for name, number in counted.items())


def test_every_threshold_names_the_sliders_that_cross_it(all_books: Audit) -> None:
    crossed = {(each.rule, each.condition.feature): each.crossed_by for each in of(all_books, "birads5").thresholds}
    assert "count" in crossed["grouped-five", "count_within_10mm"]
    assert "extent_mm" in crossed["regional", "extent_mm"]
    assert "size_mm" in crossed["punctate", "size_mm"]
    assert crossed["category-round-stable", "stable_months"] == ("by report",)


def test_the_audit_grows_its_witnesses_once() -> None:
    assert witnesses() is witnesses()
    assert 500 < len(witnesses()) < 2500


def test_the_audit_prints_a_line_a_rulebook(all_books: Audit) -> None:
    head, *lines = str(all_books).splitlines()
    assert "it does not say" in head
    assert [line.split()[0] for line in lines] == rulebooks()


# --- A rulebook that is broken on purpose fails ---


def with_rule(book: Rulebook, name: str, change: Callable[[Rule], Rule]) -> Rulebook:
    assert name in [rule.id for rule in book.rules]
    return replace(book, rules=tuple(change(rule) if rule.id == name else rule for rule in book.rules))


def asking(feature: str, op: str, threshold: float | tuple[str, ...]) -> Callable[[Rule], Rule]:
    return lambda rule: replace(rule, when=(*rule.when, Condition(feature, op, threshold)))


def first(rule_id: str, step: str, says: str) -> Rule:
    return Rule(rule_id, step, "Always", "Because.", says, (), ("course",), "course convention")


ELLIOT, BIRADS, LE_GAL = (rulebook(name) for name in ("elliot", "birads5", "legal1984"))
BROKEN = {
    "a category rule behind one that always holds": (
        replace(BIRADS, rules=(first("always", "category", "2"), *BIRADS.rules)),
        "rule 'category-linear': it can never fire, whatever the words and the context.",
    ),
    "a cell that an earlier rule has taken": (
        with_rule(BIRADS, "category-round-few", lambda rule: replace(rule, says={"none": "2", "linear": "2"}, when=())),
        "rule 'category-round': its cell for 'linear' can never be reached.",
    ),
    "a form rule behind one that always holds": (
        replace(BIRADS, rules=(first("always", "form", "punctate"), *BIRADS.rules)),
        "rule 'popcorn': no pattern that was grown makes it fire.",
    ),
    "a distribution rule that asks too much": (
        with_rule(BIRADS, "linear", asking("width_mm", ">", 200.0)),
        "rule 'linear': no pattern that was grown makes it fire.",
    ),
    "a threshold that no slider crosses": (
        with_rule(BIRADS, "round", asking("count", "<", 5000.0)),
        "rule 'round': no slider crosses count < 5000.",
    ),
    "a remark on two things that exclude each other": (
        with_rule(LE_GAL, "legal-remark-many", asking("count", "<", 10.0)),
        "rule 'legal-remark-many': its conditions can never hold together.",
    ),
    "a verdict that means nothing": (
        with_rule(ELLIOT, "B4-B5-placed", lambda rule: replace(rule, says="panic")),
        "outcome 'panic': a rule gives it, but nothing says what it means.",
    ),
    "a verdict that never comes": (
        replace(ELLIOT, outcomes={**ELLIOT.outcomes, "relax": Outcome("relax", "nothing", "nothing", 0)}),
        "outcome 'relax': no rule ever gives it.",
    ),
    "a rule without a source": (
        with_rule(ELLIOT, "B1-four", lambda rule: replace(rule, source=())),
        "rule 'B1-four': its reason has no source.",
    ),
    "a source that does not exist": (
        with_rule(ELLIOT, "B1-four", lambda rule: replace(rule, source=("S999",))),
        "rule 'B1-four': there is no source 'S999'.",
    ),
    "a rule without a reason": (
        with_rule(ELLIOT, "B1-four", lambda rule: replace(rule, because=" ")),
        "rule 'B1-four': it gives no reason.",
    ),
    "a rule out of somebody's memory": (
        with_rule(ELLIOT, "B1-four", lambda rule: replace(rule, certainty="mem?")),
        "rule 'B1-four': 'mem?' is not sure enough to be printed.",
    ),
}


@pytest.mark.parametrize(("book", "fault"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rulebook_fails(book: Rulebook, fault: str) -> None:
    assert fault in audit([book]).books[0].faults


# --- The command, and the page in the docs ---


def test_the_command_tells_faults_and_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("rules", "audit", "elliot")) == 0
    assert "elliot" in capsys.readouterr().out
    mine = tmp_path / "mine.toml"
    text = files("calcifications.reading").joinpath("rulebooks", "elliot.toml").read_text(encoding="utf-8")
    mine.write_text(text.replace("value = 4 }", "value = 4000 }"), encoding="utf-8")
    assert main(("rules", "audit", str(mine))) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "rule 'B1-four': no pattern that was grown makes it fire." in told.err


def test_the_page_of_rules_is_up_to_date() -> None:
    stale = "write it again: python -m calcifications rules table --store docs/rulebooks.md"
    assert PAGE.read_text(encoding="utf-8") == table(), stale


def test_the_page_of_rules_holds_every_rule_with_its_sources_and_certainty() -> None:
    page = table()
    for name in rulebooks():
        book = rulebook(name)
        assert f"(`{name}`)" in page
        own = [rule for rule in book.rules if not book.base or rule not in rulebook(book.base).rules]
        for rule in own:
            if name == "birads2025" and rule.step in ("real", "form", "distribution"):
                continue  # "as in BI-RADS", with the words that changed
            rows = [line for line in page.splitlines() if line.startswith(f"| **{rule.title}** {rule.because} |")]
            assert any(row.endswith(f"| {', '.join(rule.source)} | {rule.certainty} |") for row in rows)


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("rules", "table", "--store", str(tmp_path / "page.md"))) == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == table()
    assert main(("rules", "table")) == 0
    assert capsys.readouterr().out.endswith(table())
