"""The presenter's desk is for who has the key, on this computer alone; rooms and the poll end by themselves."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psutil
import pytest

from calcifications.errors import CourseError
from calcifications.teaching.poll import address, server
from calcifications.teaching.poll.address import own_address, qr_path
from calcifications.teaching.poll.desk import GONE_S, Desk
from calcifications.teaching.poll.link import VARIABLE, Link, Place
from calcifications.teaching.poll.room import HOUR_S
from calcifications.teaching.poll.tickets import taken_ticket, ticket
from tests.teaching.poll_here import ASKED, FREE_PORTS, KEY, serving, with_poll
from tests.teaching.test_poll_room import Clock

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


def status(url, opener=None, **headers):
    """The status of an answer, and its text."""
    try:
        with (opener or build_opener()).open(Request(url, headers=headers), timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


# --- The key ---


def test_without_the_key_the_desk_tells_and_takes_nothing():
    async def act(here):
        desk = f"http://127.0.0.1:{here.place.port}"
        upgrade = {"Upgrade": "websocket", "Connection": "Upgrade"}
        socket_asked = {**upgrade, "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "eA=="}
        for path in ("/", "/kept", "/stage", "/speaker", "/?ticket=x", "/?ticket=2|1:0|10:1|6:ticket|4:YQ==|00"):
            for given in ({}, {"Authorization": "Bearer no"}, {"Authorization": "Bearer é"}):
                code, text = await asyncio.to_thread(status, desk + path, **given, **socket_asked)
                assert (code, "speaker's" in text) == (403, True), path
        right = {"Authorization": f"Bearer {KEY}"}
        assert (await asyncio.to_thread(status, desk + "/kept", **right))[0] == 200
        led_here = {**right, "Host": f"evil.example:{here.place.port}"}
        assert (await asyncio.to_thread(status, desk + "/kept", **led_here))[0] == 403

    with_poll(act)


def test_a_ticket_opens_the_speaker_s_page_once_and_its_cookie_after_that():
    async def act(here):
        opener = build_opener(HTTPCookieProcessor())
        address_given = here.place.speakers
        assert KEY not in address_given
        code, text = await asyncio.to_thread(status, address_given, opener)
        assert (code, "Speaker's notes" in text) == (200, True)
        assert "smooth round dots" not in text  # it holds nothing: all comes by its socket
        assert (await asyncio.to_thread(status, address_given))[0] == 403
        assert (await asyncio.to_thread(status, f"http://127.0.0.1:{here.place.port}/", opener))[0] == 200

    with_poll(act)


def test_a_ticket_of_another_key_or_of_a_minute_ago_is_none():
    assert taken_ticket("key", ticket("key"))
    assert not taken_ticket("key", ticket("other key"))
    assert not taken_ticket("key", ticket("key"), clock=lambda: time.time() + 60)


# --- What the stage and the desk say to each other ---


def test_the_stage_hears_how_many_vote_and_a_later_one_takes_its_place():
    async def act(here):
        assert here.told[-1]["room"]["code"] == here.desk.room.code
        await here.say(keep={"place": 3})
        phones = await here.phones(3)
        for phone in phones:
            await phone.vote("B")
        while here.told[-1]["poll"]["votes"] < 3:
            await asyncio.sleep(0.01)
        assert here.told[-1]["room"]["joined"] == 3
        assert await asyncio.to_thread(here.place.kept) == {"place": 3}
        heard = []
        later = Link(here.place, heard.append)
        while {"gone": True} not in here.told:
            await asyncio.sleep(0.01)
        assert heard[0]["poll"]["votes"] == 3  # it goes on where the other was
        later.close()

    with_poll(act)


def test_a_stage_without_a_desk_is_told_so():
    async def act(here):
        heard = []
        link = Link(Place(here.place.port, "another key"), heard.append)
        link.send(keep={})
        while not heard:
            await asyncio.sleep(0.01)
        assert heard == [{"lost": True}]
        link.close()

    with_poll(act)
    assert Place(1, "key").kept() == {}


def test_a_desk_is_known_by_its_port_and_key_alone(monkeypatch):
    monkeypatch.setenv(VARIABLE, "4321 key")
    assert Place.known() == Place(4321, "key")
    for wrong in ("", "4321", "port key"):
        monkeypatch.setenv(VARIABLE, wrong)
        assert Place.known() is None


class Gate:
    """A gate that remembers."""

    address, outside = "http://here", False

    def open(self):
        self.outside = True

    def shut(self):
        self.outside = False


class Ear:
    def tell(self, news):
        pass


def test_a_room_ends_an_hour_after_the_last_question_and_a_minute_after_its_page_was_closed():
    async def act():
        clock = Clock()
        desk = Desk(Gate(), public=True, clock=clock)
        stage = Ear()
        for seconds, there in ((HOUR_S, True), (GONE_S, False)):
            desk.come(stage)
            desk.take({"ask": ASKED})
            first = desk.room
            assert desk.gate.outside
            if not there:
                desk.leave(stage)
            clock.now += seconds - 1
            desk.look()
            assert not first.ended
            clock.now += 1
            desk.look()
            assert first.ended
            assert desk.status()["room"] is None
        await asyncio.sleep(0.6)
        assert not desk.gate.outside  # the network is shut out with it

    asyncio.run(act())


# --- Who can reach what ---


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


def test_the_limits_of_a_door_are_those_of_a_class():
    assert server.MOST_LINKS >= 2 * 500  # a phone that waits, and votes meanwhile
