"""Reading: what is measured, by which rules it is judged, and the verdict with its steps."""

from calcifications.reading.context import CHOICES, Context
from calcifications.reading.findings import FEATURES, Feature, Findings, Group
from calcifications.reading.measure import measure
from calcifications.reading.pixels import measure_pixels
from calcifications.reading.read import read, read_words, weigh
from calcifications.reading.reading import NONE, Check, Doubt, Reading, Step
from calcifications.reading.rulebook import Rule, Rulebook
from calcifications.reading.shelf import rulebook, rulebooks

__all__ = [
    "CHOICES",
    "FEATURES",
    "NONE",
    "Check",
    "Context",
    "Doubt",
    "Feature",
    "Findings",
    "Group",
    "Reading",
    "Rule",
    "Rulebook",
    "Step",
    "measure",
    "measure_pixels",
    "read",
    "read_words",
    "rulebook",
    "rulebooks",
    "weigh",
]
