"""The vote as the presenting page's kernel knows it: what it asks of the desk, and what of it the page may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from calcifications.apps.question import Json
from calcifications.errors import CourseError
from calcifications.teaching.poll.address import qr_path
from calcifications.teaching.poll.link import Link, Place
from calcifications.teaching.talk import Scene

_GONE = "Another window presents now."
_LOST = "The link to the phones is lost; load this page again."


class Vote:
    """The room's votes.

    Parameters
    ----------
    place : Place or None
        Where the desk is; None where there is none, and nobody votes.
    asked : callable
        Told what the speaker's page asks for: "next", "back", ...
    changed : callable
        Told with a sentence, or an empty one, whenever something has changed.
    counts : dict
        Votes for each answer, of each question by its key: what a page knew that was loaded again.
    """

    def __init__(
        self,
        place: Place | None,
        asked: Callable[[str], None],
        changed: Callable[[str], None],
        counts: dict[str, list[int]],
    ) -> None:
        self._place, self._asked, self._changed = place, asked, changed
        self.counts = counts
        self._now: Json = {"room": None, "poll": None, "problem": "", "outside": False}
        self._link = Link(place, self._hear) if place else None

    def send(self, **message: Any) -> None:
        """Tell the desk something, if there is one."""
        if self._link:
            self._link.send(**message)

    @property
    def speakers(self) -> str:
        """The address of the speaker's page, good for one use."""
        self._linked()
        assert self._place
        return self._place.speakers

    @property
    def joined(self) -> int:
        """How many phones are there."""
        return int(self._now["room"]["joined"]) if self._now["room"] else 0

    def do(self, what: str) -> None:
        """Ask the desk for something: "room", "public", "end".

        Raises
        ------
        CourseError
            If there is no desk.
        """
        self._linked().send(**{what: True})

    def ask(self, scene: Scene) -> bool:
        """Open the vote on the question that stands there, or close it; say whether it was opened.

        Raises
        ------
        CourseError
            If there is nothing to vote on, the answer stands there already, or there is no desk.
        """
        link, asking, poll = self._linked(), scene.asking, self._now["poll"]
        if asking is None or not asking.options:
            raise CourseError("There is nothing to vote on here: no answers to choose from.")
        if scene.answered:
            raise CourseError("The answer stands there already; go a step back to ask the room.")
        if poll and poll["open"] and poll["key"] == asking.key:
            link.send(close=True)
            return False
        options = [[option.word, option.plain] for option in asking.options]
        link.send(ask={"key": asking.key, "prompt": asking.prompt, "options": options})
        return True

    def settle(self, scene: Scene) -> None:
        """Close the vote on a question that has gone, and tell the phones the answer once it stands there."""
        asking, poll = scene.asking, self._now["poll"]
        if poll and asking and poll["key"] == asking.key and scene.answered:
            self.send(reveal={"key": asking.key, "right": list(asking.right)})
        elif poll and poll["open"] and (asking is None or poll["key"] != asking.key):
            self.send(close=True)

    def lines(self, scene: Scene) -> Json:
        """Return what the page shows: how many have voted, and for what only once the answer stands there."""
        room, poll = self._now["room"], self._now["poll"]
        key = scene.asking.key if scene.asking else ""
        mine = bool(poll and poll["key"] == key)
        lines: Json = {
            "open": mine and poll["open"],
            "votes": poll["votes"] if mine else None,
            "counts": self.counts.get(key) if scene.answered else None,
            "outside": self._now["outside"],
            "problem": self._now["problem"],
            "room": None,
        }
        if room:
            path, side = qr_path(f"{room['address']}/{room['code']}")
            lines["room"] = {**room, "qr": path, "side": side}
        return lines

    def _linked(self) -> Link:
        if not self._link:
            raise CourseError("Voting and the speaker’s page need a deck opened with: python course.py present DECK.")
        return self._link

    def _hear(self, news: Json) -> None:
        if "asked" in news:
            self._asked(news["asked"])
        elif news.get("gone") or news.get("lost"):
            self._link = None
            self._changed(_GONE if news.get("gone") else _LOST)
        else:
            self._now = news
            if poll := news["poll"]:
                self.counts[poll["key"]] = poll["counts"]
            self._changed("")

    def close(self) -> None:
        """Leave the desk."""
        if self._link:
            self._link.close()
