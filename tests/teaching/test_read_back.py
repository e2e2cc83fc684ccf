"""What is exported is read back by what others wrote: a parser of GIFT, and Anki itself."""

import re
import warnings
from dataclasses import replace

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from calcifications.teaching.deck import Deck, Slide
from calcifications.teaching.deck_file import parse
from calcifications.teaching.deck_rule import Rule, make
from calcifications.teaching.exports import export
from calcifications.teaching.question import questions

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # how it asks for the reader's language
    from pygiftparser import parser as gift_parser

HOSTILE = "=1+1 </text>]]><script>alert(1)</script> & {~%100%x} $\\frac$ \"q\" 'a' ::b//c"


@pytest.fixture(scope="module")
def deck():
    """A case asked in every way that a file can hold; its titles are the worst that a person can write."""
    (slide,) = make(Rule(1, ("fine pleomorphic",), ("grouped",), ("form",), borderline=False, seed=3)).slides
    code = replace(slide.case, views=("CC",)).code
    slides = (Slide(code, HOSTILE, ("form", "distribution", "category", "number")),)
    return parse("a.toml", Deck(HOSTILE, slides).text())


@pytest.fixture(scope="module")
def asked(deck):
    return [question for _, question in questions(deck)]


def unescaped(text):
    return re.sub(r"\\([~=#{}:\\])", r"\1", text)


def test_a_parser_of_gift_finds_every_question_and_its_key(deck, asked, tmp_path):
    export(deck, "gift", tmp_path / "a.gift")
    with (tmp_path / "a.gift").open(encoding="utf-8") as file:
        found = gift_parser.parseFile(file)
    assert len(found) == len(asked)
    for entry, question in zip(found, asked, strict=True):
        assert entry.valid
        assert unescaped(entry.title) == f"{HOSTILE}, {question.title}"
        answers = entry.answers.answers
        if question.number:
            (only,) = answers
            assert only.value == pytest.approx(question.number.value, rel=1e-3)
            assert only.tolerance == pytest.approx(question.number.tolerance, rel=1e-3)
        else:
            assert [answer.fraction == 100 for answer in answers] == [
                place in question.right for place in range(len(question.options))
            ]
            for answer, option in zip(answers, question.options, strict=True):
                assert unescaped(answer.answer).startswith(option.word)


def test_anki_takes_a_deck_in_once_with_all_its_pictures_and_changes_nothing_the_second_time(deck, asked, tmp_path):
    export(deck, "anki", tmp_path / "a.apkg")
    collection = Collection(str(tmp_path / "anki.anki2"))
    try:
        request = ImportAnkiPackageRequest(package_path=str(tmp_path / "a.apkg"))
        log = collection.import_anki_package(request).log
        assert (log.found_notes, len(log.new)) == (len(asked), len(asked))
        media = collection.media.check()
        assert (list(media.unused), list(media.missing)) == ([], [])
        by_id = {question.id: question for question in asked}
        for number in collection.find_cards(""):
            card = collection.get_card(number)
            question = by_id.pop(card.note().guid)
            assert "<script>" not in card.question() + card.answer()
            assert question.key not in card.question() or question.options
            assert question.key in card.answer()
        assert by_id == {}
        again = collection.import_anki_package(request).log
        assert (len(again.new), len(again.updated), len(again.duplicate)) == (0, 0, len(asked))
    finally:
        collection.close()
