"""Draw the figures: all that are stale, or those that are named (`all` for every one)."""

import os
import subprocess
import sys

from figures.drawn import HERE, TIMED, note, scripts, stale


def main(words: list[str]) -> int:
    """Draw what the command line asks for, and return the exit code."""
    known = scripts()
    for word in words:
        if word not in (*known, "all"):
            print(f"There is no figure {word!r}; choose all, {', '.join(known)}.", file=sys.stderr)
            return 2
    names = [name for name in known if name not in TIMED] if "all" in words else words or stale()
    if not names:
        print("Every figure is as its script, the patterns and the rules have it now.")
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    for number, name in enumerate(names, start=1):
        print(f"{number} of {len(names)}: {name}", flush=True)
        code = subprocess.call([sys.executable, "-m", f"figures.{name}"], cwd=HERE.parent, env=environment)
        if code:
            print(f"The figure {name} could not be drawn; the others stay as they are.", file=sys.stderr)
            return code
        note(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
