"""Two readers of the same cases, one of the truth and one of pixels: how well they agree, and how that is counted."""

import math
from pathlib import Path

import pytest

from calcifications.__main__ import main
from calcifications.errors import CourseError
from calcifications.imaging import views
from calcifications.pattern import arrangeable, forms
from calcifications.reading.agreement import (
    HUMAN,
    Agreement,
    Compared,
    agreement,
    case_of,
    compare,
    kappa,
    views_of,
)
from calcifications.reading.agreement_table import Unfinished, store, stored


def compared(number: int, true: str, seen: str, count: float = math.nan) -> Compared:
    return Compared(number, true, "grouped", "b", true, seen, "grouped", "grouped", False, 10.0, count)


def test_kappa_is_cohens() -> None:
    # a textbook's table: 20 times both yes, 15 both no, 5 and 10 apart: agreed 0.7, by chance 0.5
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    value, error = kappa(pairs)
    assert value == pytest.approx(0.4)
    assert error == pytest.approx(math.sqrt(0.7 * 0.3 / 50) / 0.5)


def test_readers_who_always_agree_have_a_kappa_of_one_and_those_who_guess_one_of_nothing() -> None:
    assert kappa([("a", "a"), ("b", "b")])[0] == 1
    assert kappa([("a", "a")]) == (1.0, 0.0)
    assert kappa([(one, other) for one in "ab" for other in "ab"])[0] == pytest.approx(0)


def test_cases_run_over_the_whole_space() -> None:
    many = [case_of(number, 0)[:3] for number in range(6 * len(forms()))]
    assert {form for form, _, _ in many} == set(forms())
    for form in forms():
        assert {word for each, word, _ in many if each == form} == set(arrangeable(form))
    assert {density for _, _, density in many} == set("abcd")


def test_a_case_is_the_same_whenever_it_is_asked_for() -> None:
    assert case_of(20, 3)[3].recipes == case_of(20, 3)[3].recipes
    assert case_of(20, 3)[3].recipes != case_of(20, 4)[3].recipes


def test_each_form_is_seen_on_views_that_there_are() -> None:
    for form in forms():
        for word in arrangeable(form):
            looks = views_of(form, word)
            assert {view for view, _ in looks} <= set(views())
            assert ("CC", "breast") in looks or word != "diffuse"
    assert ("tangential", "close-up") in views_of("skin", "grouped")


def test_the_reader_of_pixels_agrees_with_the_truth_better_than_people_among_themselves() -> None:
    # one case of each form; those that come so are grouped, which costs the least to look at
    result = Agreement(tuple(compare(2 * len(forms()) + number, seed=5) for number in range(len(forms()))))
    assert {case.form for case in result.cases} == set(forms())
    for step, human in HUMAN.items():
        assert kappa(result.pairs(step))[0] > human


def test_counts_are_compared_where_particles_lie_apart() -> None:
    result = Agreement((compared(0, "round", "round", 10.0), compared(1, "round", "round", 12.0)))
    assert result.counts() == pytest.approx([0.0, 0.2])
    assert "in 2 cases whose particles lie apart: off by 10.0 % on average, within 10 % in 50.0 %" in str(result)


def test_what_is_said_of_it_stands_beside_radiologists() -> None:
    said = str(Agreement((compared(0, "round", "round"), compared(1, "rim", "round"))))
    assert "kappa of form: 0.000" in said
    assert "radiologists 0.36" in said
    assert "  rim: 0 of 1; round 1" in said


def test_a_stored_table_comes_back_as_it_was(tmp_path: Path) -> None:
    result = Agreement((compared(0, "round", "round", 9.0), compared(1, "fine linear", "suture")))
    store(result, tmp_path / "table.csv")
    again = stored(tmp_path / "table.csv")
    assert str(again) == str(result)
    assert again.cases[0] == result.cases[0]


def test_a_table_that_can_t_be_read_or_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"^There is no table of compared cases in '.*'\.$"):
        stored(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CourseError, match=r"^There is no table of compared cases in '.*'\.$"):
        stored(tmp_path / "other.csv")
    with pytest.raises(CourseError, match=r"^The table can't be written to '.*': .*\.$"):
        store(Agreement(()), tmp_path / "no" / "table.csv")


def test_the_command_stores_its_table_and_names_a_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "table.csv"
    assert main(["agreement", "--cases", "2", "--jobs", "1", "--store", str(file)]) == 0
    assert capsys.readouterr().out.startswith("2 cases; the reader of pixels beside the truth")
    assert len(stored(file).cases) == 2
    assert main(["agreement", "--cases", "0"]) == 2
    assert capsys.readouterr().err.startswith("The number of cases ")


def test_a_run_that_was_stopped_goes_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    first, second = compared(0, "round", "round", 9.0), compared(1, "fine linear", "suture", 8.0)
    table = Unfinished(file, 3)
    assert table.cases() == ()
    table.add(first)
    with table.file.open("a") as stream:
        stream.write("1,fine lin")  # it was stopped here
    again = Unfinished(file, 3)
    assert again.cases() == (first,)
    again.add(second)
    assert Unfinished(file, 3).cases() == (first, second)
    assert Unfinished(file, 4).cases() == ()  # another seed begins anew
    again.whole(Agreement((first, second)))
    assert stored(file).cases == (first, second)
    assert not again.file.exists()


def test_only_the_cases_that_are_not_known_are_compared() -> None:
    told: list[int] = []
    known = (compared(0, "round", "round"), compared(1, "rim", "rim"))
    result = agreement(3, jobs=1, known=known, tell=lambda case: told.append(case.number))
    assert told == [2]
    assert result.cases[:2] == known
    assert [case.number for case in result.cases] == [0, 1, 2]
