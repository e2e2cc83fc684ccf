"""Answers for the tests of the log: any that could be given, and plain ones in a row."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from calcifications.learning.answer import Answer

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
printable = st.characters(categories=["L", "N", "P", "S", "Zs"]).filter(str.isprintable)
words = st.text(printable, min_size=1, max_size=20)

any_answer = st.builds(
    Answer,
    kind=words,
    key=words,
    chosen=words,
    right=st.booleans(),
    seconds=st.floats(0, 86_400),
    case=words,
    course=words,
    rulebook=words,
    when=st.datetimes(datetime(2000, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)),
    id=st.uuids(version=4).map(str),
)
any_log = st.lists(any_answer, max_size=8, unique_by=lambda answer: answer.id)


def plain(number=0, key="amorphous", chosen=None, *, seconds=6.0, kind="form", after=timedelta(seconds=10)):
    """The answer number so-and-so of a learner who began on a Monday morning."""
    chosen = chosen or key
    right = key == chosen
    return Answer(kind, key, chosen, right, seconds, f"cx2-{number}", "0.1.0", "birads5", START + number * after)


def in_order(answers):
    return sorted(answers, key=lambda answer: answer.moment)
