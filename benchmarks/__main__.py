"""`python course.py bench`: how long the way from slider to picture takes, and what it costs."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

PARTS = {
    "kernel": "one step of a slider, stage by stage, at 60 and at 5,000 particles",
    "scaling": "how cost grows with particles and pixels",
    "peer": "our drawing beside scikit-image's, supersampled",
    "tissue": "a new breast, close-up and whole",
    "what_if": "all moves that would change the verdict, at 60 particles",
    "items": "a thousand questions of all kinds, their pictures not yet taken",
    "exports": "a thousand questions of a deck into files, in each format, with all their pictures",
    "log": "a log of 100,000 answers: open it, write to it, say what comes next",
    "learners": "simulated learners: questions until every word is known, in our order and in others",
    "questions": "from “Next question” to the new one on screen, in the browser",
    "lessons": "every lesson from Start to its first picture, and all of them under nbval",
    "poll": "three hundred phones vote within ten seconds, while the presenting page goes on",
    "memory": "a session with ten cases open; ten thousand steps of a slider",
    "viewer": "contrast dragged on a large picture: script a redraw, and a redraw each animation frame",
    "browser": "from an arrow key to the new picture in the page, beside what others would write",
}


def main() -> int:
    """Run the parts that are asked for; the exit code says whether they could run, not how fast they were."""
    reader = argparse.ArgumentParser(
        prog="python course.py bench",
        description="Time the course, beside what others would write or a limit, in one run.",
        epilog="\n".join(f"  {part:9}  {what}" for part, what in PARTS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reader.add_argument("parts", nargs="*", metavar="PART", help="what to time, as below; all by default")
    asked = reader.parse_args().parts or PARTS
    for part in asked:
        if part not in PARTS:
            print(f"There is nothing called {part!r} to time; choose one of: {', '.join(PARTS)}.", file=sys.stderr)
            return 2
    for part in asked:
        try:
            import_module(f"benchmarks.{part}").run()
        except FileNotFoundError as missing:
            print(f"The {part} part could not run. {missing}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
