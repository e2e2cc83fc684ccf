"""The background of a mammogram: synthetic breast tissue, without calcifications and without noise.

Texture and strands lie on a sheet measured in mm, which the picture samples through a gentle warp; so a seed shows the
same tissue at any pixel size. The recipe's numbers are fitted, not anatomical: with them spectrum, anisotropy, kurtosis
and coherence match those of 207 normal films (mini-MIAS: Suckling et al. 1994, scanned at 0.2 mm).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy import ndimage

from calcifications.errors import CourseError, number, pick, shown, whole
from calcifications.imaging.strands import strands

Field = NDArray[np.float32]
Places = NDArray[np.float64]  # mm from the middle, along one side
Range = tuple[float, float]  # drawn from evenly

# The recipe counts in grey levels of an 8-bit film scan, the course in thousandths of log attenuation. A speck of
# 0.35 mm, half mineral, peaks at about 150 of these after blur, and real calcifications at 24 levels over their tissue.
UNITS_PER_LEVEL = 6.0

SHEET_MM = 64.0  # wider than the usual picture (54 mm), so that nothing in it repeats
PITCH_MM = 0.125  # the finest structure has a sigma of 0.14 mm; 64 mm are 512 points, which transform fast
FILM_PIXEL_MM = 0.2  # the power of the texture is given for white noise on pixels of this size
WIDEST_MM = 300.0  # the long side of the largest detectors

SPECK_MM = 0.6  # sigma; what is finer counts as small
SPECK_PEAK = 6.0  # film levels by which small things may stand out; the ten brightest of a real group reach 13


@dataclass(frozen=True)
class Density:
    """How one class of breast looks; brightness in film grey levels unless said otherwise."""

    mean: float  # thousandths of log attenuation, before islands and strands
    gland: float  # share of the picture that glandular islands cover
    rise: Range  # of an island over the fat around it
    shading: float  # typical height of the broad light and dark
    beta: float  # exponent of the texture's power spectrum: higher is smoother
    skew: Range  # of the texture: above 0 bright threads on dark fat, below 0 dark fat between bright lobules
    strands: Range  # per 1000 mm2
    strand_peak: Range  # their mean brightness


# The films are classed fatty ("a" here), glandular ("c") and dense ("d"); "b" lies between the first two. Means and
# shares of glandular tissue are course conventions: each class is brighter than the one before.
DENSITIES = {
    "a": Density(1900, 0.08, (6, 14), 7, 2.55, (0.0, 0.25), (35, 90), (2.0, 5.5)),
    "b": Density(2000, 0.25, (8, 22), 9, 2.65, (-0.1, 0.25), (30, 90), (1.5, 5.0)),
    "c": Density(2150, 0.50, (10, 28), 10, 2.75, (-0.25, 0.15), (30, 90), (1.2, 4.5)),
    "d": Density(2300, 0.75, (10, 28), 10, 2.80, (-0.35, -0.05), (20, 80), (1.0, 4.5)),
}


def tissue(
    seed: int = 0, density: str = "b", shape: tuple[int, int] = (768, 768), pixel_mm: float = 0.07
) -> NDArray[np.float32]:
    """Draw a patch of breast tissue; the nipple lies to the right (+u).

    Parameters
    ----------
    seed : int
        Which breast. It shows the same tissue around the same middle at every shape and pixel size up to 64 mm wide.
    density : {"a", "b", "c", "d"}
        Breast density, from almost entirely fatty to extremely dense.
    shape : (int, int)
        Rows and columns.
    pixel_mm : float
        Size of a pixel in the plane of the breast, mm.

    Returns
    -------
    float32 array of `shape`
        Thousandths of the natural log of attenuation; brighter is denser. Quantum noise belongs to the view.

    Raises
    ------
    CourseError
        If an argument is not one of its choices, or the picture is wider than any detector.
    """
    whole(seed, 0, 2**32 - 1, "tissue's seed")
    kind = DENSITIES[pick(density, DENSITIES, "density")]
    pixel_mm = number(pixel_mm, 0.01, 1, "pixel size", "mm")
    if not isinstance(shape, (tuple, list)) or len(shape) != 2:
        raise CourseError(f"The picture's shape can't be {shown(shape)}; it is two whole numbers, rows and columns.")
    rows, columns = (
        whole(side, 1, 4096, f"number of {noun}") for side, noun in zip(shape, ("rows", "columns"), strict=True)
    )
    widest = number(max(rows, columns) * pixel_mm, 0, WIDEST_MM, "picture's longer side", "mm")

    rng = np.random.default_rng(int(seed))
    sheet_mm = SHEET_MM * math.ceil(widest / SHEET_MM)
    y, x = _from_middle(rows, pixel_mm), _from_middle(columns, pixel_mm)
    shading = _shading(rng, kind, sheet_mm, y, x)
    gain = _gain(rng, shading, sheet_mm, y, x)
    place = _warp(rng, sheet_mm, y, x)
    sheet = _texture(rng, kind, sheet_mm)
    sheet += strands(rng, rng.uniform(*kind.strands), rng.uniform(*kind.strand_peak), sheet_mm, PITCH_MM)
    detail = ndimage.map_coordinates(_without_specks(sheet), place, order=1, mode="grid-wrap")
    grey: Field = np.float32(kind.mean) + np.float32(UNITS_PER_LEVEL) * (gain * detail + shading)
    return grey


def _from_middle(count: int, pixel_mm: float) -> Places:
    return (np.arange(count, dtype=float) - (count - 1) / 2) * pixel_mm


def _smooth(rng: np.random.Generator, length: float, sheet_mm: float, y: Places, x: Places) -> Field:
    """Noise of unit variance and correlation length `length` mm: Gaussian bumps on a lattice as wide as the sheet."""
    step = length / 2
    count = math.ceil(sheet_mm / step) + 9  # a bump ends four steps from its node
    nodes = _from_middle(count, step)
    bumps = [np.exp(-(((at[:, None] - nodes) / step) ** 2) / 2) for at in (y, x)]
    down, across = ((bump / np.linalg.norm(bump, axis=1, keepdims=True)).astype(np.float32) for bump in bumps)
    noise: Field = down @ rng.standard_normal((count, count), dtype=np.float32) @ across.T
    return noise


def _shading(rng: np.random.Generator, kind: Density, sheet_mm: float, y: Places, x: Places) -> Field:
    """Broad light and dark, from uneven thickness, and islands of glandular tissue with scalloped edges."""
    height = kind.shading * math.exp(rng.normal(0, 0.35))
    broad = np.float32(height) * _smooth(rng, rng.uniform(16, 36), sheet_mm, y, x)
    lobe, edge = rng.uniform(12, 24), np.float32(rng.uniform(0.35, 0.9))
    coarse, fine = _smooth(rng, lobe, sheet_mm, y, x), _smooth(rng, lobe / 4, sheet_mm, y, x)
    island = np.float32(0.92) * coarse + np.float32(0.38) * fine  # of unit variance again, so that `gland` is a share
    shore = np.float32(NormalDist().inv_cdf(1 - kind.gland))
    shading: Field = broad + np.float32(rng.uniform(*kind.rise) / 2) * np.tanh((island - shore) / edge)
    return shading


def _gain(rng: np.random.Generator, shading: Field, sheet_mm: float, y: Places, x: Places) -> Field:
    """Contrast of the detail, from place to place: it wanders, and mostly rises with glandular tissue."""
    link, uneven = np.float32(rng.uniform(-0.15, 0.3) / 15), np.float32(rng.uniform(0, 0.22))
    wander = _smooth(rng, rng.uniform(2, 10), sheet_mm, y, x)
    gain: Field = np.exp(np.clip(link * shading + uneven * wander, -0.5, 0.4))  # the ends keep specks away
    return gain


def _warp(rng: np.random.Generator, sheet_mm: float, y: Places, x: Places) -> tuple[Field, Field]:
    """Row and column of the sheet that each pixel shows: bent gently, since a stronger warp looks combed."""
    length = rng.uniform(10, 20)
    bend = np.float32(rng.uniform(0.1, 0.34) * length / 2 / PITCH_MM)
    rows, columns = (((at + sheet_mm / 2) / PITCH_MM).astype(np.float32) for at in (y, x))
    down, across = _smooth(rng, length, sheet_mm, y, x), _smooth(rng, length, sheet_mm, y, x)
    return rows[:, None] + bend * down, columns + bend * across


def _texture(rng: np.random.Generator, kind: Density, sheet_mm: float) -> Field:
    """The ground of the sheet: power-law noise, drawn out along the ducts and skewed. Its edges meet."""
    n = round(sheet_mm / PITCH_MM)
    angle, stretch = rng.normal(0, 0.5), rng.uniform(1.1, 2.1)
    beta = kind.beta + rng.normal(0, 0.25)
    power = 8.9 * math.exp(rng.normal(0, 0.25))  # at 1 cycle/mm

    ky = scipy.fft.fftfreq(n, PITCH_MM).astype(np.float32)[:, None]  # cycles/mm
    kx = scipy.fft.rfftfreq(n, PITCH_MM).astype(np.float32)
    k2 = kx**2 + ky**2
    along2 = (kx * np.float32(math.cos(angle)) + ky * np.float32(math.sin(angle))) ** 2
    drawn_out = np.float32((stretch**2 - 1) / (stretch**2 + 1)) / (1 + k2 / np.float32(0.9**2))  # not the finest detail
    filter_ = (k2 + drawn_out * (2 * along2 - k2) + np.float32(0.03**2)) ** np.float32(-beta / 4)
    filter_ *= np.exp(k2 * np.float32(-2 * (math.pi * 0.09) ** 2))  # the film's blur, sigma 0.09 mm
    filter_[0, 0] = 0

    white = rng.standard_normal((n, n), dtype=np.float32)
    ground = scipy.fft.irfft2(scipy.fft.rfft2(white) * filter_, s=(n, n))
    ground *= np.float32(math.sqrt(power) * FILM_PIXEL_MM / PITCH_MM)
    skew, sd = np.float32(rng.uniform(*kind.skew)), ground.std()
    skewed: Field = np.expm1(skew * np.clip(ground / sd, -4, 4)) * (sd / skew)
    return skewed


def _without_specks(sheet: Field) -> Field:
    """Hold down what is small and bright, a chance peak or a crossing: it could be taken for a calcification."""
    broad = ndimage.gaussian_filter(sheet, SPECK_MM / PITCH_MM, truncate=3, mode="wrap")
    fine, peak = sheet - broad, np.float32(SPECK_PEAK)
    held: Field = broad + np.minimum(fine, peak * np.tanh(fine / peak))
    return held
