"""Strands: the thin curved threads of a mammogram (Cooper's ligaments, ducts, vessels), fanning from the nipple."""

from __future__ import annotations

import math

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from calcifications.imaging.density import Character
from calcifications.imaging.sheet import PITCH_MM, POINTS, SHEET_MM, Field

Floats = NDArray[np.floating]

MARCH_MM = 0.5  # from knot to knot of a strand,
FINE = 3  # with as many points from one knot to the next
LENGTHS_MM = (6.0, 45.0)  # log-uniform
SIGMAS_MM = (0.14, 0.26, 0.45, 0.8)  # of their Gaussian profile; the widest are vessels
SHARES = (0.34, 0.32, 0.24, 0.10)
SLENDER = 40  # a strand is at least so many sigmas long, and
LONGER_MM = 9.0  # length for each time its brightness is the mean, and
BRIGHTEST = 4.5  # at most so many times as bright as the mean, or it could be taken for a rod of calcium
TWIGS = (0.3, 0.2)  # shares of the strands that leave a stem, and that leave one of those
TURNS = (0.04, 0.13)  # random walk of the heading, rad per sqrt(mm): some run straight, some wind
RETURN_MM = 9.0  # way over which a strand comes back to its course


def strands(rng: np.random.Generator, character: Character, angle: Field, strength: Field) -> NDArray[np.complex64]:
    """Draw the strands of a sheet.

    Parameters
    ----------
    rng : numpy Generator
    character : Character
        How many there are, how bright, and by how much their courses differ.
    angle, strength : float32 arrays (points, points)
        Which way the tissue runs and how clearly, from `sheet.flow`.

    Returns
    -------
    complex64 array
        Spectrum (`rfft2`) of the brightness over the ground.
    """
    count = rng.poisson(character["strands"] * SHEET_MM**2 / 1000)
    sigma = rng.choice(SIGMAS_MM, count, p=SHARES)
    length = np.exp(rng.uniform(math.log(LENGTHS_MM[0]), math.log(LENGTHS_MM[1]), count))
    peak = np.minimum(rng.exponential(1, count) ** 1.5 / 1.33, BRIGHTEST)
    length = np.clip(length, np.maximum(SLENDER * sigma, LONGER_MM * peak), LENGTHS_MM[1])
    peak /= 1 + sigma / 2  # wide ones are fainter
    y, x = _tree(rng, count, length, float(character["strand_spread"]), angle)

    steps = np.arange(len(y) * FINE - FINE + 1) / FINE
    part = steps[:, None] * MARCH_MM / length
    taper = np.sqrt(np.sin(np.pi * np.minimum(part, 1)))
    weight = taper * character["strand_peak"] * peak * _between(strength[_at(y, len(strength)), _at(x, len(strength))])

    k = scipy.fft.fftfreq(POINTS, PITCH_MM).astype(np.float32)
    total = np.zeros((POINTS, POINTS // 2 + 1), np.complex64)
    for width in SIGMAS_MM:
        own = sigma == width
        inside = part[:, own] < 1
        row, column = (_between(at[:, own])[inside] / PITCH_MM + (POINTS - 1) / 2 for at in (y, x))
        line = scipy.fft.rfft2(_splat(row, column, weight[:, own][inside]))
        profile = np.exp(-2 * (math.pi * width * k) ** 2)
        # a blurred line keeps the peak that it was given
        profile *= math.sqrt(math.sqrt(2 * math.pi) * width * MARCH_MM / FINE / PITCH_MM**2)
        line *= profile[:, None]
        line *= profile[: POINTS // 2 + 1]
        total += line
    return total


def _tree(rng: np.random.Generator, count: int, length: Floats, spread: float, angle: Field) -> tuple[Floats, Floats]:
    """Knots of all strands, one strand a column: stems, then the twigs that leave them."""
    knots = math.ceil(LENGTHS_MM[1] / MARCH_MM) + 1
    turn = rng.uniform(*TURNS, count)
    twigs = [round(count * share) for share in TWIGS]
    stems = count - sum(twigs)
    start = rng.uniform(-SHEET_MM / 2, SHEET_MM / 2, (2, stems))
    course = rng.normal(0, spread, stems) + np.pi * rng.integers(0, 2, stems)
    y, x, way = _march(rng, start, course, course, turn[:stems], angle, knots)
    older = 0
    for more in twigs:
        born = y.shape[1]
        if not more or born == older:
            continue
        stem = rng.integers(older, born, more)
        knot = (rng.uniform(0.15, 0.85, more) * length[stem] / MARCH_MM).astype(int)
        aside = rng.choice([-1, 1], more) * rng.uniform(0.25, 0.8, more)
        course_here = way[knot, stem] + aside
        own = turn[born : born + more]
        grown = _march(rng, np.array([y[knot, stem], x[knot, stem]]), course_here, course_here, own, angle, knots)
        y, x, way = (np.hstack([old, new]) for old, new in zip((y, x, way), grown, strict=True))
        older = born
    return y, x


def _march(
    rng: np.random.Generator, start: Floats, heading: Floats, course: Floats, turn: Floats, angle: Field, knots: int
) -> tuple[Floats, Floats, Floats]:
    """Walk from `start`, each on its `course` beside the way the tissue runs; return y, x and heading at each knot.

    Headings and courses are kept beside the local way of the tissue, so that a strand bends as the tissue does.
    """
    points = len(angle)
    noise = rng.standard_normal((knots, heading.size)) * turn * math.sqrt(MARCH_MM)
    y, x, way = (np.empty((knots, heading.size)) for _ in range(3))
    here_y, here_x, beside = start[0], start[1], heading
    for knot in range(knots):
        toward = angle[_at(here_y, points), _at(here_x, points)] + beside
        y[knot], x[knot], way[knot] = here_y, here_x, beside
        here_y, here_x = here_y + MARCH_MM * np.sin(toward), here_x + MARCH_MM * np.cos(toward)
        beside = beside + noise[knot] + (course - beside) * (MARCH_MM / RETURN_MM)
    return y, x, way


def _at(place: Floats, points: int) -> NDArray[np.intp]:
    """Index of a place in mm, on a side of so many points."""
    return np.floor((place / SHEET_MM + 0.5) * points).astype(np.intp) % points


def _between(knots: Floats) -> Floats:
    """Points on the way from each knot to the next, `FINE` a step."""
    part = np.arange(FINE)[:, None] / FINE
    fine = knots[:-1, None] * (1 - part) + knots[1:, None] * part
    return np.concatenate([fine.reshape(-1, knots.shape[1]), knots[-1:]])


def _splat(row: Floats, column: Floats, weight: Floats) -> Field:
    """Share each point among the four grid points around it, on a sheet whose edges meet."""
    top, left = np.floor(row).astype(np.intp), np.floor(column).astype(np.intp)
    down, across = row - top, column - left
    corners = [
        (i % POINTS * POINTS + j % POINTS, weight * share_y * share_x)
        for i, share_y in ((top, 1 - down), (top + 1, down))
        for j, share_x in ((left, 1 - across), (left + 1, across))
    ]
    place, share = (np.concatenate(parts) for parts in zip(*corners, strict=True))
    return np.bincount(place, share, POINTS**2).reshape(POINTS, POINTS).astype(np.float32)
