"""How the cost of a step grows with particles, and with the pixels that they cover."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.kernel import SEED, SHAPE, VIEW, crowd
from benchmarks.table import median, print_limit
from calcifications.imaging import look
from calcifications.imaging.layer import draw
from calcifications.pattern import grow
from calcifications.reading import measure, read

COUNTS = (30, 60, 120, 250, 500, 1000, 2500, 5000)
FINER = (1.0, 0.71, 0.5, 0.35, 0.25)  # pixel pitch beside the usual one, for the same field: up to 16 times the pixels
REPEATS = 9
STEEPEST = 1.0  # of log cost over log size
ROOM = 0.05  # for the clock


def _took(work: Callable[[], object]) -> float:
    """Return the median processor time of some work, in ms: a busy machine must not bend the curve."""
    taken = []
    for _ in range(REPEATS + 1):
        begin = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - begin))
    return median(taken[1:])


def by_particles() -> dict[str, list[float]]:
    """Return each stage's time at each of `COUNTS`, in ms."""
    out: dict[str, list[float]] = {"grow": [], "layer": [], "measure": [], "read": []}
    for count in COUNTS:
        recipe = crowd(count)
        pattern = grow(recipe, SEED)
        view, findings = look(VIEW, pattern), measure(pattern, VIEW)
        out["grow"].append(_took(lambda recipe=recipe: grow(recipe, SEED)))
        out["layer"].append(_took(lambda pattern=pattern, view=view: draw(pattern.particles, view, SHAPE)))
        out["measure"].append(_took(lambda pattern=pattern: measure(pattern, VIEW)))
        out["read"].append(_took(lambda findings=findings: read(findings)))
    out["all four"] = [sum(stages) for stages in zip(*out.values(), strict=True)]
    return out


def by_pixels() -> list[float]:
    """Return the time to draw 60 particles at each pitch of `FINER`, in ms."""
    pattern = grow(crowd(60), SEED)
    view = look(VIEW, pattern)
    out = []
    for finer in FINER:
        shape = (round(512 / finer), round(512 / finer))
        closer = replace(view, pixel_mm=view.pixel_mm * finer)
        out.append(_took(lambda closer=closer, shape=shape: draw(pattern.particles, closer, shape)))
    return out


def slope(sizes: list[float], taken: list[float]) -> float:
    """Return the power with which cost grows, over the upper half of the sizes, where fixed costs no longer hide it."""
    half = len(sizes) // 2
    return float(np.polyfit(np.log(sizes[half:]), np.log(taken[half:]), 1)[0])


def run() -> None:
    """Time both and print them."""
    particles, pixels = by_particles(), by_pixels()
    print(f"\n{'particles':>10}" + "".join(f"{stage:>10}" for stage in particles) + "   median ms of processor time")
    for row, count in enumerate(COUNTS):
        print(f"{count:>10}" + "".join(f"{taken[row]:10.1f}" for taken in particles.values()))
    print(f"\n{'pixels':>10}{'layer':>10}   median ms of processor time, 60 particles")
    for finer, took in zip(FINER, pixels, strict=True):
        print(f"{512**2 / finer**2 / 1e6:8.2f} M{took:10.1f}")
    grows = slope([float(count) for count in COUNTS], particles["all four"])
    print_limit("power of the cost in particles", grows, STEEPEST + ROOM, at_most=True)
    grows = slope([1 / finer**2 for finer in FINER], pixels)
    print_limit("power of the cost in pixels", grows, STEEPEST + ROOM, at_most=True)
