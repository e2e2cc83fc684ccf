"""The tabs beside the verdict in a real browser: with mouse and keys, and while sliders move."""

import pytest

from calcifications.apps.panels import not_applied
from calcifications.apps.widget import HERE
from calcifications.pattern import SLIDERS
from calcifications.reading import rulebooks
from calcifications.what_if import what_if
from tests.browser.lesson import boxes

TABS = ["why", "change", "books", "evidence"]


CELL = "import calcifications as cx\ncx.explore()"


def selected(explorer):
    return explorer.root.locator("[role=tab][aria-selected=true]").get_attribute("data-tab")


def test_arrow_keys_go_round_the_tabs_and_only_one_takes_the_focus_by_tab(explorer):
    explorer.root.locator("[role=tab]").first.focus()
    for key, tab in (("ArrowRight", "change"), ("End", "evidence"), ("ArrowRight", "why"), ("ArrowLeft", "evidence")):
        explorer.page.keyboard.press(key)
        explorer.panel(tab)
        assert selected(explorer) == tab
        assert explorer.page.evaluate("document.activeElement.dataset.tab") == tab
        assert [tab.get_attribute("tabindex") for tab in explorer.root.locator("[role=tab]").all()].count("0") == 1
    panel = explorer.root.locator("[role=tabpanel]")
    assert panel.get_attribute("aria-labelledby") == explorer.root.locator("[aria-selected=true]").get_attribute("id")


def test_moves_come_after_a_rest_and_a_pressed_one_moves_its_slider_there(explorer):
    explorer.open_tab("change")
    expected = what_if(explorer.case)
    chips = explorer.moves()
    assert [chip.get_attribute("data-move") for chip in chips] == [move.slider for move in expected]
    for chip, move in zip(chips, expected, strict=True):
        assert chip.inner_text().replace("\n", ": ") == move.sentence
    count = next(move for move in expected if move.slider == "count")
    before = explorer.drawn()
    explorer.root.locator("[data-move=count]").click()
    explorer.after(before)
    assert explorer.case.groups[0].count == count.now
    assert explorer.slider("count").input_value() == str(count.now)
    assert explorer.page.evaluate("document.activeElement.dataset.slider") == "count"
    assert "no distribution word fits" in explorer.verdict


def test_a_move_of_a_folded_slider_opens_the_fold(explorer):
    explorer.open_tab("change")
    explorer.moves()
    before = explorer.drawn()
    explorer.root.locator("[data-move=density]").click()
    explorer.after(before)
    assert explorer.slider("density").is_visible()


def test_while_a_slider_moves_old_moves_are_faint_and_cannot_be_pressed(explorer):
    explorer.open_tab("change")
    explorer.moves()
    explorer.press("count")
    chips = explorer.root.locator(".cx-move")
    assert all(chip.is_disabled() for chip in chips.all())
    explorer.moves()
    assert all(chip.is_enabled() for chip in chips.all())
    assert "instead of 10 calcifications" in explorer.text("[data-move=count]")


def test_after_a_mistake_the_moves_still_hold(explorer):
    explorer.open_tab("change")
    explorer.moves()
    box = explorer.root.locator("input.cx-code")
    box.fill("cx1-nonsense")
    box.press("Enter")
    explorer.root.locator(".cx-problem:not(:empty)").wait_for()
    assert all(chip.is_enabled() for chip in explorer.moves())


@pytest.mark.parametrize("tab", TABS)
def test_nothing_jumps_and_the_verdict_stays_in_sight_while_a_slider_moves(explorer, station, tab):
    explorer.open_tab(tab)
    parts = [explorer.root.locator(f".cx-{part}") for part in ("left", "picture", "verdict", "tabs", "panel", "foot")]
    before = boxes(explorer.root, *parts)
    for slider in ("count", "irregularity", "extent_mm"):
        explorer.press(slider, "PageUp", 2)
        assert boxes(explorer.root, *parts) == [pytest.approx(box, abs=1) for box in before], slider
    explorer.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    explorer.page.wait_for_timeout(300)
    assert station.in_view(explorer.root)  # one screen, nothing to scroll but the panel


def test_the_verdict_alone_is_read_aloud_when_it_is_new_and_has_come_to_rest(explorer):
    assert explorer.root.locator("[aria-live]").count() == 1
    explorer.page.wait_for_timeout(1000)
    explorer.root.evaluate(
        "root => { window.spoken = []; const aloud = root.querySelector('[aria-live]');"
        "new MutationObserver(() => window.spoken.push(aloud.textContent)).observe(aloud, { childList: true }); }"
    )
    for tab in TABS:
        explorer.open_tab(tab)
    explorer.press("extent_mm")
    explorer.page.wait_for_timeout(1000)
    assert explorer.page.evaluate("window.spoken") == []
    for slider, key, times in (("size_mm", "PageUp", 2), ("count", "ArrowLeft", 5)):  # through another word
        explorer.slider(slider).focus()
        for _ in range(times):
            explorer.page.keyboard.press(key)
    explorer.page.wait_for_function("window.spoken.length")
    explorer.page.wait_for_timeout(1000)
    (spoken,) = explorer.page.evaluate("window.spoken")
    assert spoken.startswith("round, no distribution word fits. 0 incomplete")


def test_all_rulebooks_stand_side_by_side_and_each_difference_opens_its_reason(explorer):
    explorer.open_tab("books")
    rows = explorer.root.locator("[data-book]").all()
    assert [row.get_attribute("data-book") for row in rows] == rulebooks()
    part = explorer.root.locator(".cx-part").first
    why = part.locator("p")
    assert not why.is_visible()
    part.locator("summary").click()
    assert len(why.inner_text()) > 20


def test_evidence_opens_its_studies(explorer):
    explorer.open_tab("evidence")
    panel = explorer.panel("evidence")
    assert "Nobody’s risk" in panel.inner_text()
    panel.locator("summary").first.click()
    assert len(panel.locator(".cx-study").first.inner_text()) > 20


def test_the_rules_that_do_not_apply_come_when_they_are_unfolded_and_follow_a_slider(explorer):
    fold = explorer.root.locator(".cx-others").first
    before = explorer.drawn()
    fold.locator("summary").click()
    explorer.after(before)
    for key in ("End", "Home"):
        others = not_applied(explorer.case.reading())
        told = fold.locator("p")
        told.nth(len(others) - 1).wait_for()
        assert told.all_inner_texts() == [f"{other['title']} {other['failed']}" for other in others]
        explorer.press("size_mm", key)
    assert fold.get_attribute("open") is not None


def test_a_report_is_folded_and_has_one_category(explorer):
    report = explorer.root.locator(".cx-report")
    report.locator("summary").click()
    said = report.locator("p").inner_text()
    assert "o'clock" in said
    assert said.count("BI-RADS: 0") == 1


def test_sliders_that_change_nothing_are_named(explorer):
    explorer.open_tab("change")
    explorer.moves()
    foot = explorer.panel("change").locator(".cx-edition").inner_text()
    labels = {slider.name: slider.label for slider in SLIDERS}
    assert "Nothing that was tried changes it" in foot
    assert labels["branching"] in foot


def test_words_of_a_person_s_own_rulebook_are_words_and_never_html(course, open_lesson):
    text = (HERE.parent / "reading/rulebooks/elliot.toml").read_text(encoding="utf-8")
    bad = "<img src=x onerror='window.broken = true'>"
    own = text.replace('id = "elliot"', 'id = "mine"').replace('"Patient page, four or more"', f'"{bad}"')
    own = own.replace('title = "Four or more close together"', f'title = "{bad}"')
    (course.home / "notebooks" / "mine.toml").write_text(own, encoding="utf-8")
    start = "import calcifications as cx\ncx.explore(rulebook='mine.toml')"
    lesson = open_lesson(course.write("own.ipynb", start))
    lesson.run_cell(0)
    explorer = lesson.explorer()
    lesson.settle()
    for tab in TABS:
        explorer.open_tab(tab)
        for fold in explorer.root.locator(".cx-panel summary").all():
            fold.click()
        assert explorer.root.locator("img").count() == 0
        if tab in ("why", "books"):
            assert bad in explorer.root.inner_text()
    assert lesson.page.evaluate("window.broken") is None
