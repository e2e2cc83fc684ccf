"""Change since an earlier picture. A later edition fills this room."""

from __future__ import annotations

from calcifications.errors import NotBuiltYet
from calcifications.reading.findings import Findings


def change(now: Findings, prior: Findings) -> str:
    """Compare two findings: "new", "increasing", "stable" or "fewer"."""
    raise NotBuiltYet("Comparing with an earlier picture comes with a later edition of the course.")
