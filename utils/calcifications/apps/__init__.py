"""The apps: thin views over the rooms below."""

from calcifications.apps.explorer import Explorer, explore
from calcifications.apps.quiz import Quiz, quiz

__all__ = ["Explorer", "Quiz", "explore", "quiz"]
