"""The window that a picture is first seen through, on the page, in a file and on paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import Radiograph

DARKER = 430.0
"""How far below its middle the tissue of a close-up goes; a whole breast's thin edge goes further."""

AIR = 0.6
"""What is darker than this share of the brightest tissue is air, or the breast's thin edge."""

KNEE = 0.7
"""Where the line from grey to screen bends over, as a share of white: above it, dense lumps keep their shape."""


def window(picture: Radiograph) -> tuple[float, float]:
    """Return the grey values shown as black and as white: fitted to the tissue, so that specks stay below white."""
    grey = picture.background[::8, ::8]
    tissue = grey[grey > AIR * np.percentile(grey, 95)]  # not the air beyond the skin
    low, middle = np.percentile(tissue, [1, 50])
    return float(max(low, middle - DARKER) - 40), float(middle + 480)


def screen(grey: NDArray[np.float32], low: float, high: float) -> NDArray[np.uint8]:
    """Return screen values, 0 to 255, of grey values seen through a window: what the viewer shows."""
    x = np.maximum((grey - low) / (high - low), 0)
    bent = np.where(x < KNEE, x, KNEE + (1 - KNEE) * (1 - np.exp((KNEE - x) / (1 - KNEE))))
    return np.rint(255 * bent).astype(np.uint8)
