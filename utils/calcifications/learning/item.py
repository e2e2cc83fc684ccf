"""Where the questions were, until all who ask for them ask `learning.items`."""

from calcifications.learning.items import KINDS, NO_WORD, Feedback, Item, Option, item

__all__ = ["KINDS", "NO_WORD", "Feedback", "Item", "Option", "item"]
