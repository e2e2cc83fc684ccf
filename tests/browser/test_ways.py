"""The ways to answer, in a real browser: every kind of question by keyboard alone, by mouse and by touch."""

import pytest

from calcifications.apps.quiz import Quiz
from calcifications.learning import KINDS, Session
from tests.apps.answering import right_answer, wrong_answer
from tests.browser.axe import violations
from tests.browser.keyboard import by_keyboard, tab_to
from tests.browser.lab import PROJECTOR, WINDOW
from tests.browser.lesson import Lesson
from tests.browser.standalone import open_widget

WAYS = {KINDS[kind].way: kind for kind in reversed(KINDS)}
LOOKS = {"dark": {}, "light": {"color_scheme": "light"}, "contrast": {"contrast": "more"}}
SEED = 4


@pytest.fixture
def asked(windows):
    """Open a quiz of one kind."""

    def opened(kind, **how):
        return open_widget(windows, Quiz(Session((kind,), 6, SEED)), "renderQuiz", **how)

    return opened


def mark(asked):
    return asked.page.locator(".cx-mark").inner_text()


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_answered_by_keyboard_alone(asked, kind, right):
    with asked(kind) as quiz:
        item = quiz.widget.session.item
        by_keyboard(quiz, (right_answer if right else wrong_answer)(item))
        assert quiz.widget.session.marks == [right]
        assert mark(quiz).startswith("✓ Right" if right else "✗ Not this one")
        assert quiz.page.locator(".cx-answer[data-closed]").count() == 1
        assert quiz.page.locator(".cx-answer :is(button, input, select):enabled").count() == 0
        quiz.press("Enter")  # the focus is on "Next question"
        assert quiz.widget.session.number == 2


def by_hand(asked, press):
    """Answer by pressing with a mouse or a finger, whatever comes first; what is dragged has its own tests."""
    page = asked.page
    way = asked.widget.session.item.way
    if way == "choice":
        press(page.locator(".cx-option").first)
    elif way == "number":
        press(page.locator(".cx-number input"))
        page.keyboard.type("3")
    elif way == "place":
        press(page.locator(".cx-picture"))
    elif way == "slots":
        for slot in page.locator(".cx-slot").all():
            lists = slot.locator("select")
            if lists.count():
                lists.select_option(index=2)
            else:
                press(slot.locator(".cx-radio").nth(1))
    if way != "choice":
        press(page.locator(".cx-hand-in"))
    asked.settle()


@pytest.mark.parametrize("kind", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_every_way_is_answered_by_mouse_and_by_touch(asked, kind, touch):
    with asked(kind, has_touch=touch) as quiz:
        by_hand(quiz, lambda element: element.tap() if touch else element.click())
        assert len(quiz.widget.session.marks) == 1


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", [*WAYS.values(), "worse", "fact"])
def test_no_way_has_a_violation_before_or_after_the_answer(asked, kind, look):
    with asked(kind, **LOOKS[look]) as quiz:
        for _ in range(2):
            assert violations(quiz.page, ".cx-quiz") == []
            if not quiz.widget.session.answered:
                by_keyboard(quiz, wrong_answer(quiz.widget.session.item))


@pytest.mark.parametrize("window", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_moves_nothing_and_all_is_on_one_screen(asked, kind, window):
    with asked(kind, viewport=window) as quiz:
        page = quiz.page

        def places():
            parts = (".cx-quiz", ".cx-middle", ".cx-ask", ".cx-foot")
            return [page.locator(part).first.bounding_box() for part in parts]

        before = places()
        root = before[0]
        assert root["y"] + root["height"] <= window["height"]
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        by_keyboard(quiz, wrong_answer(quiz.widget.session.item))
        assert places() == before
        nexts = page.locator(".cx-next").bounding_box()
        assert nexts["y"] + nexts["height"] <= root["y"] + root["height"]


def test_a_drag_on_the_picture_is_contrast_and_no_place(asked):
    with asked("find") as quiz:
        page = quiz.page
        box = page.locator(".cx-picture").bounding_box()
        page.mouse.move(box["x"] + 200, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + 260, box["y"] + 180, steps=4)
        page.mouse.up()
        assert page.locator(".cx-hand-in").is_disabled()
        page.mouse.click(box["x"] + 200, box["y"] + 200)
        assert page.locator(".cx-hand-in").is_enabled()


def test_a_slider_is_drawn_at_once_and_its_verdict_waits_for_the_mark(asked):
    with asked("make") as quiz:
        page = quiz.page
        drawn = page.locator(".cx-canvas").get_attribute("data-n")
        tab_to(quiz, "[data-slider=size_mm]")
        quiz.press("PageUp")
        assert page.locator(".cx-canvas").get_attribute("data-n") != drawn
        assert page.locator(".cx-mark").count() == 0
        assert quiz.widget.item["feedback"] is None
        page.get_by_role("button", name="As it was").click()
        quiz.settle()
        assert quiz.widget.question.panes[0].look.case.groups == quiz.widget.session.item.case.groups


def test_both_pictures_are_seen_where_two_are_compared(asked):
    with asked("worse") as quiz:
        boxes = [canvas.bounding_box() for canvas in quiz.page.locator(".cx-picture").all()]
        assert len(boxes) == 2
        assert boxes[0]["y"] < boxes[1]["y"]
        assert [o.inner_text() for o in quiz.page.locator(".cx-option b").all()] == ["A", "B"]


def test_a_length_is_measured_with_the_ruler(asked):
    with asked("number") as quiz:
        while not quiz.widget.session.item.sheet()["ruler"]:
            by_keyboard(quiz, wrong_answer(quiz.widget.session.item))
            quiz.press("Enter")
        quiz.page.get_by_role("button", name="Take the ruler").click()
        assert quiz.page.locator(".cx-tool[data-tool=ruler]").get_attribute("aria-pressed") == "true"
        quiz.press("Enter", *["ArrowRight"] * 5, "Enter")
        assert quiz.page.locator(".cx-ruler-words").first.text_content().endswith(" mm")


@pytest.fixture(scope="module")
def notebook(windows, course):
    """A notebook with a cell for each way; each puts away what another has shown."""
    cells = [
        f"[each.close() for each in shown]\nshown[:] = [cx.quiz({kind!r}, seed={SEED})]\nshown[0]"
        for kind in WAYS.values()
    ]
    name = course.write("ways.ipynb", "import calcifications as cx\nshown = []", *cells)
    with Lesson(windows, course, name) as opened:
        opened.run_cell(0)
        yield opened


class InLab:
    """A quiz in JupyterLab, beside one of the same seed here, which knows the key."""

    def __init__(self, lesson, kind):
        self.page = lesson.page
        self.widget = Quiz(Session((kind,), 6, SEED))

    def settle(self):
        self.page.wait_for_timeout(300)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()


@pytest.mark.parametrize("kind", WAYS.values(), ids=WAYS)
def test_jupyterlab_takes_no_key_of_an_answer_for_itself(notebook, kind):
    notebook.run_cell(1 + list(WAYS.values()).index(kind))
    notebook.settle()
    notebook.page.locator(".cx-quiz .cx-answer").wait_for()
    cells = notebook.page.locator(".jp-Cell").count()
    quiz = InLab(notebook, kind)
    by_keyboard(quiz, right_answer(quiz.widget.session.item))
    notebook.page.locator(".cx-mark").wait_for()
    assert mark(quiz).startswith("✓ Right")
    assert notebook.page.locator(".jp-Cell").count() == cells
    assert notebook.complaints == []
