"""What the page does, without a page."""

import numpy as np
import pytest

from tests.apps.unpack import unpack


@pytest.fixture
def ask():
    """Ask an explorer as its page does and return all it is told; a handler's mistake is raised, not logged."""

    def change(explorer, **what):
        once = {"preset": None, "laid": None, "code": None}
        asked = {**explorer.asked, "recipe": explorer.answer["asked"]["recipe"], **once}
        recipe = {name: what.pop(name) for name in list(what) if name in asked["recipe"]}
        explorer.set_state({"asked": asked | {"recipe": asked["recipe"] | recipe} | what})
        return explorer.answer

    return change


@pytest.fixture
def seen():
    """Put together what a page was sent, tissue and layer, as its viewer does."""

    def pixels(widget, said, pane=""):
        picture = np.frombuffer(getattr(widget, f"ground{pane}"), "<u2").astype(np.float32).reshape(said["shape"])
        row, column, height, width = said["box"]
        layer = unpack(getattr(widget, f"layer{pane}"), (height, width))
        picture[row : row + height, column : column + width] += layer
        return picture

    return pixels
