"""What must be true of what runs through a breast: ducts that lead to the nipple and branch, and a winding artery."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from calcifications.pattern import Breast, Duct, DuctTree, Vessel
from tests.strategies import seeds

FORWARD = np.linspace(-20, 54, 75)


@given(seed=seeds)
def test_every_duct_leads_to_the_nipple(seed: int) -> None:
    tree, breast = DuctTree.grown(seed), Breast()
    for number in range(5):
        way = tree.at(np.full(75, number), FORWARD)
        assert np.linalg.norm(way[-1] - breast.nipple) < 4  # mm: the nipple is about 1 cm wide
        assert all(breast.holds(place) for place in way[:-2])


@given(seed=seeds)
def test_the_middle_duct_is_the_one_that_a_single_duct_s_particles_lie_in(seed: int) -> None:
    assert DuctTree.grown(seed).at(np.zeros(75, int), FORWARD) == pytest.approx(Duct.grown(seed).at(FORWARD))


@given(seed=seeds)
def test_a_branch_leaves_its_duct_and_ends_in_a_lobule_within_the_breast(seed: int) -> None:
    tree, breast, number = DuctTree.grown(seed), Breast(), np.arange(5)
    at_fork = tree.branch_at(number, np.zeros(5))
    assert at_fork == pytest.approx(tree.at(number, tree.fork_mm))
    lobules = tree.lobules(17.0)
    beside = tree.at(number, tree.fork_mm - 17.0)
    assert (np.linalg.norm(lobules - beside, axis=1) > 3).all()
    assert all(breast.holds(place) for place in lobules)


@given(seed=seeds)
def test_an_artery_winds_and_tapers(seed: int) -> None:
    artery, along = Vessel.grown(seed), np.linspace(-16, 16, 321)
    for other in (1, 2):  # from above, and from the side
        step = np.diff(artery.at(along)[:, [0, other]], axis=0)
        angle = np.unwrap(np.arctan2(step[:, 1], step[:, 0]))
        assert np.degrees(np.abs(np.diff(angle)).sum()) * 20 / 32 > 30  # degrees every 20 mm
    assert (np.diff(artery.radius_mm(along)) < 0).all()
    assert artery.radius_mm(along).max() <= 1.5
    assert artery.radius_mm(along).min() >= 0.75
