"""What an instructor types: `deck`, `export`, `exam` and `class`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from calcifications.errors import CourseError, pick, shown

if TYPE_CHECKING:
    from calcifications.teaching.deck_rule import Rule


class Progress:
    """Says how far something is, on one line of the screen, once it has taken two seconds."""

    def __init__(self) -> None:
        self._since = monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Say how much is done."""
        if monotonic() - self._since > _PATIENCE_S:
            print(f"{done} of {of} done", end="\n" if done == of else "\r", file=sys.stderr, flush=True)


_PATIENCE_S = 2.0


def _deck_check(args: argparse.Namespace) -> str:
    from calcifications.teaching.deck import Deck

    deck = Deck.read(args.file)
    return f"{args.file}: {shown(deck.title)}, {deck}, no mistake found."


def _rule(args: argparse.Namespace) -> Rule:
    from calcifications.teaching.deck_rule import Rule

    return Rule(
        args.cases, tuple(args.forms), tuple(args.distributions), tuple(args.questions), args.borderline, args.seed
    )


def _deck_make(args: argparse.Namespace) -> str:
    from calcifications.teaching.deck_rule import make

    rule = _rule(args)
    if Path(args.out).exists():  # said before the cases are grown
        raise CourseError(f"There is a file {shown(args.out)} already; choose another name.")
    deck = make(rule, args.title, Progress())
    deck.write(args.out)
    return f"{args.out}: {deck}."


def _export(args: argparse.Namespace) -> str:
    from calcifications.teaching.deck import Deck
    from calcifications.teaching.exports import FORMATS, export

    pick(args.form, FORMATS, "format")  # said before the deck is read
    deck = Deck.read(args.deck)
    return export(deck, args.form, args.out, Progress())


def _exam(args: argparse.Namespace) -> str:
    from calcifications.teaching.deck import Deck
    from calcifications.teaching.deck_rule import make
    from calcifications.teaching.paper import write

    if Path(args.out).exists():  # said before the cases are grown
        raise CourseError(f"There is {shown(args.out)} already; choose another name.")
    tell = Progress()
    deck = Deck.read(args.deck) if args.deck else make(_rule(args), args.title or "Calcifications: an exam", tell)
    return write(deck, args.out, args.seed, tell)


def _class(args: argparse.Namespace) -> str:
    from calcifications.teaching.results import again, class_results, file, roster, told

    if args.teach and Path(args.teach).exists():  # said before anything is read
        raise CourseError(f"There is a file {shown(args.teach)} already; choose another name.")
    names = roster.read(args.list) if args.list else ()
    results = class_results.gather(file.files_in(args.folder, Path(args.list) if args.list else None), names)
    said = told.summary(results, numbers=args.numbers)
    if not args.teach:
        return said
    deck = again.deck(again.weak(results.handed))
    deck.write(args.teach)
    return f"{said}\n\n{args.teach}: {deck}, to teach these words again."


def classroom(commands: Any) -> None:
    """Add an instructor's commands to the others; nothing heavy is imported before one of them runs."""
    deck = commands.add_parser("deck", help="check a deck of cases, or make one")
    deck_commands = deck.add_subparsers(required=True, metavar="COMMAND")
    check = deck_commands.add_parser("check", help="name every mistake in a deck file")
    check.add_argument("file", metavar="FILE.toml")
    check.set_defaults(run=_deck_check)
    make = deck_commands.add_parser("make", help="make a deck by a rule")
    _ruled(make, cases=20)
    make.add_argument("--title", default="", help="title of the deck")
    make.add_argument("--out", required=True, metavar="FILE.toml", help="the file to write")
    make.set_defaults(run=_deck_make)

    out = commands.add_parser("export", help="write a deck for Moodle, Anki and others")
    out.add_argument("--deck", required=True, metavar="FILE.toml")
    out.add_argument("--as", dest="form", required=True, metavar="FORMAT", help="moodle, gift, csv, anki, png or dicom")
    out.add_argument("--out", required=True, metavar="NAME", help="the file to write; for png and dicom a folder")
    out.set_defaults(run=_export)

    exam = commands.add_parser("exam", help="write an exam on paper, with answer sheet and key, in two forms")
    exam.add_argument("--deck", metavar="FILE.toml", help="its cases; without it they are made by the rule below")
    _ruled(exam, cases=30)
    exam.set_defaults(run=_exam, borderline=False)
    exam.add_argument("--title", default="", help="title of the exam")
    exam.add_argument("--out", required=True, metavar="FOLDER", help="the folder to write")

    handed = commands.add_parser("class", help="sum up the result files that a class has handed in")
    handed.add_argument("folder", metavar="FOLDER", help="the folder with the files")
    handed.add_argument("--list", metavar="FILE.txt", help="the class list, a name a line: who is missing")
    handed.add_argument("--numbers", action="store_true", help="call students by numbers that only this computer knows")
    handed.add_argument("--teach", metavar="FILE.toml", help="write a deck of what is to be taught again")
    handed.set_defaults(run=_class)


def _ruled(command: argparse.ArgumentParser, cases: int) -> None:
    """Add what a rule for cases is made of."""
    command.add_argument("--cases", type=int, default=cases, help="how many (%(default)s)")
    command.add_argument("--forms", nargs="+", default=(), metavar="FORM", help="forms, or: suspicious, benign (all)")
    command.add_argument("--distributions", nargs="+", default=(), metavar="WORD", help="distributions (all)")
    command.add_argument(
        "--questions", nargs="+", default=("form", "distribution"), metavar="KIND", help="asked of each (%(default)s)"
    )
    command.add_argument(
        "--no-borderline",
        dest="borderline",
        action="store_false",
        help="no case that leaves two answers open",
    )
    command.add_argument("--seed", type=int, default=0, help="another seed gives other cases (0)")
