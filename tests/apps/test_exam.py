"""The exam without a page: nothing said before the end, gone on with after a crash, and looked at again afterwards."""

import json

import pytest

from calcifications.apps import exam
from calcifications.errors import CourseError
from calcifications.learning import KINDS, Progress
from calcifications.learning.result import Result
from calcifications.teaching.deck_rule import Rule, make
from tests.apps.answering import ask, right_answer, wrong_answer


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A learner's folder of the test's own."""
    monkeypatch.setenv("CALCIFICATIONS_HOME", str(tmp_path))
    return tmp_path


def opened(**what):
    return exam("form", "distribution", **{"questions": 3, "minutes": 5, "seed": 4} | what)


def begun(**what):
    widget = opened(**what)
    ask(widget, begin=True)
    return widget


def sit(widget, *rights):
    for right in rights:
        ask(widget, drawn=True)
        ask(widget, answer=(right_answer if right else wrong_answer)(widget.sitting.item))


def test_it_says_what_is_to_come_and_waits(home):
    widget = opened()
    assert (widget.item["stage"], widget.item["title"]) == ("ready", "Exam: 3 questions in 5 minutes")
    assert widget.item["kinds"] == ["name the form", "name the distribution"]
    assert widget.item["panes"] == []
    assert list(home.iterdir()) == []


def test_an_answer_leads_to_the_next_question_and_nothing_is_said_to_it():
    widget = begun()
    for number in (1, 2):
        assert (widget.item["stage"], widget.item["number"]) == ("asking", number)
        sit(widget, number == 1)
        assert widget.item["feedback"] is None
        assert widget.item["code"] == ""
    assert widget.item["left_s"] <= 300


def test_the_end_states_the_result_and_keeps_it_and_every_answer(home):
    widget = begun()
    sit(widget, True, False, True)
    item = widget.item
    assert (item["stage"], item["right"], item["of"]) == ("ended", 2, 3)
    assert [row["right"] for row in item["rows"]] == [True, False, True]
    result = Result.from_text(item["file"]["text"].encode(), item["file"]["name"])
    assert Result.read(item["kept"]) == result
    assert [answer.right for answer in Progress().answers()] == [True, False, True]


def test_each_question_can_be_looked_at_again_with_the_reasons():
    widget = begun()
    sit(widget, False)
    ask(widget, hand_in=True)
    for place, mark in enumerate(widget.sitting.marks()):
        ask(widget, review=place)
        review, item = widget.item["review"], widget.sitting.exam.questions[place].item
        assert review["code"] == item.code
        assert review["key"] == item.key
        assert (review["feedback"] is None) == (mark is None)
        assert len(review["panes"]) == 1
        assert len(widget.ground) > 1000
    ask(widget, review=99)
    assert "99" in widget.item["problem"]
    ask(widget, review=None)
    assert widget.item["review"] is None


def test_a_new_kernel_goes_on_at_the_same_question():
    sit(begun(), True)
    again = opened()
    assert (again.item["stage"], again.item["begun"], again.item["place"]) == ("ready", True, 1)
    ask(again, begin=True)
    assert again.item["number"] == 2
    sit(again, True, True)
    assert again.item["right"] == 3
    assert opened().item["stage"] == "ended"


def test_a_page_that_was_loaded_again_is_told_the_time_that_is_left():
    widget = begun()
    now = widget.sitting._clock() + 60
    widget.sitting._clock = lambda: now
    ask(widget, tick=True)
    assert 230 < widget.left_s <= 240
    assert widget.item["number"] == 1


def test_the_time_ends_it(home):
    widget = begun(minutes=0.1)
    widget.sitting._clock = lambda: 1e9
    ask(widget, tick=True)
    assert (widget.item["stage"], widget.item["right"]) == ("ended", 0)


def test_it_can_be_sat_again():
    widget = begun()
    ask(widget, hand_in=True)
    ask(widget, again=True)
    assert (widget.item["stage"], widget.item["begun"]) == ("ready", False)
    ask(widget, begin=True)
    sit(widget, True, True, True)
    assert widget.item["right"] == 3


def test_an_answer_that_is_none_is_told_and_can_be_mended():
    widget = begun()
    ask(widget, answer="banana")
    assert "'banana'" in widget.item["problem"]
    assert widget.item["number"] == 1
    sit(widget, True)
    assert widget.item["number"] == 2
    assert widget.item["problem"] is None


def test_nothing_is_taken_before_it_begins_or_after_it_ends():
    widget = opened()
    for what in ({"answer": "rim"}, {"hand_in": True}, {"review": 0}, {"again": True}, {"tick": True}):
        ask(widget, **what)
        assert widget.item["stage"] == "ready"
    ask(widget, begin=True)
    ask(widget, hand_in=True)
    ended = widget.item
    for what in ({"answer": "rim"}, {"begin": True}, {"tick": True}, {"drawn": True}):
        ask(widget, **what)
    assert widget.item["rows"] == ended["rows"]


def test_a_disk_that_refuses_is_told_in_one_sentence_and_nothing_is_counted(home, monkeypatch):
    widget = begun()

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as refusing:
        refusing.setattr("calcifications.learning.lines.os.fsync", full)
        ask(widget, answer=right_answer(widget.sitting.item))
    assert "no space left on device" in widget.item["problem"]
    assert widget.item["number"] == 1
    sit(widget, True)
    assert widget.item["number"] == 2


def test_a_question_that_another_window_has_answered_is_passed_over():
    one, other = begun(), begun()
    sit(one, True)
    ask(other, answer=wrong_answer(other.sitting.exam.questions[0].item))
    assert other.item["number"] == 2
    sit(other, True, True)
    assert other.item["right"] == 3


def test_its_name_tells_nothing_of_its_questions():
    assert repr(opened()) == repr(begun()) == "Exam(3 questions in 5 minutes: name the form, name the distribution)"
    assert repr(exam(questions=1)).endswith("of every kind)") == (len(KINDS) > 1)
    data, _ = opened()._repr_mimebundle_()
    assert repr(opened()) in data["text/html"]
    assert json.dumps(data["text/plain"])


@pytest.mark.parametrize("options", [{"questions": 0}, {"minutes": -1}, {"seed": "x"}, {"cases": ["cx2-x"]}])
def test_a_mistake_gets_one_sentence(options):
    with pytest.raises(CourseError) as told:
        opened(**options)
    assert "\n" not in str(told.value)


def test_a_deck_is_sat_as_it_stands(tmp_path):
    made = make(Rule(cases=2, questions=("form",), seed=4))
    made.write(tmp_path / "class.toml")
    widget = exam(deck=str(tmp_path / "class.toml"), minutes=5)
    asked = [(each.item.kind, each.item.code) for each in widget.sitting.exam.questions]
    assert asked == [(each.kind, each.code) for each in made.asked]


def test_a_deck_and_other_questions_do_not_mix(tmp_path):
    with pytest.raises(CourseError, match="A deck brings its own questions and cases"):
        exam("form", deck=str(tmp_path / "class.toml"))
