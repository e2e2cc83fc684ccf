"""What must be true of a case code that was copied badly, or made by someone who means ill: one sentence, no harm."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.pattern import Recipe
from tests.strategies import contexts, recipes, seeds

a_case = st.builds(Case, recipes=recipes(), context=contexts(), seed=seeds)


def coded(plain: bytes) -> str:
    """The code whose inside is `plain`."""
    return "cx2-" + base64.urlsafe_b64encode(zlib.compress(plain, 9)).decode().rstrip("=")


@given(case=a_case, data=st.data())
def test_a_code_with_one_wrong_letter_is_refused_or_means_the_same(case: Case, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(case.code) - 1))
    letter = data.draw(st.characters(exclude_categories=["Cs"]))
    try:
        told = case == Case.from_code(case.code[:place] + letter + case.code[place + 1 :])
    except CourseError as error:
        told = "\n" not in str(error)
    assert told


@given(case=a_case, data=st.data())
def test_a_part_of_a_code_is_refused(case: Case, data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(case.code) - 2))
    with pytest.raises(CourseError):
        Case.from_code(case.code[:kept])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


@given(body=anything | st.tuples(anything, anything, anything, anything, anything))
def test_a_code_of_something_else_is_refused(body: Any) -> None:
    with pytest.raises(CourseError, match=r"^The case code '.* is damaged; copy it again, whole\.$"):
        Case.from_code(coded(json.dumps(body).encode()))


GOOD = f'[[{json.dumps(list(Recipe().to_dict().values()))}],{{}},0,["CC"],null,"b"]'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.35", "NaN"),
        ("0.35", "-1"),
        ("0.35", "null"),
        ('"lobule"', '"star"'),
        ("{}", '{"setting":"home"}'),
        ("{}", '{"colour":"blue"}'),
        ("{}", "[]"),
        ('"CC"', '"XCC"'),
        ('["CC"]', '"CC"'),
        ("0,[", "-1,["),
        ("0,[", "1e999,["),
        ("0,[", f"{'9' * 5000},["),
        ("null,", '"cx2-",'),
        ("null,", "5,"),
        ('"b"', '"e"'),
        ('"b"', '"b",1'),
        ("]", "]]"),
    ],
)
def test_a_code_with_a_value_that_cannot_be_is_damaged(old: str, new: str) -> None:
    assert Case.from_code(coded(GOOD.encode())) == Case(Recipe())
    with pytest.raises(CourseError, match=r"^The case code '.* is damaged; copy it again, whole\.$"):
        Case.from_code(coded(GOOD.replace(old, new, 1).encode()))


def test_a_small_code_that_would_unpack_to_a_huge_one_is_refused() -> None:
    bombs = [coded(GOOD.encode().ljust(2_500_000)), coded(b"[" * 60_000), coded(b" " * 100_000_000)]
    assert len(bombs[0]) < 4000
    for bomb in bombs:
        with pytest.raises(CourseError, match="is damaged; copy it again, whole"):
            Case.from_code(bomb)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("hello", "A case code starts with 'cx2-'; 'hello' does not."),
        ("", "A case code starts with 'cx2-'; '' does not."),
        (None, "A case code starts with 'cx2-'; None does not."),
        ("cx3-abc", "The case code 'cx3-abc' is of another version; this course reads 'cx2-' and 'cx1-'."),
        ("cx2-é", "The case code 'cx2-é' is damaged; copy it again, whole."),
    ],
)
def test_what_is_no_code_gets_one_sentence(code: Any, sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        Case.from_code(code)
    assert str(told.value) == sentence
