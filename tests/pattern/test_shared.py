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
        ("lobule", 560.341498, 145.401575, 149.343377, 126.729451),
        ("duct", 260.493824, 139.538065, 143.899474, 126.729451),
        ("lobe", 364.012071, 139.936752, 144.532244, 126.729451),
        ("area", 560.341498, 146.362673, 150.250446, 126.729451),
        ("breast", 2446.808291, 146.362673, 150.250446, 126.729451),
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
