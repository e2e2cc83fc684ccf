"""How far the beam runs through a particle: true chords of rounded rods, from whatever side they are seen.

A rod is every ball between the two at its ends. Over a point of the picture the ball at `t` (0 to 1 along the rod)
fills the beam from z(t) - sqrt(q(t)) to z(t) + sqrt(q(t)), with z straight and q a parabola; so the highest and the
lowest point of a rod have a closed form. A particle fills the beam from the lowest point of its rods to the highest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

_AT_ONCE = 1 << 15  # chords: what stays in a processor's cache
_LEVEL = np.float32(1e-4)  # a rod this near to end-on, in its radius squared, is taken for a little less so
_HAIR = np.float32(1e-5)  # of a radius: what rounding may add to a rod that lies inside another
_PAIRS = 1 << 14  # of rods that are compared at once: what stays in a processor's cache
_STEP = np.float32(0.6)  # of a radius: between balls no farther apart a rod is nowhere 5 % of it wider; up to three
# such steps are drawn faster as balls than as a rod


@dataclass(frozen=True)
class Solids:
    """Particles as they lie about their own middles, in pixels: to the right, down the picture, towards the tube.

    The particles' axis is the last, so that the arithmetic runs along it. What a particle lacks of the others' balls or
    rods is not a number.

    Attributes
    ----------
    ball : ndarray of float32, shape (4, balls, n)
        Place and radius of balls, most particles' last ones missing.
    rod : ndarray of float32, shape (10, rods, n)
        Place and radius of each rod's ball at `t = 0`; what is added to them on the way to `t = 1`; the parabola's
        curvature; and the square of the cosine between the rod's side and the beam.
    """

    ball: Grey
    rod: Grey

    @classmethod
    def of(cls, start: Grey, end: Grey) -> Solids:
        """Take particles apart into what shows of them.

        Parameters
        ----------
        start, end : ndarray of float32, shape (4, rods, n)
            Place and radius of the balls at the ends of each particle's rods.
        """
        inside = _inside_another(start, end)
        step = end - start
        large, small = np.maximum(start[3], end[3]), np.minimum(start[3], end[3])
        flat2 = step[0] ** 2 + step[1] ** 2 - step[3] ** 2  # above 0: the rod's side can be seen
        solid2 = flat2 + step[2] ** 2  # above 0: neither end lies inside the other
        two_balls = ~inside & (solid2 > (_LEVEL * large) ** 2)
        is_rod = two_balls & (solid2 > (3 * _STEP * small) ** 2)
        # a rod so steep that its ends may hide its side has these as well; a short one is these and some between them
        level = _LEVEL * large**2
        both = two_balls & ~(is_rod & (flat2 > level))
        larger_first = start[3] >= end[3]
        alone = ~inside & ~two_balls  # one end inside the other: a ball
        short = two_balls & ~is_rod
        shortest = short & (solid2 <= (2 * _STEP * small) ** 2)
        is_ball = np.stack([both | (alone & larger_first), both | (alone & ~larger_first), short, short & ~shortest])
        # where the next rod sets out from here, its ball is this one
        shared = np.all(np.abs(end[:, :-1] - start[:, 1:]) < _HAIR * large[:-1], axis=0) & is_ball[0, 1:]
        is_ball[1, :-1] &= ~shared
        first = start + step * np.where(shortest, np.float32(1 / 2), np.float32(1 / 3))
        balls = (start, end, first, end - step / np.float32(3))
        ball = np.concatenate([each[:, chosen] for each, chosen in zip(balls, is_ball, strict=True)], axis=1)

        start, end, step, flat2, solid2, level = (
            each[..., is_rod] for each in (start, end, step, flat2, solid2, level)
        )
        # so turned that the highest ball always comes after the lowest along the rod
        turned = (step[2] > 0) != (flat2 > 0)
        curve = np.where(np.abs(flat2) < level, np.copysign(level, flat2), flat2)
        slant = step[2] ** 2 / solid2
        rod = np.concatenate([np.where(turned, end, start), np.where(turned, -step, step), [curve, slant]])
        return cls(_packed(ball, is_ball.reshape(-1, is_ball.shape[2])), _packed(rod, is_rod))

    def some(self, which: NDArray[np.intp] | slice) -> Solids:
        """Return those that are chosen, without the balls and rods that none of them has."""
        kept = []
        for part in (self.ball[..., which], self.rod[..., which]):
            kept.append(part[:, ~np.isnan(part[0]).all(axis=1)])
        return Solids(*kept)

    @property
    def parts(self) -> NDArray[np.intp]:
        """Return how many balls and rods there are of each particle, shape (2, n)."""
        return np.stack([(~np.isnan(part[0])).sum(axis=0) for part in (self.ball, self.rod)])

    def thickness(self, x: Grey, y: Grey) -> Grey:
        """Return the chords at a grid of points for each particle.

        Parameters
        ----------
        x, y : ndarray of float32, shapes (columns, n) and (rows, n)
            Where the points lie about each particle's middle, in pixels.

        Returns
        -------
        ndarray of float32, shape (rows, columns, n)
            Pixels along the beam, from the lowest point of the particle to the highest.
        """
        shape = (len(y), *x.shape)
        top, bottom = np.full(shape, -np.inf, np.float32), np.full(shape, np.inf, np.float32)
        many = max(_AT_ONCE // top.size, 1)
        with np.errstate(invalid="ignore"):  # beside a ball its root is not a number, and fmax and fmin pass it over
            for parts, chords in ((self.ball, _ball_chords), (self.rod, _rod_chords)):
                for at in range(0, parts.shape[1], many):
                    low, high = chords(parts[:, at : at + many, None], x, y)
                    for one_low, one_high in zip(low, high, strict=True):
                        np.fmin(bottom, one_low, out=bottom)
                        np.fmax(top, one_high, out=top)
        top -= bottom
        return np.maximum(top, 0, out=top)


def _ball_chords(balls: Grey, x: Grey, y: Grey) -> tuple[Grey, Grey]:
    """Return where the beam enters and leaves balls, shape (4, balls, 1, n): shape (balls, rows, columns, n) each."""
    at_x, at_y, z, radius = balls
    half = (radius**2 - (x - at_x) ** 2)[:, None] - ((y - at_y) ** 2)[:, :, None]
    np.sqrt(half, out=half)
    high = z[:, None] + half
    return np.subtract(z[:, None], half, out=half), high


def _rod_chords(rods: Grey, x: Grey, y: Grey) -> tuple[Grey, Grey]:
    """Return where the beam enters and leaves rods, shape (10, rods, 1, n): shape (rods, rows, columns, n) each."""
    at_x, at_y, z, radius, step_x, step_y, step_z, widening, curve, slant = rods
    dx, dy = x - at_x, y - at_y
    # q(t) = curve * (level + t * (twice - t)), which is greatest, or least, where t is half of `twice`
    level = ((radius**2 - dx**2) / curve)[:, None] - (dy**2 / curve)[:, :, None]
    twice = ((step_x * dx + radius * widening) / curve)[:, None] + (step_y * dy / curve)[:, :, None]
    away = twice * twice
    away += level
    away *= slant[:, None]
    np.sqrt(away, out=away)  # from there to the highest ball, and to the lowest the other way
    low = twice - away
    high = np.add(twice, away, out=away)
    twice *= 2
    z, step_z, curve = z[:, None], step_z[:, None], curve[:, None]
    for place, add in ((low, np.subtract), (high, np.add)):
        np.minimum(np.maximum(place, 0, out=place), 1, out=place)
        half = twice - place  # of that ball's chord
        half *= place
        half += level
        half *= curve
        np.sqrt(half, out=half)
        place *= step_z
        place += z
        add(place, half, out=place)
    return low, high


def _inside_another(start: Grey, end: Grey) -> NDArray[np.bool_]:
    """Return which rods lie inside another one of their particle and so never show, shape (rods, n)."""
    inside = np.zeros(start.shape[1:], bool)
    rods, many = start.shape[1], start.shape[2]
    each = np.arange(rods)
    for others in np.split(each, range(0, rods, max(_PAIRS // (rods * many), 1))[1:]):
        room = _room(start[:, None], start[:, others, None], end[:, others, None])
        # of two that are the same one stays: the earlier
        room -= np.where(each[:, None] <= others[:, None, None], 2 * _HAIR, np.float32(0)) * start[3]
        place, rod, particle = np.nonzero(room >= -_HAIR * start[3])
        other, last = others[place], end[:, rod, particle]
        held = _room(last, start[:, other, particle], end[:, other, particle])
        held = held >= np.where(rod < other, _HAIR, -_HAIR) * last[3]
        held &= rod != other
        inside[rod[held], particle[held]] = True
    return inside


def _room(ball: Grey, start: Grey, end: Grey) -> Grey:
    """Return how far within rods balls lie, below 0 where they stand out; all have the same last axis."""
    step, way = end - start, ball[:3] - start[:3]
    length2 = np.maximum((step[:3] ** 2).sum(axis=0), 1e-12)
    along = np.clip((way * step[:3]).sum(axis=0) / length2, 0, 1)
    off = np.sqrt(((way - along * step[:3]) ** 2).sum(axis=0))
    room: Grey = start[3] + along * step[3] - ball[3] - off
    return room


def _packed(parts: Grey, chosen: NDArray[np.bool_]) -> Grey:
    """Lay out parts, shape (values, as many as are chosen), with each particle's own at the front of its column.

    `chosen`, shape (parts, n), says whose they are, row by row.
    """
    place = np.cumsum(chosen, axis=0)
    packed = np.full((len(parts), place[-1].max(initial=0), chosen.shape[1]), np.nan, np.float32)
    part, particle = np.nonzero(chosen)
    packed[:, place[part, particle] - 1, particle] = parts
    return packed
