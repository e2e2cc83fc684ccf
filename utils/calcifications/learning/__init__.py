"""Learning: questions on fresh cases, what is said to the answers, the log of them, and what comes next."""

from calcifications.learning.answer import Answer, Category
from calcifications.learning.fresh import fresh_case
from calcifications.learning.items import KINDS, Feedback, Item, Option, item
from calcifications.learning.progress import Progress, answered
from calcifications.learning.schedule import Drill, Next, Schedule, categories
from calcifications.learning.session import Session
from calcifications.learning.summary import schedule_of

__all__ = [
    "KINDS",
    "Answer",
    "Category",
    "Drill",
    "Feedback",
    "Item",
    "Next",
    "Option",
    "Progress",
    "Schedule",
    "Session",
    "answered",
    "categories",
    "fresh_case",
    "item",
    "schedule_of",
]
