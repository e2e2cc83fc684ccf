"""What must be true of attenuation: the fact base's figures, and a table that says where each number comes from."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.errors import CourseError
from calcifications.imaging.attenuation import (
    attenuation,
    calcium_over_tissue,
    contrast,
    grey_per_mm,
    materials,
    mineral_share,
)
from calcifications.imaging.optics import optics

energies = st.floats(15, 30)
any_material = st.sampled_from(materials())

# contrast in % at 20 keV against half glandular, half fatty tissue: section 7 of the fact base
THICKNESSES = (0.1, 0.2, 0.3, 0.5, 1.0)
CONTRASTS = {
    "hydroxyapatite": (18, 33, 45, 63, 87),
    "weddellite": (6, 13, 18, 28, 49),
    "aluminium": (8, 16, 23, 35, 58),
}


@pytest.mark.parametrize("material", CONTRASTS)
def test_contrast_is_the_fact_bases(material: str) -> None:
    for thickness, percent in zip(THICKNESSES, CONTRASTS[material], strict=True):
        assert 100 * contrast(material, thickness, 20) == pytest.approx(percent, rel=0.05, abs=0.5)


def test_grey_counts_thousandths_of_the_log_of_attenuation() -> None:
    # at 20 keV hydroxyapatite attenuates by 20.7 a cm, the mean of glandular and fatty tissue by 0.645
    assert calcium_over_tissue(20.0) == pytest.approx(2.0055)
    assert grey_per_mm() == pytest.approx(1000 * optics().scatter_factor * 2.0055)
    assert grey_per_mm(0.5) == grey_per_mm() / 2


def test_a_third_of_the_densest_mineral_is_as_bright_as_calcium_oxalate() -> None:
    assert mineral_share("weddellite") == pytest.approx(1 / 3, abs=0.01)
    assert 0 < mineral_share("weddellite") < mineral_share("whewellite") < mineral_share("hydroxyapatite") == 1


@given(material=any_material, low=energies, high=energies)
def test_harder_beams_are_weakened_less(material: str, low: float, high: float) -> None:
    low, high = sorted((low, high))
    assert attenuation(material, low) >= attenuation(material, high) > 0


@given(material=any_material, energy=energies, thin=st.floats(0, 5), more=st.floats(0, 5))
def test_more_of_it_takes_out_more_and_never_all(material: str, energy: float, thin: float, more: float) -> None:
    sign = -1 if material == "adipose" else 1  # fat lets through more than mixed tissue
    assert sign * contrast(material, thin, energy) <= sign * contrast(material, thin + more, energy) <= 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (("gold", 1), "There is no material 'gold'; choose one of: hydroxyapatite, whewellite"),
        (("glass", -1), "The thickness can't be -1; it goes from 0 to 100 mm."),
        (("glass", 1, 60), "The energy can't be 60; it goes from 15 to 30 keV."),
    ],
)
def test_bad_input_gets_one_sentence(wrong: tuple[Any, ...], sentence: str) -> None:
    with pytest.raises(CourseError) as told:
        contrast(*wrong)
    assert str(told.value).startswith(sentence)
    assert "\n" not in str(told.value)


def test_every_number_of_the_unit_says_where_it_comes_from_and_how_sure_it_is() -> None:
    table = tomllib.loads((files("calcifications.imaging") / "optics.toml").read_text(encoding="utf-8"))
    for name, record in table.items():
        assert getattr(optics(), name) == record["value"]
        assert record["unit"]
        assert record["source"].endswith(".")
        assert record["certainty"] in ("known", "known, second hand", "course convention")
