"""An exam asks everyone the same, keeps each answer and the time at once, and its result shows every changed byte."""

import json
import os
import signal
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcifications.case import Case
from calcifications.errors import CourseError
from calcifications.learning.exam import Plan, Question
from calcifications.learning.items import KINDS
from calcifications.learning.progress import Progress
from calcifications.learning.result import Result, hand_in, result_path
from calcifications.learning.sitting import Sitting
from calcifications.pattern import preset
from tests.apps.answering import right_answer, wrong_answer
from tests.learning.logs import process

PLAN = Plan(("form", "distribution"), minutes=10, number=4, seed=7)


class Clock:
    """Seconds that pass when told to."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def begun(tmp_path, clock):
    """A sitting whose time runs."""
    sitting = Sitting.of(PLAN, tmp_path, clock)
    sitting.go_on()
    return sitting


def sit(sitting, clock, rights=(True, False, True, True)):
    """Answer all that is asked, 30 s each."""
    for right in rights:
        clock.now += 30
        sitting.answer(right_answer(sitting.item) if right else wrong_answer(sitting.item), 30)


def test_everyone_who_sits_an_exam_is_asked_the_same():
    one, other = PLAN.exam(), PLAN.exam()
    assert one.seal == other.seal
    for mine, theirs in zip(one.questions, other.questions, strict=True):
        assert (mine.item.ask(), mine.item.sheet(), mine.item.key) == (
            theirs.item.ask(),
            theirs.item.sheet(),
            theirs.item.key,
        )
    assert replace(PLAN, seed=8).exam().seal != one.seal
    assert replace(PLAN, minutes=11).exam().seal != one.seal


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_in_an_exam_and_is_rebuilt_from_what_is_kept(kind):
    (question,) = Plan((kind,), minutes=1, number=1, seed=3).exam().questions
    again = Question(*json.loads(json.dumps(question.to_list())))
    assert (again.item.ask(), again.item.sheet(), again.item.key) == (
        question.item.ask(),
        question.item.sheet(),
        question.item.key,
    )
    assert [look.picture.pixels.sum() for look in again.item.looks] == [
        look.picture.pixels.sum() for look in question.item.looks
    ]
    for answer, right in ((right_answer(again.item), True), (wrong_answer(again.item), False)):
        kept = json.loads(json.dumps(answer))
        assert question.item.mark(kept).right is right


def test_one_question_more_changes_no_other():
    assert replace(PLAN, number=5).exam().questions[:4] == PLAN.exam().questions


def test_kinds_take_turns_in_an_exam():
    assert [question.kind for question in PLAN.exam().questions] == ["form", "distribution"] * 2


def test_an_instructor_s_cases_are_asked_in_their_order():
    codes = [Case([preset(form)], seed=seed).code for seed, form in enumerate(["rim", "popcorn", "vascular"])]
    plan = Plan.of(["form"], 20, 5, 0, cases=codes)
    assert [question.code for question in plan.exam().questions] == codes
    assert [question.item.key for question in plan.exam().questions] == ["rim", "popcorn", "vascular"]


@pytest.mark.parametrize(
    ("kind", "case", "why"),
    [
        ("number", Case([preset("punctate", "diffuse")], seed=4), "leave nothing to be counted or measured by hand"),
        ("category", Case([preset("amorphous")], seed=4), "is none of its answers"),  # of a screening picture it is 0
    ],
)
def test_a_case_that_a_question_can_t_be_asked_of_is_refused_by_its_number(kind, case, why):
    with pytest.raises(CourseError, match=rf"can’t be asked of case 1: [^\n]*{why}[^\n]*\.$".replace("’", "'")):
        Plan.of([kind], 1, 5, 0, cases=[case.code]).exam()


def borderline():
    """A case in which two words compete."""
    cases = (Case([replace(preset("amorphous"), size_mm=0.3 + 0.01 * step)], seed=step) for step in range(60))
    return next(case for case in cases if case.reading().borderline)


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"kinds": ["colour"]}, "'colour'"),
        ({"questions": 0}, "0"),
        ({"questions": 101}, "101"),
        ({"minutes": 0}, "0"),
        ({"minutes": float("nan")}, "nan"),
        ({"seed": -1}, "-1"),
        ({"cases": "cx2-abc"}, "'cx2-abc'"),
        ({"cases": ["cx2-abc"]}, "damaged"),
        ({"cases": [3]}, "3"),
        ({"forms": ["stardust"]}, "'stardust'"),
    ],
)
def test_a_mistake_in_a_plan_gets_one_sentence(mistake, named):
    with pytest.raises(CourseError, match=named) as told:
        Plan.of(**{"kinds": ["form"], "questions": 3, "minutes": 5, "seed": 0} | mistake)
    assert "\n" not in str(told.value)


def test_a_borderline_case_is_refused_by_its_number():
    codes = [Case([preset("rim")]).code, borderline().code]
    with pytest.raises(CourseError, match=r"^Case 2 of the exam is borderline"):
        Plan.of(["form"], 2, 5, 0, cases=codes).exam()


def test_nothing_is_written_before_the_time_begins(tmp_path):
    Sitting.of(PLAN, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_said_before_the_end(begun, clock):
    sit(begun, clock, [True])
    with pytest.raises(CourseError, match="before it has ended"):
        begun.marks()
    with pytest.raises(CourseError, match="before it has ended"):
        hand_in(begun)


def test_it_goes_on_at_the_same_question_with_the_time_that_was_left(begun, clock, tmp_path):
    sit(begun, clock, [True, False])
    clock.now += 20
    begun.tick()
    asked = begun.item.sheet()
    again = Sitting.of(PLAN, tmp_path, clock)  # nobody has told the first that it is over: its kernel was killed
    clock.now += 5000
    assert (again.place, again.left_s) == (2, 600 - 80)
    assert again.item.sheet() == asked
    again.go_on()
    clock.now += 10
    assert again.left_s == 600 - 90
    sit(again, clock, [True, True])
    assert [mark.right for mark in again.marks()] == [True, False, True, True]
    assert (again.visits, again.exam.seal) == (2, begun.exam.seal)


def test_the_time_stands_still_until_one_goes_on(begun, clock, tmp_path):
    again = Sitting.of(PLAN, tmp_path, clock)
    clock.now += 300
    assert again.left_s == 600
    with pytest.raises(CourseError):
        again.answer(right_answer(again.item), 1)


def test_an_answer_after_the_time_is_not_counted(begun, clock):
    sit(begun, clock, [True])
    clock.now += 600
    with pytest.raises(CourseError, match="time was over"):
        begun.answer(right_answer(begun.item), 600)
    assert begun.ended
    assert [mark and mark.right for mark in begun.marks()] == [True, None, None, None]


def test_the_time_ends_the_exam_by_itself(begun, clock):
    clock.now += 601
    begun.tick()
    assert begun.ended
    assert Result.of(begun).values["right"] == 0


def test_an_answer_that_is_none_is_named_and_not_counted(begun):
    with pytest.raises(CourseError, match="'banana'"):
        begun.answer("banana", 3)
    assert begun.place == 0


def test_of_two_windows_the_first_answer_counts(begun, clock, tmp_path):
    other = Sitting.of(PLAN, tmp_path, clock)
    other.go_on()
    sit(begun, clock, [False])
    with pytest.raises(CourseError, match="has its answer"):
        other.answer(right_answer(other.exam.questions[0].item), 3)
    assert (begun.place, other.place) == (1, 1)
    sit(other, clock, [True, True, True])
    begun.tick()
    assert [mark.right for mark in begun.marks()] == [False, True, True, True]


def test_no_question_is_made_twice_in_a_sitting(begun, clock):
    items = [question.item for question in begun.exam.questions]
    begun.tick()
    sit(begun, clock)
    assert all(question.item is item for question, item in zip(begun.exam.questions, items, strict=True))


def test_a_line_that_was_torn_off_loses_nothing_else(begun, clock, tmp_path):
    sit(begun, clock, [True, True])
    with begun.path.open("ab") as file:
        file.write(b'{"question": 2, "ans')
    again = Sitting.of(PLAN, tmp_path, clock)
    again.go_on()
    assert again.place == 2
    sit(again, clock, [True, False])
    assert Result.of(Sitting.of(PLAN, tmp_path, clock)).values["right"] == 3


DAMAGES = {
    "torn": lambda head: head[: len(head) // 2],
    "gone": lambda head: b"",
    "rubbish": lambda head: b"\x00\xff{{" * 9,
    "another question": lambda head: head.replace(b'"cx2-', b'"cx2-A', 1),
    "another seal": lambda head: head.replace(b'"seal": "', b'"seal": "0'),
    "no JSON object": lambda head: b"[1, 2]",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_questions_that_were_damaged_are_made_again_and_no_answer_is_lost(begun, clock, tmp_path, damage):
    sit(begun, clock, [True, False])
    first, _, rest = begun.path.read_bytes().partition(b"\n")
    begun.path.write_bytes(DAMAGES[damage](first) + b"\n" + rest)
    again = Sitting.of(PLAN, tmp_path, clock)
    assert again.note.startswith(f"The questions in {begun.path.name} were damaged and were made again")
    assert again.note.count(". ") == 0
    assert (again.exam.seal, again.place, again.left_s) == (begun.exam.seal, 2, begun.left_s)
    again.go_on()
    sit(again, clock, [True, True])
    known = Sitting.of(PLAN, tmp_path, clock)
    assert known.note == ""  # it was told, and the file is whole again
    assert [mark.right for mark in known.marks()] == [True, False, True, True]
    assert (known.course, known.key) == (begun.course, begun.key)


def test_a_first_line_that_ran_into_the_second_loses_no_answer(begun, clock, tmp_path):
    sit(begun, clock, [True])
    begun.path.write_bytes(begun.path.read_bytes().replace(b"\n", b"", 1))
    again = Sitting.of(PLAN, tmp_path, clock)
    assert again.place == 1
    assert again.note


def test_damaged_questions_of_which_nothing_tells_whether_they_are_the_same_are_left_alone(
    begun, tmp_path, monkeypatch
):
    kept = begun.path.read_bytes()
    damaged = b"?" + kept.replace(begun.key.encode(), b"another key")
    begun.path.write_bytes(damaged)
    with pytest.raises(CourseError, match="move the file away"):
        Sitting.of(PLAN, tmp_path)
    with pytest.raises(CourseError, match="is damaged"):
        Sitting(begun.path)  # nobody knows its plan
    assert begun.path.read_bytes() == damaged


@given(st.binary(max_size=300), st.integers(0, 4000))
def test_a_damaged_file_is_told_in_one_sentence_or_read(tmp_path_factory, rubbish, at):
    folder = tmp_path_factory.mktemp("exam")
    sitting = Sitting.of(PLAN_OF_ONE, folder)
    sitting.go_on()
    raw = sitting.path.read_bytes()
    sitting.path.write_bytes(raw[: at % len(raw)] + rubbish + raw[at % len(raw) :])
    with suppress(CourseError):  # its sentence says what to do
        assert Sitting.of(PLAN_OF_ONE, folder).exam.seal == sitting.exam.seal


PLAN_OF_ONE = Plan(("form",), minutes=1, number=1, seed=1)

SITS = """
import sys, time
from pathlib import Path
from calcifications.learning.sitting import Sitting
from tests.apps.answering import right_answer
from tests.learning.test_exam import PLAN
sitting = Sitting.of(PLAN, Path(sys.argv[1]))
sitting.go_on()
for _ in range(2):
    sitting.answer(right_answer(sitting.item), 1)
print("two", flush=True)
time.sleep(60)
"""


def test_an_answer_survives_a_kernel_that_is_killed(tmp_path):
    with process(SITS, tmp_path) as kernel:
        assert kernel.stdout.readline() == "two\n"
        os.kill(kernel.pid, signal.SIGKILL)
    again = Sitting.of(PLAN, tmp_path)
    assert (again.place, again.ended) == (2, None)
    assert 590 < again.left_s <= 600


def test_an_exam_can_be_sat_again_and_the_last_counts(begun, clock, tmp_path):
    begun.end()
    again = Sitting.new(PLAN, tmp_path, clock)
    again.go_on()
    assert Sitting.of(PLAN, tmp_path).path == again.path != begun.path


def test_the_result_states_what_was_asked_answered_and_by_which_key(begun, clock, tmp_path):
    sit(begun, clock)
    result = hand_in(begun)
    values = json.loads(result.text().rpartition(b"sha256")[0])
    assert (values["right"], values["of"], values["used_minutes"], values["visits"]) == (3, 4, 2.0, 1)
    assert values["exam"] == PLAN.exam().seal
    assert values["course"]
    assert values["key"]
    for asked, question in zip(values["questions"], PLAN.exam().questions, strict=True):
        assert (asked["case"], asked["key"]) == (question.code, question.item.key)
    assert result.by_kind == [("name the form", 2, 2), ("name the distribution", 1, 2)]
    assert Result.read(result_path(begun)) == result
    assert result.told.startswith("3 of 4 right")


def test_a_course_that_was_renewed_in_between_is_told(begun, clock, monkeypatch):
    sit(begun, clock)
    assert "another version" not in Result.of(begun).told
    monkeypatch.setattr("calcifications.learning.result.key_version", lambda: "another")
    assert "Marked by another version than it was begun with" in Result.of(begun).told


def test_handing_in_twice_writes_one_result_and_each_answer_once(begun, clock, tmp_path):
    sit(begun, clock)
    progress = Progress(tmp_path / "progress")
    first = hand_in(begun, progress)
    assert hand_in(Sitting.of(PLAN, tmp_path, clock), progress) == first
    assert [answer.right for answer in progress.answers()] == [True, False, True, True]
    assert len(list(tmp_path.glob("result-*.txt"))) == 1


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """The bytes of a result."""
    sitting = Sitting.of(PLAN_OF_ONE, tmp_path_factory.mktemp("result"))
    sitting.go_on()
    sitting.answer(right_answer(sitting.item), 3)
    return hand_in(sitting).text()


def test_every_changed_byte_is_told(handed_in):
    for at in range(len(handed_in)):
        changed = handed_in[:at] + bytes([handed_in[at] ^ 1]) + handed_in[at + 1 :]
        for text in (changed, handed_in[:at] + handed_in[at + 1 :], handed_in[:at]):
            with pytest.raises(CourseError, match="changed since it was written"):
                Result.from_text(text, "result.txt")


@given(st.binary(max_size=400))
def test_no_rubbish_is_taken_for_a_result(rubbish):
    with pytest.raises(CourseError) as told:
        Result.from_text(rubbish, "rubbish.txt")
    assert "\n" not in str(told.value)


def test_the_name_that_was_given_goes_into_the_result_on_one_line_and_stays_when_it_is_gone_on_with(tmp_path, clock):
    sitting = Sitting.of(PLAN, tmp_path, clock)
    sitting.go_on(" Ada \x1b[2J\n Lovelace ")
    again = Sitting.of(PLAN, tmp_path, clock)
    again.go_on("")
    again.end()
    result = Result.of(again)
    assert result.values["name"] == "Ada [2J Lovelace"
    assert "Name as given: Ada [2J Lovelace." in result.told
    assert all(line.isprintable() for line in result.told.splitlines())


def test_a_result_of_the_first_version_is_still_read(begun, clock):
    sit(begun, clock)
    values = dict(Result.of(begun).values, version=1)
    del values["name"]
    for question in values["questions"]:
        del question["word"], question["said"]
    assert Result.from_text(Result(values).text(), "a.txt").values == values
    with pytest.raises(CourseError, match="another version"):
        Result.from_text(Result(values | {"version": 3}).text(), "a.txt")
