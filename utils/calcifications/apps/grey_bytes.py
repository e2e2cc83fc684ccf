"""Grey values as bytes for the page.

Tissue goes as it is: its noise can't be packed. A layer of calcifications is mostly nothing, and smooth where it is
something, so it goes as differences from pixel to pixel, row after row:

- 1 to 253: the next value differs by so much less 127;
- 254, then two bytes: it differs by that number, modulo 65536;
- 0, then three bytes: so many pixels stay as they are.

What comes after the last byte stays as it is. Numbers of several bytes start with their lowest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_ZERO, _MOST, _FAR, _SAME = 127, 126, 254, 0
_SHORT = 4  # unchanged pixels: as many bytes as a run of them takes


def whole(grey: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return grey values, of any shape, as whole 16-bit numbers."""
    return np.clip(grey, 0, 65535).astype("<u2")


def bytes16(grey: NDArray[np.float32]) -> bytes:
    """Return whole grey values as little-endian 16-bit numbers."""
    return whole(grey).tobytes()


def packed(layer: NDArray[np.float32]) -> bytes:
    """Return a layer of shape (height, width) as the bytes described above."""
    flat = whole(layer).ravel().astype(np.int32)
    step = flat.copy()
    step[1:] -= flat[:-1]
    at = np.flatnonzero(step)
    step = step[at]
    same: NDArray[np.int64] = np.diff(at, prepend=-1) - 1
    run, far = same > _SHORT, np.abs(step) > _MOST
    before = np.where(run, 4, same)
    size = before + np.where(far, 3, 1)
    end = np.cumsum(size)
    out = np.full(end[-1] if len(end) else 0, _ZERO, np.uint8)
    start, value = (end - size)[run], end - size + before
    out[start] = _SAME
    for byte in range(3):
        out[start + 1 + byte] = same[run] >> 8 * byte & 255
    out[value[~far]] = step[~far] + _ZERO
    out[value[far]] = _FAR
    for byte in range(2):
        out[value[far] + 1 + byte] = step[far] >> 8 * byte & 255
    return out.tobytes()
