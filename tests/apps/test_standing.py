"""How am I doing, without a page: the numbers are those of the log, and the log can be saved, taken in and reset."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.apps import standing
from calcifications.apps.standing_lines import MOST_WORDS
from calcifications.learning import KINDS, Progress
from calcifications.learning.scores import agreement
from calcifications.learning.standing import IN_A_ROW
from tests.learning.answers import plain
from tests.learning.filled import weeks_of_answers


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A learner's folder of the test's own."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def answers():
    return weeks_of_answers()


def ask(page, **what):
    page.set_state({"asked": {"zone": "UTC", **what, "turn": page.asked.get("turn", 0) + 1}})
    return page.shown


def test_an_empty_log_is_a_friendly_page_and_leaves_no_trace(home):
    page = standing()
    assert page.shown["answers"] == 0
    assert ask(page)["notes"] == []
    assert list(home.iterdir()) == []


def test_its_numbers_are_those_of_the_log(answers):
    Progress().add(*answers)
    shown = ask(standing())
    assert json.loads(json.dumps(shown, allow_nan=False)) == shown
    assert (shown["answers"], shown["days"]) == (len(answers), len({each.when.date() for each in answers}))
    assert shown["score"]["right"] == sum(each.right for each in answers)
    assert {kind["kind"]: kind["score"]["answers"] for kind in shown["kinds"]} == Counter(e.kind for e in answers)
    for kind in shown["kinds"]:
        assert sum(word["score"]["answers"] for word in kind["words"]) == kind["score"]["answers"]
        assert sum(time["answers"] for time in kind["times"]) == kind["score"]["answers"]
        shares = [word["score"]["share"] for word in kind["words"]]
        assert shares == sorted(shares)


def test_mix_ups_are_counted_as_they_were_made(answers):
    Progress().add(*answers)
    for kind in ask(standing())["kinds"]:
        if not kind["matrix"]:
            continue
        words, times = kind["matrix"]["words"], kind["matrix"]["times"]
        assert len(words) <= MOST_WORDS
        for row, key in enumerate(words):
            for column, said in enumerate(words):
                made = [e for e in answers if (e.kind, e.key) == (kind["kind"], key)]
                right = sum(e.right for e in made) if key == said else 0
                assert times[row][column] == right + sum(not e.right and e.chosen == said for e in made)


def test_kappa_stands_beside_that_of_radiologists(answers):
    Progress().add(*answers)
    found = {each["title"]: each for each in ask(standing())["agreements"]}
    theirs = {"form": 0.36, "distribution": 0.47, "category": 0.37}  # Berg 2000
    assert {title: each["radiologists"] for title, each in found.items()} == {
        KINDS[kind].title: kappa for kind, kappa in theirs.items()
    }
    for kind in theirs:
        assert found[KINDS[kind].title]["kappa"] == agreement(answers, kind).kappa


def test_nothing_is_called_sensitivity_or_a_streak(answers):
    Progress().add(*answers)
    told = json.dumps(ask(standing())).lower() + standing()._esm.lower()
    for word in ("sensitivity", "specificity", "streak", "accuracy of diagnosis"):
        assert word not in told


def test_what_is_mastered_is_due_and_named():
    now = datetime.now(UTC)
    Progress().add(*(plain_at(number, now - timedelta(days=40, minutes=9 - number)) for number in range(IN_A_ROW)))
    shown = ask(standing())
    assert (shown["mastered"], shown["met"]) == (1, 1)
    assert shown["due"][0]["words"] == ["rim (name the form)"]
    assert shown["kinds"][0]["words"][0]["state"] == "mastered"


def plain_at(number, when):
    """A right answer to a fresh case at a time."""
    return replace(plain(number, "rim"), when=when)


def test_a_reader_s_days_are_those_of_their_time_zone():
    midnight = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    Progress().add(plain_at(0, midnight), plain_at(1, midnight + timedelta(hours=1)))
    page = standing()
    assert ask(page)["days"] == 2
    assert ask(page, zone="Asia/Tokyo")["days"] == 1
    assert ask(page, zone="Nowhere/At_all")["days"] == 1
    assert ask(page, zone=3)["days"] == 1


def test_a_copy_is_saved_and_taken_in_elsewhere_without_double_counting(answers, home, monkeypatch):
    Progress().add(*answers)
    page = standing()
    file = ask(page, save=True)["file"]
    assert file["name"].endswith(".jsonl")
    assert ask(page)["file"] is None
    assert ask(page, take_in=file)["told"].startswith("0 answers are new")
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(home / "elsewhere"))
    other = standing()
    assert other.shown["answers"] == 0
    told = ask(other, take_in=file)
    assert told["told"].startswith(f"{len(answers)} answers are new")
    assert told["answers"] == len(answers)
    assert Progress().answers() == sorted(answers, key=lambda answer: answer.moment)


def test_a_reset_empties_the_log_and_keeps_a_copy(answers, home):
    Progress().add(*answers[:20])
    page = standing()
    told = ask(page, reset=True)
    assert told["answers"] == 0
    (copy,) = (home / "progress").glob("*before-reset*")
    assert copy.name in told["told"]
    assert ask(page, take_in={"name": copy.name, "text": copy.read_text(encoding="utf-8")})["answers"] == 20


@pytest.mark.parametrize(
    "file",
    [None, 3, {}, {"name": "a"}, {"name": "a.jsonl", "text": 3}, {"name": "../../x", "text": "no answers"},
     {"name": "", "text": "\ud800"}, {"name": "a\0b", "text": ""}, {"name": "x" * 5000, "text": "{}"}],
)  # fmt: skip
def test_what_is_no_copy_is_told_in_one_sentence_and_changes_nothing(file, home):
    Progress().add(plain(0))
    shown = ask(standing(), take_in=file)
    assert shown["told"]
    assert "\n" not in shown["told"]
    assert shown["answers"] == 1
    assert [path.name for path in home.iterdir()] == ["progress"]


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_that_is_taken_in_is_told_and_loses_nothing(text, name):
    page = standing()
    before = page.shown["answers"]
    shown = ask(page, take_in={"name": name, "text": text})
    assert "\n" not in shown["told"]
    assert shown["answers"] == before


def test_a_damaged_log_is_told_and_the_page_opens(home):
    (home / "progress").mkdir()
    (home / "progress" / "answers.db").write_bytes(b"no log at all" * 100)
    shown = standing().shown
    assert shown["answers"] == 0
    assert "was damaged" in shown["notes"][0]


def test_its_name_is_the_same_whatever_is_in_the_log(answers):
    before = repr(standing())
    Progress().add(*answers[:5])
    data, _ = standing()._repr_mimebundle_()
    assert repr(standing()) == before == data["text/plain"]
    assert before in data["text/html"]
