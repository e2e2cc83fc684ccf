"""A layer on its way to the page: nothing is lost, and little is sent."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from calcifications.apps import explore
from calcifications.apps.grey_bytes import packed
from calcifications.case import Case
from calcifications.pattern import AROUND, forms, preset
from tests.apps.unpack import unpack

PER_STEP = 200_000  # bytes
runs = st.lists(st.tuples(st.sampled_from([0, 0, 1, 60, 127, 128, 300, 8000, 65535]), st.integers(1, 40)), max_size=30)


@given(arrays(np.uint16, array_shapes(min_dims=2, max_dims=2, max_side=40)))
def test_any_layer_comes_back_as_it_was(layer):
    assert (unpack(packed(layer.astype(np.float32)), layer.shape) == layer).all()


@given(runs)
def test_runs_of_any_length_and_steps_of_any_size_come_back(parts):
    layer = np.concatenate([np.zeros(0), *(np.full(many, value) for value, many in parts)])[None]
    assert (unpack(packed(layer.astype(np.float32)), layer.shape) == layer).all()


def test_nothing_at_all_and_the_largest_picture_come_back():
    assert packed(np.zeros((0, 0), np.float32)) == packed(np.zeros((512, 512), np.float32)) == b""
    layer = np.zeros((2048, 2048), np.float32)
    layer[-1, -1] = 5
    assert (unpack(packed(layer), layer.shape) == layer).all()
    assert len(packed(layer)) < 10


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("form", forms())
def test_no_step_of_any_form_sends_more_than_a_page_can_take(ask, form, around):
    answer = ask(
        explorer := explore(Case(preset(form), seed=7)),
        around=around,
        around_strength=1.0,
        overlay=["outline", "circles"],
    )
    assert answer["problem"] is None
    assert len(explorer.layer) + len(json.dumps(answer)) < PER_STEP


@pytest.mark.parametrize("laid", ["diffuse", "regional", "segmental"])
def test_wide_arrangements_are_small_messages(ask, laid):
    answer = ask(
        explorer := explore(Case(preset("punctate", laid), seed=7)), count=120, overlay=["outline"], beside="ML"
    )
    assert len(explorer.layer) + len(explorer.layer_beside) + len(json.dumps(answer)) < PER_STEP
