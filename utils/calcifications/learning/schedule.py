"""What comes next: weak and slow categories sooner, never one twice in a row, and what is mastered when it is due.

A schedule is worked out from the log alone. In the manner of adaptive sequencing by accuracy and response time
(Mettler, Massey and Kellman 2011), what was answered wrongly or slowly comes back sooner, with others in between, until
it is mastered on fresh cases; then spaced review (FSRS) says when. The numbers are the course's convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from statistics import median

import numpy as np

from calcifications.errors import CourseError, number, pick
from calcifications.learning.answer import Answer, Category
from calcifications.learning.confusion import Pair, near, pair
from calcifications.learning.items import KINDS
from calcifications.learning.standing import FLUENT_S, IN_A_ROW, Standing

APART = 2
"""How many other questions stand between two of one category, where there are others to ask."""
AT_ONCE = 10
"""How many categories that are not yet right in a row are learned at once, before a new one comes."""
_SLOW = 0.3  # what a time of twice the learner's own counts, beside the chance of a wrong answer
_SHARPER = 2  # the power of a need: what is weak comes far more often, what is mastered only now and then
_MORE = 2.0  # how much more often a word comes while it is mixed up with another, or due
_NEW = 4  # a new word has waited for as many questions
_KNOWN_ROW = 2  # right answers in a row on either side that end a drill


@cache
def categories(*kinds: str) -> tuple[Category, ...]:
    """Return the categories of kinds of questions; of all of them by default.

    Raises
    ------
    CourseError
        If a kind is unknown.
    """
    chosen = [KINDS[pick(kind, KINDS, "kind of question")] for kind in kinds] or list(KINDS.values())
    return tuple(Category(kind.kind, word) for kind in chosen for word in kind.words())


@dataclass(frozen=True)
class Drill:
    """Two words that a learner mixes up.

    Attributes
    ----------
    kind : str
    words : Pair
    times : int
        How often among the last answers.
    """

    kind: str
    words: Pair
    times: int


@dataclass(frozen=True)
class Next:
    """What to ask next.

    Attributes
    ----------
    category : Category
    why : str
        One sentence. It names the right word: it is to be shown after the answer.
    beside : str
        A word with which it is mixed up, to be among the options; empty if there is none.
    """

    category: Category
    why: str
    beside: str = ""


def _any_kind(standings: Sequence[Standing], chance: np.random.Generator) -> Standing:
    """Return one of some by chance: each kind of question as likely as the others, however many words it has."""
    kinds = list(dict.fromkeys(standing.category.kind for standing in standings))
    kind = kinds[int(chance.integers(len(kinds)))]
    some = [standing for standing in standings if standing.category.kind == kind]
    return some[int(chance.integers(len(some)))]


class Schedule:
    """How a learner stands with all categories, worked out from the log.

    Parameters
    ----------
    answers : iterable of Answer
        In the order in which they were given.
    fluent_s : float
        What a fluent answer takes at most, s; more for those who need longer to read or to type.

    Raises
    ------
    CourseError
        If `fluent_s` is out of its bounds.
    """

    def __init__(self, answers: Iterable[Answer] = (), fluent_s: float = FLUENT_S) -> None:
        self.fluent_s = number(fluent_s, 1, 600, "time of a fluent answer", "s")
        self.standings: dict[Category, Standing] = {}
        self.count = 0
        self.moment = ("", "")
        for answer in answers:
            self.take(answer)

    def take(self, answer: Answer) -> None:
        """Take in the next answer.

        Raises
        ------
        CourseError
            If it is older than one that was taken in: work the schedule out from the log again.
        """
        if answer.moment <= self.moment:
            raise CourseError(f"The answer of {answer.stamp} is not later than the one before it.")
        self.count += 1
        self.moment = answer.moment
        self.standing(answer.category, keep=True).take(answer, self.count)

    def standing(self, category: Category, *, keep: bool = False) -> Standing:
        """Return how a learner stands with a category."""
        found = self.standings.get(category)
        if found is None:
            found = Standing(category, self.fluent_s)
            if keep:
                self.standings[category] = found
        return found

    @property
    def mastered(self) -> tuple[Category, ...]:
        """What is mastered by accuracy and speed over fresh cases."""
        return tuple(category for category, standing in self.standings.items() if standing.mastered)

    def due(self, now: datetime | None = None) -> tuple[Category, ...]:
        """Return what is mastered and due today, what was due first in front."""
        now = now or datetime.now(UTC)
        found = [s for s in self.standings.values() if s.mastered and s.card and s.is_due(now)]
        found.sort(key=lambda standing: standing.card.due if standing.card else now)
        return tuple(standing.category for standing in found)

    @property
    def drills(self) -> tuple[Drill, ...]:
        """The pairs that the learner mixes up: once, where the rulebook holds them near, otherwise twice."""
        times: dict[tuple[str, Pair], int] = {}
        known = frozenset(categories())
        for (kind, word), standing in self.standings.items():
            for each in standing.recent:
                if not each.right and Category(kind, each.chosen) in known:  # a number or a place is no word
                    both = kind, pair(word, each.chosen)
                    times[both] = times.get(both, 0) + 1
        drills = [Drill(kind, words, many) for (kind, words), many in times.items()]
        drills = [drill for drill in drills if drill.times > (drill.words not in near(drill.kind))]
        return tuple(sorted((d for d in drills if not self._told_apart(d)), key=lambda drill: -drill.times))

    def _told_apart(self, drill: Drill) -> bool:
        return all(self.standing(Category(drill.kind, word)).row >= _KNOWN_ROW for word in drill.words)

    def next(
        self,
        among: Sequence[Category] = (),
        now: datetime | None = None,
        chance: np.random.Generator | None = None,
    ) -> Next:
        """Say what to ask next.

        Parameters
        ----------
        among : sequence of Category
            What can be asked; all words by default.
        now : datetime, optional
            With its time zone.
        chance : numpy.random.Generator, optional
            Which of those that need it: a learner must not guess the word from the order.
        """
        among = tuple(dict.fromkeys(among)) or categories()
        now = now or datetime.now(UTC)
        chance = chance or np.random.default_rng()
        standings = [self.standing(category) for category in among]
        drills = {Category(drill.kind, word): drill for drill in reversed(self.drills) for word in drill.words}
        asked = [standing for standing in standings if standing.answers]
        fresh = [standing for standing in standings if not standing.answers]
        # who is right, if slowly, gets on to new words
        if fresh and sum(standing.row < IN_A_ROW for standing in asked) < AT_ONCE:
            asked.append(_any_kind(fresh, chance))
        wanted = self._apart(asked) or self._apart(standings) or standings
        pace = self._pace()
        weights = np.array([self._weight(standing, drills, now, pace) for standing in wanted])
        chosen = wanted[int(chance.choice(len(wanted), p=weights / weights.sum()))]
        drill = drills.get(chosen.category)
        beside = next((word for word in drill.words if word != chosen.category.word), "") if drill else ""
        return Next(chosen.category, self._why(chosen, drill, now), beside)

    def _apart(self, standings: list[Standing]) -> list[Standing]:
        """Return those that were not among the last questions."""
        return [s for s in standings if not s.answers or self.count - s.last >= APART]

    def _pace(self) -> float:
        """Return the learner's own typical time of a right answer, s: who is slow everywhere is slow nowhere."""
        times = [standing.seconds for standing in self.standings.values() if standing.seconds]
        return median(times) if times else self.fluent_s

    def _weight(self, standing: Standing, drills: dict[Category, Drill], now: datetime, pace: float) -> float:
        """Return how often a category is to come, beside others: by its need, and by how long it has waited."""
        waited = self.count - standing.last + 1 if standing.answers else _NEW
        slowness = min(max(standing.seconds / pace - 1.0, 0.0), 1.0)
        more = standing.category in drills or (standing.mastered and standing.is_due(now))
        return (standing.doubt + _SLOW * slowness) ** _SHARPER * waited * (_MORE if more else 1.0)

    def _why(self, standing: Standing, drill: Drill | None, now: datetime) -> str:
        """Say why a category comes next."""
        word, recent = standing.category.word, len(standing.recent)
        if not standing.answers:
            return f"New: “{word}” has not been asked yet."
        if drill:
            times = f"{drill.times} time{'s' if drill.times > 1 else ''}"
            return f"Drill: “{drill.words[0]}” and “{drill.words[1]}” were mixed up {times} lately."
        if standing.mastered and standing.is_due(now):
            return f"Review: “{word}” is mastered, and due again."
        if standing.mastered:
            return f"In between: “{word}” is mastered, and stays so by coming up now and then."
        if standing.row == IN_A_ROW:
            return f"Right but slow: “{word}” took {standing.seconds:.0f} s, and {self.fluent_s:.0f} s is fluent."
        if standing.wrong:
            return f"Weak: “{word}” was wrong {standing.wrong} of the last {recent} times."
        return f"Not yet sure: “{word}” was right {standing.row} of the {IN_A_ROW} times in a row that show mastery."
