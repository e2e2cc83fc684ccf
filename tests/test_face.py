"""What must be true of `import calcifications as cx`: it costs nothing, and holds all that the course promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import calcifications as cx

CONTRACT = [
    "Case", "Context", "Recipe", "aim", "catalogue", "change", "class_results", "compare", "deck", "distributions",
    "evidence", "exam", "explore", "forms", "grow", "lexicon", "measure", "measure_pixels", "overlays", "phantom",
    "preset", "quiz", "radiograph", "read", "read_words", "rulebooks", "standing", "tissue", "views", "what_if",
]  # fmt: skip


def in_a_fresh_process(code: str) -> str:
    found = os.environ | {"PYTHONPATH": str(Path(cx.__file__).parents[1])}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=found).stdout.strip()


def test_importing_fetches_nothing() -> None:
    loaded = in_a_fresh_process("import sys, calcifications; print(*sys.modules)").split()
    heavy = {"numpy", "scipy", "PIL", "matplotlib", "ipywidgets", "anywidget", "IPython"}
    assert "calcifications" in loaded
    assert heavy.isdisjoint(name.split(".")[0] for name in loaded)


def test_reading_needs_no_widgets() -> None:
    loaded = in_a_fresh_process(
        "import sys, calcifications as cx; cx.read(cx.measure(cx.grow(cx.preset('round')))); print(*sys.modules)"
    ).split()
    assert {"ipywidgets", "anywidget", "IPython", "matplotlib"}.isdisjoint(name.split(".")[0] for name in loaded)


def test_the_face_lists_what_was_promised_and_the_course_s_own_error() -> None:
    assert dir(cx) == sorted([*CONTRACT, "CourseError"]) == sorted(cx.__all__)


@pytest.mark.parametrize("name", [*CONTRACT, "CourseError"])
def test_every_name_leads_to_something_that_says_what_it_is(name: str) -> None:
    thing = getattr(cx, name)
    assert thing.__name__ == name
    assert thing.__doc__


def test_a_word_of_the_face_is_no_room_of_the_same_name() -> None:
    said = in_a_fresh_process(
        "import calcifications.lexicon, calcifications.what_if, calcifications as cx\n"
        "from calcifications.lexicon import terms\n"
        "print(cx.lexicon.__name__, cx.what_if.__name__, type(cx.lexicon).__name__, len(terms('form')))"
    )
    assert said == "lexicon what_if function 14"


def test_a_name_that_is_not_there_is_no_part_of_the_course() -> None:
    with pytest.raises(AttributeError, match="module 'calcifications' has no attribute 'diagnose'"):
        _ = cx.diagnose


def test_the_lists_of_this_edition() -> None:
    assert cx.forms() == [
        "skin", "vascular", "popcorn", "large rod-like", "round", "punctate", "rim", "dystrophic", "milk of calcium",
        "suture", "amorphous", "coarse heterogeneous", "fine pleomorphic", "fine linear",
    ]  # fmt: skip
    assert cx.distributions() == ["diffuse", "regional", "grouped", "linear", "segmental"]
    assert cx.views() == ["CC", "MLO", "ML", "CC-mag", "ML-mag", "tangential", "stereo-left", "stereo-right"]
    assert cx.rulebooks() == ["birads5", "birads2025", "patients2009", "elliot", "legal1984", "rcr2009"]


def test_a_list_that_was_spoiled_is_whole_when_asked_for_again() -> None:
    for words in (cx.forms, cx.distributions, cx.views, cx.rulebooks):
        words().clear()
        assert words()


def test_the_chain_of_the_readme() -> None:
    pattern = cx.grow(cx.Recipe(size_mm=0.35, count=9), seed=7)
    picture = cx.radiograph(pattern, view="CC", tissue="b", noise_seed=0)
    assert (str(picture.pixels.dtype), picture.pixels.shape, picture.pixel_mm) == ("float32", (512, 512), 0.07)
    reading = cx.read(cx.measure(pattern, view="CC"), rulebook="birads5", context=cx.Context())
    assert repr(reading) == "punctate, grouped -> 0 (after work-up 3)"
    assert repr(cx.read_words("fine pleomorphic", "segmental")) == "fine pleomorphic, segmental -> 0 (after work-up 4C)"
    case = cx.Case(recipes=[cx.Recipe()], context=cx.Context(), seed=7, views=("CC",), prior=None)
    assert cx.Case.from_code(case.code) == case
    assert cx.tissue(seed=7, density="b", shape=(64, 64), pixel_mm=0.07).shape == (64, 64)
    assert cx.read(cx.measure_pixels(picture)).morphology == "punctate"
    assert isinstance(cx.phantom("acr-digital"), type(pattern))


SEEN = cx.measure(cx.grow(cx.Recipe()))


def test_two_exams_are_compared_by_what_was_measured() -> None:
    assert cx.change(SEEN, SEEN) == "stable"
