"""How many of a form proved malignant, study by study: a range, never one number."""

from matplotlib.figure import Figure

from figures.plate import ACCENT, BENIGN, INK, SOFT, SUSPICIOUS, save

STUDIES = {  # percent malignant: amorphous, coarse heterogeneous, fine pleomorphic, fine linear; None where not given
    "BI-RADS 5th edition, pooled": ("D", (21, 13, 29, 70)),
    "Rominger 2012, 40 studies": ("o", (27, 13, 50, 78)),
    "Choi 2021, first cohort": ("^", (9.1, 16.1, 78.8, 78.6)),
    "Choi 2021, second cohort": ("v", (6.4, 22.1, 44.7, 85.1)),
    "Chan 2009": ("s", (15.1, 19.7, 53.0, 86.0)),
    "Burnside 2005": ("P", (13.3, 7.1, None, None)),
    "Oligane 2018": ("X", (10.5, None, None, None)),
}
FORMS = ("amorphous", "coarse\nheterogeneous", "fine\npleomorphic", "fine linear")
SPREAD = 0.09

figure = Figure(figsize=(11.4, 4.9), layout="constrained")
axes = figure.subplots()
for number, (study, (marker, rates)) in enumerate(STUDIES.items()):
    shift = (number - (len(STUDIES) - 1) / 2) * SPREAD
    points = [(place + shift, rate) for place, rate in enumerate(rates) if rate is not None]
    colour = ACCENT if study.startswith("BI-RADS") else SUSPICIOUS if number % 2 else INK
    axes.plot(*zip(*points, strict=True), marker, color=colour, ms=8, label=study, ls="none")
for place in range(len(FORMS)):
    every = [rates[place] for _, rates in STUDIES.values() if rates[place] is not None]
    axes.bar(place, max(every) - min(every), bottom=min(every), width=0.8, color=SOFT, alpha=0.18, zorder=0)
    axes.text(
        place, max(every) + 3, f"{min(every):.0f} to {max(every):.0f} %", ha="center", fontsize=12, fontweight="bold"
    )
axes.axhline(2, color=BENIGN, lw=1.2, ls=(0, (4, 4)))
axes.text(3.62, 3.2, "2 %: the limit of “probably benign”", color=BENIGN, ha="right", fontsize=10)
axes.set(xlim=(-0.6, 3.65), ylim=(0, 100), ylabel="malignant, of 100 lesions of that form")
axes.set_xticks(range(len(FORMS)), FORMS, fontsize=12)
axes.tick_params(axis="x", length=0)
axes.legend(frameon=False, fontsize=10, loc="upper left", labelcolor=INK)
for side in ("top", "right"):
    axes.spines[side].set_visible(False)
save(figure, __file__)
