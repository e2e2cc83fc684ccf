"""A deck on a screen: every question stands there before what answers it, and each step can be taken back."""

import pytest

from calcifications.errors import CourseError
from calcifications.teaching.deck import REVEALS, Deck, Slide
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.talk import Talk, askings, said, steps

KINDS = ("form", "distribution", "category", "find")


@pytest.fixture(scope="module")
def deck():
    """Four clear cases with several questions each."""
    return make(Rule(4, ("suspicious",), ("grouped", "regional"), KINDS, borderline=False, seed=5), "Monday")


def walked(talk):
    """All that a talk shows, from where it stands to its end."""
    seen = [talk]
    while (after := seen[-1].next()) != seen[-1]:
        seen.append(after)
    return seen


def test_every_question_is_asked_once_and_answered_once_and_everything_is_revealed(deck):
    for slide in deck.slides:
        asked = [step.asking for step in steps(slide) if step.kind == "ask"]
        answered = [step.asking for step in steps(slide) if step.kind != "ask" and step.asking is not None]
        assert sorted(asked) == sorted(answered) == list(range(len(askings(slide))))
        assert [step.word for step in steps(slide) if step.word] == list(slide.reveal)
        assert all(asked.index(each) <= place for place, each in enumerate(answered))


def test_what_answers_a_question_is_not_revealed_before_the_question_is_answered(deck):
    for talk in walked(Talk(deck)):
        scene = talk.scene
        if scene.asking and not scene.answered:
            assert scene.asking.item.step not in scene.revealed


def test_a_case_begins_with_its_first_question_and_ends_with_everything_told(deck):
    assert Talk(deck).scene.asking is not None
    assert Talk(deck).scene.revealed == ()
    seen = walked(Talk(deck))
    lasts = [
        seen[number]
        for number in range(len(seen))
        if number + 1 == len(seen) or seen[number + 1].place != seen[number].place
    ]
    assert [talk.place for talk in lasts] == [0, 1, 2, 3]
    assert all(talk.scene.all_told for talk in lasts)


def test_each_step_can_be_taken_back_to_the_very_beginning(deck):
    seen = walked(Talk(deck))
    talk = seen[-1]
    for before in reversed(seen[:-1]):
        talk = talk.back()
        assert (talk.place, talk.done) == (before.place, before.done)
    assert talk.back() == talk


@pytest.mark.parametrize("reveal", [("why", "form"), ("category",), ("form", "outlines"), ()])
def test_any_order_of_revealing_asks_all_questions_first(deck, reveal):
    slide = Slide(deck.slides[0].code, questions=("form", "category"), reveal=reveal)
    for talk in walked(Talk(Deck("d", (slide,)))):
        if talk.scene.asking and not talk.scene.answered:
            assert talk.scene.asking.item.step not in talk.scene.revealed
    assert walked(Talk(Deck("d", (slide,))))[-1].scene.all_told


def test_the_place_and_the_number_are_asked_before_any_outline_is_drawn(deck):
    for talk in walked(Talk(deck)):
        if talk.scene.asking and talk.scene.asking.item.kind == "find" and not talk.scene.answered:
            assert talk.scene.revealed == ()


def test_a_case_without_questions_is_revealed_word_by_word(deck):
    talk = Talk(Deck("d", (Slide(deck.slides[0].code),)))
    assert [each.scene.revealed for each in walked(talk)] == [REVEALS[:many] for many in range(len(REVEALS) + 1)]
    assert talk.scene.asking is None


def test_one_goes_to_a_case_by_its_number(deck):
    assert Talk(deck).go(3).place == 2
    with pytest.raises(CourseError, match="number of the case can't be 5; it is a whole number from 1 to 4"):
        Talk(deck).go(5)


def test_a_page_that_is_loaded_again_goes_on_in_the_same_deck_and_in_no_other(deck):
    here = Talk(deck).go(2).next().next()
    assert Talk(deck).go_on(here.kept) == here
    renamed = Deck("Tuesday", deck.slides)
    assert Talk(renamed).go_on(here.kept).done == here.done  # a title that was mended loses no place
    other = Deck("Monday", deck.slides[::-1])
    assert Talk(other).go_on(here.kept) == Talk(other)
    for damaged in ({}, {**here.kept, "place": 99}, {**here.kept, "done": "x"}):
        assert Talk(deck).go_on(damaged) == Talk(deck)


def test_the_speaker_is_told_each_step_in_words(deck):
    told = [said(deck.slides[0], step) for step in steps(deck.slides[0])]
    assert told[:2] == ["Ask: Where are the calcifications?", "Answer: Where are the calcifications?"]
    assert "Reveal: the rules that led there" in told
