"""Tickets to the speaker's page: signed with the key, good for half a minute, and for one use."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex
from time import time

from tornado.web import create_signed_value, decode_signed_value

_NAME = "ticket"
_DAYS = 30 / 86400
_used: set[bytes] = set()


def ticket(key: str) -> str:
    """Return a new ticket."""
    return create_signed_value(key, _NAME, token_hex(8)).decode()


def taken_ticket(key: str, given: str, clock: Callable[[], float] = time) -> bool:
    """Say whether a ticket lets one in; it does so once."""
    known = decode_signed_value(key, _NAME, given, max_age_days=_DAYS, clock=clock)
    if known is None or known in _used:
        return False
    _used.add(known)
    return True
