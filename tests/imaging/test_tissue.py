"""What must be true of the background that calcifications are drawn on."""

import numpy as np
import pytest
from scipy import ndimage

from calcifications.errors import CourseError
from calcifications.imaging.tissue import DENSITIES, UNITS_PER_LEVEL, tissue

SEEDS = range(12)
COARSE_TISSUE = 10 * UNITS_PER_LEVEL  # one point in 200 of real tissue stands out that much, calcifications 13 to 24


def band(picture, fine_mm, pixel_mm):
    """What is about `fine_mm` wide, and nothing broader."""
    fine, broad = (ndimage.gaussian_filter(picture, sigma / pixel_mm) for sigma in (fine_mm, 3 * fine_mm))
    return fine - broad


def test_the_same_words_give_the_same_tissue():
    assert np.array_equal(tissue(7, "c", (64, 80)), tissue(7, "c", (64, 80)))
    assert not np.array_equal(tissue(7, "c", (64, 80)), tissue(8, "c", (64, 80)))


def test_a_picture_has_the_shape_that_was_asked_for_and_single_precision():
    picture = tissue(shape=(40, 90))
    assert picture.shape == (40, 90)
    assert picture.dtype == np.float32
    assert np.isfinite(picture).all()


@pytest.mark.parametrize("columns", [318, 600])
def test_a_wide_picture_has_no_seam(columns):
    for seed in SEEDS[:4]:
        step = np.abs(np.diff(tissue(seed, "b", (318, columns), 0.2), axis=1)).mean(axis=0)
        assert step.max() < 2.5 * np.median(step), seed


@pytest.mark.parametrize("density", DENSITIES)
def test_another_pixel_size_shows_the_same_tissue(density):
    coarse, fine = tissue(5, density, (101, 101), 0.3), tissue(5, density, (303, 303), 0.1)
    assert np.corrcoef(coarse.ravel(), fine[1::3, 1::3].ravel())[0, 1] > 0.9999


@pytest.mark.parametrize("density", DENSITIES)
def test_another_shape_shows_the_same_tissue_around_the_same_centre(density):
    small, large = tissue(5, density, (100, 60), 0.1), tissue(5, density, (200, 200), 0.1)
    np.testing.assert_allclose(small, large[50:150, 70:130], atol=0.5)


def test_denser_breasts_are_brighter_and_b_is_about_2000():
    means = {density: np.mean([tissue(seed, density, (96, 96), 0.4).mean() for seed in SEEDS]) for density in DENSITIES}
    assert list(means.values()) == sorted(means.values())
    assert means["b"] == pytest.approx(2000, abs=60)


def test_dense_tissue_is_smoother_than_fatty_tissue():
    def fineness(density):
        pictures = [tissue(seed, density, (192, 192), 0.2) for seed in SEEDS]
        return np.median([band(p, 0.3, 0.2).std() / band(p, 1.5, 0.2).std() for p in pictures])

    assert fineness("a") > 1.2 * fineness("d")


@pytest.mark.parametrize("density", DENSITIES)
def test_nothing_in_the_background_could_be_taken_for_a_calcification(density):
    """A speck stands out on all sides, a strand only across itself."""
    ring = np.hypot(*np.mgrid[-8:9, -8:9]).round() == 8  # all that is 0.8 mm away
    for seed in SEEDS:
        picture = ndimage.gaussian_filter(tissue(seed, density, (360, 360), 0.1), 1)
        stands_out = picture - ndimage.maximum_filter(picture, footprint=ring)
        assert stands_out.max() < COARSE_TISSUE, seed


def test_strands_run_towards_the_nipple_on_the_right():
    """Brightness changes less along the ducts than across them."""
    pictures = [tissue(seed, "b", (256, 256), 0.2) for seed in SEEDS]
    along = np.median([np.square(np.diff(p, axis=1)).mean() for p in pictures])
    across = np.median([np.square(np.diff(p, axis=0)).mean() for p in pictures])
    assert across > 1.2 * along


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"density": "e"}, "There is no density 'e'; choose one of: a, b, c, d."),
        ({"density": None}, "There is no density None"),
        ({"shape": (0, 5)}, "The number of rows can't be 0"),
        ({"shape": (64,)}, "can't be (64,)"),
        ({"shape": 64}, "can't be 64"),
        ({"shape": (64, 64.5)}, "The number of columns can't be 64.5"),
        ({"shape": (4096, 8), "pixel_mm": 0.1}, "longer side can't be 409.6"),
        ({"pixel_mm": -1}, "The pixel size can't be -1"),
        ({"pixel_mm": float("nan")}, "The pixel size can't be nan"),
        ({"pixel_mm": "big"}, "The pixel size can't be 'big'"),
        ({"seed": -3}, "The tissue's seed can't be -3"),
        ({"seed": 0.5}, "The tissue's seed can't be 0.5"),
    ],
)
def test_bad_input_gets_one_sentence(wrong, said):
    with pytest.raises(CourseError) as caught:
        tissue(**{"shape": (8, 8), **wrong})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
