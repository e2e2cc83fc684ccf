"""What each kind of question holds to, by the fact base's guards and by what was measured."""

import itertools
import math

import numpy as np
import pytest

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import WORK_UP, look, project
from calcifications.learning.items import KINDS, fresh_item, item
from calcifications.learning.items.facts import asked
from calcifications.learning.items.find import NEAR_MM
from calcifications.learning.items.known import each_known, told
from calcifications.learning.items.likely import published
from calcifications.learning.items.verdict import letters
from calcifications.learning.items.worse import series
from calcifications.lexicon import sources, terms
from calcifications.pattern import forms, preset
from calcifications.reading import CHOICES, Context, read, read_words, rulebook
from calcifications.reading.rates import rates

BOOK = rulebook("birads5")


def fresh(kind, seed=0, word=""):
    return fresh_item(kind, np.random.default_rng(seed), word=word)


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


# ---- change ----


@pytest.mark.parametrize("word", KINDS["change"].words())
def test_a_change_is_counted_on_both_pictures(word):
    question = fresh("change", 4, word)
    now, earlier = (int(each.findings.groups[0].values["count"]) for each in question.looks)
    assert {
        "new": earlier == 0,
        "increasing": now > 1.5 * earlier > 0,
        "fewer": earlier > 1.5 * now,
        "stable": now == earlier,
    }[word]
    assert str(now) in question.explain()


# ---- tea-cups ----


@pytest.mark.parametrize(("word", "cups"), [("tea-cups", True), ("no tea-cups", False)])
def test_a_tea_cup_is_seen_from_above_and_from_the_true_side(word, cups):
    question = fresh("cup", 2, word)
    assert [each.view for each in question.looks] == ["CC-mag", "ML-mag"]
    level = question.case.findings[1].groups[0].values["level_share"]
    assert (level >= 0.7) == cups


# ---- find it ----


@pytest.mark.parametrize("seed", range(6))
def test_a_place_is_marked_by_its_distance_in_mm(seed):
    question = fresh("find", seed)
    view = question.looks[0].view
    picture = question.looks[0].picture
    seen = question.group.deciding("count")
    rows, columns = picture.background.shape
    mm = project(view, question.case.pattern.particles.centre[seen])
    for across, down in itertools.product((0.05, 0.5, 0.95), repeat=2):
        here = np.array([(across - 0.5) * columns, (0.5 - down) * rows]) * picture.pixel_mm
        off = float(np.linalg.norm(mm - here, axis=1).min())
        marked = question.mark([across, down])
        assert marked.off_mm == pytest.approx(off, abs=0.5)  # a view may show a particle a little beside its middle
        assert marked.right == (marked.off_mm <= NEAR_MM)


@pytest.mark.parametrize("seed", range(6))
def test_the_whole_group_is_on_the_picture_and_not_always_in_its_middle(seed):
    question = fresh("find", seed)
    assert ((question.places > 0) & (question.places < 1)).all()
    brighter = question.looks[0].picture.layer
    assert brighter.max() > 0


def test_groups_lie_all_over_the_picture():
    middles = np.array([fresh("find", seed).middle for seed in range(24)])
    assert (middles.std(axis=0) > 0.12).all()


def test_the_view_beside_the_group_shows_the_same_calcifications():
    question = fresh("find", 1)
    straight = look(question.case.views[0], question.case.pattern)
    aside = question.looks[0].view
    assert math.dist(straight.centre, aside.centre) > 0
    assert (straight.pixel_mm, straight.name) == (aside.pixel_mm, aside.name)


# ---- how many, how wide, how large ----


@pytest.mark.parametrize("word", KINDS["number"].words())
@pytest.mark.parametrize("seed", range(3))
def test_a_number_counts_within_the_tolerance_that_is_told(word, seed):
    question = fresh("number", seed, word)
    near = max(question.measure.near, question.measure.share * question.right)
    step = 1 if not question.measure.unit else 0.001
    inside = math.floor((question.right + near) / step) * step
    assert question.mark(inside).right
    assert not question.mark(inside + 2 * step).right
    assert f"{100 * question.measure.share:.0f} %" in question.sheet()["note"]


@pytest.mark.parametrize("answer", [2.5, -1, 1e9, True, "four", None, float("nan")])
def test_a_count_is_a_whole_number(answer):
    with pytest.raises(CourseError):
        fresh("number", 0, "how many").mark(answer)


# ---- which of two ----


def test_only_pairs_whose_order_holds_in_every_series_are_asked():
    order = [{"amorphous", "coarse heterogeneous"}, {"fine pleomorphic"}, {"fine linear"}]  # guard 10
    rank = {form: place for place, some in enumerate(order) for form in some}
    assert series()
    for low, high in series():
        assert rank[low] < rank[high]
        for source in {rate.source for rate in rates()}:
            alone = {
                form: [r.percent for r in rates() if r.source == source and r.forms == (form,) and not r.distributions]
                for form in (low, high)
            }
            assert all(one < other for one, other in zip(alone[low], alone[high], strict=False))


@pytest.mark.parametrize("seed", range(8))
def test_of_two_pictures_the_key_shows_the_more_suspicious_form(seed):
    question = fresh("worse", seed)
    low, high = question.pair
    shown = {each.name: read(each.findings).morphology for each in question.looks}
    assert shown[question.key] == high
    assert set(shown.values()) == {low, high}
    assert len({read(each.findings).distribution for each in question.looks}) == 1


def test_two_forms_whose_order_is_not_known_are_not_compared():
    with pytest.raises(CourseError, match="'rim'"):
        item("worse", Case([preset("rim")], seed=3), np.random.default_rng(0))


# ---- how likely ----


def test_a_range_is_published_for_each_form_that_is_asked():
    for form in KINDS["likely"].words():
        found = published(form)
        assert len(found) >= 3
        assert all(rate.certainty == "found" and rate.forms == (form,) for rate in found)


@pytest.mark.parametrize("form", KINDS["likely"].words())
def test_a_range_is_better_the_more_it_shares_with_the_published_one(form):
    question = fresh("likely", 1, form)
    low, high = question.span
    exact, wide, beside = (question.mark(r) for r in ([low, high], [0, 100], [0, low / 2]))
    assert (exact.score, exact.right) == (1.0, True)
    assert exact.score > wide.score >= beside.score == 0.0
    assert not beside.right
    half = question.mark([low, low + (high - low) / 2 + 0.01])
    assert half.right


@pytest.mark.parametrize("answer", [[60, 20], [1], [1, 2, 3], "1 to 2", [-1, 5], [0, 101], [None, 5]])
def test_what_is_no_range_gets_one_sentence(answer):
    with pytest.raises(CourseError):
        fresh("likely").mark(answer)


# ---- say it, make it ----


@pytest.mark.parametrize("seed", range(6))
def test_a_report_is_right_where_all_its_words_are(seed):
    question = fresh("report", seed)
    right = {name: words[0] for name, words in question.accepted.items()}
    words = read_words(right["form"], "none" if " " in right["distribution"] else right["distribution"])
    assert words.morphology == right["form"]
    assert question.mark(right).score == 1
    for slot in question.sheet()["slots"]:
        other = next(o["word"] for o in slot["options"] if o["word"] not in question.accepted[slot["name"]])
        told_ = question.mark(right | {slot["name"]: other})
        assert not told_.right
        assert told_.score == pytest.approx(0.8)
        assert told_.why_not


@pytest.mark.parametrize("form", KINDS["make"].words())
def test_what_is_made_is_measured_and_not_copied(form):
    question = fresh("make", 6, form)
    names = question.sheet()["recipe"]
    assert not question.mark(names).right  # it starts from something else
    made = preset(*question.goal).to_dict()
    marked = question.mark({name: made[name] for name in names})
    assert (marked.right, marked.chosen) == (True, question.key)
    seen = question.trial({name: made[name] for name in names})
    assert seen.case.groups[0].size_mm == made["size_mm"]


# ---- facts ----


@pytest.mark.parametrize("fact", asked().values(), ids=lambda fact: fact.id)
def test_a_fact_was_found_and_has_one_right_answer(fact):
    assert fact.certainty == "found"
    assert fact.source
    assert set(fact.source) <= set(sources())
    assert len({fact.right, *fact.wrong}) == 1 + len(fact.wrong) == 4
    assert fact.says.endswith(".")
    assert fact.ask.endswith(("?", "?)."))


def test_the_lessons_facts_and_those_that_are_asked_do_not_differ():
    from calcifications.lexicon.facts import facts

    known = {fact.says: fact for fact in facts()}
    for fact in asked().values():
        told_ = next((k for k in known.values() if fact.says.startswith(k.says.rstrip("."))), None)
        if told_:
            assert told_.certainty == "found"


# ---- real or not ----


@pytest.mark.parametrize("word", KINDS["real"].words())
def test_an_artefact_is_told_by_where_it_lies_and_calcium_never_lies_so(word):
    question = fresh("real", 2, word)
    assert (question.reading.artefact != "none") == (word != "calcium")
    assert {option.word for option in question.options} == set(KINDS["real"].words())


def test_every_form_and_every_distribution_can_be_the_key():
    assert set(KINDS["form"].words()) == set(forms())
    assert {fresh("form", 1, word).key for word in forms()} == set(forms())


# ---- a word that is mixed up with the right one ----


@pytest.mark.parametrize("seed", range(4))
def test_a_form_that_is_mixed_up_with_the_right_one_can_be_put_among_the_options(seed):
    for other in forms():
        question = fresh("form", seed)
        question.offer(other)
        words = [option.word for option in question.options]
        assert other in words
        assert (len(words), words.count(question.key)) == (4, 1)
        assert [word for word in words if question.mark(word).right] == [question.key]


def test_what_is_no_word_of_the_kind_is_not_put_among_the_options():
    for kind in KINDS:
        question = fresh(kind, 1)
        before = question.options
        question.offer("")
        assert question.options == before


def test_whether_a_question_on_rules_shows_one_view_or_five_is_chance_and_no_hint():
    shown = {}
    for seed in range(60):
        question = fresh("rule", seed)
        shown.setdefault(question.case.views, set()).add(question.reading.morphology)
    assert set(shown) == {("CC",), WORK_UP}
    assert all(len(some) > 5 for some in shown.values())


@pytest.mark.parametrize(
    "kind", ["form", "distribution", "category", "recall", "change", "find", "number", "likely", "report"]
)
def test_only_the_forms_that_are_named_come_up_where_the_kind_can_ask_of_them(kind):
    few = ("amorphous", "fine linear", "rim")
    for seed in range(8):
        question = fresh_item(kind, np.random.default_rng(seed), few)
        assert question.reading.morphology in few


def test_a_kind_that_can_ask_of_none_of_the_forms_asks_of_its_own():
    assert fresh_item("likely", np.random.default_rng(0), ("rim",)).category.word in KINDS["likely"].words()


def test_two_forms_that_are_named_are_the_ones_compared():
    few = ("amorphous", "fine pleomorphic")
    assert {fresh_item("worse", np.random.default_rng(s), few).category.word for s in range(6)} == {
        "fine pleomorphic over amorphous"
    }
