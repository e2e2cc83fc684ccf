"""What must be true of the background that calcifications are drawn on."""

from functools import cache

import numpy as np
import pytest
from scipy import ndimage

from calcifications.errors import CourseError
from calcifications.imaging.sheet import SHEET_MM
from calcifications.imaging.tissue import DENSITIES, UNITS_PER_LEVEL, tissue
from tests.imaging.texture import FILMS, table

SEEDS = range(12)
COARSE_TISSUE = 10 * UNITS_PER_LEVEL  # one point in 200 of real tissue stands out that much, calcifications 13 to 24


@cache
def breast(seed, density):
    """The middle 56 mm."""
    return tissue(seed, density, (560, 560), 0.1)


def band(picture, fine_mm, pixel_mm):
    """What is about `fine_mm` wide, and nothing broader."""
    fine, broad = (ndimage.gaussian_filter(picture, sigma / pixel_mm) for sigma in (fine_mm, 3 * fine_mm))
    return fine - broad


def likeness(a, b):
    return np.corrcoef(a.ravel(), b.ravel())[0, 1]


def test_the_same_words_give_the_same_tissue():
    first = tissue(7, "c", (64, 80))
    for seed in range(20, 27):  # more breasts than are kept
        tissue(seed, "c", (8, 8))
    assert np.array_equal(first, tissue(7, "c", (64, 80)))
    assert not np.array_equal(first, tissue(8, "c", (64, 80)))


def test_a_picture_may_be_written_on_and_leaves_the_breast_as_it_was():
    picture = tissue(7, "c", (64, 80))
    picture += 1000
    assert tissue(7, "c", (64, 80)).max() < picture.min() + 500


def test_a_picture_has_the_shape_that_was_asked_for_and_single_precision():
    picture = tissue(shape=(40, 90))
    assert picture.shape == (40, 90)
    assert picture.dtype == np.float32
    assert np.isfinite(picture).all()


@pytest.mark.parametrize("columns", [318, 600, 900])
def test_a_wide_picture_has_no_seam(columns):
    for seed in SEEDS[:4]:
        step = np.abs(np.diff(tissue(seed, "b", (318, columns), 0.2), axis=1)).mean(axis=0)
        assert step.max() < 2.5 * np.median(step), seed


@pytest.mark.parametrize("density", DENSITIES)
def test_another_pixel_size_shows_the_same_tissue(density):
    coarse, fine = tissue(5, density, (101, 101), 0.3), tissue(5, density, (303, 303), 0.1)
    assert likeness(coarse, fine[1::3, 1::3]) > 0.9999


@pytest.mark.parametrize("density", DENSITIES)
def test_another_shape_shows_the_same_tissue_around_the_same_centre(density):
    small, large = tissue(5, density, (100, 60), 0.1), tissue(5, density, (200, 200), 0.1)
    np.testing.assert_allclose(small, large[50:150, 70:130], atol=0.5)


def test_a_field_elsewhere_shows_what_a_larger_field_shows_there():
    large = tissue(5, "b", (400, 400), 0.1)
    moved = tissue(5, "b", (100, 100), 0.1, centre_mm=(10.0, 5.0))  # to the nipple, and up: to the right, and up
    np.testing.assert_allclose(moved, large[100:200, 250:350], atol=0.5)


def test_another_direction_shows_other_tissue_of_the_same_breast():
    above, side = (breast(3, "b"), tissue(3, "b", (560, 560), 0.1, direction="ML"))
    assert abs(likeness(band(above, 0.5, 0.1), band(side, 0.5, 0.1))) < 0.1

    def roughness(direction):
        pictures = [tissue(seed, "b", (200, 200), 0.2, direction=direction) for seed in range(12)]
        return [np.log(band(picture, 0.3, 0.2).std() / band(picture, 1.2, 0.2).std()) for picture in pictures]

    assert np.corrcoef(roughness("CC"), roughness("ML"))[0, 1] > 0.6


def test_denser_breasts_are_brighter_and_b_is_about_2000():
    means = {density: np.mean([breast(seed, density).mean() for seed in SEEDS]) for density in DENSITIES}
    assert list(means.values()) == sorted(means.values())
    assert means["b"] == pytest.approx(2000, abs=60)


def test_dense_tissue_is_smoother_than_fatty_tissue():
    def fineness(density):
        return np.median(
            [band(breast(s, density), 0.3, 0.1).std() / band(breast(s, density), 1.5, 0.1).std() for s in SEEDS]
        )

    assert fineness("a") > 1.2 * fineness("d")


@pytest.mark.parametrize("density", DENSITIES)
def test_nothing_in_the_background_could_be_taken_for_a_calcification(density):
    """A speck stands out on all sides, a strand only across itself."""
    ring = np.hypot(*np.mgrid[-8:9, -8:9]).round() == 8  # all that is 0.8 mm away
    for seed in SEEDS:
        picture = ndimage.gaussian_filter(breast(seed, density), 1)
        stands_out = picture - ndimage.maximum_filter(picture, footprint=ring)
        assert stands_out[8:-8, 8:-8].max() < COARSE_TISSUE, seed


def test_strands_run_towards_the_nipple_on_the_right():
    """Brightness changes less along the ducts than across them."""
    pictures = [breast(seed, "b") for seed in SEEDS]
    along = np.median([np.square(np.diff(p, axis=1)).mean() for p in pictures])
    across = np.median([np.square(np.diff(p, axis=0)).mean() for p in pictures])
    assert across > 1.1 * along


def test_texture_measures_as_real_films_do():
    """60 breasts can't tell the mean better than to its standard error; 400 lie within 0.3 sd (see `texture`)."""
    for name, values in table(range(60)).items():
        mean, sd = FILMS[name]
        chance = 2 * values.std() / np.sqrt(len(values))
        assert abs(values.mean() - mean) < 0.3 * sd + chance, name
        if "kurtosis" not in name:  # that of films has a tail of a few odd ones
            assert 0.6 * sd < values.std() < 1.5 * sd, name


def test_the_sheet_of_tissue_is_wider_than_a_breast():
    assert SHEET_MM > 2 * 60 + 20


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
        ({"direction": 3}, "The tissue's direction can't be 3"),
        ({"centre_mm": 3}, "The picture's middle can't be 3"),
        ({"centre_mm": (0, 900)}, "The field's middle can't be 900"),
    ],
)
def test_bad_input_gets_one_sentence(wrong, said):
    with pytest.raises(CourseError) as caught:
        tissue(**{"shape": (8, 8), **wrong})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
