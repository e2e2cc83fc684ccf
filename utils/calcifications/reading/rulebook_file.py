"""Reading a rulebook's file: every mistake in it is named at once, with the file, the rule and the line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from calcifications.lexicon import terms
from calcifications.reading.based_on import NAMED, BasedOn, Find, merged, no_base
from calcifications.reading.context import CHOICES
from calcifications.reading.findings import FEATURES
from calcifications.reading.rulebook import (
    CERTAINTIES,
    COUNTED,
    KINDS,
    OPERATORS,
    STEPS,
    WORD_OF_STEP,
    Condition,
    Outcome,
    Rule,
    Rulebook,
)
from calcifications.reading.toml_lines import Place, load

WORDS = {*WORD_OF_STEP.values(), "category", *CHOICES}
_HEAD = {
    "id", "title", "edition", "kind", "note", "silence", "banner", "not_covered", "words", "based_on", "outcome",
    "rule",
}  # fmt: skip
_RULE = {
    "id", "step", "title", "because", "says", "when", "source", "certainty", "anchored", "rival", "management",
    "remark",
}  # fmt: skip
_LISTED = {"artefact": "artefact", "morphology": "form", "distribution": "distribution"}  # in the lexicon
_MOST = {"mm": 300.0, "degrees": 180.0}  # no view is wider, no angle larger: a larger number has another unit
_MONTHS, _AGES, _LEVEL = (0.0, 600.0), (18.0, 110.0), 4


class _Reader(BasedOn):
    """Reads a rulebook's tables."""

    # --- rules ---

    def vocabulary(self, feature: str) -> list[str]:
        """Return the words a rulebook may say: its own, those of the one it is based on, or the lexicon's."""
        own = self.data.get("words")
        words: list[Any]
        if feature == "category":
            outcomes = self.data.get("outcome")
            words = [row.get("name") for row in outcomes if isinstance(row, dict)] if isinstance(outcomes, list) else []
            words += self.base_outcomes()
        elif isinstance(own, dict) and feature in own:
            words = own[feature] if isinstance(own[feature], list) else []
        elif self.base:
            words = [self.renamed.get(word, word) for word in self.base.words.get(feature, ())]
        else:
            words = [term.name for term in terms(_LISTED[feature])]
        return list(dict.fromkeys([*(word for word in words if isinstance(word, str)), "none"]))

    def condition(self, row: Mapping[str, Any], step: str, at: Place) -> Condition:
        """Read one condition of a rule."""
        choices = [*FEATURES, *COUNTED, *sorted(WORDS)]
        feature = self.one_of(row.get("feature"), choices, "feature", (*at, "feature"))
        if feature in WORDS:
            self._known_by_then(feature, step, at)
            self.known(row, {"feature", "is", "is_not"}, at)
            op = "is" if "is" in row else "is_not"
            words = row.get(op)
            if not isinstance(words, list) or not words or ("is" in row and "is_not" in row):
                self.wrong(at, f"{feature!r} needs 'is' or 'is_not' with a list of words.")
                words = []
            can_be = CHOICES[feature] if feature in CHOICES else self.vocabulary(feature)
            noun = feature.replace("_", " ") if feature in CHOICES else f"{feature} word"
            for number, word in enumerate(words):
                self.one_of(word, can_be, noun, (*at, op, number))
            return Condition(feature, op.replace("_", " "), tuple(str(word) for word in words))
        self.known(row, {"feature", "op", "value", "tolerance"}, at)
        op = self.one_of(row.get("op"), OPERATORS, "comparison", (*at, "op"))
        low, high, unit = _bounds(feature)
        threshold = self.number(row, "value", at, low=low, high=high, unit=unit)
        return Condition(feature, op or ">=", threshold, self.number(row, "tolerance", at, low=0, unit=unit, default=0))

    def _known_by_then(self, feature: str, step: str, at: Place) -> None:
        """Hold a rule to asking only for words that an earlier step has found."""
        found_in = {word: name for name, word in WORD_OF_STEP.items()} | {"category": "category"}
        if step in STEPS and feature in found_in and STEPS.index(found_in[feature]) >= STEPS.index(step):
            self.wrong(at, f"a rule of the step {step!r} can't ask for {feature!r}, which is not found before it.")

    def rule(self, row: Mapping[str, Any], at: Place, outcomes: Mapping[str, Outcome]) -> Rule:
        """Read one rule."""
        if not isinstance(row.get("id"), str) or not row["id"]:
            self.wrong((*at, "id"), "'id' is missing; it is a text.")
        self.known(row, _RULE, at)
        step = self.one_of(row.get("step"), STEPS, "step", (*at, "step"))
        remark = self.flag(row, "remark", at)
        says: str | dict[str, str] = ""
        rival, anchored = self.texts(row, "rival", at), self.texts(row, "anchored", at)
        if not remark:
            says = self._says(row, step, rival, at, outcomes)
        elif step not in ("category", "") or {"says", "rival", "anchored", "management"} & set(row):
            self.wrong(
                at, "a remark is of the step 'category', and has no 'says', 'rival', 'anchored' or 'management'."
            )
        for column in anchored:
            if not isinstance(says, dict) or column not in says:
                self.wrong((*at, "anchored"), f"{column!r} is anchored, but 'says' has no such column.")
        cited = row.get("source")
        if not isinstance(cited, list) or not cited:
            self.wrong((*at, "source"), "'source' is missing; it is a list of source ids.")
            cited = []
        asked_in = "setting" if remark else step  # a remark is told once the category is known
        return Rule(
            id=str(row.get("id", "")),
            step=step,
            title=self.text(row, "title", at),
            because=self.text(row, "because", at),
            says=says,
            when=tuple(self.condition(each, asked_in, place) for place, each in self.tables(row, "when", at)),
            source=tuple(self.source(each, (*at, "source", number)) for number, each in enumerate(cited)),
            certainty=self.one_of(row.get("certainty"), CERTAINTIES, "certainty", (*at, "certainty")),
            anchored=anchored,
            rival=rival,
            management=self.text(row, "management", at) if "management" in row else "",
            remark=remark,
        )

    def _says(
        self, row: Mapping[str, Any], step: str, rival: tuple[str, ...], at: Place, outcomes: Mapping[str, Outcome]
    ) -> str | dict[str, str]:
        says, place = row.get("says"), (*at, "says")
        if isinstance(says, dict):
            if step in WORD_OF_STEP:
                self.wrong(place, f"'says' is one word in the step {step!r}; only a category has one a distribution.")
            for column in says:
                self.one_of(column, self.vocabulary("distribution"), "distribution word", (*place, column))
            if not says:
                self.wrong(place, "'says' is empty; it is a word, or a table of one a distribution.")
        if step:  # an unknown step has been named already; what it may say can't be known
            feature = WORD_OF_STEP.get(step)
            can_be = self.vocabulary(feature) if feature else list(outcomes)
            noun = f"{feature} word" if feature else "outcome"
            for column, word in says.items() if isinstance(says, dict) else ((None, says),):
                self.one_of(word, can_be, noun, place if column is None else (*place, column))
            for word in rival:
                self.one_of(word, can_be, noun, (*at, "rival"))
        return says if isinstance(says, (str, dict)) else "none"

    # --- the whole ---

    def outcomes(self) -> dict[str, Outcome]:
        """Read what the verdicts mean; a base's verdicts are known too."""
        found = self.base_outcomes()
        own: set[str] = set()
        for at, row in self.tables(self.data, "outcome", ()):
            self.known(row, {"name", "plain", "management", "level"}, at)
            name = self.text(row, "name", at)
            level = self.number(row, "level", at, low=0, high=_LEVEL)
            if level != int(level):
                self.wrong((*at, "level"), f"'level' can't be {level:g}; it is a whole number from 0 to {_LEVEL}.")
            if name in own:
                self.wrong((*at, "name"), "this name stands twice; each outcome has its own.")
            own.add(name)
            found[name] = Outcome(name, self.text(row, "plain", at), self.text(row, "management", at), int(level))
        return found

    def book(self) -> Rulebook:
        """Read the whole; raise CourseError if there are mistakes."""
        data = self.data
        self.known(data, _HEAD, ())
        kind = self.one_of(data.get("kind"), KINDS, "kind", ("kind",))
        words = self.table("words")
        self.known(words, set(WORD_OF_STEP.values()), ("words",))
        for feature in words:
            self.texts(words, feature, ("words",))
        outcomes = self.outcomes()
        own = [self.rule(row, at, outcomes) for at, row in self.tables(data, "rule", ())]
        rules = merged(own, self.inherited())
        ids = [rule.id for rule in own]
        for number, name in enumerate(ids):
            if name and name in ids[:number]:
                self.wrong(("rule", number, "id"), "this id stands twice; each rule has its own.")
        if not rules:
            self.wrong((), "there is no [[rule]].")
        book = Rulebook(
            self.text(data, "id", ()),
            self.text(data, "title", ()),
            self.text(data, "edition", ()),
            kind,
            self.text(data, "note", ()),
            self.text(data, "silence", ()),
            self.texts(data, "not_covered", ()),
            outcomes,
            tuple(rules),
            self.text(data, "banner", ()) if "banner" in data else "",
            {name: tuple(word for word in self.vocabulary(name) if word != "none") for name in NAMED},
            self.base.id if self.base else "",
            self.renamed,
        )
        self.raise_if_any()
        return book


def _bounds(feature: str) -> tuple[float, float, str]:
    """Return the least and the largest threshold that a feature may have, and its unit."""
    if feature in COUNTED:
        return (*(_AGES if feature == "age" else _MONTHS), "")
    unit = FEATURES[feature].unit if feature in FEATURES else ""
    return 0.0, 1.0 if "share" in feature else _MOST.get(unit, 1e6), unit


@lru_cache(maxsize=16)
def parse(name: str, text: str, find: Find = no_base) -> Rulebook:
    """Read a rulebook from its text.

    Parameters
    ----------
    name : str
        The file's name, for what is told of it.
    text : str
    find : callable
        Finds the rulebook that this one is based on.

    Raises
    ------
    CourseError
        Every mistake at once, one a line, each with the file, the rule and the line.
    """
    return _Reader(name, load(name, text, "a rulebook"), text, find).book()
