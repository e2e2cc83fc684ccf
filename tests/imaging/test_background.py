"""What must be true of the breast behind the calcifications, view by view."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from calcifications.imaging import look, project, radiograph
from calcifications.imaging.background import background
from calcifications.pattern import Pattern, Recipe, grow, preset

PATTERN = grow(Recipe(), 7)
SHAPE = (360, 360)


def seen(view: str = "CC", pattern: Pattern = PATTERN, shape: tuple[int, int] | None = SHAPE, **how: Any) -> np.ndarray:
    return radiograph(pattern, view, shape=shape, **how).background


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of detail a few mm wide."""
    return float(np.corrcoef(*(_detail(each).ravel() for each in (one, other)))[0, 1])


def _detail(picture: np.ndarray) -> np.ndarray:
    return ndimage.gaussian_filter(picture, 4) - ndimage.gaussian_filter(picture, 40)


def test_each_direction_has_tissue_of_its_own() -> None:
    assert abs(alike(seen("CC"), seen("ML"))) < 0.3
    assert abs(alike(seen("CC"), seen("CC", side="right")[:, ::-1])) < 0.3


@pytest.mark.parametrize("view", ["CC", "ML"])
def test_magnification_shows_the_same_tissue_larger(view: str) -> None:
    larger = ndimage.zoom(seen(view)[80:280, 80:280], 1.8, order=1)
    assert alike(larger, seen(view + "-mag")) > 0.9


def test_a_finer_detector_shows_the_same_tissue() -> None:
    coarse, fine = seen(pixel_mm=0.1, shape=(180, 180)), seen(pixel_mm=0.05)
    assert alike(np.kron(coarse, np.ones((2, 2))), fine) > 0.9


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("view", ["CC", "MLO", "ML"])
def test_the_whole_breast_ends_at_its_skin_in_air(view: str, side: str) -> None:
    picture = seen(view, field="breast", side=side, shape=None)
    view_ = look(view, PATTERN, field="breast", side=side)
    edge = project(view_, PATTERN.breast.silhouette(view_.axes))
    rows, columns = picture.shape
    middle = edge.mean(axis=0)
    row, column = (int(rows / 2 - middle[1] / view_.pixel_mm), int(columns / 2 + middle[0] / view_.pixel_mm))
    assert picture[row - 20 : row + 20, column - 20 : column + 20].min() > 1000
    ahead, behind = (slice(-20, None), slice(20)) if side == "left" else (slice(20), slice(-20, None))
    assert picture[:, ahead].max() == 0  # air beyond the nipple
    assert picture[row, behind].max() > 1000  # the chest wall goes on to the picture's edge


@pytest.mark.parametrize("view", ["CC", "tangential"])
def test_a_close_up_near_the_skin_shows_the_air_beyond_it(view: str) -> None:
    assert seen().min() > 1000
    pattern = grow(preset("skin"), 3) if view == "tangential" else PATTERN
    aimed = look(view, pattern)
    if view == "CC":
        aimed = replace(aimed, centre=(30.0, 40.0))
    picture = radiograph(pattern, aimed, shape=SHAPE).background
    assert 0.2 < (picture == 0).mean() < 0.8


def test_tissue_comes_in_whole_numbers_of_twelve_bits() -> None:
    for density in "abcd":
        picture = seen(tissue=density)
        assert np.array_equal(picture, np.rint(picture))
        assert 0 < picture.min() <= picture.max() <= 4095


@pytest.mark.parametrize(("dose", "pixel_mm"), [(0.25, 0.07), (1.0, 0.07), (4.0, 0.07), (1.0, 0.05), (1.0, 0.1)])
def test_noise_falls_with_the_root_of_dose_and_pixel_area(dose: float, pixel_mm: float) -> None:
    pictures = [seen(dose=dose, pixel_mm=pixel_mm, noise_seed=number) for number in (1, 2)]
    noise = (pictures[0] - pictures[1]).std() / np.sqrt(2)
    assert noise == pytest.approx(12 * 0.07 / pixel_mm / np.sqrt(dose), rel=0.03)


def test_a_background_is_kept_and_cannot_be_written_on() -> None:
    view = look("CC", PATTERN)
    kept = background(7, "b", 0, view, SHAPE, PATTERN.breast)
    assert background(7, "b", 0, view, SHAPE, PATTERN.breast) is kept
    assert not kept.flags.writeable
