"""What a screen reader and a keyboard need: names, contrast, roles, by axe's rules, in every theme."""

import pytest

from tests.browser.axe import violations
from tests.browser.lab import PROJECTOR, WINDOW

START = "import calcifications as cx"
CELL = f"{START}\ncx.explore()"
THEMES = ["light", "dark", "contrast"]


def violations_in_any_theme(lesson, root):
    """Return what axe finds wrong below an element."""
    wrong = []
    for theme in THEMES:
        lesson.page.locator(f"{root} .cx-colours").first.select_option(theme)
        assert lesson.page.locator(root).first.get_attribute("data-theme") == theme
        wrong += [(theme, *each) for each in violations(lesson.page, root)]
    return wrong


def test_the_explorer_has_no_violation(station, explorer):
    assert violations_in_any_theme(station, ".cx-explorer") == []
    explorer.root.locator(".cx-more summary").click()
    for fold in explorer.root.locator(".cx-panel summary").all():
        fold.click()
    explorer.choose("Show me", "fine pleomorphic")
    explorer.consult("birads2025")
    assert violations_in_any_theme(station, ".cx-explorer") == []
    for tab in ("change", "books", "evidence"):
        explorer.open_tab(tab)
        if tab == "change":
            assert violations_in_any_theme(station, ".cx-explorer") == []  # while it looks
            explorer.moves()
        for fold in explorer.root.locator(".cx-panel summary").all():
            fold.click()
        assert violations_in_any_theme(station, ".cx-explorer") == [], tab


def test_the_quiz_has_no_violation_before_and_after_an_answer(course, open_lesson):
    lesson = open_lesson(course.write("axe quiz.ipynb", f"{START}\ncx.quiz('form', seed=1)"))
    lesson.run_cell(0)
    quiz = lesson.quiz()
    lesson.settle()
    assert violations_in_any_theme(lesson, ".cx-quiz") == []
    quiz.answer(quiz.words[0], "mouse")
    assert violations_in_any_theme(lesson, ".cx-quiz") == []


def test_the_focus_goes_through_the_explorer_in_the_order_of_reading_and_is_seen(explorer):
    explorer.root.focus()
    stops = []
    while True:
        explorer.page.keyboard.press("Tab")
        if not explorer.root.evaluate("root => root.contains(document.activeElement)"):
            break
        stops.append(explorer.root.evaluate(FOCUSED))
    assert all(stop["outline"] != "none" and stop["width"] >= 2 for stop in stops), stops
    parts = [stop["part"] for stop in stops]
    assert [part for place, part in enumerate(parts) if part != parts[place - 1]] == [
        "cx-top",
        "cx-left",
        "cx-middle",
        "cx-right",
        "cx-foot",
    ]


FOCUSED = """root => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const part = ["cx-top", "cx-left", "cx-middle", "cx-right", "cx-foot"].find((name) => element.closest("." + name));
  return { part, outline: outlineStyle, width: parseFloat(outlineWidth), what: element.outerHTML.slice(0, 80) };
}"""


@pytest.mark.parametrize(
    ("prefers", "theme"),
    [({"color_scheme": "light"}, "light"), ({"color_scheme": "dark"}, "light"), ({"contrast": "more"}, "contrast")],
)
def test_the_explorer_follows_jupyterlab_or_the_wish_for_more_contrast(course, open_lesson, prefers, theme):
    lesson = open_lesson(course.write("follow.ipynb", f"{START}\ncx.explore()"), **prefers)
    lesson.run_cell(0)
    explorer = lesson.explorer()
    assert explorer.root.get_attribute("data-theme") == theme  # JupyterLab opens light, whatever the computer has
    lesson.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    lesson.page.locator(f".cx-explorer[data-theme={'contrast' if theme == 'contrast' else 'dark'}]").wait_for()
    explorer.root.locator(".cx-colours").select_option("light")
    assert explorer.root.get_attribute("data-theme") == "light"
    picture = explorer.root.locator(".cx-picture").evaluate("picture => getComputedStyle(picture).backgroundColor")
    assert picture == "rgb(0, 0, 0)"  # in every theme


@pytest.mark.parametrize(("viewport", "larger"), [(WINDOW, 1.25), (PROJECTOR, 1.15)], ids=["laptop", "projector"])
def test_presenting_makes_the_type_larger_on_the_whole_screen_until_escape(explorer, larger):
    page = explorer.page
    height = "word => word.getBoundingClientRect().height"
    word = explorer.root.locator(".cx-word em").first
    small = word.evaluate(height)
    explorer.root.get_by_role("button", name="Present").click()
    page.wait_for_function("document.fullscreenElement")
    assert word.evaluate(height) > larger * small
    screen = page.viewport_size
    for part in ("top", "left", "picture", "verdict", "tabs", "panel", "foot"):
        box = explorer.root.locator(f".cx-{part}").first.bounding_box()
        assert box["y"] + box["height"] <= screen["height"], part
        assert box["x"] + box["width"] <= screen["width"] + 1, part
    explorer.press("count")
    page.evaluate("document.exitFullscreen()")  # as Escape does; a browser without a window has no such key
    page.wait_for_function("!document.querySelector('.cx-large')")
    assert word.evaluate(height) == small
