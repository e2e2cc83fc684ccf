"""Three hundred phones vote within ten seconds, in the poll's own process, while the presenting page goes on.

Each phone opens the room, waits for news as its page does, votes, and one in three changes its mind: a class, simulated
from one other process on this computer. Meanwhile a browser steps through the deck and back.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import perf_counter

from benchmarks.table import print_limit
from calcifications.teaching.deck_rule import Rule, make
from tests.browser.lab import PROJECTOR, open_browser
from tests.browser.stage import Stage, open_stage
from tests.teaching.phones import Phone

PHONES, WITHIN_S = 300, 10.0
LIMIT_MS, PAGE_LIMIT_MS = 300.0, 1000.0
OPTIONS = "ABCD"
FLOOD = 20


class Class:
    """The phones of a class.

    Attributes
    ----------
    took_ms : list of float
        How long each vote took, from pressing to its answer.
    last : dict of int to str
        What each phone chose last.
    refused : list of str
    cookies : dict of int to str
        The phones' own, by which the room knows them.
    """

    def __init__(self, room: str, number: int, cookies: dict[int, str] | None = None) -> None:
        self.room, self.number = room, number
        self.cookies = cookies or {}
        self.took_ms: list[float] = []
        self.last: dict[int, str] = {}
        self.refused: list[str] = []
        self._thread = Thread(target=lambda: asyncio.run(self._all()))

    def __enter__(self) -> Class:
        self._thread.start()
        return self

    def __exit__(self, *how: object) -> None:
        self._thread.join()

    @property
    def voting(self) -> bool:
        """Whether someone still votes."""
        return self._thread.is_alive()

    async def _all(self) -> None:
        chance = random.Random(7)
        plans = [sorted(chance.uniform(0.5, WITHIN_S) for _ in range(chance.choice([1, 1, 2]))) for _ in range(PHONES)]
        began = perf_counter()
        await asyncio.gather(*(self._one(place, plan, began) for place, plan in enumerate(plans)))

    async def _one(self, place: int, plan: list[float], began: float) -> None:
        phone = Phone(self.room, self.cookies.get(place, ""))
        await asyncio.sleep(plan[0] / 4)  # they come before they vote
        turn = (await phone.join()).headers["x-turn"]
        self.cookies[place] = phone.cookie
        follows = Phone(self.room, phone.cookie)
        news = asyncio.create_task(follows.news(turn))
        for due in plan:
            await asyncio.sleep(max(0.0, began + due - perf_counter()))
            option = random.Random(f"{place} {due}").choice(OPTIONS)
            pressed = perf_counter()
            answer = await phone.vote(option, self.number)
            self.took_ms.append(1000 * (perf_counter() - pressed))
            if answer.status == 200:
                self.last[place] = option
            else:
                self.refused.append(answer.said)
        await asyncio.sleep(max(0.0, began + WITHIN_S - perf_counter()))
        news.cancel()
        for each in (phone, follows):
            each.leave()


def _steps(stage: Stage, votes: Class) -> list[float]:
    """Step on and back while the class votes; return how long each step took to be on screen, in ms."""
    took = []
    while votes.voting:
        for key in ("ArrowRight", "ArrowLeft"):
            began = perf_counter()
            stage.press(key)
            took.append(1000 * (perf_counter() - began))
        stage.page.wait_for_timeout(300)
    return took


def _quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


class Flood:
    """Strangers who ask for wrong rooms and send votes without a cookie, as fast as they can, on twenty connections."""

    def __init__(self, room: str, votes: Class) -> None:
        self.answered = 0
        self._room, self._votes = room, votes
        self._thread = Thread(target=lambda: asyncio.run(self._all()))

    def __enter__(self) -> Flood:
        self._thread.start()
        return self

    def __exit__(self, *how: object) -> None:
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._one() for _ in range(FLOOD)))

    async def _one(self) -> None:
        stranger = Phone(self._room)
        while self._votes.voting:
            for asked in (stranger.ask("GET", "/ZZZZZ"), stranger.vote("A")):
                with suppress(OSError, EOFError):
                    self.answered += (await asked).status >= 400
        stranger.leave()


def _told(votes: Class, stage: Stage, steps: list[float]) -> None:
    """Print how it went."""
    stage.press("ArrowRight", "ArrowRight")
    stage.page.locator(".cx-talk-bar").first.wait_for()
    shown = [int(each.split("·")[0]) for each in stage.page.locator(".cx-talk-options strong").all_inner_texts()]
    given = Counter(votes.last.values())
    meant = [given[option] for option in OPTIONS]
    print(f"  {len(votes.took_ms)} votes, {len(votes.refused)} refused; on the screen {shown}, meant {meant}")
    print(f"  a vote: p50 {_quantile(votes.took_ms, 0.5):.1f} ms, worst {max(votes.took_ms):.1f} ms")
    print_limit("a vote, p99, ms", _quantile(votes.took_ms, 0.99), LIMIT_MS, at_most=True)
    print_limit("votes lost", sum(max(0, m - s) for m, s in zip(meant, shown, strict=True)), 0, at_most=True)
    print_limit("votes doubled", sum(max(0, s - m) for m, s in zip(meant, shown, strict=True)), 0, at_most=True)
    print(f"  the presenting page meanwhile: {len(steps)} steps, p50 {_quantile(steps, 0.5):.0f} ms")
    print_limit("a step on the presenting page meanwhile, p99, ms", _quantile(steps, 0.99), PAGE_LIMIT_MS, at_most=True)


def run() -> None:
    """Let them vote, then once more while strangers flood the door, and print it."""
    deck = make(Rule(2, ("suspicious",), ("grouped",), ("form",), borderline=False, seed=1), "A poll")
    with tempfile.TemporaryDirectory() as folder, open_stage(Path(folder), deck) as address, open_browser() as browser:
        stage = Stage(browser.new_context(viewport=PROJECTOR), address)
        stage.press("j")
        stage.page.locator(".cx-talk-address").wait_for()
        room = stage.room
        stage.press("j", "p", "ArrowRight")
        print(f"\n{PHONES} phones in {WITHIN_S:g} s")
        with Class(room, 1) as votes:
            steps = _steps(stage, votes)
        _told(votes, stage, steps)
        stage.go(2)
        stage.press("p")
        votes = Class(room, 2, votes.cookies)  # the same phones
        with votes, Flood(room, votes) as flood:
            steps = _steps(stage, votes)
        print(f"\n{PHONES} phones in {WITHIN_S:g} s, and {flood.answered} requests of strangers refused meanwhile")
        _told(votes, stage, steps)
