"""The apps: thin views over the rooms below."""

from calcifications.apps.aim import Aim, aim
from calcifications.apps.class_results import ClassPage, class_results
from calcifications.apps.exam import Exam, exam
from calcifications.apps.explorer import Explorer, explore
from calcifications.apps.quiz import Quiz, quiz
from calcifications.apps.standing import Standing, standing

__all__ = [
    "Aim",
    "ClassPage",
    "Exam",
    "Explorer",
    "Quiz",
    "Standing",
    "aim",
    "class_results",
    "exam",
    "explore",
    "quiz",
    "standing",
]
