"""The command line: `python -m calcifications`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from calcifications.errors import CourseError
from calcifications.teaching.commands import classroom


def _cases(args: argparse.Namespace) -> str:
    from calcifications.reading.case_counts import counts_as_toml
    from calcifications.reading.real_cases import study

    if args.store and not args.rebuild:
        raise CourseError("--store goes with --rebuild: it names the file for the counts.")
    read = study(args.file)
    if not args.rebuild:
        return str(read)
    if not args.store:
        return counts_as_toml(read).rstrip("\n")
    Path(args.store).write_text(counts_as_toml(read), encoding="utf-8", newline="\n")
    return f"The counts of {len(read.cases)} lesions are in {args.store}."


def _rules(args: argparse.Namespace) -> str:
    from calcifications.reading import rulebook

    book = rulebook(args.file if args.file.endswith(".toml") else args.file + ".toml")
    return f"{args.file}: {book.title}, {len(book.rules)} rules, no mistake found."


def _audit(args: argparse.Namespace) -> str:
    from calcifications.reading.audit import audit

    result = audit(args.books or None)
    if result.faults:
        raise CourseError(str(result))
    return str(result)


def _table(args: argparse.Namespace) -> str:
    from calcifications.reading.rulebook_table import table

    if not args.store:
        return table().rstrip("\n")
    Path(args.store).write_text(table(), encoding="utf-8", newline="\n")
    return f"The rules of all rulebooks are in {args.store}."


def _agreement(args: argparse.Namespace) -> str:
    from calcifications.reading.agreement import Compared, agreement
    from calcifications.reading.agreement_table import Unfinished

    table = Unfinished(args.store, args.seed) if args.store else None

    def tell(case: Compared) -> None:
        if table:
            table.add(case)
        if case.number % 20 == 19:
            print(f"{case.number + 1} of {args.cases} cases", end="\r", file=sys.stderr, flush=True)

    result = agreement(args.cases, args.seed, args.jobs, known=table.cases() if table else (), tell=tell)
    if table:
        table.whole(result)
    return str(result)


def _read_back(args: argparse.Namespace) -> str:
    from calcifications.reading.read_back import read_back, store

    rows = read_back(args.seeds, args.jobs)
    if args.store:
        store(rows, args.store)
    return "\n".join(str(row) for row in rows)


def _items(args: argparse.Namespace) -> str:
    from calcifications.learning.analysis import analyse

    result = analyse(args.count, args.seed)
    if result.faults:
        raise CourseError(str(result))
    return str(result)


def _result(args: argparse.Namespace) -> str:
    from calcifications.learning.result import Result

    return Result.read(args.file).told


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; a mistake is one sentence (one a line where there are several) and exit code 2."""
    # matrices here are small: threads that wait for each other take as much time again; numpy reads it when it comes
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(prog="calcifications", description="Reading calcifications on mammograms.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    cases = commands.add_parser("cases", help="read a table of real cases (CBIS-DDSM) by the course's rules")
    cases.add_argument("file", metavar="FILE.csv")
    cases.add_argument("--rebuild", action="store_true", help="make the counts that the course ships again")
    cases.add_argument("--store", metavar="FILE.toml", help="with --rebuild: where to put them, not on the screen")
    cases.set_defaults(run=_cases)
    rules = commands.add_parser("rules", help="check a rulebook file, audit rulebooks, or list their rules")
    rules_commands = rules.add_subparsers(required=True, metavar="COMMAND")
    check = rules_commands.add_parser("check", help="name every mistake in a rulebook file")
    check.add_argument("file", metavar="FILE.toml")
    check.set_defaults(run=_rules)
    audit = rules_commands.add_parser("audit", help="see whether every rule can fire, and rests on something")
    audit.add_argument("books", nargs="*", metavar="BOOK", help="an id, or a file (all that come with the course)")
    audit.set_defaults(run=_audit)
    table = rules_commands.add_parser("table", help="list all rules with their thresholds and sources")
    table.add_argument("--store", metavar="FILE.md", help="write the list to a file")
    table.set_defaults(run=_table)
    agree = commands.add_parser("agreement", help="compare a reader of nothing but pixels with the truth")
    agree.add_argument("--cases", type=int, default=2000, help="how many cases (2000)")
    agree.add_argument("--seed", type=int, default=0, help="chance of the cases (0)")
    agree.add_argument("--jobs", type=int, help="processes (one a processor)")
    agree.add_argument("--store", metavar="FILE.csv", help="also store the cases; a run that was stopped goes on")
    agree.set_defaults(run=_agreement)
    back = commands.add_parser("readback", help="grow every form and distribution and see whether it reads as itself")
    back.add_argument("--seeds", type=int, default=500, help="how many of each (500)")
    back.add_argument("--jobs", type=int, help="processes (one a processor)")
    back.add_argument("--store", metavar="FILE.csv", help="also store the table")
    back.set_defaults(run=_read_back)
    items = commands.add_parser("items", help="make questions and look for flaws in them")
    items.add_argument("--count", type=int, default=5000, help="how many (%(default)s)")
    items.add_argument("--seed", type=int, default=0, help="chance of the questions (0)")
    items.set_defaults(run=_items)
    result = commands.add_parser("result", help="print the result of an exam, and say so if its file was changed")
    result.add_argument("file", metavar="FILE.txt")
    result.set_defaults(run=_result)
    classroom(commands)
    args = parser.parse_args(argv)
    try:
        print(args.run(args))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:  # a file that can't be written
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
