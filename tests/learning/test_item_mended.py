"""The same picture with one slider moved: it is what the learner took it for, measured, and still to be seen."""

from dataclasses import fields

import numpy as np
import pytest

from calcifications.learning.items import fresh_item
from calcifications.learning.items.mended import STILL_SEEN
from calcifications.pattern import Recipe
from calcifications.reading import read


def wrong_options(kind, seeds):
    for seed in range(seeds):
        question = fresh_item(kind, np.random.default_rng(seed))
        for option in question.options:
            if option.word != question.key:
                yield question, question.mark(option.word)


def moved(question, case):
    """The names of what differs between the first groups of two cases."""
    ours, theirs = question.case.groups[0], case.groups[0]
    return {each.name for each in fields(Recipe) if getattr(ours, each.name) != getattr(theirs, each.name)}


@pytest.mark.parametrize("kind", ["form", "distribution", "cup", "recall"])
def test_what_was_wrong_is_right_with_one_slider_moved(kind):
    found = 0
    for question, told in wrong_options(kind, 6):
        if found == 4:
            break
        if told.mended is None:
            continue
        found += 1
        case = told.mended.case
        assert question.of(read(case.findings, context=case.context)) == told.chosen
        assert moved(question, case) - {"extent_mm"} <= {told.mended.slider}  # the extent may grow, to hold them all
        assert moved(question, case) >= {told.mended.slider}
        assert case.seed == question.case.seed
        assert told.mended.sentence.endswith("it would be right.")
    assert found


def test_nothing_becomes_right_by_being_too_small_to_see():
    for kind, seeds in (("recall", 6), ("form", 2)):
        for question, told in wrong_options(kind, seeds):
            if told.mended:
                before, after = (
                    case.findings[0].groups[0].values["count"] / case.groups[0].count
                    for case in (question.case, told.mended.case)
                )
                assert after >= STILL_SEEN * before


def test_a_right_answer_needs_nothing_moved():
    question = fresh_item("form", np.random.default_rng(0))
    assert question.mark(question.key).mended is None


def test_how_they_lie_is_shown_by_what_moves_where_they_lie():
    for _, told in wrong_options("distribution", 3):
        assert told.mended is None or told.mended.slider in ("count", "extent_mm", "arrangement")
