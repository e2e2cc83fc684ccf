"""What a screen reader and a keyboard need: names, contrast, roles, by axe's rules."""

from axe_playwright_python.sync_playwright import Axe

START = "import calcifications as cx"


def violations(lesson, root):
    """Return what axe finds wrong below an element."""
    found = Axe().run(lesson.page, context=root).response["violations"]
    return [(each["id"], node["target"], node["failureSummary"]) for each in found for node in each["nodes"]]


def test_the_explorer_has_no_violation(course, open_lesson):
    lesson = open_lesson(course.write("axe.ipynb", f"{START}\ncx.explore()"))
    lesson.run_cell(0)
    explorer = lesson.explorer()
    lesson.settle()
    assert violations(lesson, ".cx-explorer") == []
    explorer.root.locator(".cx-more summary").click()
    for fold in explorer.root.locator(".cx-panel summary").all():
        fold.click()
    explorer.choose("Show me", "fine pleomorphic")
    explorer.consult("birads2025")
    assert violations(lesson, ".cx-explorer") == []
    for tab in ("change", "books", "evidence"):
        explorer.open_tab(tab)
        if tab == "change":
            assert violations(lesson, ".cx-explorer") == []  # while it looks
            explorer.moves()
        for fold in explorer.root.locator(".cx-panel summary").all():
            fold.click()
        assert violations(lesson, ".cx-explorer") == [], tab


def test_the_quiz_has_no_violation_before_and_after_an_answer(course, open_lesson):
    lesson = open_lesson(course.write("axe quiz.ipynb", f"{START}\ncx.quiz('form', seed=1)"))
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    assert violations(lesson, ".cx-quiz") == []
    quiz.answer(next(word for word in quiz.words if word != quiz.question.key), "mouse")
    assert violations(lesson, ".cx-quiz") == []
