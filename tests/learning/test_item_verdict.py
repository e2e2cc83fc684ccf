"""What is done and the category, recall or not: by the table, and never otherwise than it says."""

import pytest

from calcifications.imaging import WORK_UP
from calcifications.learning.items import KINDS
from calcifications.learning.items.known import each_known, told
from calcifications.learning.items.verdict import letters
from calcifications.lexicon import terms
from calcifications.reading import CHOICES, Context, rulebook
from tests.learning.asked import fresh

BOOK = rulebook("birads5")


def slots(management, category):
    return {"management": management, "category": category}


# ---- category and management ----


@pytest.mark.parametrize("cell", KINDS["category"].words())
def test_any_letter_inside_the_cell_is_right_and_every_other_is_wrong(cell):
    question = fresh("category", 3, cell)
    for slot in question.sheet()["slots"]:
        if slot["name"] == "category":
            for option in slot["options"]:
                marked = question.mark(slots(question.reading.management, option["word"]))
                assert marked.right == (option["word"] in cell.split("-"))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_done_counts_first(seed):
    question = fresh("category", seed)
    cell, done = question.reading.category, question.reading.management
    others = {o.management for o in BOOK.outcomes.values()} - {done}
    wrong = next(o for o in BOOK.outcomes if len(letters(o)) == 1 and o not in letters(cell))
    half = question.mark(slots(done, wrong))
    assert (half.right, half.score) == (False, 0.5)
    for other in others:
        none = question.mark(slots(other, letters(cell)[0]))
        assert (none.right, none.score) == (False, 0.0)
        assert none.why_not.startswith(f"“{other}”")


def test_the_letters_of_a_cell_all_mean_the_same_management():
    for cell in KINDS["category"].words():
        assert len({BOOK.outcomes[letter].management for letter in letters(cell)}) == 1


def test_a_category_is_asked_of_a_finished_work_up_only():
    for seed in range(12):
        question = fresh("category", seed)
        assert question.case.context.setting == "diagnostic"
        assert question.case.views == WORK_UP
        assert question.reading.category not in ("0", "1")


# ---- recall ----


def test_a_recall_is_spared_only_by_a_form_that_proves_itself_harmless():
    harmless = {term.name for term in terms("form") if term.family == "typically benign"} - {"round", "punctate"}
    for seed in range(24):
        question = fresh("recall", seed)
        assert question.case.context.setting == "screening"
        if question.key == "no recall":
            assert question.reading.morphology in harmless


def test_half_of_the_screening_pictures_call_for_a_recall():
    keys = [fresh("recall", seed).key for seed in range(60)]
    assert 18 <= keys.count("recall") <= 42


def test_nobody_with_a_proved_cancer_is_screened():
    assert {c.known_cancer.split(",")[0] for c in each_known("screening")} <= {"none", "treated"}


@pytest.mark.parametrize(("name", "word"), [(n, w) for n, words in CHOICES.items() for w in words])
def test_every_part_of_a_context_that_a_case_brings_is_told(name, word):
    unsaid = {"setting": 0, "risk": 0}
    usual = getattr(Context(), name)
    here = [c for s in ("screening", "diagnostic") for c in each_known(s) if getattr(c, name) == word != usual]
    for context in here if name not in unsaid else []:
        bare = Context(setting=context.setting)
        assert told(context) != told(bare)
