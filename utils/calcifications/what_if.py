"""What would change the verdict: the nearest slider moves. A later edition fills this room."""

from __future__ import annotations

from calcifications.case import Case
from calcifications.errors import NotBuiltYet


def what_if(case: Case, rulebook: str = "birads5") -> list[str]:
    """Find, for each slider, the smallest move that changes the verdict, and say it in a sentence."""
    raise NotBuiltYet("What would change the verdict comes with a later edition of the course.")
