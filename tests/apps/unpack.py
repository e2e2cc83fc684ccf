"""A layer from its bytes, as the page reads them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def unpack(data: bytes, shape: tuple[int, int]) -> NDArray[np.uint16]:
    """Return a layer of a shape from the bytes of `grey_bytes.packed`."""
    grey: list[int] = []
    value, rest = 0, iter(data)
    for byte in rest:
        if byte == 0:
            grey += [value] * sum(next(rest) << shift for shift in (0, 8, 16))
            continue
        step = sum(next(rest) << shift for shift in (0, 8)) if byte == 254 else byte - 127
        value = (value + step) % 65536
        grey.append(value)
    grey += [value] * (shape[0] * shape[1] - len(grey))
    return np.array(grey, np.uint16).reshape(shape)
