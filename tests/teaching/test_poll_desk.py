"""The presenter's desk is for who has the key, on this computer alone; rooms and the poll end by themselves."""

import asyncio
import time
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from calcifications.teaching.poll.desk import GONE_S, Desk
from calcifications.teaching.poll.link import VARIABLE, Link, Place
from calcifications.teaching.poll.room import HOUR_S
from calcifications.teaching.poll.tickets import taken_ticket, ticket
from tests.teaching.poll_here import ASKED, FREE_PORTS, KEY, serving, status, with_poll
from tests.teaching.test_poll_room import Clock


@pytest.fixture(autouse=True)
def _own_ports(monkeypatch):
    monkeypatch.setattr(serving, "PORTS", FREE_PORTS)


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


def test_a_proxy_of_the_network_hears_nothing_of_the_desk(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)

    async def act(here):
        await here.say(keep={"place": 3})
        assert await asyncio.to_thread(here.place.kept) == {"place": 3}

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
