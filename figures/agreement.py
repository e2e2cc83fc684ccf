"""The reader of pixels beside the truth: what each said of the same cases, and examples of where they differ.

Drawn from the table that `python -m calcifications agreement --store figures/agreement.csv` writes; the examples are
taken again from their numbers.
"""

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import calcifications as cx
from calcifications.reading.agreement import (
    BEYOND,
    HUMAN,
    Agreement,
    Compared,
    case_of,
    kappa,
    picture_of,
    views_of,
)
from calcifications.reading.agreement_table import stored
from figures.plate import ACCENT, GROUND, INK, SOFT, SUSPICIOUS, save

SEED = 0  # of the stored table
EXAMPLES = 6


def confusion(axes: Axes, result: Agreement, step: str, words: list[str]) -> None:
    """Draw a table: rows by the truth, columns by the reader of pixels."""
    pairs = result.pairs(step)
    true_words, seen_words = (
        [word for word in [*words, "none", "unsure"] if word in said] for said in zip(*pairs, strict=True)
    )
    count = np.array([[pairs.count((true, seen)) for seen in seen_words] for true in true_words])
    share = count / np.maximum(count.sum(axis=1, keepdims=True), 1)
    axes.imshow(share, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for row, column in np.argwhere(count):
        light = share[row, column] > 0.6
        axes.text(column, row, count[row, column], ha="center", va="center", fontsize=8, color=GROUND if light else INK)
    axes.set_xticks(range(len(seen_words)), seen_words, rotation=45, ha="right", fontsize=9)
    axes.set_yticks(range(len(true_words)), true_words, fontsize=9)
    value, error = kappa(pairs)
    axes.set_title(
        f"{step}: kappa {value:.2f} ({value - 1.96 * error:.2f} to {value + 1.96 * error:.2f})\n"
        f"radiologists among themselves {HUMAN[step]}",
        fontsize=11, fontweight="bold",
    )  # fmt: skip
    axes.set_xlabel("said of the pixels")
    axes.set_ylabel("said of the truth")


def examples(result: Agreement) -> list[Compared]:
    """Return cases on whose form the readers differ: the first of each of the commonest mistakes."""
    wrong = [case for case in result.cases if case.true_form != case.seen_form and "none" not in case.true_form]
    kinds = [(case.true_form, case.seen_form) for case in wrong]
    commonest = sorted(set(kinds), key=lambda kind: -kinds.count(kind))[:EXAMPLES]
    return [wrong[kinds.index(kind)] for kind in commonest]


def example(axes: Axes, case: Compared) -> None:
    """Draw the picture that decides, cut to its group."""
    form, distribution, density, pattern = case_of(case.number, SEED)
    look = views_of(form, distribution)[-1]
    picture = picture_of(pattern, look, distribution, density, case.number)
    over = cx.overlays(pattern, look[0], shape=picture.pixels.shape)
    place = over.to_pixels(over.outlines.reshape(-1, 2))
    low, high = np.percentile(place, [2, 98], axis=0)
    side = min(picture.pixels.shape) / 2
    half = min(max(float((high - low).max()) * 0.65, 4 / picture.pixel_mm), side)
    middle = np.clip((low + high) / 2, half, np.array(picture.pixels.shape[::-1]) - half)
    usual = np.median(picture.pixels[picture.pixels > 0])
    axes.imshow(picture.pixels, cmap="gray", vmin=usual - 250, vmax=usual + 600, interpolation="bicubic")
    axes.set(xlim=(middle[0] - half, middle[0] + half), ylim=(middle[1] + half, middle[1] - half), xticks=[], yticks=[])
    axes.set_title(case.true_form, fontsize=11, color=ACCENT, fontweight="bold", pad=4)
    axes.set_xlabel(f"of pixels: {case.seen_form}\n{look[0]}, case {case.number}", fontsize=9, color=SUSPICIOUS)
    for spine in axes.spines.values():
        spine.set_color(SOFT)


result = stored(Path(__file__).with_suffix(".csv"))
figure = Figure(figsize=(14, 11.5), layout="constrained")
above, below = figure.subfigures(2, 1, height_ratios=[2.2, 1])
left, right = above.subplots(1, 2, width_ratios=[1.7, 1])
confusion(left, result, "form", cx.forms())
confusion(right, result, "distribution", cx.distributions())
for axes, case in zip(below.subplots(1, EXAMPLES), examples(result), strict=False):
    example(axes, case)
below.suptitle("Where they differ: what the truth says, and what the pixels were taken for", fontsize=12, color=SOFT)
figure.suptitle(
    f"{len(result.cases)} cases over all forms, distributions and densities,"
    f" sliders up to {100 * BEYOND:.0f} % beyond the examples' ranges",
    fontsize=14,
)
save(figure, __file__)
