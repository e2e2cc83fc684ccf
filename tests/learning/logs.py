"""Logs for the tests: filled ones, those of an older course, and other kernels that write to them."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from calcifications.learning import log_file
from calcifications.learning.log_file import UPGRADES
from calcifications.learning.progress import Progress
from tests.learning.answers import plain

HERE = Path(__file__).resolve().parents[2]


def filled(folder, number=300):
    """A log with answers in it, and those answers."""
    answers = [plain(each, case) for each, case in enumerate(["amorphous", "punctate"] * (number // 2))]
    assert Progress(folder).add(*answers)
    return answers


def process(code, *words):
    """A Python process of its own, as another kernel is."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE / "utils"), str(HERE)])}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], env=env, stdout=subprocess.PIPE, text=True)


WRITES = """
import sys
from pathlib import Path
from calcifications.learning.progress import Progress
from tests.learning.answers import plain
progress = Progress(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    answer = plain(number)
    assert progress.add(answer), progress.trouble
    print(answer.id, flush=True)
"""


def aside(folder):
    return sorted(path.name for path in folder.glob("answers.damaged-*.db"))


def old_file(folder, answers):
    """The file of a course whose schema was 1."""
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / "answers.db")) as connection, connection:
        for statement in UPGRADES[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        log_file.insert(connection, answers)
