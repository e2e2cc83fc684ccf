"""Undo and redo, and a case code to share, in a real browser."""

from calcifications.case import Case
from calcifications.pattern import preset

CELL = "import calcifications as cx\ncx.explore()"


def back(explorer, keys="Control+z"):
    before = explorer.drawn()
    explorer.page.keyboard.press(keys)
    explorer.after(before)


def can(explorer, name):
    return explorer.root.get_by_role("button", name=name, exact=True).get_attribute("aria-disabled") == "false"


def test_each_change_is_undone_and_redone_by_keys_and_by_button(explorer):
    assert not can(explorer, "Undo")
    codes = [explorer.case.code]
    explorer.press("count", "PageUp")
    codes.append(explorer.case.code)
    explorer.choose("Show me", "fine pleomorphic")
    codes.append(explorer.case.code)
    explorer.choose("lying", "segmental")
    codes.append(explorer.case.code)
    explorer.choose("View", "ML")
    codes.append(explorer.case.code)
    assert len(set(codes)) == len(codes)
    for code in codes[-2::-1]:
        assert can(explorer, "Undo")
        back(explorer)
        assert explorer.case.code == code
    assert not can(explorer, "Undo")
    assert explorer.slider("count").input_value() == "9"
    for code in codes[1:3]:
        back(explorer, "Control+Shift+z")
        assert explorer.case.code == code
    before = explorer.drawn()
    explorer.root.get_by_role("button", name="Redo").click()
    explorer.after(before)
    assert explorer.case.code == codes[3]
    assert explorer.root.locator("label.cx-select", has_text="lying").locator("select").input_value() == "segmental"


def test_moves_of_one_slider_that_follow_on_each_other_are_one_step(explorer):
    code = explorer.case.code
    explorer.press("size_mm", "ArrowRight", 6)
    assert explorer.case.code != code
    back(explorer)
    assert explorer.case.code == code


def test_what_is_done_after_an_undo_takes_the_place_of_what_was_undone(explorer):
    explorer.press("count", "ArrowLeft", 5)
    back(explorer)
    assert can(explorer, "Redo")
    explorer.press("irregularity", "PageUp")
    assert not can(explorer, "Redo")


def test_a_case_that_came_by_its_code_is_undone_and_so_is_a_rulebook(explorer):
    mine = explorer.case.code
    shared = Case([preset("fine linear")], seed=5, views=("ML", "CC"))
    box = explorer.root.locator("input.cx-code")
    before = explorer.drawn()
    box.fill(shared.code)
    box.press("Enter")
    explorer.after(before)
    explorer.consult("elliot")
    explorer.slider("size_mm").focus()
    back(explorer)
    assert explorer.root.locator("label.cx-select", has_text="Read by").locator("select").input_value() == "birads5"
    assert explorer.case == shared
    back(explorer)
    assert explorer.case.code == mine


def test_undo_in_the_box_of_the_code_belongs_to_what_is_typed_there(explorer):
    explorer.press("count", "PageUp")
    code = explorer.case.code
    box = explorer.root.locator("input.cx-code")
    box.focus()
    explorer.page.keyboard.press("Control+z")
    explorer.page.wait_for_timeout(300)
    assert explorer.case.code == code


def test_the_code_is_copied_whole(explorer):
    explorer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    explorer.press("count", "PageUp")
    explorer.root.get_by_role("button", name="Copy").click()
    explorer.root.locator(".cx-copy", has_text="✓").wait_for()
    copied = explorer.page.evaluate("navigator.clipboard.readText()")
    assert Case.from_code(copied) == explorer.case
