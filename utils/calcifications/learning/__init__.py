"""Learning: questions on fresh cases, and what is said to the answers."""

from calcifications.learning.fresh import fresh_case
from calcifications.learning.item import KINDS, Feedback, Item, Option, item
from calcifications.learning.session import Session

__all__ = ["KINDS", "Feedback", "Item", "Option", "Session", "fresh_case", "item"]
