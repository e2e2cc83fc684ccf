"""What the words of the lexicon say about size, in mm, and where the sources disagree."""

from matplotlib.figure import Figure

from figures.plate import ACCENT, BENIGN, GROUND, INK, SOFT, SUSPICIOUS, save

LOW, HIGH = 0.08, 12.0
ROWS = (  # name, from, to, colour, words; an open end runs off the axis
    ("punctate", LOW, 0.5, BENIGN, "smooth dots under 0.5 mm"),
    ("round", 0.5, 1.0, BENIGN, "smooth dots, small: under 1 mm"),
    ("rim (eggshell)", 0.8, HIGH, BENIGN, "the whole: from under 1 mm to over 1 cm"),
    ("popcorn", 2.5, HIGH, BENIGN, "more than 2 to 3 mm"),
    ("amorphous", LOW, 0.3, SUSPICIOUS, "no number: too small or hazy for a shape"),
    ("fine pleomorphic", LOW, 0.5, SUSPICIOUS, "usually under 0.5 mm"),
    ("coarse heterogeneous", 0.5, 1.0, SUSPICIOUS, "0.5 to 1 mm"),
    ("fine linear", LOW, 0.5, SUSPICIOUS, "under 0.5 mm thick; the length is free"),
)
CUTS = ((0.5, "“micro” under 0.5\n(one textbook)"), (1.0, "“micro” under 1\n(one dictionary)"))

PATCH = {"boxstyle": "square,pad=0.1", "fc": GROUND, "ec": "none"}  # keeps the dashed lines out of the words

figure = Figure(figsize=(11.4, 4.9), layout="constrained")
axes = figure.subplots()
for row, (name, low, high, colour, words) in enumerate(ROWS):
    y = len(ROWS) - row
    vague = name == "amorphous"
    axes.barh(
        y,
        high - low,
        left=low,
        height=0.5,
        color="none" if vague else colour,
        ec=colour,
        ls="--" if vague else "-",
        lw=1.3,
    )
    end = high < 5
    axes.text(
        high * 1.08 if end else low / 1.08,
        y,
        words,
        va="center",
        ha="left" if end else "right",
        fontsize=10.5,
        bbox=PATCH,
    )
for place, text in CUTS:
    axes.axvline(place, color=ACCENT, lw=1.2, ls=(0, (4, 4)), zorder=0)
    axes.text(place, len(ROWS) + 0.75, text, color=ACCENT, ha="center", va="bottom", fontsize=10)
axes.axvspan(0.1, 0.2, color=SOFT, alpha=0.25, zorder=0, lw=0)
axes.text(
    0.1414, len(ROWS) + 0.75, "about the smallest\nthat can be seen", color=INK, ha="center", va="bottom", fontsize=10
)
axes.set(
    xscale="log",
    xlim=(LOW, HIGH),
    ylim=(0.4, len(ROWS) + 0.7),
    xlabel="longest diameter in mm (each step to the right is a factor)",
)
axes.set_xticks([0.1, 0.2, 0.3, 0.5, 1, 2, 3, 5, 10], ["0.1", "0.2", "0.3", "0.5", "1", "2", "3", "5", "10"])
axes.minorticks_off()
axes.set_yticks([len(ROWS) - row for row in range(len(ROWS))], [name for name, *_ in ROWS], fontsize=11)
axes.tick_params(axis="y", length=0)
for label, (_, _, _, colour, _) in zip(axes.get_yticklabels(), ROWS, strict=True):
    label.set_color(colour)
for side in ("top", "right", "left"):
    axes.spines[side].set_visible(False)
save(figure, __file__)
