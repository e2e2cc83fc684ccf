"""How far something is that takes its time: a bar below a notebook's cell, gone once it is done."""

from __future__ import annotations

from time import monotonic

from IPython.display import display
from ipywidgets import HTML, Layout

PATIENCE_S = 2.0
"""What takes no longer needs no bar."""


class Bar(HTML):
    """A bar that is put below the cell at once, and is seen once it has taken a while; called with what is done."""

    def __init__(self) -> None:
        super().__init__(layout=Layout(display="none"))
        self._since = monotonic()
        display(self)

    def __call__(self, done: int, of: int) -> None:
        """Show how much is done."""
        if done < of and monotonic() - self._since > PATIENCE_S:
            words = f"{done} of {of} done"
            self.value = f'<progress value="{done}" max="{of}" aria-label="{words}"></progress> {words}'
            self.layout.display = ""
        elif done == of:
            self.layout.display = "none"

    def __repr__(self) -> str:
        return ""  # what is stored of a bar that has gone
