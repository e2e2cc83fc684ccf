"""Reading a rulebook's file: every mistake in it is named at once, with the file and the rule."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from calcifications.errors import CourseError, pick, shown
from calcifications.lexicon import sources, terms
from calcifications.reading.context import CHOICES
from calcifications.reading.findings import FEATURES
from calcifications.reading.rulebook import (
    CERTAINTIES,
    OPERATORS,
    STEPS,
    WORD_OF_STEP,
    Condition,
    Outcome,
    Rule,
    Rulebook,
)

WORDS = {*WORD_OF_STEP.values(), "category", *CHOICES}


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
        self.known(
            row,
            {
                "id", "step", "title", "because", "says", "when", "source", "certainty", "anchored", "rival",
                "management",
            },
            where,
        )  # fmt: skip
        step = self.one_of(row.get("step"), STEPS, "step", where)
        says = row.get("says")
        words = says.values() if isinstance(says, dict) else [says]
        if isinstance(says, dict):
            for column in says:
                self.one_of(column, _vocabulary(self.data, "distribution"), "distribution word", where)
            if step in WORD_OF_STEP:
                self.wrong(where, f"'says' is one word in the step {step!r}; only a category has one a distribution.")
        rival = self.texts(row, "rival", where)
        for word in (*words, *rival):
            if step in WORD_OF_STEP:
                feature = WORD_OF_STEP[step]
                self.one_of(word, _vocabulary(self.data, feature), f"{feature} word", where)
            elif step:  # an unknown step has been named already; what it may say can't be known
                self.one_of(word, outcomes, "outcome", where)
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
            rival=rival,
            management=self.text(row, "management", where) if "management" in row else "",
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
            self.known(words, set(WORD_OF_STEP.values()), "its words")
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


_KIND = {"artefact": "artefact", "morphology": "form", "distribution": "distribution"}


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
        words = [term.name for term in terms(_KIND[feature])]
    return [*(str(word) for word in words), "none"]


@lru_cache(maxsize=16)
def parse(name: str, text: str) -> Rulebook:
    """Read a rulebook from its text; every mistake is named at once, with the file and the rule, one a line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{name} is not a TOML file: {error}.") from error
    return _Reader(name, data).book()
