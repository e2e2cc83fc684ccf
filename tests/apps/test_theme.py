"""Colours: contrast as WCAG counts it, and how far apart they stay to colour-blind eyes."""

import itertools
import re

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from calcifications.apps.widget import HERE

CSS = (HERE / "theme.css").read_text(encoding="utf-8")
USED = "\n".join((HERE / name).read_text(encoding="utf-8") for name in ("look.css", "viewer.css"))
# What a full loss of one kind of cone leaves of linear red, green and blue (Machado, Oliveira, Fernandes 2009).
EYES = {
    "all cones": np.eye(3),
    "no red cones": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green cones": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "no blue cones": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TOLD_APART = 10.0  # CIEDE2000; a difference of 2 is seen side by side, of 10 at a glance


def palette(block):
    """The colours of one block of the style sheet, 0 to 1, by their use."""
    found = re.findall(r"--([\w-]+): #([0-9a-f]{6})\b", block)
    return {name: np.array([int(code[at : at + 2], 16) for at in (0, 2, 4)]) / 255 for name, code in found}


THEMES = dict(
    zip(("dark", "light", "contrast"), map(palette, re.findall(r"\{(.*?)\}", CSS, re.DOTALL)), strict=True),
)
each_theme = pytest.mark.parametrize("theme", THEMES)


def linear(colour):
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    bright, dark = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def seen_by(eye, colour):
    seen = np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1)
    return np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)


def apart(eye, one, other):
    return float(deltaE_ciede2000(*(rgb2lab(seen_by(eye, colour)) for colour in (one, other))))


def test_every_theme_has_every_colour_and_no_other_is_used():
    assert len({frozenset(colours) for colours in THEMES.values()}) == 1
    assert set(re.findall(r"var\(--(ink|soft|line|edge|ground|raised|accent|on-accent|no|yes)\b", USED)) <= set(
        THEMES["dark"]
    )
    assert not re.findall(r"#[0-9a-f]{6}\b", (HERE / "look.css").read_text(encoding="utf-8"))


@each_theme
@pytest.mark.parametrize("word", ["ink", "soft", "accent", "no", "yes"])
@pytest.mark.parametrize("under", ["ground", "raised", "chosen", "warned", "righted"])
def test_words_can_be_read_on_all_that_lies_under_them(theme, word, under):
    colours = THEMES[theme]
    assert contrast(colours[word], colours[under]) >= (7.0 if theme == "contrast" else 4.5)


@each_theme
def test_controls_and_bars_can_be_seen(theme):
    colours = THEMES[theme]
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    for name in ("edge", "accent", "fill"):
        assert contrast(colours[name], colours["ground"]) >= 3, name
    assert contrast(colours["fill"], colours["track"]) >= 3


@each_theme
@pytest.mark.parametrize("eye", EYES)
def test_colours_that_mean_different_things_stay_apart(theme, eye):
    colours = THEMES[theme]
    for one, other in (("yes", "no"), ("fill", "track"), ("accent", "fill"), ("ink", "accent")):
        assert apart(eye, colours[one], colours[other]) >= TOLD_APART, (one, other)


@pytest.mark.parametrize("eye", EYES)
def test_lines_over_the_picture_differ_in_colour_or_in_their_dashes(eye):
    rules = {
        selector: (re.search(r"stroke: (#[0-9a-f]{3,6})", rule), re.search(r"stroke-dasharray: ([\d. ]+)", rule))
        for selector, rule in re.findall(r"(?<!~ )\.cx-(shape|circles|extent|duct|wedge|vessel) \{(.*?)\}", USED)
    }
    lines = {
        name: (colour[1] if len(colour[1]) == 7 else "#" + "".join(2 * c for c in colour[1][1:]), dashes and dashes[1])
        for name, (colour, dashes) in rules.items()
        if colour
    }
    assert len(lines) == 6
    for (one, (colour, dashes)), (other, (colour_, dashes_)) in itertools.combinations(lines.items(), 2):
        rgb = [palette(f"--x: {each}")["x"] for each in (colour, colour_)]
        assert dashes != dashes_ or apart(eye, *rgb) >= TOLD_APART, (one, other)
        assert contrast(rgb[0], np.zeros(3)) >= 4.5
