"""What must be true of a case: its code rebuilds exactly it, for ever."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.imaging import views
from calcifications.pattern import Recipe, grow, preset
from calcifications.reading import Context, measure, read
from tests.strategies import contexts, recipes, seeds

anywhere = st.floats(-60, 60)
one_case = st.builds(
    Case,
    recipes=st.lists(recipes(forward_mm=anywhere, across_mm=anywhere, up_mm=anywhere), min_size=1, max_size=3),
    context=contexts(),
    seed=seeds,
    views=st.lists(st.sampled_from(views()), min_size=1, max_size=4),
    tissue=st.sampled_from("abcd"),
)
cases = one_case | st.builds(
    lambda now, prior: Case(now.recipes, now.context, now.seed, now.views, prior, now.tissue), one_case, one_case
)


# --- A code keeps its meaning ---


@given(case=cases)
def test_a_code_rebuilds_exactly_its_case(case: Case) -> None:
    again = Case.from_code(case.code)
    assert again == case
    assert again.code == case.code
    assert Case.from_code(f"  {case.code}\n") == case  # as copied from a page


@pytest.mark.parametrize(
    ("code", "case", "words"),
    [
        (
            "cx1-eNqLjo420DM21DEx0zHQs9Qx1DMF0iBsAMWGYHGlnPykVCUdIwu4OBjHxupUKxWnlpRk5qUrWSmlZCam5-UXl2QmK-koFRRl5hcBBfNSy5Vqdcx1opWcnYHCvj5KsTp5pTk5sQAiqSBX",
            Case(
                Recipe(
                    size_mm=0.31,
                    count=46,
                    irregularity=0.9,
                    elongation=1.5,
                    unlikeness=0.5,
                    size_spread=0.1,
                    density=0.9,
                    arrangement="lobe",
                    extent_mm=28.0,
                ),
                Context(setting="diagnostic", prior="new"),
                seed=7,
                views=("CC", "ML"),
            ),
            "fine pleomorphic, segmental -> 4C",
        ),
        (
            "cx1-eNp9i0ELgjAYhv_Lzl-yZaN1NF2KOq2DYo1dLBPS0IGBGf33LLoI0eHhPbzPI6XEhsmAzAEbGMgInvA5KKC6yW91gYBNDQXSfHc_6tWf-rtKweMJJkhk20gBOvZkVkQ6vDSLOXbiES8TJ2vADuf7UiS5W3Kf96T2wnuF2yFpUxxu1mkvcp1GZ-3GHQ-GahmwTFM_u1Kxs61td-CUIfUCIUs8pg",
            Case(
                [Recipe(size_mm=0.38, count=12), Recipe(size_mm=3.0, lucent_centre=0.9, count=1, across_mm=8.0)],
                seed=3,
                prior=Case(Recipe(size_mm=0.38, count=7), seed=3),
            ),
            "punctate, grouped -> 0 (after work-up 3)",
        ),
    ],
)
def test_a_code_that_was_shared_in_class_still_means_the_same(code: str, case: Case, words: str) -> None:
    shared = Case.from_code(code)
    assert shared == case
    assert repr(shared.reading()) == words


# --- What a case shows is what its parts show ---


def test_a_case_grows_pictures_measures_and_reads_its_recipes() -> None:
    case = Case([preset("fine linear"), preset("rim")], Context(prior="new"), seed=5, views=("ML", "CC"))
    assert np.array_equal(case.pattern.particles.centre, grow(case.groups, 5).particles.centre)
    assert [seen.view for seen in case.findings] == ["ML", "CC"]
    assert case.picture().view.name == "ML"
    assert case.picture("CC-mag").view.name == "CC-mag"
    by_hand = read([measure(case.pattern, view) for view in ("ML", "CC")], "elliot", Context(prior="new"))
    assert repr(case.reading("elliot")) == repr(by_hand)


def test_one_recipe_is_a_case_of_one_group() -> None:
    assert Case(Recipe()) == Case([Recipe()])
    assert Case(Recipe()).groups == (Recipe(),)
    assert repr(Case(Recipe())) == f"Case({Case(Recipe()).code})"


# --- What is no case ---


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"recipes": []}, "A case has one Recipe or more, not []."),
        ({"recipes": 5}, "A case has one Recipe or more, not 5."),
        ({"recipes": ["punctate"]}, "A case has one Recipe or more, not ['punctate']."),
        ({"context": {}}, "The context is a Context, not {}."),
        ({"views": "CC"}, "The views are a list of view names, not 'CC'."),
        ({"views": []}, "The views are a list of view names, not []."),
        ({"views": 5}, "The views are a list of view names, not 5."),
        ({"views": ["XCC"]}, f"There is no view 'XCC'; choose one of: {', '.join(views())}."),
        ({"prior": "before"}, "The prior is a Case, not 'before'."),
        ({"tissue": "e"}, "There is no density 'e'; choose one of: a, b, c, d."),
        ({"seed": -1}, "The seed can't be -1; it is a whole number from 0 to 2147483648."),
    ],
)
def test_what_is_no_case_gets_one_sentence(parts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        Case(**{"recipes": Recipe()} | parts)
    assert str(told.value) == sentence


def test_a_case_too_big_for_a_code_is_refused_when_it_is_made_not_when_it_is_opened() -> None:
    chance = np.random.default_rng(0)
    crowd = [Recipe(forward_mm=x, across_mm=y, density=z) for x, y, z in chance.uniform(0.1, 1, (200, 3))]
    with pytest.raises(CourseError, match=r"^This case is too big for a code of 4000 letters; leave groups or .*\.$"):
        Case(crowd)


# --- The earlier exam ---


@pytest.mark.parametrize("view", ["CC", "ML-mag"])
@pytest.mark.parametrize("prior", ["new", "increasing", "stable", "fewer"])
def test_the_earlier_picture_bears_out_what_the_context_says_of_the_change(prior: str, view: str) -> None:
    case = Case(preset("fine pleomorphic"), Context(prior=prior), seed=3, views=(view,))
    assert case.earlier is not None
    now, then = (measure(pattern, view).count for pattern in (case.pattern, case.earlier))
    assert {"new": 0 == then < now, "increasing": 0 < then < now, "stable": then == now, "fewer": then > now}[prior]
    was = case.earlier_picture()
    assert was.view == case.picture().view  # the same field, for the two to be compared
    assert was.box[2:] != (0, 0) or prior == "new"


def test_the_earlier_picture_is_of_the_same_tissue_and_another_exposure() -> None:
    case = Case(Recipe(), Context(prior="stable", stable_months=24), seed=3)
    now, then = case.picture().background, case.earlier_picture().background
    assert (now != then).mean() > 0.9
    still = np.corrcoef(*(each.reshape(64, 8, 64, 8).mean(axis=(1, 3)).ravel() for each in (now, then)))[0, 1]
    assert still > 0.98


def test_a_prior_of_its_own_is_the_earlier_exam() -> None:
    prior = Case(Recipe(count=3), seed=3, tissue="c")
    case = Case(Recipe(), seed=3, prior=prior)
    assert case.earlier is prior.pattern
    assert (case.earlier_picture().layer == prior.picture().layer).all()


def test_without_an_earlier_exam_there_is_no_earlier_picture() -> None:
    with pytest.raises(CourseError, match=r"^There is no earlier picture: the context's prior is 'none'\.$"):
        Case(Recipe()).earlier_picture()
