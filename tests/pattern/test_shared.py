"""A case code that was shared once means its picture for good: what it grew then grows now."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calcifications.pattern import Recipe, grow

SHARED = Recipe(
    size_mm=0.6,
    count=40,
    irregularity=0.6,
    elongation=2.5,
    unlikeness=0.4,
    branching=0.5,
    lucent_centre=0.3,
    size_spread=0.2,
    extent_mm=24.0,
)


@pytest.mark.parametrize(
    ("arrangement", "places", "starts", "ends", "radii"),
    [
        ("lobule", 560.341498, 149.775405, 153.600401, 125.760664),
        ("duct", 260.493824, 145.442432, 149.144189, 125.760664),
        ("lobe", 364.012071, 145.844931, 149.870887, 125.760664),
        ("area", 560.341498, 150.521952, 154.259597, 125.760664),
        ("breast", 2446.808291, 150.521952, 154.259597, 125.760664),
    ],
)
def test_what_the_first_edition_s_codes_grew_is_kept(
    arrangement: str, places: float, starts: float, ends: float, radii: float
) -> None:
    particles = grow(replace(SHARED, arrangement=arrangement), 7).particles
    middle = particles.centre[:, None]
    grown = [
        np.abs(each).sum() for each in (middle, particles.start - middle, particles.end - middle, particles.radius)
    ]
    assert grown == pytest.approx([places, starts, ends, radii], abs=1e-6)
