"""What would change the verdict: each move is real, nothing nearer that was tried does it, and it is said in words."""

from dataclasses import replace
from math import ceil, floor

import pytest

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import WORK_UP
from calcifications.pattern import SLIDERS, Recipe, forms, preset
from calcifications.reading import Context, rulebooks
from calcifications.what_if import FINE, GRID, moves, position_of, positions, search, value_at, verdict, what_if

NAMED = {slider.name: slider for slider in SLIDERS}
DIAGNOSTIC = {"context": Context(setting="diagnostic"), "views": WORK_UP}


def whole(case, rulebook):
    """The whole verdict: on the picture, and after work-up."""
    reading = case.reading(rulebook)
    return verdict(reading), verdict(reading.after_work_up)


def at(case, slider, value):
    """The verdict's case with a slider elsewhere; None where the slider can't stand there."""
    try:
        recipe = Recipe.spread_out(case.groups[0].to_dict() | {slider.name: value})
    except CourseError:
        return None
    return replace(case, recipes=(recipe, *case.groups[1:])) if getattr(recipe, slider.name) == value else None


def on_the_grid(slider, value):
    """Every distance that is tried from a value, with the value there: the grid's, and the slider's two ends."""
    place, last = position_of(slider, value), positions(slider)
    for start, step, reach in ((ceil(place), -1, ceil(place)), (floor(place), 1, last - floor(place))):
        for far in {min(far, reach) for far in (*GRID, reach)} - {0}:
            yield far, value_at(slider, start + step * far)


def far_away(move):
    slider = NAMED[move.slider]
    here, there = position_of(slider, move.was), position_of(slider, move.now)
    return ceil(abs(there - here))


def check_moves(case, rulebook):
    before = whole(case, rulebook)
    said = list(moves(case, rulebook))
    assert len(said) == len(SLIDERS)
    for slider, move in zip(SLIDERS, said, strict=True):
        was = getattr(case.groups[0], slider.name)
        nearer = [value for far, value in on_the_grid(slider, was) if not move or far < far_away(move)]
        for value in nearer:
            other = at(case, slider, value)
            assert other is None or whole(other, rulebook) == before, (slider.name, value)
        if not move:
            continue
        assert (move.slider, move.was) == (slider.name, was)
        assert slider.low <= move.now <= slider.high
        moved = at(case, slider, move.now)
        assert moved.groups[0] == move.recipe
        assert whole(moved, rulebook) == (verdict(move.reading), verdict(move.reading.after_work_up)) != before
        assert move.changed
        # a little less of the same move changes nothing
        less = 1 if slider.name == "count" else max(1, far_away(move) // FINE)
        back = position_of(slider, move.now) + (-less if move.now > was else less)
        if less < far_away(move):
            other = at(case, slider, value_at(slider, round(back)))
            assert other is None or whole(other, rulebook) == before, slider.name


@pytest.mark.parametrize("form", forms())
def test_each_move_of_each_form_gives_the_verdict_it_says_and_nothing_nearer_does(form):
    check_moves(Case([preset(form)], seed=3), "birads5")


@pytest.mark.parametrize("rulebook", rulebooks())
def test_each_rulebook_has_moves_of_its_own(rulebook):
    case = Case([Recipe(size_mm=0.35, count=7)], seed=7, **DIAGNOSTIC)
    check_moves(case, rulebook)
    assert what_if(case, rulebook)


def test_four_are_no_group():
    move = next(move for move in what_if(Case([Recipe(size_mm=0.35, count=7)], seed=7)) if move.slider == "count")
    assert (move.was, move.now, move.changed) == (7, 4, ("distribution",))
    assert str(move.sentence).startswith("4 instead of 7 calcifications: no longer grouped")
    assert repr(move) == move.sentence


def test_what_only_the_work_up_would_say_anew_counts_and_is_said_so():
    case = Case([preset("amorphous")], seed=7)
    late = [move for move in what_if(case) if verdict(move.reading) == verdict(case.reading())]
    assert late
    for move in late:
        assert "after work-up" in move.sentence
        assert verdict(move.reading.after_work_up) != verdict(case.reading().after_work_up)


def test_the_final_verdict_is_said_with_its_category():
    case = Case([preset("punctate")], seed=7, **DIAGNOSTIC)
    edge = next(move for move in what_if(case) if move.slider == "irregularity")
    assert edge.changed == ("form", "category", "management")
    assert "fine pleomorphic instead of punctate; category 4B instead of 3." in edge.sentence


def test_a_leaflet_has_outcomes_and_no_categories():
    case = Case([Recipe(count=7)], seed=7)
    said = [move.sentence for move in what_if(case, "patients2009")]
    assert not any("category" in sentence for sentence in said)
    assert any("now watch or biopsy" in sentence for sentence in said)


def test_a_slider_that_moves_nothing_changes_nothing():
    case = Case([Recipe(count=7)], seed=7)  # round ones have no side arms, and there is no thread to knot
    found = dict(zip(NAMED, moves(case), strict=True))
    assert found["branching"] is found["knots"] is found["around_strength"] is None


def test_the_same_case_gets_the_same_moves_in_the_order_of_the_sliders():
    case, again = (Case([preset("fine linear")], seed=11) for _ in range(2))
    first = what_if(case)
    assert [repr(move) for move in first] == [repr(move) for move in what_if(again)]
    assert sorted(first, key=lambda move: list(NAMED).index(move.slider)) == list(first)


def test_only_the_first_group_is_moved():
    far = Recipe(count=6, forward_mm=-10, across_mm=9)
    case = Case([preset("fine pleomorphic"), far], seed=3)
    for move in what_if(case):
        assert whole(replace(case, recipes=(move.recipe, far)), "birads5") != whole(case, "birads5")


def test_particles_that_need_more_room_get_it():
    move = next(move for move in moves(Case([Recipe(size_mm=1.0, count=60, extent_mm=5.0)], seed=7)) if move)
    assert move.slider == "size_mm"
    assert move.recipe.extent_mm >= move.recipe.room_mm


def test_more_particles_than_the_slider_has_are_moved_from_its_end():
    case = Case([replace(preset("fine pleomorphic"), count=150, extent_mm=20.0)], seed=7)
    count = next(move for move in moves(case) if move and move.slider == "count")
    assert count.now <= NAMED["count"].high


@pytest.mark.parametrize("slider", SLIDERS, ids=list(NAMED))
def test_positions_are_those_of_the_slider(slider):
    values = [value_at(slider, position) for position in range(positions(slider) + 1)]
    assert (values[0], values[-1]) == (slider.low, slider.high)
    assert values == sorted(set(values))
    for position, value in enumerate(values):
        assert position_of(slider, value) == pytest.approx(position, abs=0.15)  # three digits of a factor


def test_whoever_looks_may_stop_after_any_reading():
    looking = search(Case([Recipe(count=7)], seed=7), "size_mm")
    assert next(looking) is None
    looking.close()


@pytest.mark.parametrize(
    ("mistake", "named"),
    [(lambda: what_if("a case"), "'a case'"), (lambda: what_if(Case([Recipe()]), "hearsay"), "'hearsay'")],
)
def test_a_mistake_gets_one_sentence(mistake, named):
    with pytest.raises(CourseError, match=named) as told:
        mistake()
    assert "\n" not in str(told.value)


def test_an_unknown_slider_is_named():
    with pytest.raises(CourseError, match="'colour'"):
        next(search(Case([Recipe()]), "colour"))
