"""A lesson on the screen: what a learner sees of it, and what they can do with keys and mouse."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Locator, expect

from calcifications.apps.still import screen, window
from calcifications.case import Case
from calcifications.learning import Item, Option, item
from tests.browser.lab import PATIENCE_S, Lab, Pages
from tests.browser.windows import Windows, heard, open_window

PRESSES = 3
_GREYS = """canvas => {
  const { width, height } = canvas;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let text = "";
  for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i]);
  return [height, width, btoa(text)];
}"""


class Widget:
    """An explorer or a quiz in the page."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.page = root.page
        self.canvas = root.locator("canvas.cx-canvas").first  # of two panes, the one that is read
        self.canvas.wait_for(timeout=PATIENCE_S * 1000)

    def text(self, selector: str) -> str:
        """Return what is written in a part of it."""
        return self.root.locator(selector).first.inner_text()

    @property
    def case(self) -> Case:
        """The case that its code on the page rebuilds."""
        return Case.from_code(self.code)

    @property
    def code(self) -> str:
        """The case code on the page; nothing where it would give a key away."""
        return str(self.root.locator(".cx-code").evaluate("code => code.value ?? code.textContent"))

    def greys(self) -> NDArray[np.uint8]:
        """Return the grey values on the canvas, 0 to 255, shape (rows, columns)."""
        rows, columns, text = self.canvas.evaluate(_GREYS)
        return np.frombuffer(base64.b64decode(text), np.uint8).reshape(rows, columns)

    def expected_greys(self) -> NDArray[np.uint8]:
        """Return what the kernel's picture of the case on the page looks like through its window."""
        picture = self.case.picture()
        return screen(picture.pixels, *window(picture))

    def drawn(self) -> int:
        """Return how often the picture has been drawn."""
        return int(self.canvas.get_attribute("data-n") or 0)

    def after(self, before: int) -> None:
        """Wait until the picture has been drawn again since `before`."""
        self.page.wait_for_function("([c, n]) => +c.dataset.n > n", arg=[self.canvas.element_handle(), before])
        self.page.wait_for_timeout(50)  # a frame or two to show it


class Explorer(Widget):
    """The explorer in the page."""

    def slider(self, name: str) -> Locator:
        """Return a slider by its recipe's name."""
        return self.root.locator(f"[data-slider={name}]")

    def press(self, name: str, key: str = "ArrowRight", times: int = 1) -> None:
        """Press a key on a slider, waiting for each new picture."""
        self.slider(name).focus()
        for _ in range(times):
            before = self.drawn()
            self.page.keyboard.press(key)
            self.after(before)

    def choose(self, label: str, value: str) -> None:
        """Choose from one of the lists at the top."""
        before, box = self.drawn(), self.root.locator("label.cx-select", has_text=label).locator("select")
        if box.input_value() == value:
            return
        box.select_option(value)
        self.after(before)

    def consult(self, rulebook: str) -> None:
        """Choose a rulebook."""
        self.choose("Read by", rulebook)

    def open_tab(self, name: str) -> None:
        """Open a tab beside the verdict."""
        self.root.locator(f"[data-tab={name}][role=tab]").click()
        self.panel(name)

    def panel(self, name: str) -> Locator:
        """Return what stands on a tab, once it is the one that is open."""
        panel = self.root.locator(f".cx-panel[data-tab={name}]")
        panel.wait_for()
        return panel

    def moves(self) -> list[Locator]:
        """Return the moves that would change the verdict, once all have come."""
        self.panel("change").locator(".cx-edition", has_text="Tried by growing").wait_for()
        return self.root.locator(".cx-move").all()

    @property
    def verdict(self) -> str:
        """What is written as the verdict."""
        return self.text(".cx-verdict")


class Quiz(Widget):
    """The quiz in the page. Not every question has a picture, and not every one offers words."""

    def __init__(self, root: Locator) -> None:
        root.and_(root.page.locator("[data-number]")).wait_for(timeout=PATIENCE_S * 1000)
        self.root, self.page = root, root.page
        self.canvas = root.locator("canvas.cx-canvas").first

    @property
    def kind(self) -> str:
        """The kind of question on screen."""
        return str(self.root.get_attribute("data-kind"))

    @property
    def words(self) -> list[str]:
        """The answers to choose from."""
        return [str(option.get_attribute("data-word")) for option in self.root.locator(".cx-option").all()]

    @property
    def question(self) -> Item:
        """The question that was answered, asked again of the case that the code on the page rebuilds.

        Before the answer there is no code: it would give the key away.
        """
        asked = self.text(".cx-question")
        # a rule is asked of the form or of the distribution, as chance will have it
        again = next(each for each in _any_chance(self.kind, self.case) if each.ask() == asked)
        again.options = tuple(Option(word) for word in self.words)
        return again

    def answer(self, word: str, by: str) -> str:
        """Answer by "mouse" or "keys"; return what is said to it."""
        place = self.words.index(word)
        if by == "mouse":
            self.root.locator(".cx-option").nth(place).click()
        else:
            self.page.keyboard.press(str(place + 1))
        self.root.locator(".cx-feedback .cx-mark").wait_for()
        return self.text(".cx-feedback")

    def next(self, by: str) -> None:
        """Go on to the next question."""
        before = self.root.get_attribute("data-number")
        if by == "mouse":
            self.root.locator(".cx-next").click()
        else:
            self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            "([quiz, n]) => quiz.dataset.number !== n", arg=[self.root.element_handle(), before]
        )
        self.page.wait_for_timeout(50)  # a frame or two to show it

    def answer_somehow(self) -> str:
        """Answer with whatever comes first, in the way that this question takes; return what is said to it."""
        way = self.root.locator(".cx-answer").get_attribute("data-way")
        if way == "choice":
            self.root.locator(".cx-option").first.click()
        elif way == "number":
            self.root.locator(".cx-number input").fill("3")
        elif way == "place":
            self.root.locator(".cx-picture").first.click()
        elif way == "slots":
            for slot in self.root.locator(".cx-slot").all():
                if slot.locator("select").count():
                    slot.locator("select").select_option(index=1)
                else:
                    slot.locator(".cx-radio").first.click()
        if way != "choice":
            self.root.locator(".cx-hand-in").click()
        self.root.locator(".cx-feedback .cx-mark").wait_for()
        return self.text(".cx-feedback")


def _any_chance(kind: str, case: Case) -> Iterator[Item]:
    """Ask a kind of question of a case, with all kinds of luck."""
    return (item(kind, case, np.random.default_rng(seed)) for seed in range(64))


class Lesson:
    """A notebook in a window of its own, in JupyterLab or as a page.

    Parameters
    ----------
    browser : Browser or Windows
    course : Lab or Pages
    notebook : str
    **how
        What the window is like, as `Windows.open` takes it: `alone`, `viewport`, `color_scheme`, ...

    Attributes
    ----------
    complaints : list of str
        Errors of the page, of its console, and of the kernel.
    """

    def __init__(self, browser: Browser | Windows, course: Lab | Pages, notebook: str, **how: Any) -> None:
        self._end = contextlib.ExitStack()
        self.page = self._end.enter_context(open_window(browser, **how))
        self.complaints = self._end.enter_context(heard(self.page))
        self._course, self._notebook = course, notebook
        course.open(self.page, notebook)

    def __enter__(self) -> Lesson:
        return self

    def __exit__(self, *failure: object) -> None:
        """Close the window and end its kernel; nothing in it may have complained."""
        self._course.leave(self.page, self._notebook)
        self._end.__exit__(*failure)
        assert not self.complaints, "\n".join(self.complaints)

    def start(self) -> None:
        """Press "Start this lesson", for the first time or again, and wait for the explorer and the quiz."""
        self.page.evaluate("document.querySelectorAll('.cx-root').forEach(root => root.classList.add('before'))")
        self.page.get_by_role("button", name="Start this lesson").click()
        for shown in (".cx-explorer:not(.before) canvas[data-n]", ".cx-quiz:not(.before)[data-number]"):
            self.page.locator(shown).first.wait_for(state="attached", timeout=PATIENCE_S * 1000)
        self.settle()

    def run_cell(self, number: int) -> None:
        """Run a cell by keyboard; press again, as anyone would, where JupyterLab was not listening yet."""
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").nth(number)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        for _ in range(PRESSES):
            cell.locator(".jp-InputArea-editor").click()
            self.page.keyboard.press("Shift+Enter")
            with contextlib.suppress(AssertionError):
                expect(prompt).not_to_have_text(before, timeout=PATIENCE_S * 1000 / PRESSES)
                return
        raise AssertionError(f"Cell {number} did not run; its kernel says: {self.complaints}")

    def wait_for_kernel(self) -> None:
        """Wait until the kernel is there and has nothing to do."""
        Lab.wait_for_kernel(self.page)

    def settle(self) -> None:
        """Wait until all cells have run."""
        self.page.wait_for_function(
            "() => ![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*'))",
            timeout=PATIENCE_S * 1000,
        )

    def explorer(self, number: int = 0) -> Explorer:
        """Return an explorer in the page, once it shows."""
        return Explorer(self.page.locator(".cx-explorer").nth(number))

    def quiz(self) -> Quiz:
        """Return the quiz in the page, once it shows."""
        return Quiz(self.page.locator(".cx-quiz").first)

    def tried(self, explorer: Explorer) -> Quiz:
        """Move the explorer's first slider and answer the quiz's question: what every lesson must allow."""
        slider = explorer.root.locator(".cx-left > .cx-slider input").first.get_attribute("data-slider")
        code = explorer.case.code
        explorer.press(slider)
        assert explorer.case.code != code
        quiz = self.quiz()
        quiz.root.scroll_into_view_if_needed()
        word = quiz.words[0] if quiz.words else ""
        said = quiz.answer_somehow()
        assert said.startswith(("✓ Right", "✗ Not this one"))
        # asked again of the case that the page names: a whole one not before its last step
        if quiz.code and quiz.kind in ("form", "distribution", "rule"):
            assert said.startswith("✓ Right") == (quiz.question.key == word)
        return quiz

    def in_view(self, part: Locator) -> bool:
        """Say whether a part of the page lies wholly in what the notebook shows, with nothing scrolled."""
        box, frame = part.bounding_box(), self.page.locator(".jp-WindowedPanel-outer").first.bounding_box()
        if not box or not frame:
            return False
        return frame["y"] <= box["y"] and box["y"] + box["height"] <= frame["y"] + frame["height"]


def boxes(*parts: Locator) -> list[dict[str, Any]]:
    """Return where parts of a page lie."""
    return [dict(part.bounding_box() or {}) for part in parts]
