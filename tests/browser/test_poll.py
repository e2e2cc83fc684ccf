"""The page on a phone: it fits at 360 pixels, is accessible in every state, and works without its script."""

import asyncio
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.stage import PHONE, phone
from tests.teaching.poll_here import ASKED, FREE_PORTS, poll_here, serving

LONG = [
    ["recall: magnified views from above and from the side, and earlier pictures", ""],
    ["coarse heterogeneous", "clear specks, uneven and running together"],
    *[[f"answer {number}", "and its lay words"] for number in range(7)],
]
SCHEMES = ("light", "dark")


class Running:
    """A poll that runs in a thread of its own."""

    def __init__(self):
        self._ready, self._loop, self.here = threading.Event(), None, None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        assert self._ready.wait(20)

    async def _run(self):
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        async with poll_here() as self.here:
            self._ready.set()
            await self._end.wait()

    def say(self, **what):
        """Let the presenter say something."""
        asyncio.run_coroutine_threadsafe(self.here.say(**what), self._loop).result(20)

    def close(self):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(20)


@pytest.fixture(scope="module")
def poll():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "PORTS", FREE_PORTS)
        running = Running()
        yield running
        running.close()


@pytest.fixture
def hand(browser, poll):
    """A phone in the room, which has been asked; its page may complain of nothing."""
    poll.say(ask={**ASKED, "key": str(id(object()))})
    page = phone(browser, poll.here.room)
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert complaints == []


def looked_at(page):
    """See that the page is whole on its screen, and accessible, in both colours."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    for button in page.locator("button").all():
        assert button.bounding_box()["height"] >= 48  # a thumb's


@pytest.mark.parametrize("width", [320, PHONE["width"], 800])
def test_every_state_of_the_page_is_accessible_and_fits(hand, poll, width):
    hand.set_viewport_size({"width": width, "height": PHONE["height"]})
    looked_at(hand)
    hand.locator("button").nth(1).click()
    hand.get_by_text("Your vote is counted. You can change it until voting is closed.").wait_for()
    looked_at(hand)
    poll.say(close=True)
    hand.get_by_text("Voting is closed. Your vote: B.").wait_for()
    looked_at(hand)
    poll.say(reveal={"key": poll.here.desk.room.poll.key, "right": [2]})
    hand.locator("li.right", has_text="amorphous").wait_for()
    looked_at(hand)
    poll.say(ask={"key": f"long {width}", "prompt": "What is done now, and in which order?", "options": LONG})
    hand.get_by_text("recall: magnified views").wait_for()
    assert hand.locator("button").count() == len(LONG)
    looked_at(hand)


def test_a_vote_by_keys_keeps_the_focus_and_is_told_to_who_can_not_see_it(hand):
    hand.locator("button").first.focus()
    hand.keyboard.press("Tab")
    hand.keyboard.press("Enter")
    hand.locator("button[aria-pressed=true]").wait_for()
    assert hand.evaluate("document.activeElement.value") == "B"
    assert hand.locator("#now").get_attribute("aria-live") == "polite"
    hand.keyboard.press("Tab")
    hand.keyboard.press("Enter")
    hand.locator("button[value=C][aria-pressed=true]").wait_for()
    assert hand.locator("[aria-pressed=true]").count() == 1


def test_without_script_one_votes_as_well(browser, poll):
    poll.say(ask={**ASKED, "key": "without script"})
    page = phone(browser, poll.here.room, java_script_enabled=False)
    page.locator("button").nth(2).click()
    page.locator("button[value=C][aria-pressed=true]").wait_for()
    page.locator("button").nth(0).click()
    page.locator("button[value=A][aria-pressed=true]").wait_for()
    assert poll.here.desk.room.poll.counts == [1, 0, 0]
    page.context.close()


def test_one_comes_in_by_the_letters_and_a_wrong_code_is_one_sentence(browser, poll):
    page = phone(browser, poll.here.entrance.address)
    looked_at(page)
    page.get_by_label("The 5 letters on the screen").fill("aaaaa")
    page.keyboard.press("Enter")
    page.get_by_text("There is no room 'aaaaa' here; type the 5 letters on the screen.").wait_for()
    looked_at(page)
    page.get_by_label("The 5 letters on the screen").fill(poll.here.desk.room.code.lower())
    page.keyboard.press("Enter")
    page.locator("button[name=option]").first.wait_for()
    page.context.close()


def test_it_waits_for_the_first_question_and_says_when_the_room_has_ended(browser, poll):
    poll.say(end=True)
    poll.say(room=True)
    page = phone(browser, poll.here.room)
    page.get_by_role("heading", name=f"You are in room {poll.here.desk.room.code}").wait_for()
    looked_at(page)
    poll.say(ask=ASKED)
    page.locator("button[name=option]").first.wait_for()
    poll.say(end=True)
    page.get_by_role("heading", name="This room has ended").wait_for()
    looked_at(page)
    page.reload()
    page.get_by_text("This room has ended; you can close the page.").wait_for()
    page.context.close()
    poll.say(ask=ASKED)
