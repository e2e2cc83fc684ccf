"""The course as pages: a gallery, lessons without code, and nothing that anyone else could use or that asks anyone."""

import contextlib
import re

import pytest

from launch.pages.gallery import cards
from launch.process import ROOT
from tests.browser.axe import violations
from tests.browser.lab import PATIENCE_S, PROJECTOR, WINDOW
from tests.browser.lesson import Lesson
from tests.browser.windows import heard
from tests.notebooks import lessons

LESSONS = [path.name for path in lessons.LESSONS]
SCHEMES = ["light", "dark"]
THEMES = [*SCHEMES, "contrast"]


@pytest.fixture
def read(windows, pages):
    """Open lessons as pages; nothing in them may complain, and nothing be asked of another computer."""
    asked = []

    def note(request):
        asked.append(request.url)

    class Page(Lesson):
        def __init__(self, *where, **how):
            super().__init__(*where, **how)
            self.page.on("request", note)

        def __exit__(self, *failure):
            self.page.remove_listener("request", note)
            super().__exit__(*failure)

    with contextlib.ExitStack() as opened:
        yield lambda name, **how: opened.enter_context(Page(windows, pages, name, **how))
    assert [url for url in asked if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:", url)] == []


@pytest.fixture
def gallery(windows, pages):
    """The gallery, in a window."""
    with windows.open() as page:
        page.goto(pages.gallery)
        yield page


def test_the_gallery_shows_all_lessons_in_their_order_with_title_and_picture(gallery, pages):
    known, beside, own = cards(pages.home, ROOT)
    assert own == []
    assert [card.file.split("/")[-1] for card in beside] == [path.name for path in lessons.PAGES]
    assert gallery.locator(".cx-own:not(.cx-classroom) a").all_inner_texts() == [
        f"{card.title}: {card.line}" for card in beside
    ]
    shown = gallery.locator(".cx-card")
    assert [href.split("/")[-1] for href in shown.locator("a").evaluate_all("a => a.map(a => a.href)")] == LESSONS
    for place, card in enumerate(known):
        said = shown.nth(place).inner_text()
        assert card.title in said
        assert card.line in said
        assert card.goals[0] in said
        picture = shown.nth(place).locator("img")
        picture.evaluate("image => image.decode()")
        assert "on the" in picture.get_attribute("alt")
    assert "for learning, not for diagnosis" in gallery.locator("body").inner_text()


@pytest.mark.parametrize("theme", THEMES)
def test_the_gallery_has_no_violation_in_any_theme(gallery, theme):
    gallery.get_by_label("Colours").select_option(theme)
    assert gallery.locator("body").get_attribute("data-theme") == theme
    assert violations(gallery) == []


def test_a_notebook_of_ones_own_is_in_the_gallery_below_the_lessons(browser, pages):
    own = pages.home / "notebooks" / "my notes.ipynb"
    own.write_bytes((pages.home / "notebooks" / LESSONS[0]).read_bytes())
    page = browser.new_page()
    page.goto(pages.gallery)
    assert page.locator(".cx-card").count() == len(LESSONS)
    assert page.locator(".cx-own").last.locator("a").count() == 1
    own.unlink()
    page.close()


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_starts_by_itself_without_code_and_asks(read, name):
    lesson = read(name)
    lesson.page.wait_for_timeout(300)
    heading = lesson.page.locator("h1").first.bounding_box()
    assert 0 <= heading["y"] < WINDOW["height"] / 2  # one starts at its top, not at its sliders
    said = lesson.page.locator("body").inner_text()
    assert "import calcifications" not in said
    assert "Start this lesson" not in said
    assert "The button" not in said
    assert "Traceback" not in said
    assert lesson.page.locator(".jp-InputArea-editor").count() == 0
    for picture in lesson.page.locator("#rendered_cells img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")  # raises if the picture can't be had
        assert picture.get_attribute("alt")
    for theme in THEMES:
        lesson.page.get_by_label("Colours").first.select_option(theme)
        assert violations(lesson.page) == [], theme
    lesson.tried(lesson.explorer())


@pytest.mark.parametrize(("name", "root"), [("how_am_i_doing.ipynb", ".cx-standing"), ("12_exam.ipynb", ".cx-exam")])
def test_the_pages_beside_the_lessons_start_by_themselves(gallery, name, root):
    with heard(gallery) as wrong:
        gallery.locator(f".cx-own a[href$='/{name}']").click()
        gallery.locator(f"{root} h3").first.wait_for(timeout=PATIENCE_S * 1000)
        said = gallery.locator("body").inner_text()
        assert "Start this lesson" not in said
        assert "Traceback" not in said
        assert "for learning, not for diagnosis" in said
        for theme in THEMES:
            gallery.get_by_label("Colours").first.select_option(theme)
            assert violations(gallery) == [], theme
    assert wrong == []


@pytest.mark.parametrize("viewport", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_explorer_and_quiz_are_seen_whole_without_scrolling_inside_them(read, viewport):
    lesson = read(LESSONS[1], viewport=viewport)
    for widget in (lesson.explorer(), lesson.quiz()):
        box = widget.root.bounding_box()
        assert box["height"] <= viewport["height"]
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= viewport["width"]
    assert lesson.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_lesson_leads_to_the_next_and_back_to_the_gallery(read):
    lesson = read(LESSONS[0])
    lesson.page.locator("a", has_text="Next").last.click()
    lesson.page.wait_for_selector(".cx-quiz canvas[data-n]", state="attached")
    assert lesson.page.url.endswith(LESSONS[1])
    assert lesson.page.title().startswith("Size")
    lesson.page.get_by_text("All lessons").click()
    assert lesson.page.locator(".cx-card").count() == len(LESSONS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_lesson_follows_the_computer_until_its_reader_chooses(read, scheme):
    lesson = read(LESSONS[0], color_scheme=scheme)
    theme = lesson.page.evaluate("document.body.dataset.theme")
    assert theme == scheme
    other = next(each for each in SCHEMES if each != scheme)
    lesson.page.get_by_label("Colours").first.select_option(other)
    assert lesson.page.evaluate("document.body.dataset.theme") == other
    lesson.page.reload()
    assert lesson.page.evaluate("document.body.dataset.theme") == other


def test_whoever_has_not_the_word_sees_nothing(browser, pages):
    address = pages.gallery.partition("?")[0]
    page = browser.new_page()
    for place in ("", f"voila/render/notebooks/{LESSONS[0]}"):
        page.goto(address + place)
        assert "/login" in page.url
    page.close()


@pytest.mark.parametrize(
    "place",
    [
        f"voila/files/notebooks/{LESSONS[0]}",
        "voila/files/.course/shipped.json",
        "voila/api/contents",
        "voila/tree",
        "api/contents",
        "api/kernels",
    ],
)
def test_only_lessons_and_figures_are_served(gallery, place):
    assert gallery.evaluate("place => fetch('/' + place).then(answer => answer.status)", place) in (403, 404)
