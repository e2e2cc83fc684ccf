"""`python course.py`, and its commands `app`, `present`, `test`, `bench` and `figures`."""

from __future__ import annotations

import argparse
import errno
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from launch.install import set_up
from launch.lab import open_lab, trust
from launch.lessons import note, renew
from launch.places import HIDDEN, LOG, PYTHON, SCRIPTS, WORKSHOP, environment, learners_folder
from launch.present import HELP as PRESENT_HELP
from launch.present import arguments, present
from launch.process import ROOT, Stop, one_at_a_time, run, stop_when_told
from launch.serving import check_port, serve

CHECKS = {  # what `course.py test` runs before the tests
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "floors": ("lint-imports", "--no-logo"),
}
OPEN_HELP = """Open the course in JupyterLab, in your browser.

The first time, this installs what the course needs into the folder .venv. You work in a copy of the lessons in
calcifications-course in your home folder (or in the folder that CALCIFICATIONS_HOME names).
Other commands: python course.py app (the same lessons as pages, without JupyterLab), python course.py present (a deck
of cases, for a class), python course.py test, python course.py bench, python course.py figures; each has its own
--help."""
APP_HELP = """Open the course as pages, in your browser: a gallery of the lessons, and no code in sight.

They are your lessons, the same as those that python course.py opens; here they can be used but not changed."""
TEST_HELP = """Check the course: lint, format, types, the floors of the house, then all tests and lessons.

Anything else on the line is passed on to pytest, such as -k size or tests/test_course.py."""
BENCH_HELP = """Time the course, beside what others would write or a limit. All parts, or those that are named:

  kernel   one step of a slider, stage by stage, at 60 and at 5,000 particles
  scaling  how cost grows with particles and pixels
  peer     our drawing beside scikit-image's, supersampled
  tissue   a new breast, close-up and whole
  what_if  all moves that would change the verdict, at 60 particles
  log      a log of 100,000 answers: open it, write to it, say what comes next
  learners simulated learners: questions until every word is known, in our order and in others
  items    a thousand questions of all kinds
  questions from "Next question" to the new one on screen
  lessons  every lesson from Start to its first picture, and all of them under nbval
  poll     three hundred phones vote within ten seconds, while the presenting page goes on
  memory   a session with ten cases open; ten thousand steps of a slider
  viewer   contrast dragged on a large picture: script a redraw, and a redraw each animation frame
  browser  from an arrow key to the new picture in the page, beside what others would write"""

FIGURES_HELP = """Draw the figures of which something has changed since: a script, the patterns, the rules, the page.

With names (python course.py figures sizes atlas) those alone, with "all" every one. Two show the page itself, and need
Chromium or Chrome. A test says when a figure is stale."""
WORK = {"test": TEST_HELP, "bench": BENCH_HELP, "figures": FIGURES_HELP}  # the commands of whoever works on the course
PROGRAMMES = {"bench": "benchmarks", "figures": "figures"}


class Parser(argparse.ArgumentParser):
    """Says one sentence where argparse would print its usage first."""

    def error(self, message: str) -> NoReturn:  # noqa: D102
        raise Stop(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.", code=2)


def main(words: Sequence[str]) -> int:
    """Do what the command line says and return the exit code; a failure is one sentence on stderr."""
    stop_when_told()
    try:
        return command(words)
    except Stop as told:
        sentence, code = str(told), told.code
    except KeyboardInterrupt:
        sentence, code = "Stopped.", 130
    except OSError as trouble:
        sentence, code = in_words(trouble), 1
    except Exception as surprise:
        sentence, code = f"Something went wrong that shouldn't ({surprise!r}); {tell_log()}.", 1
    print(sentence, file=sys.stderr)
    return code


def command(words: Sequence[str]) -> int:
    """Carry out one command line and return the exit code."""
    chosen, rest = ("", words) if not words or words[0].startswith("-") else (words[0], words[1:])
    if chosen in ("", "app", "present"):
        return open_course(rest, chosen)
    if chosen not in WORK:
        raise Stop(
            f"There is no command {chosen!r}; choose app, present, test, bench or figures, or give none to open the"
            " course.",
            code=2,
        )
    if {"-h", "--help"} & set(rest):
        parser(f"course.py {chosen}", WORK[chosen]).print_help()
        return 0
    set_up("test")
    if chosen == "test":
        return test(rest)
    return run([PYTHON, "-m", PROGRAMMES[chosen], *rest], environment(WORKSHOP))


def parser(name: str, text: str) -> Parser:
    """Return the parser of a command."""
    return Parser(
        prog=f"python {name}",
        description=text,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def open_course(words: Sequence[str], what: str) -> int:
    """Set up, renew the learner's lessons, and hand over to JupyterLab, or to Voila for pages or for a deck."""
    helps = {"": OPEN_HELP, "app": APP_HELP, "present": PRESENT_HELP}
    reader = parser(f"course.py {what}".strip(), helps[what])
    usual = 8866 if what else 8888
    if what == "present":
        arguments(reader)
    reader.add_argument("--no-browser", action="store_true", help="don't open a browser; show the address instead")
    reader.add_argument("--port", type=int, metavar="N", help=f"the port to listen at ({usual} or the next free)")
    asked = reader.parse_args(words)
    if asked.port is not None:
        check_port(asked.port)
    home = learners_folder()
    set_up("course")
    if what == "present":
        return present(home, asked)  # no lesson is needed for it
    with one_at_a_time(home / HIDDEN):
        fresh = renew(home)
        trust(fresh, home)
        note(home)
    print(f"Your lessons are in {home / 'notebooks'}; what you change stays there.")
    print("Opening the course. Leave this window open; Ctrl-C ends the course.", flush=True)
    if what:
        words = [str(home), str(asked.port or "-"), "quiet" if asked.no_browser else "show"]
        return serve(home, "launch.pages.server:main", words)
    return open_lab(home, browser=not asked.no_browser, port=asked.port)


def test(words: Sequence[str]) -> int:
    """Run all checks, then the tests, so that the last line is pytest's own; fail if any of them failed."""
    env, results = environment(WORKSHOP), {}
    for name, (tool, *options) in CHECKS.items():
        print(f"\n--- {name}: {' '.join([tool, *options])}", flush=True)
        results[name] = run([SCRIPTS / tool, *options], env)
    print("\n" + ", ".join(f"{name} {'FAILED' if code else 'passed'}" for name, code in results.items()))
    print("\n--- tests: pytest", flush=True)
    # in their order: the modules that take longest, with the browser, must not come last
    spread = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")
    tests = run([PYTHON, "-m", "pytest", *spread, *words], env)
    return tests or int(any(results.values()))


def in_words(trouble: OSError) -> str:
    """Say in one sentence what the system refused."""
    where = trouble.filename or ROOT
    if trouble.errno == errno.ENOSPC:
        return "The disk is full; free 2 GB and start again."
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where} can't be read or written; use a folder of your own for the course."
    return f"The computer refused {where}: {trouble.strerror}; {tell_log()}."


def tell_log() -> str:
    """Write the details of the failure at hand to the log, and say where that is."""
    try:
        LOG.parent.mkdir(exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            traceback.print_exc(file=log)
    except OSError:
        return "its details can't be written down either"
    return f"the details are in {LOG}"
