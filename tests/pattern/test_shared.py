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
        ("lobule", 560.341498, 155.576950, 159.273317, 126.884032),
        ("duct", 260.493824, 152.156915, 156.262127, 126.884032),
        ("lobe", 364.012071, 152.147136, 156.432309, 126.884032),
        ("area", 560.341498, 156.256545, 159.888712, 126.884032),
        ("breast", 2446.808291, 156.256545, 159.888712, 126.884032),
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
