"""Still pictures: what stands in a lesson before it is started, on paper, and where no kernel runs."""

from __future__ import annotations

import base64
import io
from html import escape

from calcifications.imaging import Radiograph
from calcifications.teaching.window import screen, window

__all__ = ["figure", "jpeg", "screen", "window"]


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
