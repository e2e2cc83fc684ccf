"""Change since an earlier picture: measured on both, and the same whichever way round it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.pattern import Recipe, earlier, grow, preset
from calcifications.reading import measure
from calcifications.reading.change import CHANGES, change
from calcifications.reading.findings import FEATURES, Findings, Group

TURNED = {"increasing": "fewer", "fewer": "increasing", "stable": "stable"}


def exam(*counts, view="CC", side="left"):
    """What an exam shows of groups of so many."""
    groups = tuple(Group(dict.fromkeys(FEATURES, float("nan")) | {"count": float(count)}) for count in counts)
    return Findings(view, groups, side=side)


@pytest.mark.parametrize(
    ("now", "was", "word"),
    [
        (1, 0, "new"),
        (9, 0, "new"),
        (0, 9, "fewer"),
        (9, 9, "stable"),
        (10, 8, "increasing"),
        (8, 10, "fewer"),
        (9, 8, "stable"),
        (4, 3, "stable"),
        (5, 4, "stable"),
        (5, 3, "increasing"),
        (49, 40, "stable"),
        (50, 40, "increasing"),
    ],
)
def test_a_change_is_a_quarter_and_two_at_least(now, was, word):
    assert change(exam(now), exam(was)) == word


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_what_has_become_more_was_fewer(now, was):
    assert change(exam(was), exam(now)) == TURNED[change(exam(now), exam(was))]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(any), min_size=1, max_size=4))
def test_of_several_groups_the_one_that_matters_most_decides(pairs):
    words = [change(exam(now), exam(was)) for now, was in pairs]
    together = change(exam(*(now for now, _ in pairs)), exam(*(was for _, was in pairs)))
    assert together == min(words, key=CHANGES.index)


@pytest.mark.parametrize(("share", "word"), [(0.0, "new"), (0.5, "increasing"), (1.0, "stable"), (2.0, "fewer")])
def test_an_earlier_pattern_is_measured_to_be_what_it_is(share, word):
    now = grow(preset("punctate", "grouped"), 4)
    assert change(measure(now), measure(earlier(now, share))) == word


@pytest.mark.parametrize(
    ("now", "prior", "named"),
    [
        (exam(3), Recipe(), "Recipe"),
        (exam(3), exam(3, view="ML"), "CC and ML"),
        (exam(3), exam(3, side="right"), "left and right"),
        (exam(3), exam(3, 4), "1 and 2"),
        (exam(0), exam(0), "nothing to compare"),
    ],
)
def test_what_can_not_be_compared_gets_one_sentence(now, prior, named):
    with pytest.raises(CourseError, match=named) as told:
        change(now, prior)
    assert "\n" not in str(told.value)
