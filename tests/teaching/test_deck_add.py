"""A case more at the end of a deck: nothing that a person has written there is lost."""

import pytest
from hypothesis import given

import calcifications as cx
from calcifications.case import Case
from calcifications.teaching.deck import Deck
from calcifications.teaching.deck_add import add
from calcifications.teaching.deck_file import parse
from calcifications.teaching.deck_rule import slide_of
from tests.strategies import recipes, seeds


def case(seed: int) -> Case:
    return Case(cx.preset("punctate", "grouped"), seed=seed)


def test_the_first_case_begins_a_deck_and_the_next_come_after_it(tmp_path):
    path = tmp_path / "classroom" / "my deck.toml"
    assert [add(case(seed), path) for seed in (1, 2, 3)] == [1, 2, 3]
    assert [slide.code for slide in Deck.read(path).slides] == [case(seed).code for seed in (1, 2, 3)]


@pytest.mark.parametrize("end", ["", "\n", "\n\n# to be continued"])
def test_what_a_person_has_written_stays(tmp_path, end):
    path = tmp_path / "my deck.toml"
    add(case(1), path)
    mine = path.read_text().replace("My deck", "Mine, for Monday").rstrip("\n") + "\nnotes = 'first'  # slowly" + end
    path.write_text(mine)
    add(case(2), path)
    assert path.read_text().startswith(mine)
    deck = Deck.read(path)
    assert (deck.title, deck.slides[0].notes, len(deck.slides)) == ("Mine, for Monday", "first", 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = 1\ntitle = 'x'\n[[case]]\ncode = 'cx9-1'\n", "another version"),
        ("not a deck", "line 1"),
        ("version = 1\ntitle = 'x'\ncase = [{code = 'CODE'}]\n", "line"),
    ],
)
def test_a_deck_with_mistakes_or_in_another_way_of_writing_is_left_as_it_is(tmp_path, text, said):
    path = tmp_path / "my deck.toml"
    path.write_text(text := text.replace("CODE", case(1).code))
    with pytest.raises(cx.CourseError, match=said):
        add(case(2), path)
    assert path.read_text() == text


def test_a_case_is_in_a_deck_once(tmp_path):
    path = tmp_path / "my deck.toml"
    add(case(1), path)
    add(case(2), path)
    with pytest.raises(cx.CourseError, match=r"'my deck.toml' already: case 1\."):
        add(case(1), path)


def test_a_folder_that_can_t_be_written_is_named(tmp_path):
    (tmp_path / "classroom").write_text("a file in its place")
    with pytest.raises(cx.CourseError, match="can't be written"):
        add(case(1), tmp_path / "classroom" / "my deck.toml")


@given(recipe=recipes(), seed=seeds)
def test_any_case_of_the_explorer_makes_a_sound_deck(recipe, seed):
    slide = slide_of(Case(recipe, seed=seed), 1, ("form", "distribution"))
    assert parse("deck", Deck("My deck", (slide,)).text()).slides == (slide,)
