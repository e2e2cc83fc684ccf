"""Recall, biopsy and risk: a learner's decisions beside the rule's, and ranges beside what is published."""

import pytest

from calcifications.learning.items import KINDS
from calcifications.learning.items.likely import published
from calcifications.learning.judgement import decisions, ranges
from tests.learning.answers import plain


def taught(kind, *pairs):
    return [plain(number, key, chosen, kind=kind) for number, (key, chosen) in enumerate(pairs)]


def test_recall_is_counted_where_the_rule_says_so_and_where_not():
    answers = taught(
        "recall", ("recall", "recall"), ("recall", "no recall"), ("recall", "recall"), ("no recall", "no recall")
    )
    (recall,) = decisions(answers)
    assert (recall.what, recall.yes.answers, recall.yes.right) == ("recall", 3, 2)
    assert (recall.no.answers, recall.no.right) == (1, 1)
    assert recall.yes.low < 2 / 3 < recall.yes.high


@pytest.mark.parametrize(
    ("key", "chosen", "as_rule"),
    [
        ("4A-4B", "4B", True),
        ("4A", "5", True),  # another category, and the same deed
        ("4B", "3", False),
        ("4B", "4B, but a new picture in 6 months", False),
        ("2", "3", True),  # neither takes a sample
        ("3", "4A", False),
        ("3", "2, but a tissue sample (needle biopsy)", False),
        ("6", "5", False),
    ],
)
def test_biopsy_is_by_what_is_done_not_by_the_letter(key, chosen, as_rule):
    (biopsy,) = decisions(taught("category", (key, chosen)))
    half = biopsy.yes if key[0] in "45" else biopsy.no
    assert (half.answers, bool(half.right)) == (1, as_rule)


def test_what_was_never_asked_is_left_out():
    assert decisions(taught("form", ("rim", "rim"))) == []
    assert ranges(taught("form", ("rim", "rim"))) == []


def test_every_cell_of_the_table_leads_to_a_decision():
    for word in KINDS["category"].words():
        (biopsy,) = decisions(taught("category", (word, word)))
        assert (biopsy.yes.right, biopsy.no.right) in ((1, 0), (0, 1))


def test_a_range_stands_beside_all_that_is_published_of_its_word():
    word = KINDS["likely"].words()[0]
    figures = [rate.percent for rate in published(word)]
    first, second = ranges(taught("likely", (word, f"0 to {figures[0]:g} %"), (word, "0 to 100 %")))
    assert first.published == tuple(figures)
    assert first.held == figures.count(figures[0])
    assert second.held == len(figures)


def test_what_is_no_range_is_left_out():
    word = KINDS["likely"].words()[0]
    assert ranges(taught("likely", (word, "no idea"), ("stardust", "0 to 5 %"))) == []
