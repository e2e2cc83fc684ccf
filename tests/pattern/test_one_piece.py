"""A particle is one piece of calcium: what looks like two in a picture would be counted as two."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given

from calcifications.pattern import Recipe, grow
from tests.strategies import recipes, seeds

STEPS = 9  # places looked at along each rod


@given(recipe=recipes(), seed=seeds)
def test_the_rods_and_grains_of_a_particle_hold_together(recipe: Recipe, seed: int) -> None:
    # half settled, or with a knot half tied, it is on its way from one shape to another
    particles = grow(replace(recipe, settled=0.0, knots=0.0), seed).particles
    part = np.linspace(0, 1, STEPS)[:, None]
    for start, end, radius in zip(particles.start[:20], particles.end[:20], particles.radius[:20], strict=True):
        place = start[:, None] + part * (end - start)[:, None]
        girth = radius[:, :1] + part[:, 0] * (radius[:, 1] - radius[:, 0])[:, None]
        apart = np.linalg.norm(place[:, None, :, None] - place[None, :, None], axis=-1)
        holds = (apart < girth[:, None, :, None] + girth[None, :, None]).any(axis=(2, 3))
        reached = np.zeros(len(start), bool)
        reached[0] = True
        for _ in range(len(start)):
            reached = holds[reached].any(axis=0)
        assert reached.all()
