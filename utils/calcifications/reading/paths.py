"""Paths: whether marks lie end to end on one thread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calcifications.reading.marks import FINE_MM, Flags, Marks

FEWEST, MOST = 5, 200  # marks: fewer hang together too easily, more are a cloud and are not tried
LINES = 2  # that tell how wide the thread is
LINK_MM = 0.8  # from the end of one piece to the next: with wider gaps, whatever lies near would make a chain
TURN = 0.5  # cosine of the most that a thread turns from one piece to the next
ALL = 0.85  # of the marks lie on the thread, or there is none
LOOPS = 2  # pieces that it may fall into where it crosses itself
KNOT, KNOT_STRETCH = 2.0, 2.5  # a knot is so much wider than the thread, and no longer than that for its width


def knots(marks: Marks) -> Flags:
    """Return which marks are knots: blobs at least twice as wide as the thread that the lines are, shape (n,)."""
    line = marks.line
    if line.sum() < LINES:
        return np.zeros(len(marks), bool)
    thread = np.median(marks.width_mm[line])
    return marks.readable & (marks.elongation < KNOT_STRETCH) & (marks.breadth_mm >= KNOT * thread)


@dataclass(frozen=True)
class Path:
    """The one smooth thread that marks lie on end to end.

    Attributes
    ----------
    length_mm : float
        0 if there is none.
    on : ndarray of bool, shape (n,)
        Which marks lie on it, or meet an end of one that does: where a thread crosses itself, ends are taken.
    """

    length_mm: float
    on: Flags


def path(marks: Marks) -> Path:
    """Return the one smooth thread that marks lie on end to end.

    Ends that lie near and face each other are linked, the nearest first, each end once. The thread may make a loop and
    cross itself; where it does, pieces may be linked crosswise, and it falls into two. A stitch is smooth: with a
    ragged line or a fine dented particle anywhere, or a coarse one beside the thread, there is none.
    """
    n = len(marks)
    none = Path(0.0, np.zeros(n, bool))
    if not FEWEST <= n <= MOST or marks.line.sum() < LINES or marks.ragged.any():
        return none
    way = np.stack([np.cos(marks.angle), np.sin(marks.angle)], axis=1)
    out = np.concatenate([way, -way])
    ends = np.concatenate([marks.place, marks.place]) + np.tile(marks.longest_mm, 2)[:, None] / 2 * out
    owner = np.tile(np.arange(n), 2)
    x, y = (along[:, None] - along for along in ends.T)
    apart = np.sqrt(x * x + y * y)
    straight = -out @ out.T
    blob = (marks.elongation < KNOT_STRETCH)[owner]  # which way a blob points means nothing
    fits = (apart <= LINK_MM) & (owner[:, None] < owner) & ((straight >= TURN) | blob[:, None] | blob)
    first, second = np.nonzero(fits)
    order = np.argsort(apart[first, second] - 0.5 * LINK_MM * straight[first, second])
    free, chain, length = np.ones(2 * n, bool), np.arange(n), marks.longest_mm.copy()
    for a, b in zip(first[order].tolist(), second[order].tolist(), strict=True):
        one, other = chain[owner[a]], chain[owner[b]]
        if free[a] and free[b] and one != other:  # a chain does not bite its own tail
            free[[a, b]] = False
            length[one] += length[other] + apart[a, b]
            chain[chain == other] = one
    members = np.bincount(chain, minlength=n)
    longest = np.argsort(members)[-LOOPS:]
    on = np.isin(chain, longest[members[longest] > 1])  # what nothing is linked to is no loop
    met = on | (apart[:, on[owner]] <= LINK_MM).any(axis=1).reshape(2, n).any(axis=0)
    if on.sum() < ALL * n or (marks.irregular & (~met | (marks.longest_mm < FINE_MM))).any():
        return none
    return Path(float(length[np.unique(chain[on])].sum()), met)
