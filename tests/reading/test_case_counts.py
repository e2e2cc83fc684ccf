"""What must be true of the counts of real lesions: shipped as data, and anyone with the table can make them again."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from calcifications.__main__ import main
from calcifications.reading.case_table import COLUMNS

HERE = Path(__file__).resolve()
TABLE = Path(os.environ.get("CBIS_CALC_TRAIN", HERE.parents[3] / "shared" / "data" / "cbis_ddsm" / "calc_train.csv"))
SHIPPED = HERE.parents[2] / "utils" / "calcifications" / "reading" / "cbis_counts.toml"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A table of two lesions."""
    rows = [
        ("P1", "LEFT", "CC", "1", "calcification", "PUNCTATE", "CLUSTERED", "3", "MALIGNANT"),
        ("P2", "LEFT", "CC", "1", "calcification", "PUNCTATE", "CLUSTERED", "2", "BENIGN_WITHOUT_CALLBACK"),
    ]
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(",".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_shipped_counts_say_whose_they_are_under_which_licence_and_what_to_beware_of() -> None:
    shipped = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert "10.7937/K9/TCIA.2016.7O02S9CY" in shipped["citation"]
    assert shipped["licence"] == "CC BY 3.0"
    for trap in ("1988 to 1999", "more common", "third edition", "nobody's risk"):
        assert trap in shipped["caution"]


def test_the_shipped_counts_can_be_made_again_byte_by_byte(tmp_path: Path) -> None:
    if not TABLE.is_file():
        pytest.skip("the CBIS-DDSM table is not beside the repository")
    again = tmp_path / "again.toml"
    assert main(["cases", str(TABLE), "--rebuild", "--store", str(again)]) == 0
    assert again.read_bytes() == SHIPPED.read_bytes()


def test_on_the_screen_it_says_the_same_as_in_the_file(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cases", str(small), "--rebuild"]) == 0
    shown = capsys.readouterr().out
    assert main(["cases", str(small), "--rebuild", "--store", str(tmp_path / "counts.toml")]) == 0
    assert (tmp_path / "counts.toml").read_text(encoding="utf-8") == shown
    assert tomllib.loads(shown)["cell"] == [
        {"form": "punctate", "distribution": "grouped", "lesions": 2, "malignant": 1, "never_called_back": 1}
    ]


def test_a_store_without_a_rebuild_gets_one_sentence_and_writes_nothing(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cases", str(small), "--store", str(tmp_path / "counts.toml")]) == 2
    assert capsys.readouterr().err == "--store goes with --rebuild: it names the file for the counts.\n"
    assert not (tmp_path / "counts.toml").exists()
