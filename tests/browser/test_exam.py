"""The exam in a browser: by keys alone, gone on with after a crash, and its result saved and looked at again."""

import psutil
import pytest

from calcifications.learning import Progress
from calcifications.learning.exam import Plan
from calcifications.learning.result import Result
from tests.browser.axe import violations
from tests.browser.lab import PATIENCE_S, PROJECTOR, WINDOW
from tests.browser.lesson import Quiz
from tests.browser.test_quiz import START, Wire, kernels

PLAN = Plan(("form", "distribution"), minutes=9, number=4, seed=77)
CELL = f"{START}\ncx.exam('form', 'distribution', questions=4, minutes=9, seed=77)"
THEMES = ("light", "dark", "contrast")


class Exam(Quiz):
    """The exam in the page, its time running."""

    def keep(self, word):
        """Choose an answer and keep it, by keys."""
        before = self.root.get_attribute("data-number")
        self.root.locator(".cx-question").last.focus()
        self.page.keyboard.press(str(self.words.index(word) + 1))
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            "([root, n]) => root.dataset.number !== n || root.dataset.stage === 'ended'",
            arg=[self.root.element_handle(), before],
        )


def begin(lesson):
    """Run the cell and begin, by keys."""
    lesson.run_cell(0)
    root = lesson.page.locator(".cx-exam").first
    button = root.locator(".cx-go button").first
    button.wait_for(timeout=PATIENCE_S * 1000)
    lesson.settle()
    said = button.inner_text()
    button.focus()
    lesson.page.keyboard.press("Enter")
    root.locator(".cx-option").first.wait_for()
    return said, Exam(root)


def wrong(item):
    return next(option.word for option in item.options if option.word != item.key)


def test_an_exam_is_gone_on_with_after_its_kernel_was_killed_and_ends_with_its_result(course, open_lesson, tmp_path):
    questions = [question.item for question in PLAN.exam().questions]
    before = kernels()
    lesson = open_lesson(course.write("exam.ipynb", CELL), alone=True)
    wire = Wire(lesson.page)
    said, exam = begin(lesson)
    assert said.startswith("Begin")
    exam.keep(questions[0].key)
    exam.keep(wrong(questions[1]))
    assert exam.text(".cx-progress") == "Question 3 of 4"
    asked, greys = exam.words, exam.greys()
    (kernel,) = kernels().keys() - before.keys()
    psutil.Process(kernel).kill()
    lesson.page.reload()
    lesson.wait_for_kernel()
    said, exam = begin(lesson)
    assert said.startswith("Go on with question 3 of 4, 8:")
    assert exam.words == asked
    assert (exam.greys() == greys).all()
    for question in questions:
        assert not wire.holds(question.case.code.partition("-")[2])
    exam.keep(questions[2].key)
    exam.keep(questions[3].key)
    exam.root.locator(".cx-marks-table").wait_for()
    assert "3 of 4 right" in exam.text(".cx-question")
    with lesson.page.expect_download() as download:
        exam.root.get_by_role("button", name="Save the result file").click()
    saved = tmp_path / "result.txt"
    download.value.save_as(saved)
    result = Result.read(saved)
    assert [each["right"] for each in result.values["questions"]] == [True, False, True, True]
    assert result.values["visits"] == 2
    assert result.values["exam"] == PLAN.exam().seal
    kept = [answer.case for answer in Progress(course.home / "progress").answers()]
    assert all(question.case.code in kept for question in questions)
    exam.root.get_by_role("button", name="Look at question 2").click()
    exam.root.locator(".cx-mark").wait_for()
    assert questions[1].case.code in exam.text(".cx-code")
    assert questions[1].key in exam.text(".cx-feedback")
    exam.root.get_by_role("button", name="Back to the result").click()
    exam.root.locator(".cx-marks-table").wait_for()


@pytest.mark.parametrize(("viewport", "seed"), [(WINDOW, 5), (PROJECTOR, 6)], ids=["laptop", "projector"])
def test_every_stage_of_an_exam_is_accessible_and_on_the_screen(course, open_lesson, viewport, seed):
    cell = f"{START}\ncx.exam('form', questions=2, minutes=5, seed={seed})"
    lesson = open_lesson(course.write("axe exam.ipynb", cell), viewport=viewport)

    def looked_at():
        root = lesson.page.locator(".cx-exam")
        for theme in THEMES:
            root.locator(".cx-colours").select_option(theme)
            assert violations(lesson.page, ".cx-exam") == []
        assert root.evaluate("root => root.scrollWidth <= root.clientWidth")

    lesson.run_cell(0)
    lesson.page.locator(".cx-exam .cx-go").wait_for(timeout=PATIENCE_S * 1000)
    looked_at()
    lesson.page.get_by_role("button", name="Begin").click()
    exam = Exam(lesson.page.locator(".cx-exam"))
    exam.root.locator(".cx-option").first.click()
    looked_at()
    lesson.page.get_by_role("button", name="Hand in now").click()
    looked_at()
    lesson.page.get_by_role("button", name="Hand in", exact=True).click()
    exam.root.locator(".cx-marks-table").wait_for()
    looked_at()
    exam.root.get_by_role("button", name="Look at question 1").click()
    exam.root.locator(".cx-next:visible").wait_for()
    looked_at()


def test_the_time_runs_on_the_page_and_ends_the_exam(course, open_lesson):
    lesson = open_lesson(course.write("short.ipynb", f"{START}\ncx.exam('fact', questions=3, minutes=0.1, seed=5)"))
    lesson.run_cell(0)
    lesson.page.locator(".cx-exam .cx-go button").click(timeout=PATIENCE_S * 1000)
    clock = lesson.page.locator(".cx-exam .cx-clock")
    clock.wait_for()
    assert clock.inner_text() in ("0:06 left", "0:05 left")
    lesson.page.locator(".cx-exam .cx-marks-table").wait_for(timeout=PATIENCE_S * 1000)
    assert lesson.page.locator(".cx-exam td.cx-no").count() == 3
