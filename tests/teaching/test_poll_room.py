"""A room takes one vote a phone and question, changeable while the question is open, and refuses all else in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.teaching.poll import room as rooms
from calcifications.teaching.poll.room import BURST, HOUR_S, LENGTH, LETTERS, PAUSE_S, Refused, Room

FORMS = [("round", "smooth round dots"), ("punctate", "tiny smooth dots"), ("amorphous", "a haze")]


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def room(clock):
    """A room that has been asked for a form."""
    opened = Room(clock)
    opened.ask("form", "Which form?", FORMS)
    return opened


def test_a_code_has_five_letters_of_which_none_is_read_as_another():
    codes = {Room().code for _ in range(200)}
    assert len(codes) > 190
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)
    assert not set(LETTERS) & set("AEIOUY")  # it spells no word
    assert all(len(set(LETTERS) & set(alike)) <= 1 for alike in ("1IL", "0OQ", "5S", "8B", "2Z", "6G", "UV", "MN"))


def test_one_gets_in_with_the_code_however_it_is_typed_and_not_with_another(room):
    room.find(room.code)
    room.find(f" {room.code.lower()} ")
    with pytest.raises(Refused, match="There is no room 'AAAAA' here") as no:
        room.find("AAAAA")
    assert no.value.status == 404


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("ABC")), max_size=40))
def test_what_counts_is_the_last_vote_of_each_seat(given_votes):
    clock = Clock()
    room = Room(clock)
    room.ask("form", "Which form?", FORMS)
    for seat, option in given_votes:
        clock.now += PAUSE_S
        room.vote(seat, "1", option)
    last = dict(given_votes)
    assert room.poll.counts == [list(last.values()).count(option) for option in "ABC"]


@pytest.mark.parametrize(
    ("number", "option", "status", "sentence"),
    [
        ("2", "A", 409, "That question is not asked now"),
        ("", "A", 409, "That question is not asked now"),
        ("1", "D", 400, "There is no answer 'D'; choose one of: A, B, C."),
        ("1", "a", 400, "There is no answer 'a'"),
        ("1", "<b>" * 99, 400, "There is no answer '<b><b>"),
    ],
)
def test_what_is_no_vote_is_refused_and_counts_nothing(room, number, option, status, sentence):
    with pytest.raises(Refused) as no:
        room.vote("ann", number, option)
    assert str(no.value).startswith(sentence)
    assert "\n" not in str(no.value)
    assert no.value.status == status
    assert room.poll.counts == [0, 0, 0]


def test_a_vote_stands_when_the_question_is_closed_and_no_other_is_taken(room):
    room.vote("ann", "1", "B")
    room.close()
    with pytest.raises(Refused, match="Voting is closed; what you chose before counts"):
        room.vote("ann", "1", "A")
    assert room.poll.counts == [0, 1, 0]


def test_a_question_that_was_closed_goes_on_with_its_votes_until_its_answer_is_told(room):
    room.vote("ann", "1", "B")
    room.close()
    assert room.ask("form", "Which form?", FORMS).counts == [0, 1, 0]
    room.vote("ben", "1", "C")
    room.reveal([1])
    assert (room.poll.open, room.poll.right) == (False, (1,))
    again = room.ask("form", "Which form?", FORMS)
    assert (again.number, again.counts, again.right) == (2, [0, 0, 0], ())


def test_another_question_begins_without_votes(room):
    room.vote("ann", "1", "B")
    assert room.ask("distribution", "Where?", FORMS).counts == [0, 0, 0]
    with pytest.raises(Refused, match="not asked now"):
        room.vote("ann", "1", "A")  # a vote on the one before, sent again


def test_a_seat_that_votes_faster_than_a_hand_has_to_wait_and_no_other_does(room, clock):
    for _ in range(BURST):
        room.vote("ann", "1", "A")
    with pytest.raises(Refused, match="wait a few seconds") as no:
        room.vote("ann", "1", "B")
    assert no.value.status == 429
    room.vote("ben", "1", "C")
    clock.now += PAUSE_S
    room.vote("ann", "1", "B")
    assert room.poll.counts == [0, 1, 1]


def test_a_full_room_takes_no_new_seat_and_those_that_are_in_may_still_change_their_vote(room, monkeypatch):
    monkeypatch.setattr(rooms, "CAP", 2)
    room.vote("ann", "1", "A")
    room.vote("ben", "1", "A")
    with pytest.raises(Refused, match="The room is full: it takes 2 phones") as no:
        room.vote("cleo", "1", "A")
    assert no.value.status == 403
    room.vote("ben", "1", "B")
    assert room.poll.counts == [1, 1, 0]


def test_a_room_is_over_an_hour_after_something_last_happened_and_then_lets_nobody_in(room, clock):
    clock.now = HOUR_S - 1
    assert not room.over
    room.close()
    clock.now += HOUR_S - 1
    assert not room.over
    clock.now += 1
    assert room.over
    room.end()
    with pytest.raises(Refused, match="This room has ended") as no:
        room.find(room.code)
    assert no.value.status == 410
