"""The accreditation phantom's specks at a quarter of the dose, at the usual dose, and at four times as much."""

import numpy as np
from matplotlib.figure import Figure

import calcifications as cx
from calcifications.imaging import contrast_to_noise, visible_groups
from figures.plate import ACCENT, INK, SOFT, save, scale_bar

DOSES = {0.25: "a quarter of the dose", 1.0: "the usual dose", 4.0: "four times the dose"}
WIDTH_MM, HEIGHT_MM = 34.0, 24.0

figure = Figure(figsize=(11.4, 3.35), layout="constrained")
figure.get_layout_engine().set(w_pad=0.06, rect=(0, 0.05, 1, 0.95))  # type: ignore[union-attr]
made = cx.phantom("acr-digital")
for axes, (dose, name) in zip(figure.subplots(1, len(DOSES)), DOSES.items(), strict=True):
    picture = cx.radiograph(made, dose=dose)
    half = np.array(picture.pixels.shape[::-1]) * picture.pixel_mm / 2
    middle = picture.background.mean()
    extent = (-half[0], half[0], -half[1], half[1])
    axes.imshow(picture.pixels, cmap="gray", vmin=middle - 60, vmax=middle + 130, extent=extent)
    axes.set(xlim=(-WIDTH_MM / 2, WIDTH_MM / 2), ylim=(-HEIGHT_MM / 2, HEIGHT_MM / 2), xticks=[], yticks=[])
    for recipe in made.recipes:
        label = f"{recipe.size_mm:.2f} mm"
        axes.text(recipe.forward_mm, recipe.across_mm + 3.6, label, color=ACCENT, fontsize=9.5, ha="center")
    axes.set_title(name, fontsize=12.5, fontweight="bold", color=INK, pad=5)
    seen = visible_groups(contrast_to_noise(made, dose=dose))
    below = f"noise {picture.background.std():.0f}; {seen} of {len(made.recipes)} groups are seen for sure"
    axes.text(0.5, -0.085, below, transform=axes.transAxes, ha="center", fontsize=10.5, color=INK)
    scale_bar(axes, WIDTH_MM, 5)
    for spine in axes.spines.values():
        spine.set_color(SOFT)
save(figure, __file__)
