"""Why a tenth of a millimetre is the edge: how far a smooth speck stands out of the noise, by its size."""

import numpy as np
from matplotlib.figure import Figure

import calcifications as cx
from calcifications.imaging import view_named
from calcifications.imaging.attenuation import grey_per_mm
from figures.plate import ACCENT, BENIGN, INK, SOFT, SUSPICIOUS, save

SIZES_MM = np.geomspace(0.06, 1.0, 25)
WAYS = (  # name, view, dose, colour
    ("magnified 1.8 times (CC-mag)", "CC-mag", 1.0, BENIGN),
    ("contact view (CC)", "CC", 1.0, INK),
    ("contact view, a quarter of the dose", "CC", 0.25, SUSPICIOUS),
)


def ratio(size_mm: float, view: str, dose: float) -> float:
    """Return the brightest pixel of a speck over the noise of a pixel, averaged over where it falls on the grid."""
    over = []
    for seed in range(1, 9):
        picture = cx.radiograph(cx.grow(cx.Recipe(size_mm, 1), seed=seed), view, dose=dose)
        over.append(picture.layer.max() / picture.view.noise)
    return float(np.mean(over))


figure = Figure(figsize=(11.4, 4.9), layout="constrained")
axes = figure.subplots()
full = grey_per_mm(cx.Recipe().density) * SIZES_MM / view_named("CC").noise
axes.plot(SIZES_MM, full, color=SOFT, ls=(0, (2, 2)), lw=1.6, label="if nothing blurred it")
for name, view, dose, colour in WAYS:
    axes.plot(SIZES_MM, [ratio(size, view, dose) for size in SIZES_MM], color=colour, lw=2.2, label=name)
axes.axhspan(0.01, 1, color=SOFT, alpha=0.22, lw=0)
axes.text(0.96, 0.4, "no brighter than the noise of one pixel", color=INK, ha="right", fontsize=10.5)
axes.axhline(5, color=ACCENT, lw=1.2, ls=(0, (4, 4)))
axes.text(0.96, 5.4, "five times the noise: stands out plainly", color=ACCENT, fontsize=10.5, ha="right")
axes.set(
    xscale="log", yscale="log", xlim=(0.06, 1.0), ylim=(0.15, 70), xlabel="size of the speck in mm",
    ylabel="brightest pixel, in times the noise",
)  # fmt: skip
axes.set_xticks([0.1, 0.15, 0.2, 0.3, 0.5, 1], ["0.1", "0.15", "0.2", "0.3", "0.5", "1"])
axes.set_yticks([0.5, 1, 2, 5, 10, 20, 50], ["0.5", "1", "2", "5", "10", "20", "50"])
axes.minorticks_off()
axes.legend(frameon=False, fontsize=10.5, loc="upper left", labelcolor=INK)
for side in ("top", "right"):
    axes.spines[side].set_visible(False)
save(figure, __file__)
