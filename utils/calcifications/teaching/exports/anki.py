"""An Anki deck (.apkg): a zip of an SQLite file of Anki's schema 11, which every Anki since 2.1 reads, and its media.

Written by hand, for the schema is small and has stood still since 2012; the tests read it as a database.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import sha1, sha256
from html import escape
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from calcifications.teaching.plates import Plate
from calcifications.teaching.question import Picture, Question

FIELDS = ("Id", "Question", "Options", "Answer", "Why", "Marked", "Sources")
_MODEL = 1_700_000_000_001  # fixed: cards of all decks of the course are of one kind
_WHEN = 1_700_000_000  # s; a fixed date, so that the same deck gives the same file
_BETWEEN = "\x1f"  # Anki's own sign between fields
_FRONT = "{{Question}}{{Options}}"
_BACK = (
    '{{FrontSide}}<hr id="answer"><p class="key">{{Answer}}</p><p>{{Why}}</p>{{Marked}}<p class="src">{{Sources}}</p>'
)
_CSS = (
    ".card{font:18px/1.45 sans-serif;text-align:left;max-width:46em;margin:auto;padding:0 .6em}"
    "img{max-width:100%;margin:.2em}ol{padding-left:1.6em}.key{font-weight:700}.src{font-size:13px;opacity:.8}"
)
_SCHEMA = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
 ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
 models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
 usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
 flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
 mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
 ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
 odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
 ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""


def write(path: Path, title: str, named: Iterable[tuple[str, Question]], plate: Plate = Picture.plate) -> None:
    """Write the questions as a deck of cards.

    Parameters
    ----------
    path : Path
    title : str
        The deck's name; two colons would begin a deck below it.
    named : iterable of (str, Question)
        The questions, each with the title of its case.
    plate : callable
        Gives a picture's bytes.
    """
    name = title.replace("::", ": ")
    deck = 1_000_000_000_000 + _number(name) % 10**11
    media: dict[str, str] = {}
    with TemporaryDirectory() as folder, ZipFile(path, "x", ZIP_STORED) as package:
        file = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(file)) as base, base:
            base.executescript(_SCHEMA)
            base.execute(f"insert into col values ({','.join('?' * 13)})", _collection(deck, name))
            for due, (_, question) in enumerate(named, 1):
                for picture in (*question.pictures, *question.after):
                    if picture.name not in media:
                        package.writestr(str(len(media)), plate(picture))
                        media[picture.name] = str(len(media))
                _add(base, question, deck, due)
        package.write(file, "collection.anki2")
        package.writestr("media", json.dumps({number: name for name, number in media.items()}))


def _add(base: sqlite3.Connection, question: Question, deck: int, due: int) -> None:
    """Add a note and its card; their ids come from the question's."""
    fields = fields_of(question)
    first = fields[0]
    at = 1_000_000_000_000 + _number(question.id) % 10**12
    check = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)  # by which Anki finds doubles
    note = (at, question.id, _MODEL, _WHEN, -1, "", _BETWEEN.join(fields), first, check, 0, "")
    card = (at, at, deck, 0, _WHEN, -1, 0, 0, due, 0, 0, 0, 0, 0, 0, 0, 0, "")
    base.execute(f"insert into notes values ({','.join('?' * 11)})", note)
    base.execute(f"insert into cards values ({','.join('?' * 18)})", card)


def fields_of(question: Question) -> list[str]:
    """Return the fields of a note, HTML each, in the order of `FIELDS`."""
    known = "".join(f"<p>{escape(said)}</p>" for said in question.known)
    options = "".join(
        f"<li>{escape(f'{option.word} ({option.plain})' if option.plain else option.word)}</li>"
        for option in question.options
    )
    letters = " or ".join(ascii_uppercase[place] for place in question.right)
    return [
        question.id,
        f"{known}<p><b>{escape(question.prompt)}</b></p>{_images(question.pictures)}",
        f'<ol type="A">{options}</ol>' if options else "",
        escape(f"{letters}: {question.key}" if letters else question.key),
        escape(question.why),
        _images(question.after),
        escape("; ".join(question.cited)),
    ]


def _images(pictures: Iterable[Picture]) -> str:
    return "".join(f'<img src="{picture.name}" alt="{escape(picture.alt)}">' for picture in pictures)


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest()[:15], 16)


def _collection(deck: int, name: str) -> tuple[Any, ...]:
    """Return the one row that says how cards look and which decks there are."""
    fields = [
        {"name": each, "ord": place, "font": "Arial", "size": 20, "media": [], "rtl": False, "sticky": False}
        for place, each in enumerate(FIELDS)
    ]
    card = {"name": "Card 1", "ord": 0, "qfmt": _FRONT, "afmt": _BACK, "bqfmt": "", "bafmt": "", "did": None}
    model = {
        "id": _MODEL, "name": "Calcifications course", "type": 0, "mod": _WHEN, "usn": -1, "sortf": 0, "did": deck,
        "flds": fields, "tmpls": [card], "css": _CSS, "latexPre": "", "latexPost": "", "tags": [], "vers": [],
        "req": [[0, "any", [1]]],
    }  # fmt: skip
    bare = {
        "mod": _WHEN, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
        "collapsed": False, "dyn": 0, "conf": 1, "extendNew": 10, "extendRev": 50,
    }  # fmt: skip
    about = "Synthetic pictures for learning, not for diagnosis."
    decks = {
        "1": bare | {"id": 1, "name": "Default", "desc": ""},
        str(deck): bare | {"id": deck, "name": name, "desc": about},
    }
    pace = {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
        "dyn": False,
        "new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "order": 1, "perDay": 20, "bury": True},
        "rev": {"perDay": 100, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "fuzz": 0.05, "bury": True},
        "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
    }  # fmt: skip
    settings = {
        "nextPos": 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0, "sortBackwards": False,
        "addToCur": True, "curDeck": 1, "newBury": True, "newSpread": 0, "dueCounts": True, "curModel": str(_MODEL),
        "collapseTime": 1200,
    }  # fmt: skip
    told = (json.dumps(each) for each in (settings, {str(_MODEL): model}, decks, {"1": pace}, {}))
    return (1, _WHEN, 1000 * _WHEN, 1000 * _WHEN, 11, 0, 0, 0, *told)
