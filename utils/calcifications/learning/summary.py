"""The schedule of a long log at once: a summary is kept beside the answers, and trusted only if they bear it out.

It says up to which answer it goes and how many there were up to then. An answer that was merged in before it, another
version of the scheduler or another measure of fluency make it void: the schedule is then worked out from all answers.
"""

from __future__ import annotations

import json
from importlib.metadata import version

from calcifications.learning.progress import Progress
from calcifications.learning.schedule import Schedule
from calcifications.learning.standing import FLUENT_S, IN_A_ROW, REST, WINDOW, Standing

_NAME = "schedule"
_OFTEN = 500  # answers after which the summary is kept anew
_MADE_BY = ["1", version("fsrs"), WINDOW, IN_A_ROW, REST.total_seconds()]


def schedule_of(progress: Progress, fluent_s: float = FLUENT_S) -> Schedule:
    """Return the schedule that a learner's answers make.

    Parameters
    ----------
    progress : Progress
    fluent_s : float
        What a fluent answer takes at most, s.

    Raises
    ------
    CourseError
        If the log can't be read, or `fluent_s` is out of its bounds.
    """
    schedule = _from_summary(progress, fluent_s) or Schedule(fluent_s=fluent_s)
    known = schedule.count
    answers = progress.answers(schedule.moment if known else None)
    if len(answers) < len(progress.waiting):  # an answer waits for the disk that is older than the summary
        return Schedule(progress.answers(), fluent_s)
    for answer in answers:
        schedule.take(answer)
    if schedule.count - known >= _OFTEN and not progress.waiting:
        progress.keep(_NAME, _text(schedule))
    return schedule


def _text(schedule: Schedule) -> str:
    standings = [standing.to_list() for standing in schedule.standings.values()]
    return json.dumps([_MADE_BY, schedule.fluent_s, schedule.count, schedule.moment, standings])


def _from_summary(progress: Progress, fluent_s: float) -> Schedule | None:
    """Return the schedule that was kept, if the answers bear it out."""
    schedule = Schedule(fluent_s=fluent_s)
    try:
        made_by, fluent, count, moment, standings = json.loads(progress.kept(_NAME))
        if made_by != _MADE_BY or fluent != schedule.fluent_s:
            return None
        for values in standings:
            standing = Standing.from_list(values, schedule.fluent_s)
            schedule.standings[standing.category] = standing
        schedule.count, schedule.moment = int(count), (str(moment[0]), str(moment[1]))
    except (ValueError, TypeError, KeyError, IndexError):  # none, or not of this course's making
        return None
    return schedule if progress.count(schedule.moment) == schedule.count else None
