"""A deck of ten on a screen: by keyboard, with three phones, and no answer anywhere before it is revealed."""

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe

from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.talk import Talk
from tests.browser.lab import PROJECTOR
from tests.browser.stage import HALL, Stage, open_stage, phone

SECRET = "Whisper this to nobody"
SIZES = {"old projector": PROJECTOR, "hall": HALL}


@pytest.fixture(scope="module")
def deck():
    """Ten clear cases, each with a note for the speaker."""
    made = make(Rule(10, (), (), ("form", "distribution", "category"), borderline=False, seed=3), "Monday’s ten")
    return replace(made, slides=tuple(replace(each, notes=f"{SECRET} {each.title}.") for each in made.slides))


@pytest.fixture(scope="module")
def address(deck, tmp_path_factory):
    with open_stage(tmp_path_factory.mktemp("hall"), deck) as found:
        yield found


@pytest.fixture(scope="module")
def stage(browser, address):
    """The presenting page, on an old projector; nothing in it may complain."""
    context = browser.new_context(viewport=PROJECTOR)
    opened = Stage(context, address)
    yield opened
    assert opened.complaints == []
    context.close()


@pytest.fixture(autouse=True)
def _from_the_first_case(stage):
    stage.page.bring_to_front()
    stage.go(1)


WORDS = """all => all.map((each) => [...each.childNodes].filter((child) => child.nodeType === 3)
  .map((child) => child.data).join("").replace(/^✓ /, ""))"""
TYPE = """text => [parseFloat(getComputedStyle(text).fontSize),
  text.scrollHeight - text.clientHeight, text.scrollWidth - text.clientWidth]"""


def words(stage):
    return stage.page.locator(".cx-talk-options li > span:first-of-type").evaluate_all(WORDS)


def test_ten_cases_are_presented_by_keys_and_nothing_tells_an_answer_before_it_is_revealed(stage, deck):
    talk, mark = Talk(deck), 0
    stage.go(2)
    stage.go(1)
    while True:
        scene = talk.scene
        if scene.asking and not scene.answered:
            page = stage.page.locator(".cx-talk-main").evaluate("main => main.outerHTML")
            since = "".join(stage.heard[mark:])
            options = [option.word for option in scene.asking.options]
            assert words(stage) == options
            # each answer is in the page, and came to it, as often as every other: nothing tells them apart
            assert {word: page.count(f">{word}<") for word in options} == dict.fromkeys(options, 1)
            assert len({len(re.findall(f'"word": ?"{re.escape(word)}"', since)) for word in options}) == 1
            assert since.count('"right": [') + since.count('"right":[') == 0
            assert stage.page.locator(".cx-talk-right, .cx-talk-bar").count() == 0
            described = stage.page.locator("canvas").evaluate_all("all => all.map((each) => each.ariaLabel)")
            assert all(each.endswith("with or without calcifications to be read.") for each in described)
            assert ("outlines" in scene.revealed) == bool(stage.page.locator(".cx-over path").count())
        after = talk.next()
        if after == talk:
            break
        if after.scene.asking != scene.asking or after.place != talk.place:
            mark = len(stage.heard)
        stage.press("PageDown" if talk.done % 2 else " ")
        talk = after
        assert stage.root.get_attribute("data-place") == str(talk.place + 1)
    assert stage.root.get_attribute("data-place") == "10"
    everything = "".join(stage.heard)
    assert SECRET not in everything
    for slide in deck.slides:
        assert slide.code.partition("-")[2] not in everything
    assert stage.text("told").split()[:2] == ["Form", talk.scene.reading.form_phrase.split()[0]]
    assert stage.text("why")


def test_three_phones_vote_and_the_screen_shows_for_what_only_with_the_answer(browser, stage, deck):
    scene = Talk(deck).scene
    right = scene.asking.right[0]
    wrong = next(place for place in range(4) if place != right)
    stage.press("p")
    stage.page.get_by_text("Only this computer can vote now").wait_for()
    phones = [phone(browser, stage.room) for _ in range(3)]
    for each, place in zip(phones, (right, wrong, wrong), strict=True):
        each.locator("button").nth(place).click()
        each.locator("[aria-pressed=true]").wait_for()
    phones[1].locator("button").nth(right).click()  # changes their mind
    stage.page.wait_for_function("document.querySelector('.cx-talk-joined').textContent === '3 phones here'")
    stage.press("ArrowRight")  # away from how to join
    stage.page.wait_for_function("document.querySelector('.cx-talk-votes').textContent === '3 votes'")
    mark = len(stage.heard)
    stage.press("ArrowRight")
    assert stage.page.locator(".cx-talk-bar").count() == 0
    assert '"counts": [' not in "".join(stage.heard[mark:])
    stage.press("ArrowRight")
    stage.page.locator(".cx-talk-bar").first.wait_for()
    shown = stage.page.locator(".cx-talk-options strong").all_inner_texts()
    assert [int(each.split("·")[0]) for each in shown] == [
        2 if place == right else int(place == wrong) for place in range(4)
    ]
    assert stage.page.locator(".cx-talk-right").count() == 1
    for each, said in zip(
        phones, ("✓ right answer · your vote", "✓ right answer · your vote", "✓ right answer"), strict=True
    ):
        each.locator("li.right em").wait_for()
        assert each.locator("li.right em").inner_text() == said
        assert "Voting is closed; the answer is on the screen." in each.locator(".state").inner_text()
    stage.press("ArrowLeft")
    assert stage.page.locator(".cx-talk-bar, .cx-talk-right").count() == 0  # taken back
    for each in phones:
        each.context.close()


def test_the_speaker_s_page_is_another_window_that_has_the_notes_and_moves_the_screen(stage, deck):
    with stage.page.context.expect_page() as opened:
        stage.page.keyboard.press("n")
    speaker = opened.value
    speaker.locator(".notes", has_text=SECRET).wait_for()
    assert "ticket" not in speaker.url
    answer = speaker.locator("#answer").inner_text()
    assert answer.endswith(Talk(deck).scene.reading.morphology)
    assert "Then: Case 2" in speaker.locator("#following").inner_text()
    assert re.fullmatch(r"\d+:\d\d", speaker.locator("#since").inner_text())
    for scheme in ("light", "dark"):
        speaker.emulate_media(color_scheme=scheme)
        assert Axe().run(speaker).response["violations"] == []
    speaker.locator("#next").click()
    stage.page.bring_to_front()
    stage.page.locator(".cx-over path").first.wait_for(state="attached")
    speaker.keyboard.press("b")
    stage.page.locator(".cx-talk-black").wait_for()
    speaker.bring_to_front()
    speaker.keyboard.press("b")
    speaker.locator("#hide[aria-pressed=false]").wait_for()
    speaker.reload()
    speaker.locator(".notes", has_text=SECRET).wait_for()
    assert SECRET not in "".join(stage.heard)
    assert SECRET not in stage.page.content()
    speaker.close()


def test_a_clicker_s_keys_go_on_back_and_black(stage):
    stage.press("PageDown")
    assert stage.page.locator(".cx-over path").count() > 0
    stage.press("o")
    assert stage.page.locator(".cx-over path").count() == 0
    stage.press("o", "PageUp")
    assert stage.page.locator(".cx-over path").count() == 0
    stage.press(".")
    assert stage.page.locator(".cx-talk-black").is_visible()
    stage.press("PageDown")
    assert not stage.page.locator(".cx-talk-black").is_visible()
    stage.page.keyboard.press("t")
    assert stage.page.locator(".cx-talk-think").inner_text() in ("0:30", "0:29")
    stage.page.keyboard.press("t")
    assert not stage.page.locator(".cx-talk-think").is_visible()
    stage.page.keyboard.press("?")
    assert stage.page.locator("dialog[open]").get_by_text("black screen").is_visible()
    stage.page.keyboard.press("Escape")
    before = stage.text("size")
    stage.page.keyboard.press("+")
    stage.page.wait_for_function("before => document.querySelector('.cx-talk-size').textContent !== before", arg=before)
    stage.page.keyboard.press("0")
    stage.page.wait_for_function("before => document.querySelector('.cx-talk-size').textContent === before", arg=before)


@pytest.mark.parametrize("size", SIZES)
def test_it_is_read_from_the_back_row_and_all_of_it_is_on_the_screen(stage, deck, size):
    height = SIZES[size]["height"]
    stage.page.set_viewport_size(SIZES[size])
    stage.page.wait_for_timeout(200)
    for place in range(1, 4):
        stage.go(place)
        for _ in range(20):
            sizes = stage.page.locator(".cx-talk-text").evaluate(TYPE)
            assert sizes[0] >= 0.018 * height
            assert max(sizes[1:]) <= 0
            if "rules" in stage.text("side") or stage.page.locator(".cx-talk-why p").count():
                break
            stage.press("ArrowRight")
        assert Axe().run(stage.page).response["violations"] == []
        assert re.match(r"This view is [\d.]+ mm wide", stage.text("size"))
    canvas = stage.page.locator(".cx-talk-picture .cx-picture").bounding_box()
    assert canvas["height"] >= 0.85 * height
    stage.press("j")
    assert Axe().run(stage.page).response["violations"] == []
    assert stage.page.locator(".cx-talk-join .cx-talk-qr").bounding_box()["width"] >= 0.5 * height
    stage.press("j")
    stage.page.set_viewport_size(PROJECTOR)


def test_loaded_again_it_goes_on_where_it_was_in_the_same_room(stage):
    stage.go(4)
    stage.press("ArrowRight", "j")
    stage.page.locator(".cx-talk-address").wait_for()
    room, question = stage.room, stage.text("question")
    stage.page.reload()
    stage.ready()
    assert stage.root.get_attribute("data-place") == "4"
    assert stage.text("question") == question
    assert stage.page.locator(".cx-over path").count() > 0
    stage.press("j")
    stage.page.locator(".cx-talk-address").wait_for()
    assert stage.room == room


def test_whoever_has_not_the_word_sees_nothing_and_nothing_else_is_served(browser, stage, address):
    bare = address.partition("?")[0]
    stranger = browser.new_page()
    stranger.goto(bare)
    assert "/login" in stranger.url
    stranger.close()
    for place in ("voila/files/deck.ipynb", "api/contents", "voila/tree", "voila/render/deck.ipynb", "deck.ipynb"):
        status = stage.page.evaluate("place => fetch('/' + place).then(answer => answer.status)", place)
        assert status in (403, 404), place
