"""Class results in a browser: files that are dropped in, what the tabs say, and where no name may come."""

import json
import os

import numpy as np
import pytest

from calcifications.apps import class_results
from calcifications.teaching.deck import Deck
from tests.browser.axe import violations
from tests.browser.lab import PROJECTOR, WINDOW
from tests.browser.standalone import open_widget
from tests.teaching.sat import PLAN, name, sat

TABS = ("Scores", "Questions", "Mix-ups", "Teach again", "Files and names")
THEMES = ("light", "dark", "contrast")
HOSTILE = "<img src=x onerror=alert(1)>"
MANY = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What thirty students handed in, the first of them under a hostile name, and two files that don't count."""
    out, exam, chance = tmp_path_factory.mktemp("class"), PLAN.exam(), np.random.default_rng(3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda number: None)
        for number in range(MANY):
            result = sat(tmp_path_factory.mktemp("s"), exam, name(number) if number else HOSTILE, chance)
            (out / f"{number:02}.txt").write_bytes(result.text())
    (out / "cut.txt").write_bytes(result.text()[:500])
    (out / "empty.txt").write_bytes(b"")
    return out


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A folder of the test's own, for the secret behind the numbers."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize("viewport", [WINDOW, PROJECTOR], ids=["laptop", "projector"])
def test_every_tab_is_accessible_in_every_theme_and_fits_the_screen(browser, folder, viewport):
    with open_widget(browser, class_results(folder), "renderClass", viewport=viewport) as opened:
        root = opened.page.locator(".cx-class")
        for tab in TABS:
            opened.page.get_by_role("tab", name=tab).click()
            for theme in THEMES:
                root.locator(".cx-colours").select_option(theme)
                assert violations(opened.page, ".cx-class") == [], (tab, theme)
            assert root.evaluate("root => root.scrollWidth <= root.clientWidth"), tab


def test_files_that_are_dropped_become_a_page_and_a_name_is_text(browser, folder):
    with open_widget(browser, class_results(), "renderClass") as opened:
        page, root = opened.page, opened.page.locator(".cx-class")
        page.on("dialog", lambda dialog: pytest.fail(f"a name was run: {dialog.message}"))
        assert "Nothing handed in yet" in root.inner_text()
        root.locator("input[type=file]").first.set_input_files(sorted(folder.iterdir()))
        while not opened.widget.shown["results"]:  # the browser reads them one after the other
            opened.settle()
        assert root.locator(".cx-tile b").first.inner_text() == str(MANY)
        assert HOSTILE in root.inner_text()
        assert root.locator(".cx-panel img").count() == 0
        page.get_by_role("tab", name="Files and names").click()
        assert root.locator(".cx-left-out li").all_inner_texts() == [
            "cut.txt is cut off: its last line is missing.",
            "empty.txt is empty.",
        ]
        root.get_by_role("checkbox").check()
        opened.settle()
        page.get_by_role("tab", name="Scores").click()
        told = root.inner_text() + page.evaluate("() => document.body.innerHTML")
        assert HOSTILE not in told
        assert name(1) not in told


DROP = """([text, names]) => {
  const carried = new DataTransfer();
  for (const name of names) carried.items.add(new File([text], name));
  const root = document.querySelector(".cx-class");
  const how = { bubbles: true, cancelable: true, dataTransfer: carried };
  for (const event of ["dragover", "drop"]) root.dispatchEvent(new DragEvent(event, how));
}"""


def test_files_are_taken_where_they_are_let_go_whatever_their_names(browser, folder):
    names = [f"{HOSTILE.replace('/', '')}.txt", "a\u202eb.txt", "x" * 300, ".hidden"]
    with open_widget(browser, class_results(), "renderClass") as opened:
        opened.page.evaluate(DROP, [(folder / "03.txt").read_text(encoding="utf-8"), names])
        while opened.widget.shown["files"] < 3:
            opened.settle()
        assert opened.widget.shown["results"] == 1
        assert len(opened.widget.shown["left_out"]) == 2
        opened.page.get_by_role("tab", name="Files and names").click()
        assert opened.page.locator(".cx-left-out img").count() == 0


def test_a_deck_of_what_is_to_be_taught_again_is_saved(browser, folder, tmp_path):
    with open_widget(browser, class_results(folder), "renderClass") as opened:
        opened.page.get_by_role("tab", name="Teach again").click()
        with opened.page.expect_download() as download:
            opened.page.get_by_role("button", name="Save a deck of these").click()
            opened.settle()
        download.value.save_as(tmp_path / "again.toml")
    assert Deck.read(tmp_path / "again.toml").asked


def test_a_class_is_read_in_jupyterlab_and_the_stored_notebook_names_nobody(course, open_lesson, folder):
    cell = f"import calcifications as cx\ncx.class_results({str(folder)!r})"
    lesson = open_lesson(course.write("class.ipynb", cell))
    lesson.run_cell(0)
    root = lesson.page.locator(".cx-class")
    root.locator(".cx-tile").first.wait_for()
    assert name(1) in root.inner_text()
    lesson.page.keyboard.press("Control+s")
    lesson.settle()
    stored = course.home / "notebooks" / "class.ipynb"
    lesson.page.wait_for_function("() => !document.querySelector('.jp-mod-dirty')")
    text = stored.read_text(encoding="utf-8")
    assert "ClassResults(30 results, 2 files left out)" in json.dumps(json.loads(text), ensure_ascii=False)
    assert name(1) not in text
