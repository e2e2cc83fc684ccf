"""A log as a learner of some weeks leaves it: every kind of question, some words known well, some mixed up."""

from datetime import UTC, datetime, timedelta

import numpy as np

from calcifications.learning.answer import Answer
from calcifications.learning.confusion import near, pair
from calcifications.learning.items import KINDS
from calcifications.learning.items.likely import HowLikely, published


def weeks_of_answers(days=12, a_day=40, until=None, seed=0):
    """The answers of a learner who gets better, a day after the other, up to now."""
    chance = np.random.default_rng(seed)
    until = until or datetime.now(UTC)
    weights = np.array([8.0 if kind in ("form", "distribution", "category") else 1.0 for kind in KINDS])
    answers = []
    for day in range(days):
        for number in range(a_day):
            kind = str(chance.choice(list(KINDS), p=weights / weights.sum()))
            words = KINDS[kind].words()
            key = words[int(chance.integers(len(words)))]
            right = bool(chance.random() < 0.45 + 0.5 * day / days)
            when = until - timedelta(days=days - 1 - day, seconds=30 * (a_day - number))
            seconds = float(np.exp(chance.normal(2.6 - 0.9 * day / days, 0.3)))
            chosen = _chosen(kind, key, right, words, chance)
            answers.append(Answer(kind, key, chosen, right, seconds, f"cx2-{day}-{number}", "0.1.0", "birads5", when))
    return answers


def _chosen(kind, key, right, words, chance):
    if kind == HowLikely.kind:
        low, high = published(key)[0].percent, published(key)[-1].percent
        return f"{low:g} to {high:g} %" if right else f"{high / 2:g} to {min(high * 2, 100):g} %"
    if right:
        return key
    close = [word for word in words if word != key and pair(word, key) in near(kind)]
    others = close or [word for word in words if word != key]
    return others[int(chance.integers(len(others)))]
