"""All that reads a person's file or code, fed with whatever breaks most: tests/fuzz_importers.py -max_total_time=60.

It needs atheris, which is in no lock: it has no wheel for the newest Python. Anything but one sentence is a crash.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["calcifications"]):
    from calcifications.case import Case
    from calcifications.errors import CourseError
    from calcifications.learning.progress import Progress
    from calcifications.learning.result import Result
    from calcifications.learning.sitting import Sitting
    from calcifications.learning.transfer import read_answers
    from calcifications.teaching.results import roster
    from calcifications.teaching.results.class_results import gather
    from calcifications.teaching.results.file import File
    from calcifications.teaching.results.told import summary

FOLDER = Path(tempfile.mkdtemp())


def _log(raw: bytes) -> None:
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    (folder / "answers.db").write_bytes(raw)
    assert isinstance(Progress(folder).answers(), list)


def _file(read: object, raw: bytes) -> None:
    path = FOLDER / "file"
    path.write_bytes(raw)
    read(path)  # type: ignore[operator]


READERS = (
    lambda raw: _file(read_answers, raw),
    lambda raw: _file(Sitting, raw),
    lambda raw: Result.from_text(raw, "result.txt"),
    lambda raw: summary(gather([File("a.txt", raw)])),
    roster.names,
    lambda raw: Case.from_code(raw.decode("latin-1")),
    _log,
)


def one_input(raw: bytes) -> None:
    """Give an input to the reader that its first byte names."""
    if not raw:
        return
    said = ""
    try:
        READERS[raw[0] % len(READERS)](raw[1:])
    except CourseError as told:
        said = str(told)
    assert "\n" not in said


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
