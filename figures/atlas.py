"""The atlas: every form in every distribution in which it comes, on the view that shows it best, on one page."""

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import calcifications as cx
from figures.plate import ACCENT, BENIGN, INK, SOFT, SUSPICIOUS, save, scale_bar

COLUMNS = 6
PANEL_INCHES = 2.35
CLOSE, WIDE, BREAST = 11.0, 32.0, 64.0  # mm shown: a spot, a duct or a lobe, most of the breast
SIDE = 832  # pixels: they hold the widest field on a magnified view
FIELDS = {"grouped": CLOSE, "linear": WIDE, "segmental": WIDE, "regional": WIDE, "none": WIDE, "diffuse": BREAST}
"""The distributions, with the field that shows each."""


@dataclass(frozen=True)
class Plate:
    """One picture of the page: what is grown and how it is looked at; `white` as in `plate.Panel`."""

    above: str
    below: str
    recipes: cx.Recipe | list[cx.Recipe]
    view: str = "CC"
    field_mm: float = CLOSE
    white: float = 480.0
    seed: int = 7
    colour: str = INK


SKIN, VASCULAR, RODS, POPCORN, RIM, DYSTROPHIC, SUTURE, MILK = map(
    cx.preset, ("skin", "vascular", "large rod-like", "popcorn", "rim", "dystrophic", "suture", "milk of calcium")
)
BESIDE = [MILK, replace(cx.preset("fine pleomorphic"), count=6, extent_mm=3.0, across_mm=3.5, up_mm=4.0)]
COLUMN = replace(cx.preset("punctate"), arrangement="column", count=9, extent_mm=7.0)
CASTS = cx.preset("fine linear", "grouped")
OWN = [
    Plate("skin", "from above: rings", SKIN, "CC-mag", colour=BENIGN),
    Plate("skin", "along the skin: they lie in it", SKIN, "tangential", colour=BENIGN),
    Plate("vascular", "tram tracks", VASCULAR, field_mm=WIDE, colour=BENIGN),
    Plate("vascular", "from the side", VASCULAR, "ML", field_mm=WIDE, colour=BENIGN),
    Plate("vascular", "a few only: magnify", replace(VASCULAR, count=12), field_mm=WIDE, colour=BENIGN),
    Plate("large rod-like", "cigars along the ducts", RODS, field_mm=WIDE, white=700, colour=BENIGN),
    Plate("popcorn", "lobed lumps in a mass", POPCORN, field_mm=20, white=1400, seed=10, colour=BENIGN),
    Plate("rim", "an eggshell", RIM, white=650, seed=5, colour=BENIGN),
    Plate("dystrophic", "plaques with clear centres", DYSTROPHIC, field_mm=16, white=900, seed=8, colour=BENIGN),
    Plate("suture", "a thread with knots", SUTURE, field_mm=16, white=600, colour=BENIGN),
    Plate("milk of calcium", "from above: smudges", MILK, "CC-mag", white=300, colour=BENIGN),
    Plate("milk of calcium", "true lateral: tea-cups", MILK, "ML-mag", white=300, colour=BENIGN),
    Plate("milk and others", "from above", BESIDE, "CC-mag", 14.0, 300, colour=ACCENT),
    Plate("milk and others", "six specks did not change", BESIDE, "ML-mag", 14.0, 300, colour=ACCENT),
    Plate("a column", "from above: a group?", COLUMN, "CC", WIDE, colour=ACCENT),
    Plate("a column", "from the side: none", COLUMN, "ML", WIDE, colour=ACCENT),
    Plate("deodorant", "no calcium: streaks in folds", cx.preset("deodorant"), "MLO", 22, 700, colour=ACCENT),
    Plate("fine linear", "magnified: casts that branch", CASTS, "CC-mag", 9.0, 700, colour=SUSPICIOUS),
]  # fmt: skip
UNTIED = {
    "round": (BENIGN, 900.0),
    "punctate": (BENIGN, 480.0),
    "milk of calcium": (BENIGN, 300.0),
    "amorphous": (SUSPICIOUS, 320.0),
    "coarse heterogeneous": (SUSPICIOUS, 700.0),
    "fine pleomorphic": (SUSPICIOUS, 480.0),
    "fine linear": (SUSPICIOUS, 600.0),
}
"""The forms that come in every distribution, with their colour and window."""


def best_view(form: str, field_mm: float) -> str:
    """Return the view that shows a form best: the true lateral for milk, a magnified one where little is to be seen."""
    view = "ML" if form == "milk of calcium" else "CC"
    return f"{view}-mag" if field_mm == CLOSE or (form == "amorphous" and field_mm <= WIDE) else view


def laid_out(form: str) -> list[Plate]:
    """Return a form in every distribution."""
    colour, white = UNTIED[form]
    return [
        Plate(
            form,
            f"{'a few: no distribution' if word == 'none' else word}, {best_view(form, field)}",
            cx.preset(form, word),
            best_view(form, field),
            field,
            white,
            colour=colour,
        )
        for word, field in FIELDS.items()
    ]


def show(axes: Axes, plate: Plate) -> None:
    """Draw one picture, windowed on its own tissue."""
    pattern = cx.grow(plate.recipes, seed=plate.seed)
    if plate.field_mm > WIDE:
        picture = cx.radiograph(pattern, plate.view, field="breast")
    else:
        picture = cx.radiograph(pattern, plate.view, shape=(SIDE, SIDE))
    rows, columns = picture.background.shape
    half = min(round(plate.field_mm / picture.pixel_mm / 2), rows // 2, columns // 2)
    cut = np.s_[rows // 2 - half : rows // 2 + half, columns // 2 - half : columns // 2 + half]
    tissue = picture.background[cut]
    low, middle = np.percentile(tissue[tissue > (tissue.min() + tissue.max()) / 2 - 200], [1, 50])  # no air
    axes.imshow(picture.pixels[cut], cmap="gray", vmin=low - 40, vmax=middle + plate.white, interpolation="antialiased")
    shown_mm = 2 * half * picture.pixel_mm
    scale_bar(axes, shown_mm, next(bar for bar in (20.0, 10.0, 5.0, 2.0) if bar < shown_mm / 2.2))
    axes.set(xticks=[], yticks=[])
    axes.set_title(plate.above, fontsize=10, color=plate.colour, fontweight="bold", pad=3)
    axes.set_xlabel(plate.below, fontsize=8.5, color=SOFT, labelpad=2)
    for spine in axes.spines.values():
        spine.set_visible(False)


def atlas() -> Figure:
    """Draw the page."""
    plates = OWN + [plate for form in UNTIED for plate in laid_out(form)]
    rows = -(-len(plates) // COLUMNS)
    figure = Figure(figsize=(COLUMNS * PANEL_INCHES, rows * (PANEL_INCHES + 0.42)), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.03, h_pad=0.03)  # type: ignore[union-attr]
    for axes, plate in zip(figure.subplots(rows, COLUMNS).flat, plates, strict=True):
        show(axes, plate)
    return figure


save(atlas(), __file__)
