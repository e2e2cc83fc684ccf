"""Measuring a picture by its pixels alone, as a reader does who never saw what it was grown from.

Known beside the pixels is only what is written on every film: the view's name, the breast's side, the pixel's size, and
whether it shows the whole breast; and of the unit, how much its views blur.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from calcifications.errors import CourseError, shown
from calcifications.imaging import Radiograph, View, view_named
from calcifications.reading.contour import numbers
from calcifications.reading.findings import Findings, Group
from calcifications.reading.group import measured
from calcifications.reading.layout import nearest
from calcifications.reading.marks import LINE_LENGTH_MM, LINE_STRETCH, Marks
from calcifications.reading.measure import TISSUE_NOISE, marks
from calcifications.reading.outline import Outlines
from calcifications.reading.segment import Blobs, blobs
from calcifications.reading.shadow import Shadow
from calcifications.reading.together import WITHIN
from calcifications.reading.tracks import tracks

Floats = NDArray[np.float64]

CORNERS = 40  # of the polygons that are handed on, as of those from the truth
# What blur and grain do to an outline, as balls and ragged particles of known shape came out on contact and magnified
# views, 0.1 to 1 mm, faint to dense. Sizes are in pixels.
LENGTH_GAINED, GAINED_AT, GAINED_FALL = 2.7, 7.0, 4  # in quadrature, at most; from that size on less by that power;
WIDTH_GAINED = 2.2  # and across as much as along: a drawn out particle is less so
PEAK_LOST = 2.2  # size at which a particle's peak would be lost
DENT_GRID = 0.006  # of a perfect disc
DENT_LINE, DRAWN_OUT = 0.025, 2.0  # of a smooth rod, and the elongation from which a particle is one
DENT_NOISE = 4.5  # of a disc whose contrast to noise is 1; it falls with the square of that
DENT_CUT = 0.05  # at most, of a piece that was cut: joints, knots and bends of a thread are not ragged edges
DENT_LOST = 1.35  # true dents over measured ones, of large compact particles;
DENT_SMALL = 9.5  # and of smaller ones more, twice as much at about this size
BREADTH_LOST = 1.06  # true reach across over the measured one, of knots
LUCENCY_GAINED = 1.2  # blur fills the hollow of a small shell
STRAY_CONTRAST, STRAY_SHARE = 20.0, 0.5  # faint: less than this, and than this share of the typical contrast,
STRAY_LEAST = 0.2  # or than this share of it at any rate,
STRAY_FROM, STRAY_USUAL = 5, 0.8  # or of the plainest, where there are fewer marks; else so many are no plainer
FRAME = 1.5  # pixels from the picture's edge: what reaches so far is cut off there
OVERLAID = 1.5  # times the usual area: several that lie over each other, but for lines,
OVERLAID_FROM, OVERLAID_LEFT = 8, 0.6  # of so many, if this share can still be read without them
PLAINEST = 3  # so many at least are no spike where two lie over each other
STRAND, STRAND_CONTRAST = 2.5, 11.0  # elongation from which a long mark so faint is one of the tissue's own strands
BESIDE_MM = 1.5  # a faint mark is believed so near a plain one,
STRAY_MM, STRAY = 4.0, 3.0  # and among faint ones if it lies no farther from them, nor so many times the usual gap
GROUPS_APART_MM = 8.0
GROUPS_APART = 2.5  # times the widest gap within a group, at least, lies between two groups
GROUP, TIGHT_MM = 4, 20.0  # particles that a group of its own has at least, and how far it reaches at most
# shares of all marks, not of the readable ones: what lies over others has no shape of its own, and is left out
SHARES = ("linear_share", "smooth_line_share", "level_share", "smudge_share", "readable_share")
STEPPED, STEP_WIDTHS = 1.8, 2.0  # elongation from which a mark counts as several of a track, and so many widths each


def _polygon(corners: Floats) -> Floats:
    """Return an outline with `CORNERS` corners, evenly along it."""
    closed = np.concatenate([corners, corners[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.arange(CORNERS) / CORNERS * along[-1]
    return np.stack([np.interp(at, along, closed[:, axis]) for axis in (0, 1)], axis=1)


def _seen(found: Blobs, pixel_mm: float, shape: tuple[int, ...]) -> tuple[Outlines, Floats]:
    """Return outlines in mm about the picture's middle, to the right and up, and each particle's contrast to noise."""
    middle = np.array([shape[1] / 2, shape[0] / 2])
    corners = [(one - middle) * [pixel_mm, -pixel_mm] for one in found.outlines]
    rows = [numbers(one) for one in corners]
    area, longest, elongation, angle, dent = np.array([row[:5] for row in rows]).reshape(-1, 5).T
    centre = np.array([row[5] for row in rows]).reshape(-1, 2)
    across = np.maximum(longest / pixel_mm, 1.0)
    gained = LENGTH_GAINED**2 * np.minimum((GAINED_AT / across) ** GAINED_FALL, 1)
    longest = pixel_mm * np.sqrt(np.maximum(across**2 - gained, 0.25 * across**2))
    long = longest / pixel_mm
    short = (long**2 + WIDTH_GAINED**2) / elongation**2 - WIDTH_GAINED**2
    short = np.maximum(short, (long / elongation / 2) ** 2)
    elongation = np.maximum(long / np.sqrt(short), 1.0)
    contrast = found.peak / np.hypot(found.noise, TISSUE_NOISE) * (1 + np.minimum((PEAK_LOST / across) ** 2, 0.3))
    line = elongation >= DRAWN_OUT
    dent = np.maximum(dent - np.where(line, DENT_LINE, DENT_GRID) - DENT_NOISE / contrast**2, 0)
    dent *= np.where(line, 1, DENT_LOST) + np.minimum((DENT_SMALL / across) ** 3, 3.5)
    outlines = Outlines(
        centre=centre,
        polygon=np.array([_polygon(one) for one in corners]).reshape(-1, CORNERS, 2) - centre[:, None],
        longest_mm=longest,
        elongation=elongation,
        angle=angle,
        irregularity=dent,
        width_mm=area / np.maximum(longest, 1e-9),
        area_mm2=area,
        depth_mm=np.full(len(rows), np.nan),
    )
    return outlines, contrast


def _apart(seen: Marks, area: Floats) -> NDArray[np.bool_]:
    """Return which marks are no shadow of several particles that lie over each other, whose shape is none of theirs.

    Where few marks would be left, or few of those can be read, all stay as they are.
    """
    apart = (area <= OVERLAID * np.median(area)) | (seen.elongation >= LINE_STRETCH)
    enough = len(seen) >= OVERLAID_FROM and (seen.readable & apart).sum() >= OVERLAID_LEFT * len(seen)
    return apart if enough else np.ones(len(seen), bool)


def _without_strays(seen: Marks) -> Marks:
    """Leave out faint marks that lie apart from plainer ones, or from all: grain, or bright places of the tissue."""
    long = (seen.elongation > STRAND) & (seen.longest_mm >= LINE_LENGTH_MM)
    seen = seen.where(~long | (seen.conspicuity >= STRAND_CONTRAST))
    if len(seen) < 2:
        return seen
    contrast = seen.conspicuity
    # among few, the plainest says what is plain
    usual = float(contrast.max() if len(seen) < STRAY_FROM else np.quantile(contrast, STRAY_USUAL))
    plain = contrast >= max(min(STRAY_SHARE * usual, STRAY_CONTRAST), STRAY_LEAST * usual)
    apart = np.linalg.norm(seen.place[:, None] - seen.place[plain], axis=2)
    beside = apart.min(axis=1) <= BESIDE_MM
    alone = nearest(seen.place)
    far = (alone > max(STRAY_MM, STRAY * float(np.median(alone)))) & (len(seen) >= STRAY_FROM)
    seen = seen.where((plain | beside) & ~(far & (contrast < STRAY_CONTRAST)))
    return seen.where(_in_company(seen)) if len(seen) >= STRAY_FROM else seen


def _in_company(seen: Marks) -> NDArray[np.bool_]:
    """Return which marks are plain beside the plainest, or lie near one that is: faint ones may be most of them."""
    contrast = seen.conspicuity
    plain = contrast >= min(STRAY_SHARE * float(np.sort(contrast)[-PLAINEST]), STRAY_CONTRAST)
    near: NDArray[np.bool_] = np.linalg.norm(seen.place[:, None] - seen.place[plain], axis=2).min(axis=1) <= STRAY_MM
    return plain | near


def _groups(seen: Marks) -> list[Marks]:
    """Return the marks of each group: one group, unless two tight ones lie well apart."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(seen) < 2 * GROUP:
        return [seen]
    tree = linkage(seen.place, "single")
    gap, within = tree[-1, 2], tree[-2, 2]
    two = [seen.where(fcluster(tree, (gap + within) / 2, "distance") == each) for each in (1, 2)]
    apart = gap >= max(GROUPS_APART_MM, GROUPS_APART * within)
    tight = all(len(one) >= GROUP and np.ptp(one.place, axis=0).max() <= TIGHT_MM for one in two)
    return two if apart and tight else [seen]


def _course(seen: Marks) -> tuple[Floats, NDArray[np.int64]]:
    """Return places along the marks, shape (n, 2), and the mark of each: the plates of a wall run into one another."""
    way = np.stack([np.cos(seen.angle), np.sin(seen.angle)], axis=1)
    many = np.where(
        seen.elongation >= STEPPED, np.maximum(np.rint(seen.longest_mm / STEP_WIDTHS / seen.width_mm), 1), 1
    ).astype(int)
    places = [
        middle + long * ((np.arange(n) + 0.5) / n - 0.5)[:, None] * along
        for middle, long, along, n in zip(seen.place, seen.longest_mm, way, many, strict=True)
    ]
    return np.concatenate(places) if places else seen.place, np.repeat(np.arange(len(seen)), many)


def _group(seen: Marks, whole: NDArray[np.bool_], film: View, shadow: Shadow) -> Group:
    """Measure one group; which particles of the pattern these are, pixels can't tell.

    `whole`, of shape (n,), are those whose shape is a single particle's own, and all of it: shares of shapes are of
    these.
    """
    # which of them are alike can't be told of plates that run together
    places, mark = _course(seen)
    track = tracks(places)
    known = {"track_mm": track.length_mm, "rows_mm": track.length_mm, "track_gap_mm": track.gap_mm}
    if film.name == "tangential" and shadow.depth is not None and len(seen):
        middle = np.array(shadow.depth.shape) / 2
        row, column = (middle + seen.place[:, ::-1] / film.pixel_mm * [-1, 1]).astype(int).T
        known["skin_mm"] = float(np.median(shadow.depth[row, column])) * film.pixel_mm
    group = measured(
        seen,
        shadow.nipple(film.pixel_mm, film.side, whole=film.whole),
        shadow.area_mm2(film.pixel_mm, whole=film.whole),
        lateral=film.name in ("ML", "ML-mag"),
        above=film.name in ("CC", "CC-mag"),
        known=known,
        side=film.side,
    )
    values = group.values
    own = seen.index[whole]
    values = values | {
        name: float(np.isin(who, own).sum() / len(own))
        for name, who in group.members.items()
        if name in SHARES and len(own)
    }
    walls = np.isin(np.arange(len(seen)), mark[track.members]) & seen.line & ~seen.irregular
    if walls.any():  # smooth lines along both walls are plates that run together: as many as they are steps long
        smooth = walls[mark].sum()
        lines = values["linear_share"] * len(own)
        values = values | {
            "linear_share": (lines - (walls & whole).sum()) / (len(own) - (walls & whole).sum() + smooth)
        }
    if film.name == "tangential":  # along the skin particles pile up: how many there are, and how large, it can't tell
        values = values | dict.fromkeys((*WITHIN, "largest_mm"), float("nan"))
    return replace(group, values=values, members={})


def _looked_at(picture: Radiograph) -> tuple[Marks, NDArray[np.bool_], Shadow, View]:
    """Return what a picture shows: marks, which are whole, the breast's shadow, and the view as the film names it."""
    if not isinstance(picture, Radiograph):
        raise CourseError(f"What is measured by its pixels is a Radiograph, not {shown(picture)}.")
    film = replace(
        view_named(picture.view.name),
        pixel_mm=picture.pixel_mm,
        side=picture.view.side,
        whole=picture.view.whole,
    )
    shadow = Shadow.of(picture.pixels, film.pixel_mm)
    found = blobs(shadow, film.pixel_mm, film.blur_mm)
    outlines, contrast = _seen(found, film.pixel_mm, picture.pixels.shape)
    seen = marks(np.arange(len(contrast)), outlines, contrast, found.lucency / LUCENCY_GAINED, film)
    dent = np.where(found.cut[seen.index], np.minimum(seen.dent, DENT_CUT), seen.dent)
    seen = _without_strays(replace(seen, dent=dent, breadth_mm=BREADTH_LOST * seen.breadth_mm))
    if not len(seen):
        return seen, seen.readable, shadow, film
    edge = np.array(picture.pixels.shape[::-1]) - FRAME
    framed = [bool((found.outlines[each] < FRAME).any() or (found.outlines[each] > edge).any()) for each in seen.index]
    whole = _apart(seen, outlines.area_mm2[seen.index]) & ~np.array(framed)
    return replace(seen, readable=seen.readable & whole), whole, shadow, film


def pixel_marks(picture: Radiograph) -> Marks:
    """Return each particle that a picture shows by its pixels alone; places are in mm about the picture's middle.

    Parameters, errors and what is left open are those of `measure_pixels`.
    """
    return _looked_at(picture)[0]


def measure_pixels(picture: Radiograph) -> Findings:
    """Measure a picture by its pixels alone, knowing nothing of what it was grown from.

    Parameters
    ----------
    picture : Radiograph

    Returns
    -------
    Findings
        As `measure` gives them, but for what pixels can't tell: which particles of the pattern were seen.

    Raises
    ------
    CourseError
        If it is not a picture.
    """
    seen, whole, shadow, film = _looked_at(picture)
    groups = tuple(_group(each, whole[np.isin(seen.index, each.index)], film, shadow) for each in _groups(seen))
    field_mm = max(picture.pixels.shape) * film.pixel_mm
    return Findings(film.name, groups, pixel_mm=film.pixel_mm, field_mm=field_mm, side=film.side)
