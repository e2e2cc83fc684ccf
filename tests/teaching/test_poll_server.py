"""Three hundred phones lose and double no vote; whatever else comes is refused in one sentence and changes nothing."""

import asyncio
import random
import re

import pytest

from calcifications.teaching.poll import room as rooms
from calcifications.teaching.poll.room import Room
from tests.teaching.poll_here import ASKED, FREE_PORTS, serving, with_poll

PHONES = 300


@pytest.fixture(autouse=True)
def _own_ports(monkeypatch):
    monkeypatch.setattr(serving, "PORTS", FREE_PORTS)


def test_three_hundred_phones_vote_at_once_and_some_change_their_minds():
    async def act(here):
        chance = random.Random(7)
        last = {}

        async def one(number, phone):
            for _ in range(chance.choice([1, 1, 2, 3])):
                last[number] = chance.choice("ABC")
                answer = await phone.vote(last[number])
                assert answer.status == 200
                assert f'value="{last[number]}" aria-pressed="true"' in answer.text

        await asyncio.gather(*(one(number, phone) for number, phone in enumerate(await here.phones(PHONES))))
        assert here.desk.room.poll.counts == [list(last.values()).count(option) for option in "ABC"]
        await here.say(close=True)
        assert here.told[-1]["poll"] == {
            "key": "form",
            "open": False,
            "votes": PHONES,
            "counts": here.desk.room.poll.counts,
        }

    with_poll(act)


def test_a_phone_s_page_tells_no_numbers_and_the_right_answer_only_once_it_is_revealed():
    async def act(here):
        phones = await here.phones(7)
        for phone in phones:
            await phone.vote("C")
        for told in ({"keep": {}}, {"close": True}):
            await here.say(**told)
            page = (await phones[0].join()).text
            part = page.split('id="now"')[1].split("</div>")[0]
            assert "right" not in part
            assert not re.search(r"\b7\b", re.sub(r'(data-turn|value)="\d+"', "", part))
        await here.say(reveal={"key": "form", "right": [1]})
        page = (await phones[0].join()).text
        assert '<li class="right"><b>B</b>' in page
        assert '<li class="yours"><b>C</b>' in page
        assert "the answer is on the screen. Your vote: C." in page

    with_poll(act)


def test_without_its_script_the_page_votes_as_well_and_loading_it_again_sends_nothing():
    async def act(here):
        (phone,) = await here.phones(1)
        page = await phone.join()
        assert '<noscript><meta http-equiv="refresh"' in page.text
        answer = await phone.ask("POST", f"/{phone.code}", "number=1&option=B")
        assert (answer.status, answer.headers["location"]) == (303, f"/{phone.code}")
        assert "✓ your vote" in (await phone.join()).text
        assert here.desk.room.poll.counts == [0, 1, 0]

    with_poll(act)


def test_a_page_holds_nothing_from_elsewhere_and_says_so_to_the_browser():
    async def act(here):
        (phone,) = await here.phones(1)
        phone.cookie = ""
        answer = await phone.join()
        assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", answer.text)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "*" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert re.fullmatch(r"cx-seat=[^;]+; HttpOnly; Path=/; SameSite=Lax", answer.headers["set-cookie"])
        assert "Which form is &lt;b&gt;this&lt;/b&gt;?" in answer.text

    with_poll(act)


HOSTILE = [
    "/ZZZZZ",
    "/zz",
    "/%3Cscript%3E",
    "/..%2f..%2fetc",
    "/?code=%3Cimg%20src%3Dx%3E",
    "/?code=%ff",
    "/a/b/c",
    "/ZZZZZ/now",
]


def test_what_is_no_vote_is_refused_in_one_sentence_and_nothing_else_is_affected():
    async def act(here):
        ann, eve = await here.phones(2)
        await ann.vote("B")
        fresh = await eve.join()

        async def refused(answer, status, sentence):
            answer = await answer
            assert (answer.status, answer.said.startswith(sentence)) == (status, True), (answer.status, answer.said)
            assert answer.said.count(". ") == 0
            assert "Traceback" not in answer.text
            assert here.desk.room.poll.counts == [0, 1, 0]
            await eve.join()  # it is served as before

        for path in HOSTILE:
            answer = await eve.ask("GET", path)
            assert answer.status in (400, 404)
            assert answer.said.startswith(("There is no room", "There is nothing here"))
            assert "<img" not in answer.text
            assert answer.text.count("<script") == fresh.text.count("<script")
        await refused(eve.vote("Z"), 400, "There is no answer")
        await refused(eve.vote("<script>alert(1)</script>"), 400, "There is no answer")
        await refused(eve.vote("A", number=2), 409, "That question is not asked now")
        await refused(eve.vote("A", Cookie=""), 403, "This vote came without")
        await refused(eve.vote("A", Cookie="cx-seat=admin"), 403, "This vote came without")
        await refused(eve.vote("A", Cookie=eve.cookie[:-2]), 403, "This vote came without")
        await refused(eve.vote("A" * 5000), 413, "That is larger than any vote")
        await refused(eve.ask("DELETE", f"/{eve.code}"), 405, "There is nothing here")
        await refused(eve.ask("POST", f"/{eve.code}", "option"), 409, "That question is not asked now")
        await here.say(close=True)
        await refused(eve.vote("A"), 409, "Voting is closed")
        await refused(ann.vote("A"), 409, "Voting is closed")

    with_poll(act)


def test_a_flood_from_one_phone_counts_once_and_the_others_vote_on():
    async def act(here):
        eve, ann = await here.phones(2)
        answers = [await eve.vote("ABC"[number % 3]) for number in range(100)]
        assert {answer.status for answer in answers} == {200, 429}
        assert answers[-1].said == "Too many changes at once; wait a few seconds."
        assert (await ann.vote("C")).status == 200
        assert sum(here.desk.room.poll.counts) == 2

    with_poll(act)


def test_a_flood_of_connections_is_cut_off_and_the_others_are_served_again(monkeypatch):
    monkeypatch.setattr(serving, "MOST_LINKS", 20)

    async def act(here):
        (ann,) = await here.phones(1)
        host, port = here.entrance.address.removeprefix("http://").split(":")
        flood = [await asyncio.open_connection(host, int(port)) for _ in range(60)]
        assert (await ann.vote("A")).status == 200  # who is in is served
        for _, writer in flood:
            writer.close()
        await asyncio.sleep(0.05)
        (ben,) = await here.phones(1)
        assert (await ben.vote("B")).status == 200

    with_poll(act)


def test_a_vote_that_is_sent_again_counts_once_and_not_for_a_later_question():
    async def act(here):
        (eve,) = await here.phones(1)
        for _ in range(5):
            await eve.vote("B")
        assert here.desk.room.poll.counts == [0, 1, 0]
        await here.say(ask={**ASKED, "key": "category"})
        assert (await eve.vote("B", number=1)).status == 409
        assert here.desk.room.poll.counts == [0, 0, 0]

    with_poll(act)


def test_a_cookie_of_another_room_is_none_here():
    async def act(here):
        (eve,) = await here.phones(1)
        await here.say(end=True)
        answer = await eve.join()
        assert (answer.status, answer.said) == (410, "This room has ended; you can close the page.")
        await here.say(ask=ASKED)
        (other,) = await here.phones(1)
        other.cookie = eve.cookie
        assert other.code != eve.code
        assert (await other.vote("A")).status == 403
        assert here.desk.room.poll.counts == [0, 0, 0]

    with_poll(act)


def test_a_phone_that_waits_hears_of_each_change_and_waits_once():
    async def act(here):
        ann, again = await here.phones(2)
        turn = (await ann.join()).headers["x-turn"]
        again.cookie = ann.cookie  # the same phone, on another connection
        first, second = asyncio.create_task(ann.news(turn)), asyncio.create_task(again.news(turn))
        assert (await asyncio.wait_for(first, 5)).headers["x-turn"] == turn  # the later one waits in its place
        assert len(here.desk.waiting) == 1
        await here.say(close=True)
        heard = await asyncio.wait_for(second, 5)
        assert "Voting is closed" in heard.text
        assert heard.headers["x-turn"] != turn
        third = asyncio.create_task(again.news(heard.headers["x-turn"]))
        await asyncio.sleep(0.05)
        await here.say(end=True)
        ended = await asyncio.wait_for(third, 5)
        assert "This room has ended" in ended.text
        assert ended.headers["x-turn"] == "end"

    with_poll(act)


def test_a_full_room_says_so(monkeypatch):
    monkeypatch.setattr(rooms, "CAP", 1)

    async def act(here):
        ann, ben = await here.phones(2)
        await ann.vote("A")
        answer = await ben.vote("A")
        assert (answer.status, answer.said) == (403, "The room is full: it takes 1 phones.")

    with_poll(act)


def test_codes_are_not_handed_out_in_an_order():
    assert len({Room().code[:2] for _ in range(300)}) > 100
