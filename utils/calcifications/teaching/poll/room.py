"""A room that votes: a code to get in by, one vote a phone and question, and an end."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from calcifications.errors import CourseError, shown

LETTERS = "BCDFGHJKMPQRTVWX"
"""Letters of a code: none that is read as another or as a digit, and no vowels, so that it spells no word."""

LENGTH = 5
"""Letters in a code."""

CAP = 500
"""The most phones that vote in a room."""

HOUR_S = 3600.0
"""A room in which nothing has been asked, closed or revealed for so long has ended."""

BURST, PAUSE_S = 10, 2.0
"""So many changes of a vote may come at once, and one more each time so many seconds have passed."""


class Refused(CourseError):
    """What a room does not take; its text is one sentence for the one who sent it.

    Parameters
    ----------
    sentence : str
    status : int
        The same for a browser, as HTTP has it.
    """

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass
class Poll:
    """One question that a room votes on.

    Attributes
    ----------
    number : int
        Of the room's questions, from 1.
    key : str
        By what the presenter knows it.
    prompt : str
    options : tuple of (str, str)
        The answers: the word, and the lay words beside it.
    votes : dict of str to int
        The place of the answer that each seat has chosen.
    open : bool
    right : tuple of int
        The places of the right answers; empty until they are revealed.
    """

    number: int
    key: str
    prompt: str
    options: tuple[tuple[str, str], ...]
    votes: dict[str, int] = field(default_factory=dict)
    open: bool = True
    right: tuple[int, ...] = ()

    @property
    def counts(self) -> list[int]:
        """Votes for each answer."""
        given = Counter(self.votes.values())
        return [given[place] for place in range(len(self.options))]


class Room:
    """A room that votes.

    Parameters
    ----------
    clock : callable
        The time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        self.poll: Poll | None = None
        self.seats: set[str] = set()
        self.turn = 0
        self.ended = False
        self._clock = clock
        self._since = clock()
        self._changes: dict[str, tuple[float, float]] = {}  # how many a seat has left, and when that was counted

    def find(self, code: str) -> None:
        """Refuse whoever has another code, or comes after the end."""
        if self.ended:
            raise Refused("This room has ended; you can close the page.", 410)
        if code.strip().upper() != self.code:
            raise Refused(f"There is no room {shown(code)} here; type the {LENGTH} letters on the screen.", 404)

    def ask(self, key: str, prompt: str, options: Sequence[tuple[str, str]]) -> Poll:
        """Put a question to the vote; one that was closed, and not answered yet, goes on with the votes it has."""
        before = self.poll
        if before and before.key == key and not before.right:
            before.open = True
            before.options = tuple(options)
        else:
            number = before.number + 1 if before else 1
            self.poll = before = Poll(number, key, prompt, tuple(options))
        self._moved()
        return before

    def close(self) -> None:
        """Take no more votes on the question."""
        if self.poll and self.poll.open:
            self.poll.open = False
            self._moved()

    def reveal(self, right: Sequence[int]) -> None:
        """Close the question and tell the right answers."""
        if self.poll:
            self.poll.open = False
            self.poll.right = tuple(right)
            self._moved()

    def end(self) -> None:
        """End the room: nobody comes in any more."""
        self.ended = True
        self._moved()

    @property
    def over(self) -> bool:
        """Whether nothing has happened here for an hour."""
        return self._clock() - self._since >= HOUR_S

    def vote(self, seat: str, number: str, option: str) -> None:
        """Take a vote, or change it.

        Parameters
        ----------
        seat : str
            Who votes: what the room's own signed cookie says.
        number, option : str
            Which question, and the letter of the answer, as they came.

        Raises
        ------
        Refused
            If the question is not open, there is no such answer, the room is full, or votes come too fast.
        """
        poll = self.poll
        if poll is None or number != str(poll.number):
            raise Refused("That question is not asked now; the page shows the one that is.", 409)
        if not poll.open:
            raise Refused("Voting is closed; what you chose before counts.", 409)
        known = [letter(place) for place in range(len(poll.options))]
        if option not in known:
            raise Refused(f"There is no answer {shown(option)}; choose one of: {', '.join(known)}.", 400)
        if seat not in self.seats and len(self.seats) >= CAP:
            raise Refused(f"The room is full: it takes {CAP} phones.", 403)
        self._spend(seat)
        self.seats.add(seat)
        poll.votes[seat] = known.index(option)

    def _spend(self, seat: str) -> None:
        """Refuse a seat that changes its vote faster than any hand."""
        now = self._clock()
        left, then = self._changes.get(seat, (BURST, now))
        left = min(BURST, left + (now - then) / PAUSE_S)
        if left < 1:
            raise Refused("Too many changes at once; wait a few seconds.", 429)
        self._changes[seat] = (left - 1, now)

    def _moved(self) -> None:
        """Note that every phone has something new to show."""
        self.turn += 1
        self._since = self._clock()


def letter(place: int) -> str:
    """Return the letter of an answer: A for the first."""
    return chr(ord("A") + place)
