"""What must be true of the phantoms: a unit of the course's kind would pass, by as much as real ones do."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from calcifications.errors import CourseError
from calcifications.imaging import contrast_to_noise, radiograph, view_named, views, visible_groups
from calcifications.imaging.attenuation import grey_per_mm, mineral_share
from calcifications.pattern import Recipe, grow
from calcifications.pattern.phantom import phantom
from calcifications.reading import measure

NAMES = ["acr-digital", "acr-film"]
DIGITAL, FILM = map(phantom, NAMES)


def test_the_specks_are_the_accreditations() -> None:
    assert DIGITAL.speck_mm == (0.33, 0.28, 0.23, 0.20, 0.17, 0.14)
    assert FILM.speck_mm == (0.54, 0.40, 0.32, 0.24, 0.16)
    for each in (DIGITAL, FILM):
        assert each.thickness_mm == 42
        groups = measure(each, dose=10).groups  # as little noise as it takes to see the smallest
        assert [group.values["count"] for group in groups] == [6] * len(groups)
        assert [group.values["size_mm"] for group in groups] == pytest.approx(each.speck_mm, rel=0.02)


@pytest.mark.parametrize("name", NAMES)
def test_the_specks_weaken_the_beam_as_their_material_does(name: str) -> None:
    record = tomllib.loads((files("calcifications.pattern") / "phantoms.toml").read_text(encoding="utf-8"))[name]
    assert record["mineral_share"] == pytest.approx(mineral_share(record["material"]), rel=0.01)
    made = phantom(name)
    taken = radiograph(made)
    volume = sum(6 * np.pi / 6 * size**3 for size in made.speck_mm)
    assert taken.layer.sum() * taken.pixel_mm**2 == pytest.approx(
        grey_per_mm(record["mineral_share"]) * volume, rel=0.03
    )


def test_what_lies_behind_the_specks_is_even() -> None:
    picture = radiograph(DIGITAL, shape=(256, 256)).background
    assert picture.std() == pytest.approx(view_named("CC").noise, rel=0.03)
    quarters = [
        picture[rows, columns].mean()
        for rows in (slice(128), slice(128, None))
        for columns in (slice(128), slice(128, None))
    ]
    assert np.ptp(quarters) < 1


def test_the_digital_phantom_passes_and_its_smallest_specks_stay_hidden() -> None:
    seen = visible_groups(contrast_to_noise(DIGITAL))
    assert DIGITAL.must_show <= seen < len(DIGITAL.speck_mm)
    assert DIGITAL.speck_mm[DIGITAL.must_show - 1] == 0.23


def test_of_the_film_phantom_a_digital_unit_shows_about_four_groups_of_five() -> None:
    assert visible_groups(contrast_to_noise(FILM)) == 4 >= FILM.must_show


@pytest.mark.parametrize("made", [DIGITAL, FILM], ids=NAMES)
def test_contrast_to_noise_rises_with_the_root_of_the_dose(made: object) -> None:
    ratios = {dose: contrast_to_noise(made, dose=dose, pictures=24) for dose in (0.25, 1, 4)}  # type: ignore[arg-type]
    for dose, ratio in ratios.items():
        assert ratio[:4] == pytest.approx(ratios[1][:4] * dose**0.5, rel=0.05)
        assert list(ratio) == sorted(ratio, reverse=True)


def test_less_dose_hides_a_group_and_more_dose_shows_another() -> None:
    low, usual, high = (visible_groups(contrast_to_noise(DIGITAL, dose=dose)) for dose in (0.25, 1, 4))
    assert low < usual < high


@pytest.mark.parametrize("name", ["acr", "", None, 3])
def test_an_unknown_phantom_gets_one_sentence(name: object) -> None:
    with pytest.raises(CourseError) as told:
        phantom(name)  # type: ignore[arg-type]
    assert str(told.value) == f"There is no phantom {name!r}; choose one of: acr-digital, acr-film."


def test_the_observer_looks_at_phantoms_only() -> None:
    with pytest.raises(CourseError, match="looks at a phantom"):
        contrast_to_noise(grow(Recipe(), 7))  # type: ignore[arg-type]
    with pytest.raises(CourseError, match=f"choose one of: {', '.join(views())}"):
        contrast_to_noise(DIGITAL, "XCC")
    with pytest.raises(CourseError, match="dose can't be -1"):
        contrast_to_noise(DIGITAL, dose=-1)
    with pytest.raises(CourseError, match="number of pictures can't be 0"):
        contrast_to_noise(DIGITAL, pictures=0)
