"""What must be true of the depth from a stereo pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.imaging import look, project
from calcifications.imaging.view import height
from calcifications.pattern import Recipe, grow
from calcifications.reading import measure
from calcifications.reading.stereo import depth_mm

# height over the detector and shift, mm: fact base, section 6
TABLE = [(10, 5.45), (20, 11.07), (30, 16.88), (40, 22.89), (50, 29.11)]


@pytest.mark.parametrize(("deep", "shift"), TABLE)
def test_the_exact_formula_agrees_with_the_fact_base(deep: float, shift: float) -> None:
    assert depth_mm(shift) == pytest.approx(deep, abs=0.02)


@pytest.mark.parametrize(("deep", "shift", "too_high"), [(*TABLE[0], 0.016), (*TABLE[-1], 0.087)])
def test_the_rule_of_thumb_lies_a_little_too_high(deep: float, shift: float, too_high: float) -> None:
    assert depth_mm(shift, exact=False) / deep - 1 == pytest.approx(too_high, abs=0.003)


@given(one=st.floats(0, 30), more=st.floats(0.1, 5))
def test_what_moves_farther_lies_higher(one: float, more: float) -> None:
    assert depth_mm(one + more) > depth_mm(one) >= 0
    assert depth_mm(np.array([one]))[0] == depth_mm(one)


@given(
    up=st.floats(-40, 40),
    across=st.floats(-30, 30),
    forward=st.floats(-20, 30),
    breast=st.sampled_from(["left", "right"]),
)
def test_the_depth_of_a_speck_follows_from_where_both_pictures_show_it(
    up: float, across: float, forward: float, breast: str
) -> None:
    scale = max(np.hypot(forward / 100 + 0.45, np.hypot(across / 60, up / 50)), 0.95) / 0.95  # inside the breast
    pattern = grow(
        Recipe(size_mm=0.5, count=1, density=1.0, extent_mm=2.0, forward_mm=forward / scale, across_mm=across / scale,
               up_mm=up / scale, breast=breast), 7
    )  # fmt: skip
    pair = [look(name, pattern) for name in ("stereo-left", "stereo-right")]
    assert all(measure(pattern, name).count == 1 for name in ("stereo-left", "stereo-right"))
    where = [(project(view, pattern.particles.centre) + view.centre)[0, 1] for view in pair]
    true = height(pair[0], pattern.particles.centre)[0]
    assert depth_mm(abs(where[0] - where[1])) == pytest.approx(true, abs=0.01)
