"""A model observer: how plainly it sees the specks of a phantom.

It knows where to look and what for. It weighs the pixels around each speck with the speck's own noiseless picture (a
matched filter; with noise that has no grain, whitening would change nothing) and compares what it finds with how much
that varies by chance. People use about half of what is there, so its ratio is lowered by the root of their efficiency.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown, whole
from calcifications.imaging.background import block
from calcifications.imaging.layer import draw
from calcifications.imaging.optics import optics
from calcifications.imaging.radiograph import SHAPE
from calcifications.imaging.view import View, look
from calcifications.pattern.phantom import Phantom

Floats = NDArray[np.float64]

_MOST_PICTURES = 1000


def contrast_to_noise(phantom: Phantom, view: str | View = "CC", *, dose: float = 1.0, pictures: int = 8) -> Floats:
    """Return the contrast-to-noise ratio of each speck group of a phantom.

    Parameters
    ----------
    phantom : Phantom
    view : str
        One of `views()`.
    dose : float
        Beside the nominal one, 0.1 to 10.
    pictures : int
        How many pictures, each with noise of its own, the ratio is averaged over.

    Returns
    -------
    ndarray of shape (groups,)
        Mean over the group's specks. Not a number for a group outside the field.

    Raises
    ------
    CourseError
        If it is no phantom, or a value is out of its bounds.
    """
    if not isinstance(phantom, Phantom):
        raise CourseError(f"The observer looks at a phantom, not at {shown(phantom)}.")
    whole(pictures, 1, _MOST_PICTURES, "number of pictures")
    seen = look(view, phantom, dose=dose)
    layer, (row, column, height, width) = draw(phantom.particles, seen, SHAPE)
    specks = np.zeros(SHAPE)
    specks[row : row + height, column : column + width] = layer
    templates = []
    for number in range(len(phantom.particles)):
        one, box = draw(phantom.particles.some(np.arange(len(phantom.particles)) == number), seen, SHAPE)
        templates.append((one.astype(float), (slice(box[0], box[0] + box[2]), slice(box[1], box[1] + box[3]))))
    empty = specks == 0
    found = np.zeros(len(templates))
    for noise_seed in range(pictures):
        picture = block(phantom.thickness_mm, noise_seed, seen, SHAPE) + specks
        picture -= picture[empty].mean()
        noise = picture[empty].std()
        for number, (template, window) in enumerate(templates):
            length = np.sqrt((template**2).sum())
            found[number] += (template * picture[window]).sum() / (length * noise) if length else np.nan
    seen_by_people = np.sqrt(optics().observer_efficiency) * found / pictures
    return np.array([seen_by_people[phantom.particles.group == group].mean() for group in range(len(phantom.recipes))])


def visible_groups(ratios: Floats) -> int:
    """Return how many groups are seen, counted from the largest to the first that is not."""
    hidden = np.flatnonzero(~(ratios >= optics().observer_threshold))
    return int(hidden[0]) if len(hidden) else len(ratios)
