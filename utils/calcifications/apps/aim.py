"""Aim under stereotaxis: put a cross on the target in both pictures of the pair, see the depth follow, send the needle.

The page sends where the crosses lie (`asked`). The kernel answers with the depth while they are moved (`live`). Once
the needle is sent, `item` comes back with what the notch holds and the target marked; the page does not hold it before.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import traitlets

from calcifications.apps.aim_target import NOTCH_MM, PAIR, TASKS, Shot, Target
from calcifications.apps.grey_bytes import bytes16
from calcifications.apps.picture_page import picture_lines, shapes
from calcifications.apps.question import FLAT
from calcifications.apps.widget import AROUND, VIEWER, Still, script, style
from calcifications.errors import CourseError, number, shown, whole
from calcifications.imaging import view_named
from calcifications.imaging.optics import optics

Json = dict[str, Any]

_NEAR_MM = 1.0  # crosses on one and the same speck lie so near to each other along the way to the nipple
_ASIDE_MM = 24.0  # how much of the breast the drawing from the side shows to both sides of the needle


class Aim(Still):
    """The widget for aiming; see `aim`."""

    _esm = script("parts.js", *AROUND, *VIEWER, "aim.js") + "\nexport default { render: renderAim };\n"
    _css = style("theme.css", "look.css", "viewer.css", "answers.css", "aim.css")

    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    item = traitlets.Dict().tag(sync=True)
    live = traitlets.Dict().tag(sync=True)
    ground_beside = traitlets.Bytes().tag(sync=True)

    target: Target

    def __init__(self, targets: int, seed: int) -> None:
        self.targets, self.seed = targets, seed
        self.number = 0
        self.shots: list[Shot] = []
        super().__init__()
        self._put()

    @traitlets.observe("asked")
    def _on_asked(self, change: Any) -> None:
        asked = change["new"]
        if asked.get("number") != self.number:
            return  # of a target that is no longer on screen
        done = len(self.shots) > self.number
        try:
            if "crosses" in asked and not done:
                shot = self.target.shot(_crosses(asked["crosses"]))
                if asked.get("send"):
                    self._shoot(shot)
                else:
                    self.live = _depth_lines(shot)
            elif asked.get("next") and done:
                self.number += 1
                self._put()
        except CourseError as mistake:
            self.item = {**self.item, "problem": str(mistake)}

    def _put(self) -> None:
        """Show the next target."""
        self.target = Target.drawn(self.number, self.seed)
        round_, place = divmod(self.number, self.targets)
        with self.hold_sync():
            self.ground, self.ground_beside = (bytes16(picture.pixels) for picture in self.target.pictures)
            self.live = {}
            self.item = {
                "number": self.number,
                "progress": f"Target {place + 1} of {self.targets}" + (f", round {round_ + 1}" if round_ else ""),
                "task": f"Put a cross on {self.target.words}, in both pictures.",
                "panes": self._panes(),
                "shot": None,
                "problem": None,
            }

    def _panes(self, marked: bool = False) -> list[Json]:
        """Return what stands at the pictures' edges; the target's outlines once the needle was sent."""
        pattern = self.target.pattern
        ours = set(np.flatnonzero(pattern.particles.group == 0).tolist())
        panes = []
        for name, picture in zip(PAIR, self.target.pictures, strict=True):
            lines = picture_lines(pattern, picture) | {"box": FLAT, "has": [], "shapes": []}
            lines["map"] = {**lines["map"], "dots": []}  # they would show the place
            lines["alt"] = f"A mammogram close-up, {view_named(name).plain}; a target to be found on it."
            if marked:
                drawn = shapes(pattern, picture, ("outline",))
                lines["shapes"] = [shape | {"class": "cx-ring"} for shape in drawn if shape["number"] in ours]
                lines["alt"] = lines["alt"].replace("to be found on it", "marked on it")
            panes.append(lines)
        return panes

    def _shoot(self, shot: Shot) -> None:
        """Send the needle, and show what its notch holds."""
        self.shots.append(shot)
        last = len(self.shots) % self.targets == 0
        with self.hold_sync():
            self.live = _depth_lines(shot)
            self.item = {
                **self.item,
                "panes": self._panes(marked=True),
                "shot": {**_shot_lines(shot, self.target), "last": last, "told": self._summary() if last else ""},
                "problem": None,
            }

    def _summary(self) -> str:
        """Return how the round went, in a sentence."""
        round_ = self.shots[-self.targets :]
        right = sum(shot.right for shot in round_)
        deep, aside = (
            float(np.median([abs(getattr(shot, name)) for shot in round_])) for name in ("off_depth_mm", "off_aside_mm")
        )
        return (
            f"{right} of {self.targets} targets would be in the sample. "
            f"Typical error: {deep:.1f} mm in depth, {aside:.1f} mm to the side."
        )

    def still(self) -> str:
        """Return what stands here before the lesson is started, as HTML."""
        return f"<p>{escape(repr(self))}. Press “Start this lesson” to aim.</p>"

    def __repr__(self) -> str:
        plural = "" if self.targets == 1 else "s"
        return f"Aim({self.targets} target{plural} on a stereo pair)"


def _crosses(asked: Any) -> list[list[float]]:
    """Return where the page's two crosses lie, as shares of each picture."""
    if not (isinstance(asked, list) and len(asked) == 2 and all(isinstance(at, list) and len(at) == 2 for at in asked)):
        raise CourseError(f"A needle is aimed by two crosses of two numbers each, not by {shown(asked)}.")
    return [[number(share, 0, 1, "place of a cross") for share in at] for at in asked]


def _depth_lines(shot: Shot) -> Json:
    """Return what follows from the crosses alone."""
    if shot.shift_mm <= 0:
        told = "The shift points the wrong way: these two can't be one and the same speck."
    elif shot.crossed_mm > _NEAR_MM:
        told = (
            f"Your crosses lie {shot.crossed_mm:.1f} mm apart along the way to the nipple. The tube swings across it, "
            "so one and the same speck lies level in both pictures."
        )
    else:
        told = ""
    return {
        "rows": [
            ["Shift between the pictures", f"{shot.shift_mm:.1f} mm"],
            ["Depth, exact formula", f"{shot.depth_mm:.1f} mm"],
            ["Depth, rule of thumb", f"{shot.thumb_mm:.1f} mm"],
        ],
        "told": told,
    }


def _shot_lines(shot: Shot, target: Target) -> Json:
    """Return what is said of a needle that was sent, and the drawing of it from the side."""
    held, of = int(shot.held.sum()), len(shot.held)
    noun = "speck" if of == 1 else "specks"
    way = "too high" if shot.off_depth_mm > 0 else "too low"
    return {
        "right": shot.right,
        "head": f"The notch holds {held} of {of} {noun}",
        "rows": [
            ["True depth of the middle", f"{target.middle[2]:.1f} mm"],
            ["Your depth is off by", f"{abs(shot.off_depth_mm):.1f} mm, {way}"],
            ["To the side you are off by", f"{shot.off_aside_mm:.1f} mm"],
        ],
        "cost": f"Here, 1 mm of error in one picture costs {shot.cost_mm:.1f} mm of depth. The same error in both "
        "pictures moves the needle to the side instead."
        + (" The target lies near the notch's end: a little more, and it is missed." if shot.just else ""),
        "side": {
            "thick": optics().compressed_mm,
            "half": _ASIDE_MM,
            "needle": [0.0, round(shot.depth_mm, 1), NOTCH_MM],
            # seen along the way to the nipple: to the side of the needle, and the height
            "specks": [
                [round(float(y - shot.place[1]), 1), round(float(h), 1), bool(kept)]
                for (_, y, h), kept in zip(target.specks, shot.held, strict=True)
            ],
        },
    }


def aim(targets: int = len(TASKS), seed: int | None = None) -> Aim:
    """Aim a biopsy needle on the stereo pair: a cross in each picture, the depth from the shift between them.

    Parameters
    ----------
    targets : int
        How many make a round, 1 to 20.
    seed : int, optional
        The same seed lays the same targets; by default chance does.

    Raises
    ------
    CourseError
        If a number is out of its bounds.
    """
    chance = int(np.random.default_rng().integers(2**31))
    return Aim(whole(targets, 1, 20, "number of targets"), chance if seed is None else whole(seed, 0, 2**31, "seed"))
