"""Still pictures: what stands in a lesson before it is started, on paper, and where no kernel runs."""

from __future__ import annotations

import base64
import io
from html import escape

import numpy as np
from numpy.typing import NDArray

from calcifications.imaging import Radiograph


def window(picture: Radiograph) -> tuple[float, float]:
    """Return the grey values shown as black and as white: fitted to the tissue, so that specks stay below white."""
    grey = picture.background[::8, ::8]
    tissue = grey[grey > AIR * np.percentile(grey, 95)]  # not the air beyond the skin
    low, middle = np.percentile(tissue, [1, 50])
    return float(max(low, middle - DARKER) - 40), float(middle + 480)


DARKER = 430.0
"""How far below its middle the tissue of a close-up goes; a whole breast's thin edge goes further."""

AIR = 0.6
"""What is darker than this share of the brightest tissue is air, or the breast's thin edge."""


KNEE = 0.7
"""Where the line from grey to screen bends over, as a share of white: above it, dense lumps keep their shape."""


def screen(grey: NDArray[np.float32], low: float, high: float) -> NDArray[np.uint8]:
    """Return screen values, 0 to 255, of grey values seen through a window: what the viewer shows."""
    x = np.maximum((grey - low) / (high - low), 0)
    bent = np.where(x < KNEE, x, KNEE + (1 - KNEE) * (1 - np.exp((KNEE - x) / (1 - KNEE))))
    return np.rint(255 * bent).astype(np.uint8)


def jpeg(picture: Radiograph, quality: int = 82) -> bytes:
    """Return a picture as the bytes of a JPEG file, through the default window."""
    from PIL import Image

    low, high = window(picture)
    out = io.BytesIO()
    Image.fromarray(screen(picture.pixels, low, high)).save(out, "jpeg", quality=quality)
    return out.getvalue()


def figure(picture: Radiograph, alt: str, caption: str) -> str:
    """Return a figure in HTML: the still, its alt text and a caption. Both texts are escaped."""
    data = base64.b64encode(jpeg(picture)).decode()
    return (
        f'<figure style="margin:0"><img width="512" height="512" alt="{escape(alt)}" '
        f'src="data:image/jpeg;base64,{data}"><figcaption>{escape(caption)}</figcaption></figure>'
    )
