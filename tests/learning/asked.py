"""A fresh question of a kind, by a seed."""

import numpy as np

from calcifications.learning.items import fresh_item


def fresh(kind, seed=0, word=""):
    return fresh_item(kind, np.random.default_rng(seed), word=word)
