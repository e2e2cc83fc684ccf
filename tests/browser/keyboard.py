"""Answers given by keys alone, whatever the way to answer is."""

import math

from calcifications.pattern import SLIDERS
from calcifications.what_if import position_of


def by_keyboard(asked, answer):
    """Give an answer by keys alone, from where a learner comes out after the last question."""
    page = asked.page
    item = asked.widget.session.item
    page.locator(".cx-question").focus()
    {
        "choice": _choose,
        "number": _type,
        "place": _point,
        "slots": _fill,
        "interval": _span,
        "sliders": _slide,
    }[item.way](asked, item, answer)
    asked.settle()


def _choose(asked, item, answer):
    words = [option["word"] for option in item.sheet()["options"]]
    asked.press(str(words.index(answer) + 1))


def _type(asked, item, answer):
    asked.page.keyboard.type(f"{answer:g}" if item.sheet()["unit"] else str(round(answer)))
    asked.press("Enter")


def tab_to(asked, selector):
    """Press Tab until the focus is on an element."""
    for _ in range(60):
        if asked.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        asked.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}.")


def _point(asked, item, answer):
    tab_to(asked, ".cx-place button:not(:disabled)")
    asked.press("Enter")
    assert asked.page.evaluate("document.activeElement.matches('.cx-picture')")
    box = asked.page.locator(".cx-canvas").bounding_box()
    for share, size, (back, on) in zip(
        answer, (box["width"], box["height"]), (("ArrowLeft", "ArrowRight"), ("ArrowUp", "ArrowDown")), strict=True
    ):
        far = (share - 0.5) * size
        key = on if far > 0 else back
        for _ in range(int(abs(far) // 10)):
            asked.page.keyboard.press(f"Shift+{key}")
        for _ in range(int(abs(far) % 10)):
            asked.page.keyboard.press(key)
    asked.press("Enter", "Enter", "Enter")


def _fill(asked, item, answer):
    for slot in item.sheet()["slots"]:
        place = [option["word"] for option in slot["options"]].index(answer[slot["name"]])
        inside = f"[data-slot={slot['name']}]"
        tab_to(asked, f"{inside} input, {inside} select")
        radio = asked.page.locator(f"{inside} input").count()
        if radio:
            asked.page.keyboard.press("Space")
        for _ in range(place + (not radio)):
            asked.page.keyboard.press("ArrowDown")
    tab_to(asked, ".cx-hand-in")
    asked.press("Enter")


def _span(asked, item, answer):
    for name, end in zip(("Lowest", "Highest"), answer, strict=True):
        tab_to(asked, f"input[aria-label^={name}]")
        asked.page.keyboard.press("Home" if end < 50 else "End")
        for _ in range(round(min(end, 100 - end))):
            asked.page.keyboard.press("ArrowRight" if end < 50 else "ArrowLeft")
    tab_to(asked, ".cx-hand-in")
    asked.press("Enter")


def _slide(asked, item, answer):
    start = item.sheet()["recipe"]
    page = asked.page
    tab_to(asked, ".cx-making select")
    arrangements = [name for name, _ in item.sheet()["arrangements"]]
    steps = arrangements.index(answer["arrangement"]) - arrangements.index(start["arrangement"])
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    for slider in SLIDERS:
        if math.isclose(answer[slider.name], start[slider.name]):
            continue
        tab_to(asked, f"[data-slider={slider.name}]")
        page.keyboard.press("Home")
        for _ in range(round(position_of(slider, answer[slider.name]))):
            page.keyboard.press("ArrowRight")
    page.locator(".cx-question").focus()
    tab_to(asked, ".cx-hand-in")
    asked.press("Enter")
