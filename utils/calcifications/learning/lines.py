"""A file of lines of JSON that only grows: each line is on the disk before anything goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError
from calcifications.learning.log_file import refusal


def add_line(path: Path, line: dict[str, Any]) -> None:
    """Add a line to a file; it is on the disk when this returns, or not in the file at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            size = file.tell()
            torn = size > 0 and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n"
            try:
                file.write(b"\n" * torn + json.dumps(line).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(path, size)
                raise
    except OSError as refused:
        raise CourseError(f"The exam can't be kept in {path}: {refusal(refused)}. Nothing was counted yet.") from None


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the lines of a file that can be read."""
    try:
        raw = path.read_bytes()
    except OSError as refused:
        raise CourseError(f"The exam in {path} can't be read: {refusal(refused)}.") from None
    for text in raw.split(b"\n"):
        try:
            line = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(line, dict):
            yield line
