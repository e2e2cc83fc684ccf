"""What must be true of the words as tables: nothing is left out, and they can be read aloud."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import pytest

from calcifications.errors import CourseError
from calcifications.lexicon import facts, lexicon, source, sources, terms
from calcifications.lexicon.table import Link, table


class Tables(HTMLParser):
    """Captions, headers with what they head, and the cells of every row of the tables in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.captions: list[str] = []
        self.scopes: list[str | None] = []
        self.rows: list[list[str]] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._open = tag if tag in ("caption", "th", "td", "a") else self._open
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))
        if tag == "caption":
            self.captions.append("")

    def handle_endtag(self, tag):
        self._open = "" if tag in ("caption", "th", "td") else self._open

    def handle_data(self, data):
        if self._open == "caption":
            self.captions[-1] += data
        elif self._open:
            self.rows[-1][-1] += data.replace("\xa0", " ")


def test_every_word_and_every_source_is_in_the_tables() -> None:
    shown = Tables(lexicon()._repr_html_())
    for kind in ("form", "distribution", "category", "artefact"):
        for term in terms(kind):
            (row,) = [row for row in shown.rows if re.match(rf"{term.name}(, a kind of \w+)?: ", row[0])]
            text = " ".join(row)
            for said in (term.plain, term.size, term.dimension, term.look, term.cause, term.trap, term.likelihood):
                assert said in text
            assert all(older in text for older in term.older)
            assert all(id in row[-1].replace(", second-hand", "").split(", ") for id in term.sources)
            assert ("second-hand" in row[-1]) == (term.certainty != "found")
    for fact in facts():
        (row,) = [row for row in shown.rows if row[1] == fact.says]
        assert row[0].replace(", second-hand", "").split(", ") == list(fact.source)
    for id, record in sources().items():
        (row,) = [row for row in shown.rows if row[:2] == [id, record.citation]]
        assert ("second-hand" in row[3]) == (not record.first_hand)


@pytest.mark.parametrize("part", [None, "form", "distribution", "category", "artefact", "fact", "source"])
def test_every_table_has_a_caption_and_every_header_says_what_it_heads(part: str | None) -> None:
    shown = Tables(lexicon(part)._repr_html_())
    assert len(shown.captions) == {None: 7, "form": 2}.get(part, 1)
    assert all(shown.captions)
    assert set(shown.scopes) == {"col", "row"}
    assert all(cell for row in shown.rows for cell in row), "no cell is empty: a dash says that there is nothing"


def test_what_it_holds_in_one_line() -> None:
    assert repr(lexicon("category")) == "Lexicon(9 categories)"
    assert repr(lexicon("artefact")) == "Lexicon(1 artefact)"
    told = f"{len(facts())} facts, {len(sources())} sources"
    assert repr(lexicon()) == f"Lexicon(14 forms, 5 distributions, 9 categories, 1 artefact, {told})"


def test_a_fact_has_a_source_that_exists_and_says_how_sure_it_is() -> None:
    for fact in facts():
        assert fact.says.endswith(".")
        assert fact.source
        first_hand = any(source(id).first_hand for id in fact.source)
        assert fact.certainty == ("found" if first_hand else "found second-hand")


def test_a_part_that_is_none_gets_one_sentence() -> None:
    with pytest.raises(CourseError, match=r"^There is no part of the lexicon 'forms'; choose one of: form, .*\.$"):
        lexicon("forms")


def test_text_is_text_and_never_markup() -> None:
    nasty = '<script>alert(1)</script> & "so"'
    html = table(nasty, (nasty,), [(nasty,), (Link(nasty, "https://example.org/?a=1&b=2"),)])
    assert "<script" not in html
    assert html.count(escape(nasty)) >= 3
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
