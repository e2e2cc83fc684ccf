"""The ground of the tissue: power-law noise, skewed, and drawn out along the local way of the tissue."""

from __future__ import annotations

import math

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from calcifications.imaging.density import Character
from calcifications.imaging.sheet import PITCH_MM, POINTS, Field

FILM_PIXEL_MM = 0.2  # the power of the texture is given for white noise on pixels of this size
BLUR_MM = 0.09  # of the film, sigma
ROUND_ABOVE = 1.7  # cycles/mm: the finest detail is not drawn out
BROADEST = 0.05  # cycles/mm: what is broader is left to the shading


def ground(rng: np.random.Generator, character: Character, cos2: Field, sin2: Field) -> Field:
    """Draw the ground of a sheet, film grey levels around 0.

    A filter that weakens waves along one direction is even + cos 2a * along + sin 2a * slant, with `a` that direction:
    so three fields from the same chance, mixed from place to place, turn as the tissue does.

    Parameters
    ----------
    rng : numpy Generator
    character : Character
    cos2, sin2 : float32 arrays
        Of twice the angle at which the tissue runs, times how clearly it does.
    """
    ky = scipy.fft.fftfreq(POINTS, PITCH_MM).astype(np.float32)[:, None]  # cycles/mm
    kx = scipy.fft.rfftfreq(POINTS, PITCH_MM).astype(np.float32)
    k2 = kx**2 + ky**2 + np.float32(BROADEST**2)
    filter_ = k2 ** (-character["beta"] / 4) * np.exp(k2 * np.float32(-2 * (math.pi * BLUR_MM) ** 2))
    filter_ *= np.sqrt(character["power"]) * np.float32(FILM_PIXEL_MM / PITCH_MM)
    filter_[0, 0] = 0
    even = scipy.fft.rfft2(rng.standard_normal((POINTS, POINTS), dtype=np.float32))
    even *= filter_
    turned = 2 * character["drawn_out"] / (k2 * (1 + k2 / np.float32(ROUND_ABOVE**2)))

    field = back(even)
    even *= turned
    field -= cos2 * back(even * (kx**2 - ky**2))
    even *= 2 * kx * ky
    field -= sin2 * back(even)
    skew, sd = character["skew"], field.std()
    skewed: Field = np.expm1(skew * np.clip(field / sd, -4, 4)) * (sd / skew)
    return skewed


def back(spectrum: NDArray[np.complex64]) -> Field:
    """Turn a spectrum of the sheet into the sheet."""
    field: Field = scipy.fft.irfft2(spectrum, s=(POINTS, POINTS))
    return field
