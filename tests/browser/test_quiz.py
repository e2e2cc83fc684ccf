"""The quiz in a browser: an answer is kept before it is spoken of, no key is there before, a crash loses nothing."""

import contextlib

import psutil
import pytest

from calcifications.learning import Progress, Session
from calcifications.learning.items import KINDS
from tests.browser.axe import violations
from tests.browser.lab import PATIENCE_S, PROJECTOR, WINDOW

START = "import calcifications as cx"
ASKED = ("form", "distribution", "rule")
CELL = f"{START}\ncx.quiz('form', 'distribution', 'rule', seed=11, questions=6)"


def log(course):
    """All answers in the learner's log."""
    return Progress(course.home / "progress").answers()


@pytest.fixture
def asked():
    """What the seed asks, question after question."""

    def each():
        session = Session(ASKED, seed=11)
        while True:
            yield session.item
            session.answer(session.item.key)
            session.next()

    return each()


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_questions_are_answered_rightly_and_wrongly_and_each_answer_is_kept(course, open_lesson, asked, by):
    before = len(log(course))
    lesson = open_lesson(course.write(f"quiz by {by}.ipynb", CELL))
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    quiz.root.locator(".cx-question").click()
    for number, item in zip(range(6), asked, strict=False):
        right = number < 3
        assert quiz.words == [option.word for option in item.options]
        word = item.key if right else next(word for word in quiz.words if word != item.key)
        said = quiz.answer(word, by)
        feedback = item.mark(word)
        assert said.startswith("✓ Right" if right else "✗ Not this one")
        assert item.key in said
        assert (feedback.step.because if feedback.step else feedback.why) in said
        assert all(" ✓ ".join(check.shown) in said for check in (feedback.step.checks if feedback.step else ()))
        assert feedback.why_not in said
        assert quiz.root.locator(".cx-over .cx-ring").count() == len(feedback.where)
        assert quiz.case == item.case
        kept = log(course)[-1]
        assert (kept.category, kept.right, kept.case) == (item.category, right, item.case.code)
        assert 0 < kept.seconds < PATIENCE_S
        assert ("Another round" if number == 5 else "Next question") == quiz.text(".cx-next")
        if number < 5:
            quiz.next(by)
    assert "3 of 6 right" in quiz.text(".cx-progress")
    assert len(log(course)) == before + 6


def test_what_would_have_been_right_is_flipped_with_what_was_asked(course, open_lesson):
    lesson = open_lesson(course.write("mend.ipynb", f"{START}\ncx.quiz('form', seed=1)"), viewport=PROJECTOR)
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    item = Session(("form",), seed=1).item
    word = next(word for word in quiz.words if word != item.key)
    quiz.answer(word, "mouse")
    asked, rings = quiz.greys(), quiz.root.locator(".cx-over .cx-ring").count()
    before = quiz.drawn()
    quiz.root.get_by_role("button", name=f"Show what would make it “{word}”").click()
    quiz.root.locator(".cx-mended").wait_for()
    quiz.after(before)
    mended = item.mark(word).mended
    assert quiz.text(".cx-mended") == mended.sentence
    assert (quiz.greys() != asked).any()
    assert quiz.root.locator(".cx-over .cx-ring").count() == 0
    before = quiz.drawn()
    lesson.page.keyboard.press("Shift+Tab")  # from the one that is chosen to the other
    lesson.page.keyboard.press("Enter")
    quiz.after(before)
    assert (quiz.greys() == asked).all()
    assert quiz.root.locator(".cx-over .cx-ring").count() == rings
    for theme in ("light", "dark", "contrast"):
        quiz.root.locator(".cx-colours").select_option(theme)
        assert violations(lesson.page, ".cx-quiz") == []


class Wire:
    """All that goes between page and kernel."""

    def __init__(self, page):
        self.frames = []
        page.on("websocket", self._listen)

    def _listen(self, socket):
        for event in ("framereceived", "framesent"):
            socket.on(event, lambda frame: self.frames.append(frame))

    def holds(self, text):
        """Whether a text was in any of it; some computers write JSON without its spaces."""
        frames = (f.decode("latin-1") if isinstance(f, bytes) else f for f in self.frames)
        return any(text in f or text.replace(": ", ":") in f for f in frames)


def test_the_key_is_neither_in_the_page_nor_on_the_wire_before_the_answer(course, open_lesson):
    lesson = open_lesson(course.write("hidden.ipynb", f"{START}\ncx.quiz('form', seed=12345678)"), alone=True)
    wire = Wire(lesson.page)
    lesson.page.reload()
    lesson.wait_for_kernel()
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    item = Session(("form",), seed=12345678).item
    lesson.page.wait_for_timeout(1500)  # the next question is made by now
    body = item.case.code.partition("-")[2]
    page = quiz.root.evaluate("root => root.outerHTML")
    assert quiz.words == [option.word for option in item.options]
    assert wire.holds(quiz.words[0])  # it does hear what is said
    for secret in (body, str(item.case.seed), '"feedback": {'):
        assert secret not in page
        assert not wire.holds(secret), secret
    assert "cx-right-one" not in page
    assert {(page.count(f">{word}<"), page.count(f'"{word}"')) for word in quiz.words} == {(1, 1)}
    quiz.answer(quiz.words[0], "mouse")
    assert wire.holds(body)
    assert wire.holds('"feedback": {')
    assert body in quiz.root.evaluate("root => root.outerHTML")


def test_no_kind_of_question_has_its_case_in_the_page_or_on_the_wire_before_the_answer(course, open_lesson):
    """Whoever has the case, its seed or the feedback has the key; a question of facts has no case."""
    kinds = [kind for kind in KINDS if kind != "fact"]
    cells = [f"{START}\ncx.quiz({kind!r}, seed=12345678)" for kind in kinds]
    lesson = open_lesson(course.write("every kind.ipynb", *cells), alone=True)
    wire = Wire(lesson.page)
    lesson.page.reload()
    lesson.wait_for_kernel()
    for number, kind in enumerate(kinds):
        lesson.run_cell(number)
        lesson.page.locator(f".cx-quiz[data-kind={kind}][data-number]").wait_for()
    lesson.settle()
    lesson.page.wait_for_timeout(1500)  # the next questions are made by now
    page = lesson.page.content()
    kept = lesson.page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    for kind in kinds:
        item = Session((kind,), seed=12345678).item
        assert item.ask() in page, kind
        for secret in (item.case.code.partition("-")[2], str(item.case.seed), '"feedback": {'):
            assert secret not in page, (kind, secret)
            assert secret not in kept, (kind, secret)
            assert not wire.holds(secret), (kind, secret)


def kernels():
    """The kernels that run below this process, by their ids."""
    found = {}
    for each in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "ipykernel_launcher" in each.cmdline():
                found[each.pid] = each
    return found


def test_a_kernel_that_is_killed_in_mid_question_loses_no_answer(course, open_lesson):
    before = len(log(course))
    others = kernels()
    lesson = open_lesson(course.write("killed.ipynb", f"{START}\ncx.quiz('form')"), alone=True)
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    quiz.root.locator(".cx-question").click()
    for _ in range(2):
        quiz.answer(quiz.words[0], "keys")
        quiz.next("keys")
    (kernel,) = kernels().keys() - others.keys()
    psutil.Process(kernel).kill()
    lesson.page.keyboard.press("1")  # nobody is there to mark it, and nobody pretends to
    quiz.root.locator(".cx-lost:not([hidden])").wait_for(timeout=PATIENCE_S * 1000)
    assert quiz.root.locator(".cx-mark").count() == 0
    kept = log(course)
    assert len(kept) == before + 2
    lesson.page.reload()
    lesson.wait_for_kernel()
    lesson.run_cell(0)
    again = lesson.quiz()
    lesson.settle()
    again.answer(again.words[0], "mouse")
    assert log(course)[:-1] == kept
    lesson.complaints.clear()


@pytest.mark.parametrize("viewport", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_what_is_said_to_a_wrong_answer_is_in_sight_without_scrolling(course, open_lesson, viewport):
    lesson = open_lesson(course.write("sight.ipynb", f"{START}\ncx.quiz('form', seed=1)"), viewport=viewport)
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    item = Session(("form",), seed=1).item
    quiz.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    quiz.answer(next(word for word in quiz.words if word != item.key), "mouse")
    for part in (".cx-mark", ".cx-next", ".cx-picture"):
        assert lesson.in_view(quiz.root.locator(part).first), part
    assert quiz.root.bounding_box()["x"] + quiz.root.bounding_box()["width"] <= viewport["width"]


def test_a_log_that_can_not_be_written_is_told_on_the_page_and_the_quiz_goes_on(course, open_lesson):
    folder = course.home / "no folder"
    folder.write_text("a file")
    cell = f"import os\nos.environ['CALCIFICATIONS_HOME'] = {str(folder)!r}\n{START}\ncx.quiz('form', seed=2)"
    lesson = open_lesson(course.write("refused.ipynb", cell))
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    quiz.answer(quiz.words[0], "mouse")
    assert "can't be written" in quiz.text(".cx-log")
    quiz.next("mouse")
    assert quiz.text(".cx-progress").startswith("Question 2")


def test_two_tabs_answer_at_once_and_nothing_is_lost(course, open_lesson):
    before, many = len(log(course)), 200
    cells = [f"{START}\ncx.quiz('fact', questions=100, seed={seed})" for seed in (1, 2)]
    names = [course.write(f"tab {number}.ipynb", cell) for number, cell in enumerate(cells)]
    lessons = [open_lesson(name, alone=True) for name in names]
    for lesson in lessons:
        lesson.run_cell(0)
        lesson.page.locator(".cx-quiz .cx-option").first.wait_for(timeout=PATIENCE_S * 1000)
    for lesson in lessons:
        lesson.page.evaluate("document.body.style.display = 'none'")  # drawing each question takes a page longest
        lesson.page.evaluate(ANSWER_ALL, many)
    for lesson in lessons:
        lesson.page.wait_for_function("many => window.given === many", arg=many, timeout=2 * PATIENCE_S * 1000)
    assert len({answer.id for answer in log(course)}) == before + 2 * many


# Answer and go on, as fast as the page does.
ANSWER_ALL = """(many) => {
  window.given = 0;
  const quiz = document.querySelector(".cx-quiz");
  let number = "";
  const step = () => {
    const { answered, number: now } = quiz.dataset;
    if (answered === "no" && now !== number) {
      number = now;
      quiz.querySelector(".cx-option").click();
    } else if (answered === "yes" && now === number && window.given < +now) {
      window.given = +now;
      if (window.given < many) quiz.querySelector(".cx-next").click();
    }
    if (window.given < many) setTimeout(step, 5);
  };
  step();
}"""


def test_a_page_that_is_loaded_again_goes_on_at_the_same_question(course, open_lesson):
    others = kernels()
    name = course.write("again.ipynb", f"{START}\ncx.quiz('form', 'distribution', questions=5)")
    lesson = open_lesson(name, alone=True)
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    for _ in range(2):
        quiz.answer(quiz.words[0], "mouse")
        quiz.next("mouse")
    lesson.settle()
    asked, words, kept = quiz.text(".cx-question"), quiz.words, log(course)
    (kernel,) = kernels().keys() - others.keys()
    psutil.Process(kernel).kill()
    lesson.page.reload()
    lesson.wait_for_kernel()
    lesson.run_cell(0)
    again = lesson.quiz()
    lesson.settle()
    assert again.text(".cx-progress").startswith("Question 3 of 5")
    assert (again.text(".cx-question"), again.words) == (asked, words)
    again.answer(words[0], "mouse")
    assert log(course)[:-1] == kept
    lesson.complaints.clear()
