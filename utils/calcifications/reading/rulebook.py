"""One published set of rules, as data: a TOML file that a radiologist can read and correct without Python.

A rulebook is a list of rules in the order in which a reader thinks. In each step (form, distribution, category,
setting) the first rule whose conditions all hold gives the step's word. A threshold has a tolerance: nearer than that,
two words compete and the reading is borderline.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from calcifications.errors import CourseError, pick, shown
from calcifications.lexicon import distributions, sources, terms
from calcifications.reading.context import CHOICES
from calcifications.reading.findings import FEATURES

STEPS = ("form", "distribution", "category", "setting")
OPERATORS = (">=", ">", "<=", "<")
WORDS = {"morphology", "distribution", "category", *CHOICES}
CERTAINTIES = ("found", "found second-hand", "course convention")


@dataclass(frozen=True)
class Condition:
    """One thing that a rule asks: a number against a threshold, or a word against the words that will do.

    Attributes
    ----------
    feature : str
        One of `FEATURES`, a field of `Context`, "stable_months", "morphology" or "distribution".
    op : str
        ">=", ">", "<=", "<" for numbers; "is", "is not" for words.
    threshold : float or tuple of str
    tolerance : float
        Nearer to the threshold than this, the answer might as well be the other one.
    """

    feature: str
    op: str
    threshold: float | tuple[str, ...]
    tolerance: float = 0.0

    def margin(self, value: Any) -> float:
        """Return how far a value is on the right side of the threshold (negative: on the wrong side).

        Words are right (+inf) or wrong (-inf); nan, where there was nothing to measure, is wrong.
        """
        if isinstance(self.threshold, tuple):
            return math.inf if (value in self.threshold) == (self.op == "is") else -math.inf
        if value is None or value != value:
            return -math.inf
        above = float(value) - self.threshold
        if self.op[0] == "<":
            above = -above
        # the open side of a threshold does not include it
        return above if above or "=" in self.op else -math.ulp(0.0)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes
    ----------
    id, step, title, because : str
        Its name in the file, the step it belongs to, its plain name, and the reason in one sentence.
    says : str or dict
        The word it gives; for a category, a word a distribution.
    when : tuple of Condition
        What must hold, all of it.
    source : tuple of str
    certainty : str
    anchored : tuple of str
        Distributions whose cell a source names; the other cells are the course's own.
    """

    id: str
    step: str
    title: str
    because: str
    says: str | Mapping[str, str]
    when: tuple[Condition, ...]
    source: tuple[str, ...]
    certainty: str
    anchored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a rulebook's verdict means: its management, and how urgent that is (0 nothing to 3 tissue)."""

    name: str
    plain: str
    management: str
    level: int


@dataclass(frozen=True)
class Rulebook:
    """A rulebook, read and checked."""

    id: str
    title: str
    edition: str
    kind: str
    note: str
    silence: str
    not_covered: tuple[str, ...]
    outcomes: Mapping[str, Outcome]
    rules: tuple[Rule, ...]

    def of_step(self, step: str) -> tuple[Rule, ...]:
        """Return a step's rules in their order."""
        return tuple(rule for rule in self.rules if rule.step == step)

    @property
    def advisory(self) -> bool:
        """Whether the page may only compare it, never act on it."""
        return self.kind == "patient leaflet"


class _Reader:
    """Reads a rulebook's tables and gathers every mistake on the way."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name, self.data, self.mistakes = name, data, list[str]()

    def wrong(self, where: str, what: str) -> None:
        self.mistakes.append(f"{self.name}, {where}: {what}")

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(
            where,
            f"{key!r} is missing or empty; it is a text."
            if value is None or value == ""
            else f"{key!r} can't be {shown(value)}; it is a text.",
        )
        return ""

    def texts(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
        self.wrong(where, f"{key!r} can't be {shown(value)}; it is a list of texts.")
        return ()

    def one_of(self, value: object, choices: Any, noun: str, where: str) -> str:
        try:
            return pick(value, choices, noun)
        except CourseError as error:
            self.wrong(where, str(error))
            return ""

    def known(self, table: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in table:
            if key not in keys:
                self.wrong(where, f"there is no entry {key!r}; choose one of: {', '.join(sorted(keys))}.")

    def number(self, table: Mapping[str, Any], key: str, where: str, default: float | None = None) -> float:
        value = table.get(key, default)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self.wrong(where, f"{key!r} can't be {shown(value)}; it is a number.")
        return 0.0

    def tables(self, table: Mapping[str, Any], key: str, where: str) -> Iterator[Mapping[str, Any]]:
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.wrong(where, f"{key!r} is a list of tables.")
            return
        yield from rows

    def condition(self, row: Mapping[str, Any], where: str) -> Condition:
        feature = self.one_of(row.get("feature"), [*FEATURES, "stable_months", *sorted(WORDS)], "feature", where)
        if feature in WORDS:
            self.known(row, {"feature", "is", "is_not"}, where)
            op = "is" if "is" in row else "is not"
            words = row.get("is", row.get("is_not"))
            if not isinstance(words, list) or not words:
                self.wrong(where, f"{feature!r} needs 'is' or 'is_not' with a list of words.")
                words = []
            for word in words:
                if feature in CHOICES:
                    self.one_of(word, CHOICES[feature], feature.replace("_", " "), where)
                else:
                    self.one_of(word, _vocabulary(self.data, feature), f"{feature} word", where)
            return Condition(feature, op, tuple(words))
        self.known(row, {"feature", "op", "value", "tolerance"}, where)
        op = self.one_of(row.get("op"), OPERATORS, "comparison", where)
        threshold, tolerance = self.number(row, "value", where), self.number(row, "tolerance", where, 0.0)
        if tolerance < 0:
            self.wrong(where, f"'tolerance' can't be {tolerance:g}; it is 0 or more.")
        return Condition(feature, op or ">=", threshold, tolerance)

    def rule(self, row: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> Rule:
        name = str(row.get("id", ""))
        where = f"rule {name!r}" if name else "a rule without an id"
        if not name:
            self.wrong(where, "'id' is missing; it is a text.")
        self.known(row, {"id", "step", "title", "because", "says", "when", "source", "certainty", "anchored"}, where)
        step = self.one_of(row.get("step"), STEPS, "step", where)
        says = row.get("says")
        words = says.values() if isinstance(says, dict) else [says]
        if isinstance(says, dict):
            for column in says:
                self.one_of(column, _vocabulary(self.data, "distribution"), "distribution word", where)
            if step in ("form", "distribution"):
                self.wrong(where, f"'says' is one word in the step {step!r}; only a category has one a distribution.")
        for word in words:
            if step in ("category", "setting"):
                self.one_of(word, outcomes, "outcome", where)
            else:
                feature = "morphology" if step == "form" else "distribution"
                self.one_of(word, _vocabulary(self.data, feature), f"{feature} word", where)
        cited = row.get("source")
        if not isinstance(cited, list) or not cited:
            self.wrong(where, "'source' is missing; it is a list of source ids.")
            cited = []
        for source in cited:
            self.one_of(source, sources(), "source", where)
        return Rule(
            id=name,
            step=step,
            title=self.text(row, "title", where),
            because=self.text(row, "because", where),
            says=says if isinstance(says, (str, dict)) else "none",
            when=tuple(self.condition(each, where) for each in self.tables(row, "when", where)),
            source=tuple(cited),
            certainty=self.one_of(row.get("certainty"), CERTAINTIES, "certainty", where),
            anchored=self.texts(row, "anchored", where),
        )

    def book(self) -> Rulebook:
        data, where = self.data, "its head"
        self.known(
            data,
            {"id", "title", "edition", "kind", "note", "silence", "not_covered", "words", "outcome", "rule"},
            where,
        )
        kind = self.one_of(data.get("kind"), ("lexicon", "patient leaflet"), "kind", where)
        words = data.get("words", {})
        if isinstance(words, dict):
            self.known(words, {"morphology", "distribution"}, "its words")
            for feature in words:
                self.texts(words, feature, "its words")
        else:
            self.wrong("its words", f"'words' can't be {shown(words)}; it is a table.")
        outcomes: dict[str, Outcome] = {}
        for row in self.tables(data, "outcome", where):
            place = f"outcome {str(row.get('name', ''))!r}"
            self.known(row, {"name", "plain", "management", "level"}, place)
            name = self.text(row, "name", place)
            outcomes[name] = Outcome(
                name,
                self.text(row, "plain", place),
                self.text(row, "management", place),
                int(self.number(row, "level", place)),
            )
        rules = tuple(self.rule(row, outcomes) for row in self.tables(data, "rule", where))
        ids = [rule.id for rule in rules]
        for twice in sorted({name for name in ids if ids.count(name) > 1}):
            self.wrong(f"rule {twice!r}", "this id stands twice; each rule has its own.")
        if not rules:
            self.wrong(where, "there is no [[rule]].")
        book = Rulebook(
            self.text(data, "id", where),
            self.text(data, "title", where),
            self.text(data, "edition", where),
            kind,
            self.text(data, "note", where),
            self.text(data, "silence", where),
            self.texts(data, "not_covered", where),
            outcomes,
            rules,
        )
        if self.mistakes:
            raise CourseError("\n".join(self.mistakes))
        return book


def _vocabulary(data: Mapping[str, Any], feature: str) -> list[str]:
    """Return the words a rulebook may say: the lexicon's, or a leaflet's own."""
    own = data.get("words")
    words: list[Any]
    if feature == "category":
        outcomes = data.get("outcome")
        words = [row.get("name") for row in outcomes if isinstance(row, dict)] if isinstance(outcomes, list) else []
    elif isinstance(own, dict) and feature in own:
        words = own[feature] if isinstance(own[feature], list) else []
    else:
        words = [term.name for term in terms("form")] if feature == "morphology" else distributions()
    return [*(str(word) for word in words), "none"]


@lru_cache(maxsize=16)
def parse(name: str, text: str) -> Rulebook:
    """Read a rulebook from its text; every mistake is named at once, with the file and the rule, one a line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{name} is not a TOML file: {error}.") from error
    return _Reader(name, data).book()


_SHIPPED = files(__package__).joinpath("rulebooks")
_ORDER = ("birads5", "patients2009", "elliot")


def rulebooks() -> list[str]:
    """Return the ids of the rulebooks that come with the course."""
    return list(_ORDER)


@cache
def _shipped(name: str) -> Rulebook:
    return parse(f"{name}.toml", _SHIPPED.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def rulebook(name: str | Rulebook) -> Rulebook:
    """Return a rulebook by id, or from a person's own file if `name` ends in ".toml".

    Raises
    ------
    CourseError
        If there is no such id or file, or the file has mistakes (all are named).
    """
    if isinstance(name, Rulebook):
        return name
    if isinstance(name, str) and name.endswith(".toml"):
        path = Path(name)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise CourseError(f"{path.name} is not a text file in UTF-8.") from error
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise CourseError(
                f"The rulebook file {shown(name)} can't be read; give the path of a TOML file."
            ) from error
        return parse(path.name, text)  # an unchanged text is not parsed again, a changed one always is
    return _shipped(pick(name, _ORDER, "rulebook"))
