"""Where on its picture a group lies, and whether it can be found there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calcifications.case import Case
from calcifications.imaging import View, look
from calcifications.imaging.radiograph import SHAPE
from calcifications.pattern.draws import Floats, draws
from calcifications.reading.outline import outline

NEAR_MM = 3.0
"""So near to one of them counts as found."""

_ASIDE = 0.3  # how far from the middle the group may lie, as a share of the picture
_WITHIN = 0.06  # and how far from the edge all of it stays
_PLAIN = 3.0  # and how far its contrast is above the noise: what a reader can find at all
_WIDEST_MM = 12.0
_FEWEST = 3
_TRIED = 12  # how many places across and down are tried, and at more than this share of them there is nothing near
_BESIDE = 0.5


def aside(case: Case) -> View:
    """Return the case's first view, aimed beside the group by the seed's chance; the group stays on the picture."""
    view = look(case.views[0], case.pattern)
    far = (draws(case.seed, "aside", 1, 2)[0] - 0.5) * 2 * _ASIDE * wide_mm(view)
    return replace(view, centre=(view.centre[0] + float(far[0]), view.centre[1] + float(far[1])))


def places_of(case: Case) -> Floats:
    """Return where all particles lie, as fractions of the picture across and down, shape (n, 2)."""
    view = aside(case)
    mm = outline(case.pattern.particles, view).centre * np.array([1, -1])
    places: Floats = 0.5 + mm / wide_mm(view)
    return places


def wide_mm(view: View) -> Floats:
    """Return how wide and how high a picture is, in mm."""
    wide: Floats = np.array(SHAPE)[::-1] * view.pixel_mm
    return wide


def shown_places(case: Case, group: int = 0) -> Floats:
    """Return where those of a group that are seen lie, as fractions of the picture across and down, shape (n, 2)."""
    return places_of(case)[case.findings[0].groups[group].deciding("count")]


def distance_mm(case: Case, some: Floats, others: Floats) -> Floats:
    """Return how far each of some places of a picture lies from the nearest of others, in mm, shape (n,)."""
    apart = (some[:, None] - others[None]) * wide_mm(aside(case))
    nearest: Floats = np.linalg.norm(apart, axis=2).min(axis=1)
    return nearest


def findable(case: Case, group: int = 0, fewest: int = _FEWEST) -> bool:
    """Say whether a group is small, plain enough, and all of it on the picture."""
    seen = case.findings[0].groups[group].values
    if seen["conspicuity"] < _PLAIN or seen["extent_mm"] > _WIDEST_MM or seen["count"] < fewest:
        return False
    return bool(inside(places_of(case)[case.pattern.particles.group == group], _WITHIN).all())


def on_picture(places: Floats) -> bool:
    """Say whether all of some places are on the picture, none near its edges."""
    return bool(inside(places, _WITHIN).all())


def to_be_found(case: Case) -> bool:
    """Say whether of a case, however it lies, enough is plain and on the picture to be found."""
    group, places = case.findings[0].groups[0], shown_places(case)
    on = inside(places, _WITHIN)
    if group.values["conspicuity"] < _PLAIN or not on.sum() >= min(_FEWEST, len(on)) > 0:
        return False
    tried = (np.indices((_TRIED, _TRIED)).reshape(2, -1).T + 0.5) / _TRIED
    return bool((distance_mm(case, tried, places) > NEAR_MM).mean() > _BESIDE)


def inside(places: Floats, edge: float) -> NDArray[np.bool_]:
    """Say of each place whether it is on the picture, and so far from its edges."""
    return np.all((places >= edge) & (places <= 1 - edge), axis=1)
