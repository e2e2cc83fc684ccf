"""The forms of this course side by side, at one scale: four typically benign, four suspicious."""

import calcifications as cx
from figures.plate import BENIGN, SUSPICIOUS, Panel, plate, save

TYPICALLY_BENIGN = [  # name, lay words, seed, grey units shown as white
    ("punctate", "tiny smooth dots", 2, 480),
    ("round", "smooth round dots", 2, 480),
    ("rim", "an eggshell", 5, 650),
    ("popcorn", "large dense lumps", 4, 1100),
]
SUSPICIOUS_ONES = [
    ("amorphous", "a haze of specks", 2, 480),
    ("coarse heterogeneous", "clear, uneven specks", 2, 480),
    ("fine pleomorphic", "tiny, each a different shape", 2, 480),
    ("fine linear", "thin broken lines", 4, 480),
]


def row(forms: list[tuple[str, str, int, int]], colour: str) -> list[Panel]:
    """Return a row of forms, each as the course's own preset shows it."""
    return [Panel(cx.preset(name), name, plain, seed, colour=colour, white=white) for name, plain, seed, white in forms]


save(
    plate(
        [("typically benign", row(TYPICALLY_BENIGN, BENIGN)), ("suspicious", row(SUSPICIOUS_ONES, SUSPICIOUS))], 14, 5
    ),
    __file__,
)
