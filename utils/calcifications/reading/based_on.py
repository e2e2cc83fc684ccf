"""A rulebook that is based on another: which of its steps it takes over, and what their words are called here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from calcifications.errors import CourseError
from calcifications.lexicon import sources
from calcifications.reading.mistakes import Mistakes, quoted
from calcifications.reading.rulebook import CERTAINTIES, STEPS, Outcome, Rule, Rulebook
from calcifications.reading.toml_lines import Place

Find = Callable[[str], Rulebook]

NAMED = ("artefact", "morphology", "distribution")
"""What has words that a rulebook may call otherwise."""
_ENTRIES = {"rulebook", "steps", "source", "certainty", "because", "renamed"}


def no_base(name: str) -> Rulebook:
    """Find nothing: for a rulebook that can be based on none."""
    raise CourseError(f"There is no rulebook {quoted(name)} to be based on.")


class BasedOn(Mistakes):
    """Takes over rules of another rulebook."""

    def __init__(self, name: str, data: dict[str, Any], text: str = "", find: Find = no_base) -> None:
        super().__init__(name, data, text)
        self.base = self._base(find)
        self.renamed = self._renamed()

    def _base(self, find: Find) -> Rulebook | None:
        if "based_on" not in self.data:
            return None
        table = self.table("based_on")
        self.known(table, _ENTRIES, ("based_on",))
        name = self.text(table, "rulebook", ("based_on",))
        if not name:
            return None
        if name == self.data.get("id"):
            self.wrong(("based_on", "rulebook"), "a rulebook can't be based on itself.")
            return None
        try:
            return find(name)
        except CourseError as error:
            self.wrong(("based_on", "rulebook"), str(error).splitlines()[0])
            return None

    def _renamed(self) -> dict[str, str]:
        """Return the base's words and what they are called here."""
        if self.base is None:
            return {}
        own = self.table("based_on").get("renamed", {})
        at: Place = ("based_on", "renamed")
        if not isinstance(own, dict):
            self.wrong(at, f"'renamed' can't be {quoted(own)}; it is a table.")
            return {}
        known = [word for feature in NAMED for word in self.base.words.get(feature, ())]
        names = {word: self.text(own, word, at) for word in own if self.one_of(word, known, "word", (*at, word))}
        return {**{old: names.get(new, new) for old, new in self.base.renamed.items()}, **names}

    def base_outcomes(self) -> dict[str, Outcome]:
        """Return the base's verdicts, where its categories are taken over."""
        steps = self.table("based_on").get("steps", [])
        return dict(self.base.outcomes) if self.base and isinstance(steps, list) and "category" in steps else {}

    def inherited(self) -> list[Rule]:
        """Return the base's rules of the steps that are taken over, said in this rulebook's words."""
        if self.base is None:
            return []
        table, at = self.table("based_on"), ("based_on",)
        steps = self.texts(table, "steps", at)
        if not steps:
            self.wrong((*at, "steps"), f"'steps' is missing or empty; it is a list of: {', '.join(STEPS)}.")
        for step in steps:
            self.one_of(step, STEPS, "step", (*at, "steps"))
        cited = tuple(each for each in self.texts(table, "source", at) if self.source(each, (*at, "source")))
        certainty = self.one_of(table["certainty"], CERTAINTIES, "certainty", at) if "certainty" in table else ""
        because = " " + self.text(table, "because", at) if "because" in table else ""

        def said(words: Any) -> Any:
            if isinstance(words, str):
                return self.renamed.get(words, words)
            if isinstance(words, Mapping):
                return {said(column): said(word) for column, word in words.items()}
            return tuple(dict.fromkeys(said(word) for word in words)) if isinstance(words, tuple) else words

        return [
            replace(
                rule,
                says=said(rule.says),
                rival=tuple(word for word in said(rule.rival) if word != said(rule.says)),
                when=tuple(
                    replace(each, threshold=said(each.threshold)) if each.feature in NAMED else each
                    for each in rule.when
                ),
                because=rule.because + because,
                source=tuple(dict.fromkeys((*rule.source, *cited))),
                certainty=certainty or rule.certainty,
            )
            for rule in self.base.rules
            if rule.step in steps
        ]

    def source(self, cited: object, at: Place) -> str:
        """Take the id of a source."""
        return self.one_of(cited, sources(), "source", at)


def merged(own: list[Rule], inherited: list[Rule]) -> list[Rule]:
    """Put a rulebook's own rules first; one with the id of a rule of the base takes that one's place."""
    named = {rule.id: rule for rule in own}
    taken = {rule.id for rule in inherited}
    return [*(rule for rule in own if rule.id not in taken), *(named.get(rule.id, rule) for rule in inherited)]
