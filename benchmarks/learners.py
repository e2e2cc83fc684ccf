"""Simulated learners: how many questions until every word is known, by the order in which the words come.

A plain memory model, stated in `ASSUMED`. It shows what an order is worth if that holds, and nothing about people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from fsrs import Card, Rating, Scheduler

from benchmarks.table import print_limit
from calcifications.learning.answer import Answer, Category
from calcifications.learning.confusion import near, pair
from calcifications.learning.schedule import Schedule, categories

LEARNERS = 20
FIRST_SEED = 1000  # the schedule's numbers were chosen on learners of other seeds
PATIENCE = 2000  # questions, after which a learner is counted with that many
KNOWN = 0.9  # the chance of a right answer, of every word at once, that ends the course
GUESS, SLIP = 0.25, 0.02
DAY = 60  # questions
STEP = timedelta(seconds=20)
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
WORDS = categories("form", "distribution")

ASSUMED = f"""
Simulated learners, {LEARNERS} of each kind, {len(WORDS)} words; each begins knowing nothing.
- Each word has a strength s. The chance of a right answer is {GUESS} + {1 - GUESS - SLIP:.2f} (1 - exp(-s)): four
  options, few slips.
- An answer with its feedback adds a gain to s: by word and learner, log-uniform in the range below, for some words are
  hard; less if the word came just before, times 1 - exp(-n / 3), n questions since.
- Each other question and each night take a share of s, less the more often the word was answered (over its root).
- A right answer takes 6 s, and up to 24 s more while s is low (or always half of that); log-normal, 30 %.
- A wrong answer names a near word, if there is any.
- {DAY} questions a day. A course is done when the chance of a right answer is {KNOWN} or more for every word at once;
  after {PATIENCE} questions nobody goes on.
"""


@dataclass(frozen=True)
class Mind:
    """A kind of learner: the gain of an answer, what a question and a night take, and whether speed shows strength."""

    name: str
    gain: tuple[float, float] = (0.15, 0.8)
    question: float = 0.001
    night: float = 0.15
    speed_tells: bool = True


MINDS = (
    Mind("plain"),
    Mind("forgets more", question=0.002, night=0.3),
    Mind("forgets nothing", question=0.0, night=0.0),
    Mind("no word harder", gain=(0.35, 0.35)),
    Mind("speed tells nothing", speed_tells=False),
)


@dataclass
class Learner:
    """One simulated learner."""

    mind: Mind
    chance: np.random.Generator

    def __post_init__(self) -> None:
        many = len(WORDS)
        self.gain = np.exp(self.chance.uniform(*np.log(self.mind.gain), many))
        self.strength, self.times, self.last = np.zeros(many), np.zeros(many), np.full(many, -100.0)
        self.asked = 0

    @property
    def skill(self) -> np.ndarray:
        """The chance of a right answer, of each word."""
        return GUESS + (1 - GUESS - SLIP) * (1 - np.exp(-self.strength))

    def answer(self, word: int, when: datetime) -> Answer:
        """Answer one question, and learn from the feedback."""
        right = bool(self.chance.random() < self.skill[word])
        typical = 6 + 24 * (np.exp(-self.strength[word]) if self.mind.speed_tells else 0.5)
        seconds = float(typical * np.exp(0.3 * self.chance.standard_normal()))
        category = WORDS[word]
        chosen = category.word if right else self._mistaken(category)
        self.strength *= 1 - self.mind.question / np.sqrt(1 + self.times)
        self.strength[word] += self.gain[word] * (1 - np.exp(-(self.asked - self.last[word]) / 3))
        self.times[word] += 1
        self.last[word] = self.asked
        self.asked += 1
        return Answer(
            category.kind, category.word, chosen, right, min(seconds, 600.0), f"case {self.asked}", "0", "birads5", when
        )

    def _mistaken(self, category: Category) -> str:
        others = [word for kind, word in WORDS if kind == category.kind and word != category.word]
        close = [word for word in others if pair(word, category.word) in near(category.kind)]
        return str(self.chance.choice(close or others))

    def sleep(self) -> None:
        """Forget what a night takes."""
        self.strength *= 1 - self.mind.night / np.sqrt(1 + self.times)


class Teacher:
    """Any word, at random."""

    name = "random order"

    def __init__(self, chance: np.random.Generator) -> None:
        self.chance = chance

    def next(self, now: datetime) -> int | None:
        """Return the word to ask, or None if the day is over."""
        return int(self.chance.integers(len(WORDS)))

    def told(self, word: int, answer: Answer) -> None:
        """Hear how it was answered."""


class PlainReview(Teacher):
    """The scheduler as it comes: the card that was due first, else a new one, else the day is over."""

    name = "plain fsrs"

    def __init__(self, chance: np.random.Generator) -> None:
        super().__init__(chance)
        self.scheduler = Scheduler(enable_fuzzing=False)
        self.cards: dict[int, Card] = {}
        self.new = [int(word) for word in chance.permutation(len(WORDS))]

    def next(self, now: datetime) -> int | None:
        """Return the word to ask, or None if the day is over."""
        due = [(card.due, word) for word, card in self.cards.items() if card.due <= now]
        return min(due)[1] if due else self.new.pop() if self.new else None

    def told(self, word: int, answer: Answer) -> None:
        """Hear how it was answered."""
        card = self.cards.get(word) or Card(card_id=word, due=answer.when)
        rating = Rating.Good if answer.right else Rating.Again
        self.cards[word], _ = self.scheduler.review_card(card, rating, answer.when)


class FilledReview(PlainReview):
    """The same, but where the day would be over it goes on with the card that is due next."""

    name = "fsrs, never idle"

    def next(self, now: datetime) -> int | None:
        """Return the word to ask."""
        word = super().next(now)
        return min((card.due, word) for word, card in self.cards.items())[1] if word is None else word


class Ours(Teacher):
    """The course's own."""

    name = "the course's schedule"

    def __init__(self, chance: np.random.Generator) -> None:
        super().__init__(chance)
        self.schedule = Schedule()

    def next(self, now: datetime) -> int | None:
        """Return the word to ask."""
        return WORDS.index(self.schedule.next(WORDS, now, self.chance).category)

    def told(self, word: int, answer: Answer) -> None:
        """Hear how it was answered."""
        self.schedule.take(answer)


def taught(order: type[Teacher], mind: Mind, seed: int) -> tuple[int, int]:
    """Teach one learner; return how many questions and days it took."""
    learner, teacher = Learner(mind, np.random.default_rng([seed, 0])), order(np.random.default_rng([seed, 1]))
    day, now, today = 0, START, 0
    while learner.asked < PATIENCE and learner.skill.min() < KNOWN:
        word = teacher.next(now) if today < DAY else None
        if word is None:
            day, today = day + 1, 0
            now = START + timedelta(days=day)
            learner.sleep()
            continue
        teacher.told(word, learner.answer(word, now))
        now, today = now + STEP, today + 1
    return learner.asked, day + 1


def run() -> None:
    """Teach all learners in each order and print how long it took."""
    print(ASSUMED)
    orders = (Ours, Teacher, PlainReview, FilledReview)
    for mind in MINDS:
        low, high = mind.gain
        print(
            f"{mind.name}: gain {low} to {high}, a question takes {100 * mind.question:g} %,"
            f" a night {100 * mind.night:g} %\n  {'order':24}questions, median  10 % to 90 %  days"
        )
        typical = {}
        for order in orders:
            took = np.array([taught(order, mind, FIRST_SEED + each) for each in range(LEARNERS)])
            least, middle, most = np.percentile(took[:, 0], [10, 50, 90])
            typical[order] = float(middle)
            print(f"  {order.name:24}{middle:17.0f}{f'{least:.0f} to {most:.0f}':>14}{np.median(took[:, 1]):6.0f}")
        for order in orders[1:]:
            share = typical[Ours] / typical[order]
            print_limit(f"{mind.name}: questions in our order, over those in {order.name}", share, 1, at_most=True)
