"""On the presenting page nothing tells an answer before it is revealed: no text, no shape, no number, no vote."""

import json
import re
from functools import cache

import numpy as np
import pytest

from calcifications.apps.present import PRESSES, Present, present
from calcifications.apps.present_words import FOR_A_FORM, ZOOMS, enlarged, looks_of, made, speaker_lines
from calcifications.apps.question import FLAT, MAP_MM
from calcifications.imaging import project
from calcifications.learning.items import KINDS
from calcifications.teaching.deck import QUESTIONS, REVEALS, Deck, Slide
from calcifications.teaching.deck_file import unasked
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.talk import steps

NOTES = "Whisper: look at the thread."
STATE = ("item", "vote")


@cache
def slide(kind):
    """A case of which a question of a kind can be asked."""
    for seed in range(200):
        case = KINDS[kind].fresh(np.random.default_rng(seed))
        if case is not None and not unasked(kind, case.code):
            return Slide(case.code, "A case", (kind,), NOTES)
    raise AssertionError(f"no case for {kind}")


def shown(widget):
    """What the page holds but the question itself: its prompt, what is known, and the options."""
    state = json.loads(json.dumps({name: getattr(widget, name) for name in STATE}))
    question = state["item"].pop("question") or {}
    return state, question


@pytest.fixture(scope="module")
def deck():
    """Three clear cases, each asked for its form and its distribution."""
    return make(Rule(3, ("suspicious",), ("grouped", "regional", "linear"), borderline=False, seed=11), "Monday")


@pytest.fixture
def page(deck):
    opened = Present(deck)
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", QUESTIONS)
def test_before_its_answer_is_revealed_nothing_in_the_page_tells_it(kind):
    page = Present(Deck("Monday", (slide(kind),), notes=NOTES))
    for _ in range(len(steps(slide(kind)))):
        scene = page.talk.scene
        if scene.answered or "form" in scene.revealed or "category" in scene.revealed or "why" in scene.revealed:
            break
        state, question = shown(page)
        text = json.dumps(state)
        words = {
            scene.asking.answer,
            scene.asking.item.category.word,
            scene.reading.morphology,
            scene.reading.distribution,
        }
        for word in (word for word in words - {"none"} if len(word) > 2):
            assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), word
        assert question["right"] is None
        assert question["answer"] == ""
        assert all(set(option) == {"word", "plain"} for option in question["options"])
        everything = text + json.dumps(question) + repr(page) + page.still()
        assert page.talk.slide.case.code.partition("-")[2] not in everything
        assert NOTES not in everything
        for pane in state["item"]["panes"]:
            assert pane["box"] == list(FLAT)
            assert pane["alt"].endswith("with or without calcifications to be read.")
            assert all(number % MAP_MM == 0 for dot in pane["map"]["dots"] for number in dot)
            if "outlines" not in scene.revealed or kind in ("find", "number"):  # they would answer it
                assert pane["shapes"] == []
        assert state["vote"]["counts"] is None
        page.press("overlays")  # shows nothing that is not revealed
        page.press("overlays")
        page.press("next")
    page.close()


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_can_be_presented_to_its_end(kind):
    page = Present(Deck("Monday", (slide(kind),)))
    for _ in range(len(steps(slide(kind))) + 2):
        assert not page.item["problem"]
        page.press("next")
    assert page.item["last"]
    told = {line["kind"]: line["word"] for line in page.item["revealed"]}
    assert told["form"] == page.talk.scene.reading.form_phrase
    assert told["distribution"] == page.talk.scene.reading.distribution_phrase
    assert page.item["why"]
    page.close()


def test_step_by_step_the_page_shows_what_is_revealed_and_takes_it_back(page):
    reading = page.talk.scene.reading
    assert (page.item["place"], page.item["of"], page.item["revealed"]) == (1, 3, [])
    page.press("next")
    rings = [shape for shape in page.item["panes"][0]["shapes"] if shape["kind"] == "outline"]
    assert len(rings) == len(page.talk.slide.case.pattern.particles)
    assert page.item["question"]["right"] is None
    page.press("next")
    (right,) = page.item["question"]["right"]
    assert page.item["question"]["options"][right]["word"] == reading.morphology
    page.press("back")
    assert page.item["question"]["right"] is None
    assert page.item["revealed"] == []
    page.press("overlays")
    assert page.item["panes"][0]["shapes"] == []
    page.press("overlays")
    for _ in range(20):
        page.press("next")
    assert page.item["place"] == 3
    assert page.item["last"]


def test_nothing_happens_behind_a_black_screen(page):
    page.press("hide")
    assert page.item["hidden"]
    page.press("next")
    assert not page.item["hidden"]
    assert page.talk.done == 1
    page.press("next")
    assert page.talk.done == 2


def test_another_view_comes_when_it_is_asked_for_and_goes_with_the_case(page):
    views = page.talk.slide.case.views
    assert page.item["views"] == list(views)
    for view in (*views[1:], views[0], views[1]):
        page.press("look")
        assert page.item["panes"][0]["view"]["id"] == view
    page.press("go", 2)
    assert page.item["panes"][0]["view"]["id"] == views[0]


@pytest.mark.parametrize(
    ("press", "value", "sentence"),
    [
        ("dance", None, "There is no key 'dance'; choose one of: next, back,"),
        ({"x": 1}, None, "There is no key {'x': 1}"),
        ("go", 4, "The number of the case can't be 4; it is a whole number from 1 to 3."),
        ("go", "x", "The number of the case can't be 'x'"),
        ("poll", None, "Voting and the speaker’s page need a deck opened with: python course.py present DECK."),
        ("speaker", None, "Voting and the speaker’s page need"),
        ("join", None, "Voting and the speaker’s page need"),
    ],
)
def test_what_can_t_be_done_is_said_in_one_sentence_and_the_case_stays(page, press, value, sentence):
    page.press(press, value)
    assert page.item["problem"].startswith(sentence)
    assert "\n" not in page.item["problem"]
    assert (page.item["place"], page.talk.done) == (1, 1)
    page.press("next")
    assert page.item["problem"] == ""


def test_a_picture_opens_enlarged_to_its_group_and_for_a_form_at_least_twice(deck):
    enlargements = []
    for each in deck.slides:
        page = Present(Deck("d", (each,)))
        scene, zoom = page.talk.scene, page.item["zoom"]
        pane = made(looks_of(scene)[0], scene.asking)
        view, pattern = pane.picture.view, pane.look.pattern
        places = project(view, pattern.particles.centre[pattern.of_breast(view.side)]) * [1, -1]
        half = pane.picture.pixel_mm * np.array(pane.picture.background.shape)[::-1] / 2
        seen = np.all(np.abs(places) <= half, axis=1)
        within = np.abs(places[seen] - [zoom["x"], zoom["y"]]) <= half / zoom["factor"]
        assert within.all() or (zoom["factor"] == FOR_A_FORM and within.all(axis=1).sum() >= 3)
        enlargements.append(zoom["factor"])
        page.close()
    assert set(enlargements) <= set(ZOOMS)
    assert min(enlargements) >= FOR_A_FORM


@pytest.mark.parametrize("kind", ["change", "cup", "worse"])
def test_of_two_pictures_each_shows_all_that_lies_on_it(kind):
    page = Present(Deck("d", (slide(kind),)))
    scene, zoom = page.talk.scene, page.item["zoom"]
    assert len(page.item["panes"]) == 2
    for look in looks_of(scene)[:2]:
        pane = made(look, scene.asking)
        places = project(pane.picture.view, pane.look.pattern.particles.centre) * [1, -1]
        half = pane.picture.pixel_mm * 512 / 2
        seen = places[np.all(np.abs(places) <= half, axis=1)]
        assert np.all(np.abs(seen - [zoom["x"], zoom["y"]]) <= np.array([half, half / 2]) / zoom["factor"])
    page.close()


def test_where_nothing_is_asked_the_room_is_asked_what_it_sees(deck):
    page = Present(Deck("d", (Slide(deck.slides[0].code),)))
    assert page.item["question"]["prompt"] == "What do you see?"
    page.press("next")
    assert page.item["question"] is None
    page.close()


@pytest.mark.parametrize("kind", ["find", "number", "distribution"])
def test_where_the_size_of_the_view_would_be_a_hint_the_whole_picture_is_shown(kind):
    page = Present(Deck("d", (slide(kind),)))
    assert page.item["zoom"] == {"factor": 1, "x": 0, "y": 0}
    if kind != "distribution":
        assert page.item["panes"][0]["map"]["dots"] == []
    scene = page.talk.scene
    assert enlarged([made(looks_of(scene)[0], scene.asking)], None)["factor"] >= 1
    page.close()


def test_the_speaker_s_page_has_the_notes_the_answer_and_what_comes_next(deck):
    page = Present(
        Deck("Monday", (Slide(deck.slides[0].code, "One", ("form",), NOTES), deck.slides[1]), notes="Two cases.")
    )
    told = speaker_lines(page.talk)
    right = page.talk.scene.asking.right[0]
    assert told["notes"] == NOTES
    assert told["deck_notes"] == "Two cases."
    assert told["answer"] == f"{'ABCDEF'[right]}: {page.talk.scene.reading.morphology}"
    assert told["following"] == deck.slides[1].title
    assert [step["done"] for step in told["steps"]] == [True] + [False] * len(REVEALS)
    page.close()


def test_a_deck_with_mistakes_is_not_presented_and_all_of_them_are_named(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text(
        'version = 1\ntitle = "x"\n[[case]]\ncode = "cx2-no"\n[[case]]\ncode = "cx2-nor"\nreveal = ["all"]\n'
    )
    page = present(str(path))
    assert len(repr(page).splitlines()) == page._repr_html_().count("<li>") == 3
    assert "There is no step to reveal &#x27;all&#x27;" in page._repr_html_()


def test_every_key_of_the_page_and_of_the_speaker_s_is_one_that_the_kernel_knows():
    from calcifications.teaching.poll.desk_door import ASKS

    pressed = re.findall(r'press: "(\w+)"|press\("(\w+)"', Present._esm)
    assert {one or other for one, other in pressed} | set(ASKS) <= set(PRESSES)
    assert set(PRESSES) - {"go"} <= {one or other for one, other in pressed} | set(ASKS) | {"speaker"}
