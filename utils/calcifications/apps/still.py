"""Still pictures: what stands in a lesson before it is started, on paper, and where no kernel runs."""

from __future__ import annotations

import base64
import io
from html import escape

import numpy as np

from calcifications.imaging import Radiograph


def window(picture: Radiograph) -> tuple[float, float]:
    """Return the grey values shown as black and as white: fitted to the tissue, so that specks stay below white."""
    low, middle = np.percentile(picture.background[::8, ::8], [1, 50])
    return float(low - 40), float(middle + 480)


def jpeg(picture: Radiograph, quality: int = 82) -> bytes:
    """Return a picture as the bytes of a JPEG file, through the default window."""
    from PIL import Image

    low, high = window(picture)
    grey = np.clip((picture.pixels - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "jpeg", quality=quality)
    return out.getvalue()


def figure(picture: Radiograph, alt: str, caption: str) -> str:
    """Return a figure in HTML: the still, its alt text and a caption. Both texts are escaped."""
    data = base64.b64encode(jpeg(picture)).decode()
    return (
        f'<figure style="margin:0"><img width="512" height="512" alt="{escape(alt)}" '
        f'src="data:image/jpeg;base64,{data}"><figcaption>{escape(caption)}</figcaption></figure>'
    )
