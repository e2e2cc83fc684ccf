"""Real cases: of the lesions that a report described in each word, how many proved malignant, with their interval."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from calcifications.lexicon import distributions, terms
from calcifications.reading.case_counts import cbis_counts
from calcifications.reading.real_count import real_count
from figures.plate import ACCENT, BENIGN, INK, SOFT, SUSPICIOUS, save

WORRYING = ("linear", "segmental")  # the distributions that raise suspicion


def shares(axes: Axes, words: Sequence[tuple[str, str]]) -> None:
    """Draw one line a word, (word, colour): the share, its 95 % interval, and the counts."""
    counted = [(real_count(word), colour) for word, colour in words if real_count(word).lesions]
    for row, (count, colour) in enumerate(counted):
        low, high = count.wilson
        share = 100 * count.malignant / count.lesions
        axes.plot([low, high], [row, row], color=colour, lw=2.5, solid_capstyle="round", alpha=0.8)
        axes.plot(share, row, "o", color=colour, ms=5 + 0.45 * count.lesions**0.5, mec=INK, mew=0.8)
        axes.text(102, row, f"{count.malignant} of {count.lesions}", fontsize=10.5, color=INK, va="center")
    axes.set_yticks(range(len(counted)), [count.words[0] for count, _ in counted], fontsize=11)
    axes.set(xlim=(-2, 100), ylim=(len(counted) - 0.4, -0.6), xlabel="malignant, of 100 lesions")
    axes.grid(axis="x", color=SOFT, alpha=0.2)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


suspicious = {term.name for term in terms("form") if term.family == "suspicious"}
figure = Figure(figsize=(13, 5.6), layout="constrained")
left, right = figure.subplots(1, 2)
forms = [term.name for term in terms("form")]
shares(left, [(form, SUSPICIOUS if form in suspicious else BENIGN) for form in forms])
shares(right, [(word, SUSPICIOUS if word in WORRYING else ACCENT) for word in distributions()])
left.set_title("by form", fontsize=12, fontweight="bold", loc="left")
right.set_title("by distribution", fontsize=12, fontweight="bold", loc="left")
every, bad = (sum(getattr(cell, what) for cell in cbis_counts()) for what in ("lesions", "malignant"))
figure.suptitle(
    f"{every} lesions with calcifications, {bad} of them malignant (CBIS-DDSM, training split)\n"
    "“fine pleomorphic” is the third edition's “pleomorphic” here, which covered coarse heterogeneous too",
    fontsize=12,
)
save(figure, __file__)
