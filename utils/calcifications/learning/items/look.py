"""One picture that a question shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calcifications.case import Case
from calcifications.imaging import Radiograph, View, look, radiograph
from calcifications.learning.items.cases import as_shown
from calcifications.pattern import Pattern
from calcifications.reading import Findings, Reading, measure


@dataclass(frozen=True)
class Look:
    """One picture that a question shows.

    Attributes
    ----------
    name, plain : str
        What the page calls it: "CC", "A", "now"; and the words beside that.
    case : Case
    view : str or View
    earlier : bool
        Whether it is the earlier exam's picture.
    """

    name: str
    plain: str
    case: Case
    view: str | View
    earlier: bool = False

    @property
    def pattern(self) -> Pattern:
        """The calcifications on it."""
        return (self.case.earlier if self.earlier else None) or self.case.pattern

    @property
    def picture(self) -> Radiograph:
        """The picture."""
        if self.earlier:
            return self.case.earlier_picture()
        return radiograph(self.case.pattern, self.view, tissue=self.case.tissue)

    @property
    def findings(self) -> Findings:
        """What it shows, measured."""
        if not self.earlier and isinstance(self.view, str) and self.view in self.case.views:
            return self.case.findings[self.case.views.index(self.view)]
        return measure(self.pattern, self.view)

    @property
    def reading(self) -> Reading:
        """How the case is read, for the words that describe the picture once the question is answered."""
        return as_shown(self.case)


def aimed(case: Case, name: str) -> View:
    """Aim a view at the middle of what is there, wherever in the breast it lies."""
    view = look(name, case.pattern)
    across, up = (view.axes @ case.pattern.particles.centre.mean(axis=0)).tolist()
    return replace(view, centre=(across, up))
