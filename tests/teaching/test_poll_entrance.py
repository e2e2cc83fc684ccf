"""Nobody but this computer reaches a poll until the presenter opens it, and nothing of it is left afterwards."""

import asyncio
import json
import socket
import subprocess
import sys

import psutil
import pytest

from calcifications.errors import CourseError
from calcifications.teaching.poll import address
from calcifications.teaching.poll.address import own_address, qr_path
from calcifications.teaching.poll.link import Place
from tests.teaching.poll_here import FREE_PORTS, serving, status, with_poll

OTHER_DOOR = "127.0.0.2"  # stands for this computer's address on the network


@pytest.fixture(autouse=True)
def _own_ports(monkeypatch):
    monkeypatch.setattr(serving, "PORTS", FREE_PORTS)


@pytest.fixture
def network():
    """Skip where the system knows no second address of its own."""
    try:
        with socket.socket() as probe:
            probe.bind((OTHER_DOOR, 0))
    except OSError:
        pytest.skip("This system has no second loopback address.")


def test_nobody_else_reaches_a_room_until_the_presenter_opens_it_and_after_it_has_ended(network):
    async def act(here):
        outside = f"http://{OTHER_DOOR}:{here.entrance.port}/"
        with pytest.raises(OSError, match="refused"):
            await asyncio.to_thread(status, outside)
        assert not here.told[-1]["outside"]
        await here.say(public=True)
        assert here.told[-1]["outside"]
        assert here.told[-1]["room"]["address"] == outside[:-1]
        assert (await asyncio.to_thread(status, outside + here.desk.room.code))[0] == 200
        with pytest.raises(OSError, match="refused"):  # the desk stays where it is
            await asyncio.to_thread(status, f"http://{OTHER_DOOR}:{here.place.port}/kept")
        await here.say(end=True)
        while here.told[-1]["outside"]:
            await asyncio.sleep(0.02)
        with pytest.raises(OSError, match="refused"):
            await asyncio.to_thread(status, outside)

    with_poll(act, chosen=OTHER_DOOR)


def test_a_room_is_open_from_the_start_where_the_presenter_said_so(network):
    async def act(here):
        assert here.desk.gate.outside
        assert (await asyncio.to_thread(status, f"http://{OTHER_DOOR}:{here.entrance.port}/"))[0] == 200

    with_poll(act, chosen=OTHER_DOOR, public=True)


def test_a_computer_on_no_network_says_so_and_the_vote_goes_on(monkeypatch):
    monkeypatch.setattr(address, "_FAR", "127.0.0.1")
    with pytest.raises(CourseError, match="This computer is on no network; join the one the phones are in"):
        own_address()

    async def act(here):
        await here.say(public=True)
        assert here.told[-1]["problem"].startswith("This computer is on no network")
        (phone,) = await here.phones(1)
        assert (await phone.vote("A")).status == 200

    with_poll(act)


@pytest.mark.parametrize("chosen", ["192.0.2.7", "nowhere.invalid", "x y"])
def test_an_address_that_is_not_this_computer_s_is_refused(chosen):
    with pytest.raises(CourseError, match="is no address of this computer; leave it out, or give one"):
        own_address(chosen)


def test_the_poll_is_a_process_that_listens_here_alone_and_ends_with_its_starter():
    command = [sys.executable, "-m", "calcifications.teaching.poll"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write("key\n")
        process.stdin.flush()
        port = json.loads(process.stdout.readline())["desk"]
        listening = [link.laddr for link in psutil.Process(process.pid).net_connections() if link.status == "LISTEN"]
        assert len(listening) == 2
        assert {each.ip for each in listening} == {"127.0.0.1"}
        assert port in {each.port for each in listening}
        assert Place(port, "key").kept() == {}
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_qr_code_is_dark_where_it_should_be():
    segno = pytest.importorskip("segno")
    path, side = qr_path("http://192.0.2.7:8870/KTRMB")
    dark = set()
    for run in path.split("M")[1:]:
        start, _, rest = run.partition("h")
        across, down = map(int, start.split())
        dark |= {(down, across + step) for step in range(int(rest.partition("v")[0]))}
    rows = list(segno.make("http://192.0.2.7:8870/KTRMB", error="m", micro=False).matrix_iter(border=4))
    assert side == len(rows)
    assert dark == {(down, across) for down, row in enumerate(rows) for across, bit in enumerate(row) if bit}
