"""A pattern at an earlier exam: the same breast with fewer calcifications, or more."""

import numpy as np
import pytest

from calcifications.pattern import Recipe, earlier, forms, grow, preset

FAR = Recipe(count=6, forward_mm=-10, across_mm=9)


def alike(some, others):
    """Whether particles are the same ones, at the same places."""
    return np.array_equal(some.start, others.start) and np.array_equal(some.radius, others.radius)


@pytest.mark.parametrize("form", forms())
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0, 1.5])
def test_those_that_were_there_lie_where_they_lie_now(form, share):
    now = grow(preset(form), seed=5)
    then = earlier(now, share)
    both = min(len(now.particles), len(then.particles))
    first = [pattern.particles.some(np.arange(len(pattern.particles)) < both) for pattern in (now, then)]
    assert alike(*first)
    assert then.home(0) == pytest.approx(now.home(0))
    if share <= 1:
        assert len(then.particles) == int(share * len(now.particles))
    else:
        assert len(now.particles) <= len(then.particles) <= 1.5 * len(now.particles) + 1


def test_each_group_had_its_own_share():
    then = earlier(grow([Recipe(count=9), FAR], seed=5), 0.5)
    assert np.bincount(then.particles.group).tolist() == [4, 3]


def test_where_there_is_no_room_for_more_as_many_were_there_as_find_room():
    full = Recipe(size_mm=2.0, count=15, extent_mm=4.0)
    assert full.room_mm == pytest.approx(3.9, abs=0.1)
    assert len(earlier(grow(full, seed=5), 1.5).particles) == 16
