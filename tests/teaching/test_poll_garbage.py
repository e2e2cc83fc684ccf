"""Whatever bytes come to the room's door or the desk's, neither falls over, and the next vote counts."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.teaching.poll_here import FREE_PORTS, serving, with_poll

KNOWN = [
    b"\x00" * 4096,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 5000,
    b"GET /" + b"A" * 70000 + b" HTTP/1.1\r\n\r\n",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + b"A" * 1000 + b"\r\n3e8\r\n",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\nA",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nnumber",
    b"POST /{code} HTTP/1.1\r\nHost: x\r\nCookie: cx-seat=2|1:0|10:1|7:cx-seat|4:\xff\xfe|00\r\n\r\n",
    b"GET /stage HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x82\xff",
    b"GET /{code}/now?turn=%00%ff HTTP/1.1\r\nHost: x\r\n\r\n",
]


async def sent(port, garbage):
    """Send bytes to a port, and read what comes back for a moment."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(garbage)
        await asyncio.wait_for(writer.drain(), 1)
        return await asyncio.wait_for(reader.read(65536), 0.1)
    except (TimeoutError, ConnectionError):
        return b""
    finally:
        writer.close()


def shrugged_off(payloads):
    """See that a poll serves as before after these."""

    async def act(here):
        (ann,) = await here.phones(1)
        for number, payload in enumerate(payloads):
            garbage = payload.replace(b"{code}", here.desk.room.code.encode())
            for port in (here.entrance.port, here.place.port):
                answer = await sent(port, garbage)
                assert b"Traceback" not in answer
                assert not answer.startswith(b"HTTP/1.1 5")
            here.desk.room._changes.clear()  # who votes for so many tests is no flood
            assert (await ann.vote("ABC"[number % 3])).status == 200
            assert sum(here.desk.room.poll.counts) == 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "PORTS", FREE_PORTS)
        with_poll(act)


def test_what_is_known_to_break_servers_breaks_nothing():
    shrugged_off(KNOWN)


WORDS = st.sampled_from([b"\r\n", b"GET / HTTP/1.1", b"Host: x", b"POST /{code} HTTP/1.1", b"Content-Length: 3"])
LINES = st.lists(st.one_of(st.binary(max_size=60), WORDS))


@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(st.lists(LINES.map(b"\r\n".join), min_size=8, max_size=8))
def test_bytes_at_random_break_nothing(payloads):
    shrugged_off(payloads)
