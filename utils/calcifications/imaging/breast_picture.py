"""The breast as a picture holds it: tissue thinning out to the skin, nipple, pectoral muscle, and air around."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown
from calcifications.imaging.density import Character
from calcifications.imaging.sheet import Field
from calcifications.imaging.tissue import tissue

Points = NDArray[np.floating]

# The course's conventions, mm and thousandths of log attenuation. Grey is as an equalised picture shows it: the edge,
# where the compressed breast rounds off, is drawn up, or no window would hold it and the middle at once.
ROUND_MM = 18.0  # from the skin line to where the breast is as thick as in its middle
EQUALISED = 0.4  # power of the thickness that is left
SKIN_MM, SKIN_GREY = 1.5, 220.0
FAT_MM, FAT_SHARE = 4.0, 0.2  # a layer of fat under the skin, darker by a share of how dense the breast is
FATTY_GREY = 1700.0
NIPPLE_MM, NIPPLE_GREY = 5.5, 90.0  # radius
SOFT_MM = 2.5  # how nipple and armpit run into the breast
AXILLA_MM = 26.0  # width of the armpit's tissue at the top of an oblique picture
MUSCLE_MEAN, MUSCLE_PLAIN, MUSCLE_EDGE_MM = 2330.0, 0.6, 0.8  # it hides so much of what is under it
MUSCLE_WIDTH_MM, MUSCLE_REACH = (28.0, 42.0), (0.35, 0.6)  # at the top; downwards, as a share of the breast's height
COARSE = 8  # distances are reckoned at every so many pixels


def whole_breast(
    seed: int,
    density: str,
    outline_mm: Points,
    shape: tuple[int, int],
    pixel_mm: float,
    *,
    direction: str = "CC",
    centre_mm: tuple[float, float] = (0.0, 0.0),
    nipple_mm: tuple[float, float] | None = None,
    pectoral: bool = False,
) -> Field:
    """Draw a breast as far as the field shows it; the chest wall lies to the left, the nipple to the right.

    Parameters
    ----------
    seed, density, shape, pixel_mm, direction, centre_mm
        As for `tissue`, which it agrees with where the breast is thick.
    outline_mm : ndarray, shape (n, 2)
        The breast's convex outline on this view, all the way round, mm towards the nipple and up the picture. Its
        leftmost points are the chest wall; tissue goes on behind them to the picture's edge.
    nipple_mm : (float, float), optional
        Where the nipple stands out from the outline.
    pectoral : bool
        Whether the chest muscle shows, as on an oblique view: a bright wedge from the top left.

    Returns
    -------
    float32 array of `shape`
        Thousandths of the natural log of attenuation; 0 is air.

    Raises
    ------
    CourseError
        If `tissue` can't be drawn so, or the outline is no ring of points.
    """
    grey = tissue(seed, density, shape, pixel_mm, direction=direction, centre_mm=centre_mm)
    outline = np.asarray(outline_mm, dtype=float)
    if outline.ndim != 2 or outline.shape[1:] != (2,) or len(outline) < 3 or not np.isfinite(outline).all():
        raise CourseError(
            f"The breast's outline can't be {shown(outline_mm)}; it is three or more points (x, y) in mm."
        )
    field = _Field.of(shape, pixel_mm, centre_mm)
    if pectoral:
        muscle = _step(field.fine(_in_muscle(seed, outline, field)) / np.float32(MUSCLE_EDGE_MM))
        grey += np.float32(MUSCLE_PLAIN) * muscle * (np.float32(MUSCLE_MEAN) - grey)
    if nipple_mm is not None:
        grey += np.float32(NIPPLE_GREY) * _step(field.fine(_in_nipple(nipple_mm, field)) / np.float32(0.5))
    under = field.fine(_under_skin(outline, nipple_mm, pectoral, field))
    dense = np.float32(FAT_SHARE * (Character.of(seed, density).mean - FATTY_GREY))
    grey -= dense * np.exp(-(((under - np.float32(FAT_MM + SKIN_MM)) / np.float32(FAT_MM)) ** 2))
    inside = np.clip(under / np.float32(ROUND_MM), 0, 1)
    grey *= (inside * (2 - inside)) ** np.float32(EQUALISED / 2)  # the breast's edge is round
    grey += np.float32(SKIN_GREY) * _step((SKIN_MM - under) / np.float32(0.3))
    grey *= np.clip(under / np.float32(pixel_mm) + np.float32(0.5), 0, 1)  # a pixel may lie half in the air
    return grey


@dataclass(frozen=True)
class _Field:
    """The places of a field where distances are reckoned, mm, and how to fill in the pixels between them."""

    x: Points
    y: Points
    rows: Field
    columns: Field

    @classmethod
    def of(cls, shape: tuple[int, int], pixel_mm: float, centre_mm: tuple[float, float]) -> _Field:
        sides = []
        for count in shape:
            coarse = np.arange(-(-count // COARSE) + 1)
            apart = abs(np.arange(count)[:, None] / COARSE - coarse)
            sides.append(((coarse * COARSE - (count - 1) / 2) * pixel_mm, np.maximum(1 - apart, 0).astype(np.float32)))
        (down, rows), (across, columns) = sides
        return cls(across + centre_mm[0], (centre_mm[1] - down)[:, None], rows, columns)

    def fine(self, coarse: Points) -> Field:
        """Fill in, linearly."""
        out: Field = self.rows @ coarse.astype(np.float32) @ self.columns.T
        return out


def _step(x: Field) -> Field:
    """0 far below 0, 1 far above."""
    out = np.tanh(x)
    out += 1
    out /= 2
    return out


def _either(a: Points, b: Points) -> Points:
    """Depth within two bodies that run into each other: the greater one, with a soft corner."""
    both: Points = np.logaddexp(a / SOFT_MM, b / SOFT_MM) * SOFT_MM
    return both


def _under_skin(outline: Points, nipple_mm: tuple[float, float] | None, pectoral: bool, field: _Field) -> Points:
    """How deep under the skin line the places are, mm; below 0 outside."""
    following = np.roll(outline, -1, axis=0)
    ahead = following - outline
    length = np.linalg.norm(ahead, axis=1)
    turn = np.sign(np.sum(outline[:, 0] * following[:, 1] - outline[:, 1] * following[:, 0]))
    wall, top = outline[:, 0].min(), outline[:, 1].max()
    at_wall = np.maximum(outline[:, 0], following[:, 0]) < wall + 0.01 * np.ptp(outline[:, 0])
    depth = np.full((len(field.y), len(field.x)), np.inf)
    for i in np.flatnonzero((length > 1e-6) & ~at_wall):
        x, y = turn * ahead[i] / length[i]
        np.minimum(depth, x * (field.y - outline[i, 1]) - y * (field.x - outline[i, 0]), out=depth)
    if pectoral:
        depth = _either(depth, np.minimum(wall + AXILLA_MM - field.x, field.y - top / 2))
    if nipple_mm is not None:
        depth = _either(depth, _in_nipple((nipple_mm[0] - NIPPLE_MM / 2, nipple_mm[1]), field))
    return depth


def _in_nipple(nipple_mm: tuple[float, float], field: _Field) -> Points:
    """How deep within the nipple the places are, mm."""
    depth: Points = NIPPLE_MM - np.hypot(field.x - nipple_mm[0], field.y - nipple_mm[1])
    return depth


def _in_muscle(seed: int, outline: Points, field: _Field) -> Points:
    """How deep within the pectoral muscle the places are, mm; its edge bulges a little to the nipple."""
    rng = np.random.default_rng([seed, 2])
    wall, top, bottom = outline[:, 0].min(), outline[:, 1].max(), outline[:, 1].min()
    width, reach = rng.uniform(*MUSCLE_WIDTH_MM), rng.uniform(*MUSCLE_REACH) * (top - bottom)
    up = (field.y - (top - reach)) / reach  # 0 at its tip, 1 at the top
    edge = wall + width * np.sign(up) * abs(up) ** rng.uniform(0.75, 0.95)
    depth: Points = (edge - field.x) * np.cos(np.arctan2(width, reach))
    return depth
