"""What a student is called on the page: by name, or by a number that only this computer could lead back to one."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from calcifications.learning.log_file import data_folder

_LOW, _HIGH = 10_000, 100_000  # five digits


class Labels:
    """Names, or numbers in their place.

    A number comes from the name and from a secret that stays in the course's folder: the same student has the same
    number each time, and nobody who has the class list can work out whose it is.

    Parameters
    ----------
    known : iterable of str
        All that is to be named: students and files.
    numbers : bool
        Whether they are called by number.
    """

    def __init__(self, known: Iterable[str], *, numbers: bool) -> None:
        self.numbers = numbers
        self._number: dict[str, int] = {}
        secret = _secret() if numbers else b""
        taken: set[int] = set()
        for name, digest in sorted(
            ((each, hmac.digest(secret, each.encode("utf-8", "surrogatepass"), sha256)) for each in set(known)),
            key=lambda pair: pair[1],
        ):
            number = _LOW + int.from_bytes(digest[:8]) % (_HIGH - _LOW)
            while number in taken:
                number = _LOW + (number + 1 - _LOW) % (_HIGH - _LOW)
            taken.add(number)
            self._number[name] = number

    def student(self, name: str, file: str) -> str:
        """Return what a student is called; without a name, by the file."""
        if self.numbers:
            return f"No. {self._number[name or file]}"
        return name or f"no name, file {self.file(file)}"

    def file(self, name: str) -> str:
        """Return what a file is called, on one line and not too long."""
        if self.numbers:
            return f"file {self._number[name]}"
        line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)
        return line if len(line) <= 80 else f"{line[:50]}…{line[-26:]}"


def _secret() -> bytes:
    """Return the secret of this computer, made when it is first asked for; where it can't be kept, one for now."""
    path: Path = data_folder().with_name("class") / "numbers"
    with suppress(OSError):
        if len(kept := path.read_bytes()) == 32:
            return kept
    fresh = token_bytes(32)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(fresh)
    return fresh
