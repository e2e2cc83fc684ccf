"""`python course.py bench`: how long the way from slider to picture takes."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

PARTS = ("kernel", "browser")


def main() -> int:
    """Run the parts that are asked for; the exit code says whether they could run, not how fast they were."""
    reader = argparse.ArgumentParser(
        prog="python course.py bench", description="Time the course, beside what others would write, in one run."
    )
    reader.add_argument("parts", nargs="*", metavar="PART", help=f"what to time: {' or '.join(PARTS)}; both by default")
    asked = reader.parse_args().parts or PARTS
    for part in asked:
        if part not in PARTS:
            print(f"There is nothing called {part!r} to time; choose {' or '.join(PARTS)}.", file=sys.stderr)
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
