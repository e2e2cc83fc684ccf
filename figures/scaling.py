"""How the cost of a slider's step grows with the number of particles: `python -m figures.scaling`."""

from matplotlib.figure import Figure

from benchmarks.scaling import COUNTS, by_particles
from figures.plate import ACCENT, BENIGN, INK, SOFT, SUSPICIOUS, save

COLOURS = {"grow": SOFT, "layer": SUSPICIOUS, "measure": BENIGN, "read": SOFT, "all four": ACCENT}
MARKERS = {"grow": "v", "layer": "s", "measure": "^", "read": "x", "all four": "o"}

taken = by_particles()
figure = Figure(figsize=(8, 5), layout="constrained")
axes = figure.subplots()
for stage, times in taken.items():
    axes.loglog(COUNTS, times, MARKERS[stage] + "-", color=COLOURS[stage], label=stage, lw=1.5)
first = taken["all four"][-1] / COUNTS[-1]
axes.loglog(COUNTS, [first * count for count in COUNTS], ":", color=INK, lw=1, label="in proportion")
for count, limit in ((60, 10), (5000, 150)):
    axes.plot(count, limit, "_", color=INK, ms=18, mew=2)
    axes.annotate(
        f"limit {limit} ms", (count, limit), xytext=(0, -16), textcoords="offset points", ha="center", color=INK
    )
axes.set(xlabel="particles in a field of 768 x 768 pixels", ylabel="median ms of processor time")
axes.set_xticks(COUNTS, [f"{count:,}" for count in COUNTS])
axes.set_yticks([1, 10, 100], ["1", "10", "100"])
axes.minorticks_off()
axes.legend(frameon=False, labelcolor=INK)
for side in ("top", "right"):
    axes.spines[side].set_visible(False)
save(figure, __file__)
